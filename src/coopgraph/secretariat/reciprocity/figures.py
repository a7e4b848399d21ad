"""Given and received of one city, added up by partner, strategic line and SDG.

In: the terms of flows. Out: for each group what every event gave and received, and `Figures` of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from typing import Final, TypeVar

from coopgraph.network.sensitivity.balance_range import Passed, balance_of, balance_ranges
from coopgraph.network.sensitivity.loss import Loss
from coopgraph.secretariat.dossier import Interval, Money
from coopgraph.secretariat.reciprocity.gathered import Event, Term

DIGITS: Final = 12  # as in a ranking
OF_MONEY: Final = 6  # flows of amounts are rounded to the millionth of their unit
BOTH, GIVES, RECEIVES, NEITHER = "both-ways", "only-gives", "only-receives", "nothing-documented"
Group = TypeVar("Group")
Ranges = tuple[float, float] | None


@dataclass(frozen=True)
class Figures:
    """What a city gave and received in some events, and in how many of them."""

    events: int
    gave_in: int
    received_in: int
    given: float
    received: float
    balance: Interval | None


def stand(gives: bool, receives: bool) -> str:
    """Return the word for who gives and receives, only one of both, or neither."""
    words = {(True, True): BOTH, (True, False): GIVES, (False, True): RECEIVES, (False, False): NEITHER}
    return words[gives, receives]


def by_partner(terms: Iterable[Term], city: str) -> dict[str, dict[str, tuple[float, float]]]:
    """Return for each partner what every event gave to it and received from it."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for event, giver, receiver, weight in terms:
        if city in (giver, receiver):
            partner = receiver if giver == city else giver
            given, received = found.setdefault(partner, {}).get(event, (0.0, 0.0))
            pair = (given + weight, received) if giver == city else (given, received + weight)
            found[partner][event] = pair
    return {partner: found[partner] for partner in sorted(found)}


def together(parts: Iterable[Passed]) -> dict[str, tuple[float, float]]:
    """Add up what passed with several partners, event by event."""
    found: dict[str, list[tuple[float, float]]] = {}
    for passed in parts:
        for event, pair in passed.items():
            found.setdefault(event, []).append(pair)
    return {
        event: (fsum(given for given, _ in pairs), fsum(received for _, received in pairs))
        for event, pairs in sorted(found.items())
    }


def by_served(
    passed: Passed, events: Mapping[str, Event], served: Callable[[Event], tuple[str, ...]]
) -> dict[str | None, dict[str, tuple[float, float]]]:
    """Return what passed for each line (or goal) that is served, whole under each; None: none is stated."""
    found: dict[str | None, dict[str, tuple[float, float]]] = {}
    for event, pair in passed.items():
        for thing in served(events[event]) or (None,):
            found.setdefault(thing, {})[event] = pair
    return {thing: found[thing] for thing in sorted(found, key=lambda thing: (thing is None, thing or ""))}


def figures(passed: Passed, found: Ranges, digits: int = DIGITS) -> Figures:
    """Add up what passed in some events.

    >>> told = figures({"visit": (1.0, 0.0), "course": (0.5, 0.5)}, None)
    >>> told.events, told.gave_in, told.received_in, told.given, told.received, told.balance
    (2, 2, 1, 1.5, 0.5, Interval(value=0.5, low=None, high=None))
    """
    balance = balance_of(passed)
    return Figures(
        events=len(passed),
        gave_in=sum(given > 0 for given, _ in passed.values()),
        received_in=sum(received > 0 for _, received in passed.values()),
        given=round(fsum(given for given, _ in passed.values()), digits),
        received=round(fsum(received for _, received in passed.values()), digits),
        balance=None if balance is None else Interval(balance, *(found or (None, None))),
    )


def all_figures(groups: Mapping[Group, Passed], loss: Loss, digits: int = DIGITS) -> dict[Group, Figures]:
    """Return the figures of each group, with the ranges of their balances."""
    ranges = balance_ranges(groups, loss)
    return {group: figures(passed, ranges[group], digits) for group, passed in groups.items()}


def money(amount: float, currency: str) -> Money:
    """Return an amount of a flow, which is rounded to the millionth, without the digits it does not need.

    >>> money(7000.0, "USD").amount, money(2333.333333, "USD").amount
    (Decimal('7000'), Decimal('2333.333333'))
    """
    stated = Decimal(repr(round(amount, OF_MONEY)))
    return Money(stated.quantize(Decimal(1)) if stated == stated.to_integral_value() else stated, currency)
