"""The money of a release: each amount once, what it is for, and what is not stated.

In: a `Reader`. Out: a `Purse`: sums by kind and currency, groups, rates of execution. Currencies are never
added up, nor is what is stated of a programme added to what is stated of its agreements and actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from coopgraph.namespaces import CONCEPT
from coopgraph.views.drawing import clean
from coopgraph.views.profiles.profile import Reference, Source
from coopgraph.views.profiles.reader import Reader, word

LEVELS: Final = ("programme", "agreement", "action", "participation", "other")
CEILING: Final = f"{CONCEPT}money-kind/ceiling"  # a rule, not a sum of money: never added up
_PLANNED, _SPENT = f"{CONCEPT}money-kind/planned", f"{CONCEPT}money-kind/spent-to-date"


@dataclass(frozen=True)
class Amount:
    """One amount as stated. `level` is what it is stated of; of an agreement and its action it is one."""

    money: str
    amount: Decimal
    currency: str
    kind: Reference | None
    qualifier: str
    certainty: str
    level: str
    about: tuple[Reference, ...]
    payer: Reference | None
    payee: Reference | None
    period: str
    years: str
    notes: tuple[str, ...]
    programmes: tuple[Reference, ...]
    lines: tuple[Reference, ...]
    goals: tuple[Reference, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Sum:
    """What the amounts of one kind and currency add up to, and how many of them are approximate (cq-035)."""

    kind: str
    currency: str
    amounts: int
    approximate: int
    total: Decimal


@dataclass(frozen=True)
class Rate:
    """Planned beside spent to date, of one programme in one currency (cq-011); of a plan of 0 no percent."""

    programme: Reference
    currency: str
    planned: Decimal
    planned_for: str
    spent: Decimal
    spent_in: str
    percent: float | None


@dataclass(frozen=True)
class Group:
    """The amounts of one kind, currency and level that serve one thing, or nothing that is stated (None).

    `alone` adds up those that serve it alone; `shared` those that serve others of its sort too, which no
    source shares out: they stand in each group, so groups must not be added up. None: a ceiling, which is
    not added up.
    """

    thing: Reference | None
    text: str
    level: str
    kind: Reference | None
    currency: str
    amounts: int
    alone: Decimal | None
    shared: Decimal | None


@dataclass(frozen=True)
class Purse:
    """All that is stated of money, and of how many programmes, agreements and actions nothing is stated."""

    amounts: tuple[Amount, ...]
    sums: tuple[Sum, ...]
    rates: tuple[Rate, ...]
    stated: dict[str, tuple[int, int]]
    sources: tuple[Source, ...]


def purse(reader: Reader) -> Purse:
    """Gather the money of a release (cq-011, cq-035, cq-036, cq-061, cq-062)."""
    amounts = amounts_of(reader)
    sums = [
        Sum(
            clean(row["kindLabel"]),
            clean(row["currency"]),
            row["amounts"],
            row["approximate"],
            Decimal(row["total"]),
        )
        for row in reader.ask("cq-035", lang=reader.lang)
    ]
    return Purse(amounts, tuple(sums), tuple(_rates(reader, amounts)), stating(reader), reader.sources())


def stating(reader: Reader) -> dict[str, tuple[int, int]]:
    """Return how many programmes, agreements and actions state an amount, and how many there are (cq-061)."""
    return {row["what"]: (row["withAmount"], row["things"]) for row in reader.ask("without-amount")}


def groups(amounts: Iterable[Amount], by: str) -> tuple[Group, ...]:
    """Return the amounts by `programmes`, `lines`, `goals` or `years`; kinds, currencies and levels apart."""
    found: dict[tuple[Any, str, Reference | None, str], list[tuple[Amount, bool]]] = {}
    for one in amounts:
        served: Sequence[Any] = (one.years,) if by == "years" else getattr(one, by) or (None,)
        for thing in served:
            key = (thing, one.level, one.kind, one.currency)
            found.setdefault(key, []).append((one, len(served) > 1))
    return tuple(sorted((_group(*key, found[key]) for key in found), key=_order))


def _group(
    thing: Any, level: str, kind: Reference | None, currency: str, rows: Sequence[tuple[Amount, bool]]
) -> Group:
    added = kind is None or kind.iri != CEILING

    def total(shared: bool) -> Decimal | None:
        return sum((one.amount for one, other in rows if other is shared), Decimal(0)) if added else None

    named, text = (None, thing or "") if isinstance(thing, str) or thing is None else (thing, "")
    return Group(named, text, level, kind, currency, len(rows), total(False), total(True))


def _order(group: Group) -> tuple[Any, ...]:
    thing = group.thing
    name = thing.label.casefold() if thing else group.text
    kind = group.kind.label if group.kind else ""
    return not name, name, thing.iri if thing else "", LEVELS.index(group.level), group.currency, kind


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
    first = rows[0]

    def every(name: str) -> tuple[Reference, ...]:
        return reader.references(row[name] for row in rows)

    years = "–".join(dict.fromkeys(stated[end][:4] for end in ("start", "end") if stated[end]))
    return Amount(
        money=money,
        amount=stated["amount"],
        currency=clean(stated["currency"]),
        kind=reader.reference(first["kind"]) if first["kind"] else None,
        qualifier=reader.called(first["qualifier"]),
        certainty=word(row["certainty"] for row in rows),
        level=min((row["level"] for row in rows), key=LEVELS.index),
        about=every("about"),
        payer=reader.reference(stated["payer"]) if stated["payer"] else None,
        payee=reader.reference(stated["payee"]) if stated["payee"] else None,
        period=next((clean(row["statedPeriod"]) for row in told if row["statedPeriod"]), ""),
        years=years,
        notes=tuple(sorted({clean(row["note"]) for row in told if row["note"]})),
        programmes=every("programme"),
        lines=every("line"),
        goals=every("goal"),
        sources=reader.cite(stated["source"]),
    )


def _rates(reader: Reader, amounts: Sequence[Amount]) -> Iterable[Rate]:
    kinds: dict[Reference, set[str]] = {}
    for one in amounts:
        for thing in one.about if one.level == "programme" and one.kind else ():
            kinds.setdefault(thing, set()).add(one.kind.iri if one.kind else "")
    both = [programme for programme, found in kinds.items() if {_PLANNED, _SPENT} <= found]
    for programme in sorted(both, key=lambda thing: thing.iri):
        told: dict[tuple[Any, ...], dict[str, Any]] = {}
        for row in reader.ask("cq-011", programme=programme.iri):  # several notes are several rows
            told.setdefault((row["currency"], row["planned"], row["invested"]), row)
        for row in told.values():
            yield Rate(
                programme,
                clean(row["currency"]),
                Decimal(row["planned"]),
                clean(row["plannedFor"] or ""),
                Decimal(row["invested"]),
                clean(row["investedIn"] or ""),
                None if row["sharePercent"] is None else float(row["sharePercent"]),
            )
