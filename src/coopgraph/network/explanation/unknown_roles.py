"""Which unknown roles could change a score: each one read otherwise, one at a time, and those of an event.

In: a city's events, and the measure. Out: the readings that change the score, the largest change first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from coopgraph.network.explanation.events import Event, Taking, Terms, terms
from coopgraph.network.explanation.shares import Measure, score
from coopgraph.network.explanation.standing import rounded

LARGE = 200  # of more participants than so, an event's unknown roles are read all at once only
_FLAGS = (("contributes",), ("benefits",), ("contributes", "benefits"))
_EVERY = "all unknown roles"


@dataclass(frozen=True)
class Reading:
    """One unknown role, or all of an event, read as known: what the score would be.

    `city` is None where every unknown role in the event is read so.
    """

    event: str
    city: str | None
    roles: str
    score: float | None
    change: float | None


def readings(
    events: Mapping[str, Event],
    city: str,
    measure: Measure,
    *,
    least: int,
    inside: Collection[str],
    others: int,
) -> list[Reading]:
    """Return every reading that changes the score, the largest change first.

    Where an unknown flag counts as not a yes it is read as a yes, and where it counts as a yes, as a no.
    """
    known = 2 if least == 2 else 0
    base = {event: terms(takings, city, least, inside) for event, takings in events.items()}
    sums = _summed(base)
    before = score(measure, _floats(sums), others)
    found = []
    for event, who, roles, takings in _otherwise(events, known):
        after = terms(takings, city, least, inside)
        if after != base[event]:
            value = score(measure, _floats(_moved(sums, base[event], after)), others)
            change = None if value is None or before is None else rounded(value - before)
            if change != 0:
                found.append(Reading(event, who, roles, rounded(value), change))
    return sorted(found, key=_order)


def _order(reading: Reading) -> tuple[float, str, str, str]:
    size = float("inf") if reading.change is None else abs(reading.change)
    return (-size, reading.event, reading.city or "", reading.roles)


def _otherwise(
    events: Mapping[str, Event], known: int
) -> Iterator[tuple[str, str | None, str, dict[str, Taking]]]:
    """Yield each event with one participation's unknown flags read as known, then with all of them."""
    for event, takings in events.items():
        unsure = {city: _unknown(taking) for city, taking in takings.items() if _unknown(taking)}
        for city, flags in unsure.items() if len(takings) <= LARGE else ():
            for roles in _FLAGS:
                if set(roles) <= set(flags):
                    changed = _read(takings[city], roles, known)
                    yield event, city, " and ".join(roles), {**takings, city: changed}
        if len(unsure) > 1:
            every = {city: _read(takings[city], flags, known) for city, flags in unsure.items()}
            yield event, None, _EVERY, {**takings, **every}


def _unknown(taking: Taking) -> tuple[str, ...]:
    return tuple(flag for flag in ("contributes", "benefits") if getattr(taking, flag) == 1)


def _read(taking: Taking, flags: tuple[str, ...], known: int) -> Taking:
    return replace(
        taking,
        contributes=known if "contributes" in flags else taking.contributes,
        benefits=known if "benefits" in flags else taking.benefits,
    )


def _summed(base: Mapping[str, Terms]) -> Terms:
    sums: Terms = {}
    for added in base.values():
        sums = _moved(sums, {}, added)
    return sums


def _moved(sums: Terms, out: Terms, into: Terms) -> Terms:
    """Return the sums with one event's terms taken out and others put in."""
    zero = (Fraction(0), Fraction(0))
    moved = dict(sums)
    for partner in {*out, *into}:
        old, less, more = (pairs.get(partner, zero) for pairs in (sums, out, into))
        moved[partner] = (old[0] - less[0] + more[0], old[1] - less[1] + more[1])
    return moved


def _floats(sums: Terms) -> dict[str, tuple[float, float]]:
    return {
        partner: (float(given), float(received))
        for partner, (given, received) in sums.items()
        if given or received
    }
