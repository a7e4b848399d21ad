"""The pictures of a year book as SVG within the page: bars by year, a map, the network.

In: the facts of a year. Out: what the templates of bars and map draw, and the network as matplotlib draws it;
the same facts give the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from coopgraph.views.land import land
from coopgraph.views.profiles.profile import Reference
from coopgraph.views.profiles.small_map import Pin, SmallMap, small_map
from coopgraph.yearbook.facts import Facts
from coopgraph.yearbook.parts import cities_of

if TYPE_CHECKING:
    from collections.abc import Callable

YEARS: Final = 25  # bars; the last of them is the year of the book, or the last before the data end
_WIDTH, _HEIGHT, _LEFT, _FOOT, _TOP = 640, 200, 34, 24, 10
LINES: Final = 80  # between cities on the map; more would hide it
FONT: Final = "Source Sans 3"
TEXT: Final = "[[text]]"


@dataclass(frozen=True)
class Bar:
    """Two bars beside each other, of a year: where they stand, and how high they are."""

    year: int
    x: float
    wide: float
    actions: int
    agreements: int
    high: tuple[float, float]
    named: bool


@dataclass(frozen=True)
class Bars:
    """A box with bars by year, standing on `floor`; ticks are (value, place)."""

    width: int
    height: int
    left: int
    floor: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Map:
    """A small map, and lines between the cities that exchanged, unless they would cover it."""

    placed: SmallMap
    lines: tuple[tuple[Pin, Pin], ...]


def bars_of(facts: Facts, year: int) -> Bars | None:
    """Return the bars of the years up to the one of the book; None where nothing at all is dated by then."""
    begun = [one.spell.first for one in facts.actions if one.spell.first is not None]
    signed = [one.year for one in facts.agreements if one.year is not None]
    known = [found for found in (*begun, *signed) if found <= year]
    if not known:
        return None
    years = range(max(min(known), year - YEARS + 1), year + 1)
    counts = {one: (begun.count(one), signed.count(one)) for one in years}
    ticks = _ticks(max(max(pair) for pair in counts.values()))
    floor = _HEIGHT - _FOOT
    unit = (floor - _TOP) / (ticks[-1] or 1)
    step = (_WIDTH - _LEFT) / len(years)
    wide = round(min(step * 0.38, 26), 2)
    return Bars(
        _WIDTH,
        _HEIGHT,
        _LEFT,
        floor,
        tuple(
            Bar(
                one,
                round(_LEFT + (i + 0.5) * step, 2),
                wide,
                *counts[one],
                (round(counts[one][0] * unit, 2), round(counts[one][1] * unit, 2)),
                len(years) < 13 or (year - one) % 3 == 0,
            )
            for i, one in enumerate(years)
        ),
        tuple((tick, round(floor - tick * unit, 2)) for tick in ticks),
    )


def _ticks(most: int) -> list[int]:
    """Return whole numbers from 0 to at or above the most, five at most.

    >>> _ticks(0), _ticks(3), _ticks(17)
    ([0, 1], [0, 1, 2, 3], [0, 5, 10, 15, 20])
    """
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if size * 4 >= most)
    return list(range(0, (max(most, 1) + step - 1) // step * step + 1, step))


def map_of(facts: Facts, year: int, called: Callable[[str], str]) -> Map | None:
    """Return the map of the cities that took part in an action of a year; None where none has a place."""
    cities = cities_of(facts.of(year))
    places = [
        (Reference(row["city"], called(row["city"]), "", "city"), row["long"], row["lat"])
        for row in facts.cities
        if row["city"] in cities and row["long"] is not None and row["lat"] is not None
    ]
    placed = small_map(places, land())
    if placed is None:
        return None
    pins = {pin.city.iri: pin for pin in placed.pins}
    pairs = {tuple(sorted(edge)) for edge in facts.graph(year).edges}
    lines = tuple((pins[a], pins[b]) for a, b in sorted(pairs) if a in pins and b in pins)
    return Map(placed, lines if len(lines) <= LINES else ())


def network_svg(
    facts: Facts, year: int, *, title: str, called: Callable[[str], str], lang: str
) -> tuple[str, list[str]] | None:
    """Return the picture of the exchange of a year, and who has most partners; None without any."""
    from coopgraph.views.from_graph import drawing_of
    from coopgraph.views.view import View

    G = facts.graph(year).copy()
    G.remove_nodes_from([node for node in list(G) if not G.degree(node)])
    if not G.size():
        return None
    for node in G:
        G.nodes[node].update(label=called(node), kind="city", country=facts.countries.get(node, ""))
    first = sorted(G, key=lambda node: (-len({*G[node], *G.pred[node]}), node))[:5]
    view = View(drawing_of(G, title=title, size_by="partners", lang=lang))
    with TemporaryDirectory() as folder:
        drawn = view.write(Path(folder) / "network.svg").read_text("utf-8")
    return within_page(drawn), [called(node) for node in first]


def within_page(svg: str) -> str:
    """Return a picture of matplotlib as a part of a page: without a head of its own, its letters the page's.

    The template gives it its text: `TEXT` stands where that belongs.
    """
    svg = svg[svg.index("<svg ") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<title id="title">.*?</desc>', f"<title>{TEXT}</title>", svg, count=1, flags=re.DOTALL)
    svg = svg.replace('aria-labelledby="title" aria-describedby="desc"', f'aria-label="{TEXT}"', 1)
    svg = svg.replace("font-weight: 700", "font-weight: 600")
    return re.sub(r"(font(?:-family)?:[^;\"]*?)'?DejaVu Sans'?[^;\"]*", rf"\1'{FONT}'", svg)
