"""A trend as a picture: gaps and not zeros, one scale, the same bytes, words in three languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.network import Trend, over_time
from coopgraph.network.measures import MEASURES
from coopgraph.views import Credits, write_trend_plot
from coopgraph.views.growth_panels import GROWTH
from coopgraph.views.panels import AFTER, width_of
from coopgraph.views.plot_style import FOOT, inches, styled
from coopgraph.views.strings import trend_strings
from coopgraph.views.trend_plot import _columns, _drawn, _mean

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    ("e1", "A", "2010", "2010"),
    ("e1", "B", "2010", "2010"),
    ("e2", "A", "2012", "2013"),
    ("e2", "B", "2012", "2013"),
    ("e2", "C<&>", "2012", "2013"),
    ("e3", "A", "2013", None),
    ("e3", "D", "2013", None),
]


def trend_of(**options: Any) -> Trend:
    columns = {
        name: [row[place] for row in ROWS] for place, name in enumerate(("event", "city", "start", "end"))
    }
    yes = [True] * len(ROWS)
    return over_time(pa.table({**columns, "contributes": yes, "benefits": yes}), last=2014, **options)


def texts(path: Path) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.parse(path).getroot().iter(f"{SVG}text")]


def test_taking_part_in_nothing_is_a_gap() -> None:
    trend = trend_of()
    assert _drawn(trend, "B") == [
        pytest.approx(1 / 3),
        None,
        pytest.approx(2 / 3),
        pytest.approx(2 / 3),
        None,
    ]
    assert _drawn(trend, "D") == [None, None, None, pytest.approx(1 / 3), pytest.approx(1 / 3)]
    assert _mean(trend)[1] is None and _mean(trend)[0] == pytest.approx(1 / 6)


def test_few_cities_fill_the_width_and_begin_when_they_do(tmp_path: Path) -> None:
    trend = trend_of()
    path = write_trend_plot(trend, tmp_path / "a.svg", cities=["D"])
    whole = " ".join(texts(path))
    assert "Not drawn: 2010 to 2012; none of these cities takes part in anything then." in whole
    assert "2013 to 2014, year by year" in whole and "zero throughout" not in whole
    assert _columns(["D"]) == 1 and width_of(1) > 4 * width_of(4)
    assert "Not drawn" not in " ".join(texts(write_trend_plot(trend, tmp_path / "b.svg", cities=["A", "D"])))


@pytest.mark.parametrize(("measure", "why"), [("peer-exchange", "no return is known"), ("received", None)])
def test_zero_throughout_is_explained(tmp_path: Path, measure: str, why: str | None) -> None:
    one_way = pa.table({"event": ["e", "e"], "city": ["A", "B"], "contributes": [True, False],
                        "benefits": [False, True], "start": ["2010"] * 2, "end": ["2011"] * 2})  # fmt: skip
    whole = " ".join(texts(write_trend_plot(over_time(one_way, measure=measure), tmp_path / "a.svg")))
    assert "at zero throughout: takes part in up to 1 events a window" in whole
    assert (why or "window") in whole and ("no return" in whole) == bool(why)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_key_of_the_bars_stays_within_its_panel(lang: str) -> None:
    with styled():
        for name in GROWTH:
            for part in ("dark", "light"):
                assert 0.13 + inches(trend_strings()[lang][f"{name}_{part}"], FOOT) < width_of() + AFTER


def test_a_panel_for_each_city_and_four_for_the_network(tmp_path: Path) -> None:
    path = write_trend_plot(
        trend_of(), tmp_path / "a.svg", credits=Credits(title="Three years", licence="CC0")
    )
    told = texts(path)
    assert {"A", "B", "C<&>", "D", "Events", "Cities taking part", "Pairs of cities"} <= set(told)
    whole = " ".join(told)
    assert "Three years · the first 4 of 4 cities · 2010 to 2014, year by year · 3 actions" in whole
    assert "drawn as going on: up to 1 in one" in whole and "Licence: CC0." in whole
    description = path.read_text("utf-8").split('<desc id="desc">')[1].split("</desc>")[0]
    assert "C&lt;&amp;&gt;: 2012: 0.667; 2013: 0.667" in description
    assert "2013: 2 events, 4 cities (1 new), 4 pairs (4 mutual), largest group 4" in description


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_the_same_bytes(tmp_path: Path, name: str) -> None:
    first = write_trend_plot(trend_of(), tmp_path / name).read_bytes()
    assert write_trend_plot(trend_of(), tmp_path / name).read_bytes() == first


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "options", [{}, {"measure": "balance", "window": 2}, {"measure": "partners", "step": 3}]
)
def test_every_language_and_scale(tmp_path: Path, lang: str, options: dict[str, Any]) -> None:
    trend = trend_of(**options)
    path = write_trend_plot(trend, tmp_path / "a.svg", lang=lang, cities=["D", "A"], title="$x$")
    told = texts(path)
    assert "$x$" in told
    assert [text for text in told if text in ("A", "D")] == ["D", "A"]
    assert not [text for text in told if re.search(r"\{\w*\}|nan", text)]


def test_every_measure_has_a_name(tmp_path: Path) -> None:
    for measure in MEASURES:
        path = write_trend_plot(trend_of(measure=measure), tmp_path / "a.svg", lang="pt", top=1)
        assert any(text.endswith("ao longo do tempo") for text in texts(path)), measure


def test_one_window_and_nobody(tmp_path: Path) -> None:
    alone = pa.table({"event": ["e"], "city": ["A"], "contributes": [True], "benefits": [True],
                      "start": ["2010"], "end": ["2010"]})  # fmt: skip
    assert "A" in texts(write_trend_plot(over_time(alone), tmp_path / "a.svg"))
    nobody = over_time(alone, nodes=[])
    assert "No city has any score in these windows." in texts(write_trend_plot(nobody, tmp_path / "b.svg"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"top": 0}, "at least one city must be drawn"),
        ({"cities": ["A", "Z"]}, "Z takes part in none of the events in these windows."),
        ({"lang": "fr"}, "no language 'fr'"),
    ],
)
def test_what_cannot_be_drawn_is_said(tmp_path: Path, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ProjectionError, match=re.escape(said)):
        write_trend_plot(trend_of(), tmp_path / "a.svg", **options)
    with pytest.raises(ProjectionError, match=r"\.svg or \.png"):
        write_trend_plot(trend_of(), tmp_path / "a.pdf")
