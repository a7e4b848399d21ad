"""Amounts that sources report only as figures: told with their source, and never added up.

In: an open release and its amounts. Out: a table, and how many programmes, agreements and actions state their
amount only so. A figure that an amount repeats (the same thing, sum and currency) is told as the amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from coopgraph.namespaces import COOP
from coopgraph.secretariat.dossier import Column, Money, Row, Said, Table
from coopgraph.secretariat.money.rates import is_code
from coopgraph.secretariat.money.stated import Stated
from coopgraph.secretariat.stored import rows_of

if TYPE_CHECKING:
    from coopgraph.release import Release

CLASSES: Final = {
    f"{COOP}Programme": "programme",
    f"{COOP}Agreement": "agreement",
    f"{COOP}Action": "action",
}
_OTHER_UNITS: Final = {
    "SDG",
    "ODS",
    "NGO",
    "ONG",
}  # goals and associations, also where a currency has the code


def only_figures(release: Release, amounts: Iterable[Stated]) -> tuple[Table, dict[str, int]]:
    """Return the figures in a currency that no amount repeats, and how many things have nothing else."""
    known = list(amounts)
    told = {(thing, one.amount, one.currency) for one in known for thing in one.about}
    priced = {thing for one in known for thing in one.about}
    asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(release, __file__, "figures"):
        asked[row["figure"]].append(row)
    rows, silent = [], set()
    for figure in release.table("figures").to_pylist():
        unit, value, found = figure["unit"] or "", figure["value"], asked[figure["figure"]]
        about = {row["about"] for row in found}
        if not is_currency(unit) or value is None:
            continue
        if any((thing, value, unit) in told for thing in about):
            continue
        rows.append(_row(figure, tuple(sorted(about)), found))
        silent |= {(CLASSES.get(row["class"]), row["about"]) for row in found if row["about"] not in priced}
    rows.sort(key=lambda row: (row.cells[0], row.evidence))
    columns = (
        Column("about", "things"),
        Column("measure"),
        Column("amount", "money"),
        Column("qualifier", "thing"),
        Column("period"),
        Column("certainty", "word"),
        Column("note"),
    )
    counts = {name: sum(one == name for one, _ in silent) for name in CLASSES.values()}
    return Table("figures", columns, tuple(rows), (Said("figures-not-added"),), "no-figure"), counts


def is_currency(unit: str) -> bool:
    """Whether a figure in this unit is money.

    >>> is_currency("EUR"), is_currency("SDG"), is_currency("cities")
    (True, False, False)
    """
    return is_code(unit) and unit not in _OTHER_UNITS


def _row(figure: dict[str, Any], about: tuple[str, ...], found: Iterable[dict[str, Any]]) -> Row:
    dates = dict.fromkeys(row[end][:4] for row in found for end in ("start", "end") if row[end])
    certainty = (figure["certainty"] or "").rsplit("/", 1)[-1]
    cells = (
        about,
        figure["measure"],
        Money(figure["value"], figure["unit"]),
        figure["qualifier"],
        figure["period"] or "–".join(dates) or None,
        certainty if certainty in ("stated", "derived") else None,
        " ".join(dict.fromkeys(row["note"] for row in found if row["note"])) or None,
    )
    return Row(cells, tuple(figure["source"] or ()), (figure["figure"],))
