"""Which amounts may be added up: no rule, no part beside its whole, no two that may be of one thing and time.

In: amounts of one kind, currency, level and meaning. Out: those that are added, and of the others why not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from coopgraph.namespaces import CONCEPT
from coopgraph.release.columns_of import first_day, last_day
from coopgraph.secretariat.money.stated import Stated
from coopgraph.views.money import CEILING

SPENT_TO_DATE: Final = f"{CONCEPT}money-kind/spent-to-date"
Apart = dict[str, tuple[str, tuple[str, ...]]]


def apart(amounts: Sequence[Stated]) -> Apart:
    """Return the amounts that are not added to the others: why, and because of which.

    A ceiling is a rule. An amount of a part is held by that of its whole. Two amounts of one thing whose
    times may overlap may say the same twice: neither is added, but of what is spent to date the latest is.
    Payments of single days, by one source, are each their own. Of the same payer and payee, as different
    sources tell them, an amount without a period is not added to the others, nor are two of one time.
    """
    found: Apart = {one.money: ("ceiling", ()) for one in amounts if one.kind == CEILING}
    found |= {one.money: ("no-kind", ()) for one in amounts if one.kind is None}
    whole: dict[str, list[str]] = defaultdict(list)
    same: dict[str, list[Stated]] = defaultdict(list)
    rest = [one for one in amounts if one.money not in found]
    for one in rest:
        for thing in one.about:
            whole[thing].append(one.money)
            same[thing].append(one)
    for one in rest:
        holders = sorted({money for thing in one.wholes for money in whole.get(thing, ())} - {one.money})
        if holders:
            found[one.money] = ("part", tuple(holders))
    for several in same.values():
        for money, others in _colliding(several).items():
            found.setdefault(money, ("overlap", others))
    for money, why in _of_the_same_parties([one for one in rest if one.money not in found]).items():
        found[money] = why
    return found


def _of_the_same_parties(amounts: Iterable[Stated]) -> Apart:
    """Amounts of one payer and payee that may be one: no source states both, their times may overlap."""
    parties: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for one in amounts:
        if one.payer and one.payee:
            parties[one.payer, one.payee].append(one)
    others: dict[str, set[str]] = defaultdict(set)
    undated = {one.money for several in parties.values() for one in several if span(one) is None}
    for several in parties.values():
        for one, other in combinations(several, 2):
            if _may_overlap(one, other) and not {*one.sources} & {*other.sources}:
                pair = {one.money, other.money}
                for money in pair & undated or pair:
                    others[money] |= pair - {money}
    return {
        money: ("undated" if money in undated else "same-parties", tuple(sorted(beside)))
        for money, beside in others.items()
    }


def _colliding(several: Sequence[Stated]) -> dict[str, tuple[str, ...]]:
    if len(several) < 2 or _payments(several):
        return {}
    collides: dict[str, set[str]] = defaultdict(set)
    for one, other in combinations(several, 2):
        if _may_overlap(one, other):
            collides[one.money].add(other.money)
            collides[other.money].add(one.money)
    latest = _latest(one for one in several if one.money in collides)
    return {money: tuple(sorted(others)) for money, others in collides.items() if money != latest}


def _payments(several: Iterable[Stated]) -> bool:
    """Whether all are of single days, and one source states them all."""
    days = all(one.start and one.start == one.end and len(one.start) == 10 for one in several)
    return days and bool(set.intersection(*(set(one.sources) for one in several)))


def _latest(several: Iterable[Stated]) -> str | None:
    """What was spent to the latest day, where all say to which day and one is the latest."""
    ends = [(last_day(one.end), one.money) for one in several if one.kind == SPENT_TO_DATE and one.end]
    known = sorted((end, money) for end, money in ends if end)
    alone = len(known) == 1 or (len(known) > 1 and known[-1][0] > known[-2][0])
    return known[-1][1] if alone and len(known) == len(ends) else None


def _may_overlap(one: Stated, other: Stated) -> bool:
    first, second = span(one), span(other)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def span(one: Stated) -> tuple[date, date] | None:
    """Return the first and last day of an amount's period; of one stated date alone, those of that date."""
    start, end = one.start or one.end, one.end or one.start
    if not start or not end:
        return None
    first, last = first_day(start), last_day(end)
    return (first, last) if first and last else None
