"""What is planned beside what is spent to date, of one thing in one currency: what remains, and the rate.

In: amounts. Out: a table. A rate is given only where both periods are stated, both begin together and
spending does not go beyond the plan, and neither is approximate; where the periods differ that is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from coopgraph.namespaces import CONCEPT
from coopgraph.secretariat.dossier import Column, Money, Row, Said, Table
from coopgraph.secretariat.money.adding import SPENT_TO_DATE, span
from coopgraph.secretariat.money.stated import Stated

PLANNED: Final = (f"{CONCEPT}money-kind/planned", f"{CONCEPT}money-kind/planned-anew")
_ROUGH: Final = {f"{CONCEPT}qualifier/{name}" for name in ("about", "at-least", "at-most")}


def execution(amounts: Iterable[Stated]) -> Table:
    """Return every plan beside what is spent to date of the same thing in the same currency."""
    found = list(amounts)
    spent = [one for one in found if one.kind == SPENT_TO_DATE]
    rows = [
        Row(
            (thing, plan.level, *_cells(plan, paid)),
            tuple(sorted({*plan.sources, *paid.sources})),
            (plan.money, paid.money),
        )
        for plan in found
        if plan.kind in PLANNED
        for paid in spent
        if paid.currency == plan.currency
        for thing in sorted({*plan.about} & {*paid.about})
    ]
    columns = (
        Column("about", "thing"),
        Column("level", "word"),
        Column("plan", "thing"),
        Column("planned", "money"),
        Column("planned-for", "text"),
        Column("spent", "money"),
        Column("spent-in", "text"),
        Column("remainder", "money"),
        Column("rate-of-execution", "share"),
        Column("periods", "word"),
        Column("certainty", "word"),
        Column("note"),
    )
    rows.sort(key=lambda row: (row.cells[0], *row.evidence))
    return Table("execution", columns, tuple(rows), (Said("execution-how"),), "no-execution")


def _cells(plan: Stated, paid: Stated) -> tuple[Any, ...]:
    periods = _periods(plan, paid)
    counts = periods in ("same", "within")
    return (
        plan.kind,
        Money(plan.amount, plan.currency),
        plan.period,
        Money(paid.amount, paid.currency),
        paid.period,
        Money(plan.amount - paid.amount, plan.currency) if counts else None,
        float(paid.amount / plan.amount) if counts and plan.amount else None,
        periods,
        _certainty(plan, paid),
        " ".join(dict.fromkeys(note for note in (plan.note, paid.note) if note)) or None,
    )


def _certainty(plan: Stated, paid: Stated) -> str | None:
    """Derived where one of them is; stated where both are; else it is not known."""
    both = {plan.certainty, paid.certainty}
    return "derived" if "derived" in both else "stated" if both == {"stated"} else None


def _periods(plan: Stated, paid: Stated) -> str:
    if plan.qualifier in _ROUGH or paid.qualifier in _ROUGH:
        return "rough"
    planned, spent = span(plan), span(paid)
    if planned is None or spent is None:
        return "not-stated"
    if planned == spent:
        return "same"
    return "within" if planned[0] == spent[0] and spent[1] < planned[1] else "differ"
