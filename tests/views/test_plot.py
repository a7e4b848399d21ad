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
from coopgraph.languages import LANGUAGES
from coopgraph.network import Ranking, rank
from coopgraph.network.catalogue import measure_called
from coopgraph.network.classical import CLASSICAL
from coopgraph.network.leading import Leading
from coopgraph.network.measures import MEASURES
from coopgraph.views.plot import write_ranking_plot
from coopgraph.views.plot_foot import Credits
from coopgraph.views.plot_words import measure_title
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
    return rank(tables(labels, rows), **{"replicates": 200, **options})


def tables(labels: dict[str, str] | None = None, rows: Any = ROWS) -> dict[str, pa.Table]:
    names = ("event", "city", "contributes", "benefits")
    cities = sorted({row[1] for row in rows})
    return {
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
    assert measure_title(measure, lang) in said
    assert plot_strings()[lang][f"axis_{measure}"] in " ".join(said)
    assert not [text for text in said if re.search(r"[{}]|\bnan\b", text)]


@pytest.mark.parametrize("measure", CLASSICAL)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_classical_measure_is_defined_beside_its_axis(tmp_path: Path, measure: str, lang: str) -> None:
    networks = pa.table(
        {"network": ["n", "n"], "city": ["a", "b"], "role": [None, None], "since": [None, None]}
    )
    made = rank({**tables(), "memberships": networks}, measure=measure)
    drawn = " ".join(texts(write_ranking_plot(made, tmp_path / "a.svg", lang=lang)))
    known = measure_called(measure)
    assert known.definitions[lang] in drawn
    assert f"doi:{known.doi}" in drawn


def test_how_many_are_ranked_is_said_where_some_are_not(tmp_path: Path) -> None:
    made = rank(tables(), measure="constraint")
    assert made.undefined == 1  # d takes part, but no flow of its own is known
    assert "the first 2 of 3 ranked (4 cities) · 4 actions" in texts(
        write_ranking_plot(made, tmp_path / "a.svg", top=2)
    )
    assert "las 3 con puesto (4 ciudades) · 4 acciones" in texts(
        write_ranking_plot(made, tmp_path / "a.svg", lang="es")
    )


@pytest.mark.parametrize("measure", MEASURES)
def test_only_what_concerns_the_measure_is_said(tmp_path: Path, measure: str) -> None:
    said = " ".join(texts(write_ranking_plot(ranking(measure=measure, replicates=5), tmp_path / "a.svg")))
    assert ("is a ratio" in said) == (measure in ("balance", "reciprocity"))
    assert ("returned, partner by partner" in said) == measure.startswith("peer_exchange")
    assert ("token exchanges" in said) == (measure == "peer_exchange_k1")
    assert "a yes; it may hide" in said and "counts as no" not in said


def test_a_prior_of_ones_own_is_said(tmp_path: Path) -> None:
    said = " ".join(texts(write_ranking_plot(ranking(prior=2.5), tmp_path / "a.svg", lang="pt")))
    assert "com k = 2,5 as trocas" in said and "doi:10.1038/srep02729" in said


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        (
            Leading("e", "A visit", 11, 10, 2),
            "10 of the first 11 cities both give and receive in one event, “A visit”. Of these, 2 by",
        ),
        (
            Leading("e", "A visit", 11, 11, 0),
            "All the first 11 cities both give and receive in one event, “A visit”. ",
        ),
    ],
)
def test_one_event_that_leads_is_said_without_noughts(tmp_path: Path, lead: Leading, said: str) -> None:
    drawn = write_ranking_plot(replace(ranking(replicates=0), leading=lead), tmp_path / "a.svg")
    whole = " ".join(texts(drawn))
    assert said in whole and " 0 by" not in whole


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
