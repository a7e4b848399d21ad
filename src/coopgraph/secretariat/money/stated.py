"""The amounts of a release as they are stated, by IRI: what for, by whom, when, and how they are meant.

In: an open release. Out: `Stated` amounts and how many things state none. Which amounts there are, and of
what level each is, is what `views.money` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from coopgraph.secretariat.stored import rows_of
from coopgraph.views.money import amounts_of as told_of
from coopgraph.views.money import stating
from coopgraph.views.profiles.reader import Reader

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.views.money import Amount
    from coopgraph.views.profiles.profile import Reference


@dataclass(frozen=True)
class Stated:
    """One amount. `years` are those of its dates; `period` is in the words of the source, else its dates.

    `partners` are pairs of how an actor has to do with it and the actor; `wholes` is what the things it is
    of are parts of.
    """

    money: str
    amount: Decimal
    currency: str
    kind: str | None
    qualifier: str | None
    certainty: str | None
    level: str
    about: tuple[str, ...]
    wholes: frozenset[str]
    payer: str | None
    payee: str | None
    partners: tuple[tuple[str, str], ...]
    start: str | None
    end: str | None
    years: str | None
    period: str | None
    note: str | None
    programmes: tuple[str, ...]
    lines: tuple[str, ...]
    goals: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Amounts:
    """Every amount, how many things of each class state one (of how many), and how many are of nothing."""

    stated: tuple[Stated, ...]
    of: dict[str, tuple[int, int]]
    homeless: int


def amounts_of(release: Release) -> Amounts:
    """Read the amounts of a release."""
    reader = Reader(release, "en")
    found = told_of(reader)
    rows = {row["figure"]: row for row in release.table("money").to_pylist()}
    partners: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows_of(release, __file__, "partners"):
        partners[row["money"]].append((row["relation"], row["partner"]))
    wholes: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(release, __file__, "wholes"):
        wholes[row["thing"]].add(row["whole"])
    stated = tuple(_stated(one, rows[one.money], partners[one.money], wholes) for one in found)
    return Amounts(stated, stating(reader), len(rows) - len(stated))


def _stated(
    one: Amount, row: dict[str, Any], partners: list[tuple[str, str]], wholes: dict[str, set[str]]
) -> Stated:
    about = _iris(one.about)
    return Stated(
        money=one.money,
        amount=one.amount,
        currency=one.currency,
        kind=row["kind"],
        qualifier=row.get("qualifier"),
        certainty=one.certainty or None,
        level=one.level,
        about=about,
        wholes=frozenset(whole for thing in about for whole in wholes.get(thing, ())),
        payer=row["payer"],
        payee=row["payee"],
        partners=tuple(partners),
        start=row["start"],
        end=row["end"],
        years=one.years or None,
        period=one.period or one.years or None,
        note=" ".join(one.notes) or None,
        programmes=_iris(one.programmes),
        lines=_iris(one.lines),
        goals=_iris(one.goals),
        sources=tuple(row["source"] or ()),
    )


def _iris(things: Iterable[Reference]) -> tuple[str, ...]:
    return tuple(sorted(thing.iri for thing in things))
