"""What all plots share: the same bytes, text that is text, words for who cannot see it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.views.plot_style import (
    FOOT,
    MARGIN,
    WIDTH,
    axes_in,
    inches,
    new_sheet,
    save,
    shortened,
    styled,
    wrapped,
)

SVG = "{http://www.w3.org/2000/svg}"


def draw(path: Path, title: str = "A plot") -> Path:
    with styled():
        sheet = new_sheet(title=title, subtitle="of two lines", foot=["What it rests on"], body=1.5)
        axes_in(sheet, left=1, top=0, width=4, height=1.2).plot([0, 1], [1, 0])
        return save(sheet, path, description="It falls & falls.")


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_the_same_bytes_whatever_the_user_has_set(tmp_path: Path, name: str) -> None:
    first = draw(tmp_path / name).read_bytes()
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9}):
        assert draw(tmp_path / name).read_bytes() == first
        assert mpl.rcParams["font.size"] == 30
    assert b"2026" not in first


def test_text_is_text_with_a_title_and_a_description(tmp_path: Path) -> None:
    root = ElementTree.parse(draw(tmp_path / "a.svg", "São Paulo <&> $x_2$")).getroot()
    assert root.get("role") == "img"
    for attribute, said in (("labelledby", "São Paulo <&> $x_2$"), ("describedby", "It falls & falls.")):
        named = [one for one in root.iter() if one.get("id") == root.get(f"aria-{attribute}")]
        assert [one.text for one in named] == [said]
    texts = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert {"São Paulo <&> $x_2$", "of two lines", "What it rests on"} <= set(texts)


def test_no_line_is_wider_than_the_paper() -> None:
    text = "Unknown roles: 248 of 354 participations have an unknown flag. " * 4 + "W" * 400
    with styled():
        lines = wrapped(text, FOOT, WIDTH - 2 * MARGIN)
        assert max(inches(line, FOOT) for line in lines) <= WIDTH - 2 * MARGIN
        assert " ".join(lines[:-1]) in text and lines[-1].endswith("…")
        assert shortened("Quito", FOOT, 2.0) == "Quito"


def test_characters_no_font_has_are_told_of_in_a_png_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    draw(tmp_path / "a.svg", "東京")
    assert not caplog.records
    draw(tmp_path / "a.png", "東京")
    assert "a.png: 2 characters are not in the font" in caplog.text


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectionError, match=r"written as \.svg or \.png, not as a\.pdf"):
        draw(tmp_path / "a.pdf")
