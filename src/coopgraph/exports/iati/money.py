"""Amounts as IATI budgets and transactions.

In: the cells of amounts about an action. Out: elements, budgets first, and a count of what has no place.
Standard: IATI 2.03, which wants a day for every amount.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from coopgraph.exports.iati.dates import day
from coopgraph.exports.iati.xml import element, narratives

_TRANSACTIONS: Final = {"committed": "2", "granted": "2", "disbursed": "3", "spent": "4"}
Cells = Mapping[str, list[str]]
Labels = Mapping[str, Mapping[str, str]]


def amounts(money: Iterable[Cells], partial: str, labels: Labels, left_out: Counter[str]) -> list[Any]:
    """Return budgets (of what is planned), then transactions (of what is promised or paid)."""
    budgets: list[Any] = []
    transactions: list[Any] = []
    for cells in money:
        kind = cells.get("kind", [""])[0].rpartition("/")[2]
        if not cells.get("amount") or not cells.get("currency"):
            left_out["amounts without a number or a currency"] += 1
        elif kind == "planned":
            _put(_budget(cells, partial), budgets, left_out)
        elif kind in _TRANSACTIONS:
            _put(_transaction(cells, _TRANSACTIONS[kind], labels), transactions, left_out)
        else:
            left_out["amounts of a kind for which IATI has no place, such as a ceiling"] += 1
    return [*budgets, *transactions]


def _put(made: Any, into: list[Any], left_out: Counter[str]) -> None:
    if made is None:
        left_out["amounts without a day"] += 1
    else:
        into.append(made)


def _budget(cells: Cells, partial: str) -> Any:
    start = day(cells.get("start", [""])[0], last=False, partial=partial) if "start" in cells else None
    end = day(cells["end"][0], last=True, partial=partial) if "end" in cells else None
    if start is None or end is None:
        return None
    period = [element("period-start", iso_date=start.iso), element("period-end", iso_date=end.iso)]
    return element("budget", *period, _value(cells, start.iso), type="1", status="1")


def _transaction(cells: Cells, code: str, labels: Labels) -> Any:
    days = {text for name in ("start", "end") for text in cells.get(name, ())}
    if len(days) != 1 or len(on := days.pop()) != 10:
        return None
    made = element(
        "transaction", element("transaction-type", code=code), element("transaction-date", iso_date=on)
    )
    made.append(_value(cells, on))
    for name, word in (("provider-org", "payer"), ("receiver-org", "payee")):
        for kind in ("city", "network", "organisation"):
            for actor in cells.get(f"{word}_{kind}", ())[:1]:
                made.append(
                    element(name, *narratives(labels.get(actor, {})), type="11" if kind == "city" else "")
                )
    return made


def _value(cells: Cells, on: str) -> Any:
    return element("value", cells["amount"][0], currency=cells["currency"][0], value_date=on)
