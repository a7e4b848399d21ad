"""The money of a release: each amount once, what it is for, and what is not stated.

In: a `Reader`. Out: amounts, and how many things state one. What may be added up, and the sums, are said by
`secretariat.money`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from coopgraph.namespaces import CONCEPT
from coopgraph.views.drawing import clean
from coopgraph.views.profiles.profile import Reference
from coopgraph.views.profiles.reader import Reader, word

LEVELS: Final = ("programme", "agreement", "action", "participation", "other")
CEILING: Final = f"{CONCEPT}money-kind/ceiling"  # a rule, not a sum of money: never added up


@dataclass(frozen=True)
class Amount:
    """One amount as stated. `level` is what it is stated of; of an agreement and its action it is one."""

    money: str
    amount: Decimal
    currency: str
    certainty: str
    level: str
    about: tuple[Reference, ...]
    period: str
    years: str
    notes: tuple[str, ...]
    programmes: tuple[Reference, ...]
    lines: tuple[Reference, ...]
    goals: tuple[Reference, ...]


def stating(reader: Reader) -> dict[str, tuple[int, int]]:
    """Return how many programmes, agreements and actions state an amount, and how many there are (cq-061)."""
    return {row["what"]: (row["withAmount"], row["things"]) for row in reader.ask("without-amount")}


def amounts_of(reader: Reader) -> tuple[Amount, ...]:
    """Return every amount that is stated of something (cq-036, cq-062)."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in reader.ask("amounts-and-what-they-serve"):
        rows.setdefault(row["money"], []).append(row)
    told: dict[str, list[dict[str, Any]]] = {}
    for row in reader.ask("cq-036"):
        told.setdefault(row["money"], []).append(row)
    sources = {row["figure"]: row for row in reader.release.table("money").to_pylist()}
    return tuple(
        _amount(reader, money, rows[money], told.get(money, []), sources[money]) for money in sorted(rows)
    )


def _amount(
    reader: Reader,
    money: str,
    rows: Sequence[dict[str, Any]],
    told: Sequence[dict[str, Any]],
    stated: dict[str, Any],
) -> Amount:
    def every(name: str) -> tuple[Reference, ...]:
        return reader.references(row[name] for row in rows)

    years = "–".join(dict.fromkeys(stated[end][:4] for end in ("start", "end") if stated[end]))
    return Amount(
        money=money,
        amount=stated["amount"],
        currency=clean(stated["currency"]),
        certainty=word(row["certainty"] for row in rows),
        level=min((row["level"] for row in rows), key=LEVELS.index),
        about=every("about"),
        period=next((clean(row["statedPeriod"]) for row in told if row["statedPeriod"]), ""),
        years=years,
        notes=tuple(sorted({clean(row["note"]) for row in told if row["note"]})),
        programmes=every("programme"),
        lines=every("line"),
        goals=every("goal"),
    )
