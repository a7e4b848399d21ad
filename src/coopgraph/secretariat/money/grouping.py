"""Amounts by year, strategic line, goal, partner or programme; kinds, meanings, levels and currencies apart.

In: amounts, how they are converted, and what they are put together by. Out: tables. What several share stands
in each as shared; a period of several years stands under these years and is shared out to none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from coopgraph.secretariat.dossier import Column, Money, Row, Said, Table
from coopgraph.secretariat.goals import goal_code, goal_order
from coopgraph.secretariat.money.adding import apart
from coopgraph.secretariat.money.conversion import Converted
from coopgraph.secretariat.money.stated import Stated
from coopgraph.views.money import LEVELS

BY: Final = ("year", "line", "sdg", "partner", "programme")
Convert = Callable[[Stated], Converted | None]
_Key = tuple[Any, ...]
_HEADS: Final[dict[str, tuple[Column, ...]]] = {
    "year": (Column("years"),),
    "line": (Column("line", "thing"),),
    "sdg": (Column("sdg", "thing"), Column("code")),
    "partner": (Column("partner", "thing"), Column("relation", "word")),
    "programme": (Column("programme", "thing"),),
}
_CURRENCY: Final = Column("currency")
_KIND: Final = (Column("level", "word"), Column("kind", "thing"), Column("qualifier", "thing"))


def totals(amounts: Iterable[Stated], into: str | None, convert: Convert) -> Table:
    """Return the sums of each level, kind, meaning and currency."""
    groups = _grouped((((), False, one) for one in amounts), currencies=True)
    rows = []
    for key, members in groups:
        added = _added(members)
        sums = [_sum(added, key[-1]), *_converted(added, into, convert)]
        rows.append(_row((*key, len(members), len(added), *sums), members))
    columns = (*_KIND, _CURRENCY, *_counted(), Column("total", "money"), *_into(into))
    return Table("totals", columns, tuple(rows), (Said("not-added"),), "no-amount")


def in_one_currency(amounts: Iterable[Stated], into: str, convert: Convert) -> Table:
    """Return the sums of each level, kind and meaning over all currencies, as far as there are rates."""
    groups = _grouped((((), False, one) for one in amounts), currencies=False)
    rows = []
    for key, members in groups:
        added = [one for some in _by_currency(members) for one in _added(some)]
        known = [found.amount.amount for one in added if (found := convert(one))]
        total = Money(sum(known, Decimal(0)), into) if known else None
        rows.append(
            _row(
                (*key, len(members), len(added), total, len(added) - len(known)),
                members,
            )
        )
    columns = (*_KIND, *_counted(), Column("converted", "money"), Column("without-rate", "number"))
    return Table("in-one-currency", columns, tuple(rows), (Said("in-one-how"),), "no-amount")


def grouped_by(amounts: Iterable[Stated], by: str, into: str | None, convert: Convert) -> Table:
    """Return the sums by one of `BY`: alone, and shared with others of its sort."""
    keyed = ((key, shared, one) for one in amounts for key, shared in _keys(one, by))
    rows = []
    groups = _grouped(keyed, currencies=True)
    if by == "sdg":
        groups.sort(key=lambda group: (group[0][0] is None, goal_order(group[0][0] or "")))
    for key, members in groups:
        added = {one.money for one in _added(members)}
        alone, shared = (
            [one for one, together in members if together is wanted and one.money in added]
            for wanted in (False, True)
        )
        named = (key[0], key[0] and goal_code(key[0]), *key[1:]) if by == "sdg" else key
        cells = (
            *named,
            len(members),
            len(added),
            _sum(alone, key[-1]),
            _sum(shared, key[-1]),
            *_converted([*alone, *shared], into, convert),
        )
        rows.append(_row(cells, members))
    columns = (
        *_HEADS[by],
        *_KIND,
        _CURRENCY,
        *_counted(),
        Column("alone", "money"),
        Column("shared", "money"),
        *_into(into),
    )
    notes = (Said("years-not-spread"),) if by == "year" else (Said("shared-not-added"),)
    return Table(f"by-{by}", columns, tuple(rows), notes, "no-amount")


def _keys(one: Stated, by: str) -> list[tuple[_Key, bool]]:
    if by == "partner":
        relations: dict[str, list[str]] = defaultdict(list)
        for relation, partner in one.partners:
            relations[relation].append(partner)
        found = [
            ((partner, relation), len(partners) > 1)
            for relation, partners in relations.items()
            for partner in partners
        ]
        return found or [((None, None), False)]
    served: Sequence[str | None] = {
        "year": (one.years,),
        "line": one.lines,
        "sdg": one.goals,
        "programme": one.programmes,
    }[by]
    return [((thing,), len(served) > 1) for thing in served or (None,)]


def _grouped(
    keyed: Iterable[tuple[_Key, bool, Stated]], *, currencies: bool
) -> list[tuple[_Key, list[tuple[Stated, bool]]]]:
    """Put amounts together; the currency is the last part of a key."""
    groups: dict[_Key, list[tuple[Stated, bool]]] = defaultdict(list)
    for key, shared, one in keyed:
        last = (one.currency,) if currencies else ()
        groups[*key, one.level, one.kind, one.qualifier, *last].append((one, shared))
    width = 3 + int(currencies)

    def order(key: _Key) -> _Key:
        named, (level, *rest) = key[: len(key) - width], key[len(key) - width :]
        return *_last(named), LEVELS.index(level), *_last(rest)

    return [(key, groups[key]) for key in sorted(groups, key=order)]


def _last(parts: Iterable[str | None]) -> _Key:
    """What is not known stands last."""
    return tuple((part is None, part or "") for part in parts)


def _added(members: Iterable[tuple[Stated, bool]]) -> list[Stated]:
    amounts = [one for one, _ in members]
    left = apart(amounts)
    return [one for one in amounts if one.money not in left]


def _by_currency(members: Iterable[tuple[Stated, bool]]) -> list[list[tuple[Stated, bool]]]:
    found: dict[str, list[tuple[Stated, bool]]] = defaultdict(list)
    for one, shared in members:
        found[one.currency].append((one, shared))
    return [found[currency] for currency in sorted(found)]


def _sum(amounts: Sequence[Stated], currency: str) -> Money | None:
    return Money(sum((one.amount for one in amounts), Decimal(0)), currency) if amounts else None


def _converted(added: Sequence[Stated], into: str | None, convert: Convert) -> tuple[Any, ...]:
    """The sum in the other currency where there is a rate for every amount; for how many there is none."""
    if into is None:
        return ()
    found = [convert(one) for one in added]
    known = [one.amount.amount for one in found if one]
    missing = len(found) - len(known)
    return Money(sum(known, Decimal(0)), into) if known and not missing else None, missing


def _counted() -> tuple[Column, ...]:
    return Column("amounts", "number"), Column("added", "number")


def _into(into: str | None) -> tuple[Column, ...]:
    return (Column("converted", "money"), Column("without-rate", "number")) if into else ()


def _row(cells: tuple[Any, ...], members: Iterable[tuple[Stated, bool]]) -> Row:
    amounts = [one for one, _ in members]
    sources = {source for one in amounts for source in one.sources}
    return Row(cells, tuple(sorted(sources)), tuple(sorted({one.money for one in amounts})))
