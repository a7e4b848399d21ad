"""A ranking as a plot: everything it must say, in three languages, whatever the cities are called."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network import Ranking, rank
from coopgraph.network.measures import MEASURES
from coopgraph.views.drawing import LANGUAGES
from coopgraph.views.plot import write_ranking_plot
from coopgraph.views.plot_foot import Credits
from coopgraph.views.strings import plot_strings
from tests.views.hostile import HOSTILE

ROWS = [
    *(("e1", city, True, True) for city in "ab"),
    *(("e2", city, True, True) for city in "abc"),
    *(("e3", city, city == "a", city != "a") for city in "ab"),
    ("e4", "d", None, None),
]
SVG = "{http://www.w3.org/2000/svg}"


def ranking(labels: dict[str, str] | None = None, rows: Any = ROWS, **options: Any) -> Ranking:
    names = ("event", "city", "contributes", "benefits")
    cities = sorted({row[1] for row in rows})
    tables = {
        "participations": pa.table(
            {name: pa.array([row[i] for row in rows]) for i, name in enumerate(names)}
        ),
        "cities": pa.table(
            {
                "city": pa.array(cities, pa.string()),
                "country": pa.array(["ES"] * len(cities), pa.string()),
                **{
                    f"label_{lang}": [(labels or {}).get(city, city) for city in cities] for lang in LANGUAGES
                },
            }
        ),
    }
    return rank(tables, **{"replicates": 200, **options})


def texts(path: Path) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.parse(path).getroot().iter(f"{SVG}text")]


def test_it_says_what_it_shows_and_what_that_rests_on(tmp_path: Path) -> None:
    made = ranking({"a": "São Paulo", "b": "Quito", "c": "Ñuñoa", "d": "Lima"})
    credits = Credits("Four cities", "2026-11-22", "CC BY 4.0", ("A register",))
    said = texts(write_ranking_plot(made, tmp_path / "a.svg", credits=credits, top=3))
    assert {"Peer exchange", "Four cities · the first 3 of 4 cities · 4 actions"} <= set(said)
    assert {"São Paulo", "Quito", "Ñuñoa", "ES", "Rank", "City", "Rank range", "In first 10"} <= set(said)
    assert "Lima" not in said
    assert "Data as of 2026-11-22. Source: A register. Licence: CC BY 4.0. Drawn with coopgraph." in said
    whole = " ".join(said)
    for words in (
        "200 replicates",
        "not confidence intervals",
        "1 of 8 participations have at least one unknown",
    ):
        assert words in whole, words


def test_the_description_has_every_number(tmp_path: Path) -> None:
    made = ranking({"a": "Lima"})
    drawn = write_ranking_plot(made, tmp_path / "a.svg", lang="pt").read_text("utf-8")
    row = next(row for row in made.table.to_pylist() if row["label"] == "Lima")
    score = f"{row['peer_exchange']:.3f}".rstrip("0").replace(".", ",")
    assert f"{row['rank']}. Lima: {score} (" in drawn.split("</desc>")[0]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_in_every_language(tmp_path: Path, measure: str, lang: str) -> None:
    made = ranking(measure=measure, replicates=5)
    said = texts(write_ranking_plot(made, tmp_path / "a.svg", lang=lang))
    words = plot_strings()[lang]
    assert {words[measure], words[f"axis_{measure}"]} <= set(said)
    assert not [text for text in said if re.search(r"[{}]|\bnan\b", text)]


def test_amounts_say_their_currency(tmp_path: Path) -> None:
    made = ranking(measure="given")
    money = replace(made, basis=replace(made.basis, weight="amount", currency="EUR"))
    assert "what a city gives, in EUR" in texts(write_ranking_plot(money, tmp_path / "a.svg"))


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_hostile_and_long_names_are_harmless(tmp_path: Path, ending: str) -> None:
    wild = [text for text in HOSTILE if text != "\ud800"] + ["W" * 300, "$x_$ \u202e\x00&<b>"]
    labels = {f"c{place:02}": text for place, text in enumerate(wild)}
    made = ranking(labels, rows=[("e", city, True, True) for city in labels])
    drawn = write_ranking_plot(made, tmp_path / f"a.{ending}", title="\x00<$x$>")
    if ending == "svg":
        said = texts(drawn)
        assert "$x_$ &<b>" in said and "W" * 300 not in said
        assert [text for text in said if text.startswith("WWW") and text.endswith("…")]


def test_few_equal_undefined_and_no_cities(tmp_path: Path) -> None:
    equal = [(f"e{number}", city, True, True) for number in range(2) for city in "abcd"]
    said = texts(write_ranking_plot(ranking(rows=equal), tmp_path / "a.svg", lang="es"))
    assert said.count("100\u202f%") == 4 and said.count("1") >= 8
    alone = ranking(rows=[("e", "a", None, None)], measure="reciprocity")
    assert "–" in texts(write_ranking_plot(alone, tmp_path / "a.svg"))
    assert "undefined" in (tmp_path / "a.svg").read_text("utf-8")
    empty = texts(
        write_ranking_plot(
            rank(
                pa.table({n: pa.array([], pa.string()) for n in ("event", "city", "contributes", "benefits")})
            ),
            tmp_path / "b.svg",
        )
    )
    assert "No city takes part in any selected event." in empty


def test_without_ranges_there_are_dots_alone(tmp_path: Path) -> None:
    said = texts(write_ranking_plot(ranking(replicates=0), tmp_path / "a.svg"))
    assert "score" in said and not [text for text in said if "percentile" in text or "Rank range" in text]


def test_wrong_wishes_are_refused(tmp_path: Path) -> None:
    made = ranking(replicates=0)
    for path, options in (("a.pdf", {}), ("a.svg", {"lang": "fr"}), ("a.svg", {"top": 0}), ("no/a.svg", {})):
        with pytest.raises(ProjectionError):
            write_ranking_plot(made, tmp_path / path, **options)
    assert not list(tmp_path.iterdir())
