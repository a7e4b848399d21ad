"""What one event adds to what a city gives and receives, in fractions.

In: the participations of a city's events, merged as flows merge them. Out: {partner: (given, received)} for
an event, also for one whose flags are read otherwise: w_ij += c_ie / |R_e without i|.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from coopgraph.network.selection import Selection

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from coopgraph.columns.engine import Engine


@dataclass(frozen=True)
class Taking:
    """How a city takes part in an event: flags (2 yes, 1 unknown, 0 no), and what it contributes if it does.

    `amount` is 1 where events are counted, and 0 where no amount is stated.
    """

    contributes: int
    benefits: int
    amount: Fraction
    derived: bool


Event = Mapping[str, Taking]
Terms = dict[str, tuple[Fraction, Fraction]]


def events_of(engine: Engine, rows: ir.Table, city: str, selection: Selection) -> dict[str, Event]:
    """Return the selected events a city takes part in, each with all who take part."""
    from coopgraph.network.participations import merged

    theirs = rows.semi_join(rows.filter(rows.city == city), "event")
    found = engine.fetch(merged(theirs, replace(selection, nodes=None)).order_by("event", "city"))
    events: dict[str, dict[str, Taking]] = {}
    for row in found.to_pylist():
        amount = Fraction(row["amount"] or 0) if selection.weight == "amount" else Fraction(1)
        taking = Taking(row["contributes"], row["benefits"], amount, row["derived"])
        events.setdefault(row["event"], {})[row["city"]] = taking
    return dict(events)


def terms(event: Event, city: str, least: int, inside: Collection[str]) -> Terms:
    """Return what the event adds to what the city gives to, and receives from, each partner in V.

    >>> both, one = Taking(2, 2, Fraction(1), False), Taking(0, 2, Fraction(1), False)
    >>> event = {"Lima": both, "Quito": both, "La Paz": one}
    >>> for partner, (given, received) in terms(event, "Lima", 2, set(event)).items():
    ...     print(partner, given, received)
    La Paz 1/2 0
    Quito 1/2 1/2
    """
    receivers = sum(taking.benefits >= least for taking in event.values())
    own = event[city]
    found: Terms = {}
    for partner, taking in sorted(event.items()):
        if partner != city and partner in inside:
            pair = (_passes(own, taking, least, receivers), _passes(taking, own, least, receivers))
            if any(pair):
                found[partner] = pair
    return found


def _passes(giver: Taking, receiver: Taking, least: int, receivers: int) -> Fraction:
    if giver.contributes < least or receiver.benefits < least or giver.amount <= 0:
        return Fraction(0)
    return giver.amount / (receivers - (giver.benefits >= least))
