"""Which pictures an answer allows, and which of them says most.

In: an answer, and where cities are. Out: `Pictures`: which there are, and the one shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coopgraph.views.answer.bars import Bars, bars_of
from coopgraph.views.answer.columns import Answer
from coopgraph.views.answer.net import Net, net_of
from coopgraph.views.profiles.profile import Reference
from coopgraph.views.profiles.small_map import Ring, SmallMap, small_map

KINDS: Final = ("table", "chart", "graph", "map")
_FEWEST: Final = 3  # rows that are worth a picture
_WIDE: Final = 5  # columns; an answer with more says too much for a picture to be seen first


@dataclass(frozen=True)
class Pictures:
    """The picture that is shown, those there are, and what the shown one is drawn from."""

    kind: str
    kinds: tuple[str, ...]
    chart: Bars | None = None
    graph: Net | None = None
    map: SmallMap | None = None


def pictures_of(
    answer: Answer,
    places: Mapping[str, tuple[float, float]],
    land: Callable[[], tuple[Ring, ...]],
    *,
    kind: str = "",
    column: str = "",
) -> Pictures:
    """Return the pictures of an answer: the kind asked for, else the one that says most.

    `places` are (longitude, latitude) of cities; `column` is the column of numbers the bars show.
    """
    bars, pairs = bars_of(answer, column), _pairs(answer)
    cities = _cities(answer, places)
    found = {"table": True, "chart": bars is not None, "graph": pairs > 0, "map": len(cities) > 1}
    kinds = tuple(name for name in KINDS if found[name])
    chosen = kind if kind in kinds else _best(answer, bars, pairs, len(cities))
    return Pictures(
        chosen,
        kinds,
        bars if chosen == "chart" else None,
        net_of(answer) if chosen == "graph" else None,
        small_map(cities, land()) if chosen == "map" else None,
    )


def _best(answer: Answer, bars: Bars | None, pairs: int, cities: int) -> str:
    if len(answer.columns) > _WIDE or len(answer.rows) < _FEWEST:
        return "table"
    if bars is not None and not bars.left_out:
        return "chart"
    if any(column.kind == "number" for column in answer.columns):
        return "table"
    return "graph" if pairs >= _FEWEST else "map" if cities >= _FEWEST else "table"


def _pairs(answer: Answer) -> int:
    at = [i for i, column in enumerate(answer.columns) if column.kind == "thing"][:2]
    if len(at) < 2:
        return 0
    return sum(bool(row[at[0]] and row[at[1]] and row[at[0]].iri != row[at[1]].iri) for row in answer.rows)


def _cities(
    answer: Answer, places: Mapping[str, tuple[float, float]]
) -> list[tuple[Reference, float, float]]:
    named = {
        cell.iri: cell for row in answer.rows for cell in row if cell.kind == "thing" and cell.iri in places
    }
    return [
        (Reference(iri, cell.text, cell.language, cell.page), *places[iri])
        for iri, cell in sorted(named.items())
    ]
