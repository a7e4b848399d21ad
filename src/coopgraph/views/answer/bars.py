"""An answer as bars: what is counted for each thing, one number at a time.

In: an answer, and the column of numbers asked for. Out: `Bars`; None where bars would not be true: a thing
stands twice, amounts of several currencies, numbers below zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coopgraph.views.answer.columns import Answer, Cell

MOST: Final = 40  # bars; of more the longest are drawn, in order of time the first, and it is said
_FEWEST: Final = 2
_MONEY: Final = "currency"  # always said: an amount without it means nothing
_SUM: Final = "total"  # the column that says most, where there is one


@dataclass(frozen=True)
class Bar:
    """What the bar stands for, its number, and its length as a share of the longest."""

    what: tuple[Cell, ...]
    number: Cell
    share: float


@dataclass(frozen=True)
class Bars:
    """The bars of one column of numbers; `columns` are all that could be drawn; `left_out` bars are not."""

    column: str
    columns: tuple[str, ...]
    bars: tuple[Bar, ...]
    left_out: int


def bars_of(answer: Answer, column: str = "") -> Bars | None:
    """Return an answer as bars, of the column asked for, else of totals or of the first."""
    numbers = tuple(one.name for one in answer.columns if one.kind == "number")
    what = _what(answer)
    if not numbers or not what or len(answer.rows) < _FEWEST or _several_currencies(answer):
        return None
    chosen = next(name for name in (column, _SUM, numbers[0]) if name in numbers)
    cells = answer.column(chosen)
    values = [float(cell.number or 0) for cell in cells]
    if min(values) < 0 or not 0 < max(values) < float("inf"):
        return None
    longest = max(values)
    bars = [
        Bar(tuple(row[at] for at in what), cell, round(value / longest, 4))
        for row, cell, value in zip(answer.rows, cells, values, strict=True)
    ]
    if all(answer.columns[at].kind != "date" for at in what):
        bars.sort(key=lambda bar: -bar.share)  # what has dates stays in the order of time
    return Bars(chosen, numbers, tuple(bars[:MOST]), max(len(bars) - MOST, 0))


def _what(answer: Answer) -> list[int]:
    """The columns that tell the rows apart, three at most, and the currency of an amount."""
    chosen: list[int] = []
    for at, column in enumerate(answer.columns):
        if column.kind == "number" or len(chosen) == 3:
            continue
        chosen.append(at)
        if len({tuple((row[i].iri, row[i].text) for i in chosen) for row in answer.rows}) == len(answer.rows):
            money = [i for i, one in enumerate(answer.columns) if one.name == _MONEY and i not in chosen]
            return chosen + money
    return []


def _several_currencies(answer: Answer) -> bool:
    named = [column.name for column in answer.columns]
    return _MONEY in named and len({cell.text for cell in answer.column(_MONEY)}) > 1
