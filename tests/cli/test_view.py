"""view: one page, from the options of the shell. What the page does is tested with the views."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.conftest import Command


def test_one_page_that_asks_nobody(run: Command, built: Path, tmp_path: Path) -> None:
    page = tmp_path / "a b" / "network.html"
    page.parent.mkdir()
    done = run("view", page, "-w", built)
    assert done.code == 0, done.err
    assert str(page) in done.out
    text = page.read_text(encoding="utf-8")
    assert "Madrid" in text
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=[\"']https?:", text)
    assert [path.name for path in page.parent.iterdir()] == ["network.html"]


def test_options_reach_the_page(run: Command, built: Path, tmp_path: Path) -> None:
    words = (
        "--title",
        "Una <b>prueba</b>",
        "--lang",
        "es",
        "--country",
        "BO",
        "--size-by",
        "given",
        "--layer",
        "exchange",
    )
    told = json.loads(run("view", tmp_path / "a.html", "-w", built, *words, "--format", "json").out)
    text = Path(told["page"]).read_text(encoding="utf-8")
    assert told["bytes"] == len(text.encode())
    assert 'lang="es"' in text
    assert "<b>prueba</b>" not in text


def test_a_place_that_is_not_there(run: Command, built: Path, tmp_path: Path) -> None:
    done = run("view", tmp_path / "nowhere" / "a.html", "-w", built)
    assert done.code in (1, 2)
    assert "nowhere" in done.err
