"""How horizontal a network is: in all, and over time.

In: `Facts`. Out: tables of a dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import adjacency
from coopgraph.network.centrality.reciprocity import reciprocity_excess
from coopgraph.network.sensitivity.whole_range import ReciprocityRange, reciprocity_range
from coopgraph.network.trend.horizontality import OF_CHANCE, Horizontal, horizontality
from coopgraph.secretariat.dossier import Column, Interval, Row, Said, Table
from coopgraph.secretariat.reciprocity.gathered import Facts, Flowing, Policy, proof_of


@dataclass(frozen=True)
class Years:
    """The windows horizontality is told for: how long, and from which year to which."""

    window: int = 1
    first: int | None = None
    last: int | None = None


FEWEST: Final = 3  # cities, below which chance has nobody else to give to
_HORIZONTAL: Final = (
    Column("actions", "number"),
    Column("cities", "number"),
    Column("pairs", "number"),
    Column("mutual", "number"),
    Column("returned", "interval"),
    Column("by-chance", "number"),
    Column("beyond-chance", "number"),
)


def whole_table(facts: Facts) -> Table:
    """Return how horizontal the network is in all, dated or not, under both readings of unknown roles."""
    columns = (
        Column("reading", "word"),
        *_HORIZONTAL,
        Column("rewired", "number"),
        Column("beyond-rewired", "number"),
    )
    other: Policy = "exclude" if facts.reading.unknown == "both" else "both"
    readings = [(facts.reading.unknown, facts.read)]
    if facts.other is not facts.read:
        readings.append((other, facts.other))
    rows = tuple(_whole_row(facts, f"unknown-{name}", flowing) for name, flowing in readings)
    return Table("whole", columns, rows)


def _whole_row(facts: Facts, reading: str, flowing: Flowing) -> Row:
    pairs = {(term.giver, term.receiver) for term in flowing.terms}
    mutual = sum((receiver, giver) in pairs for giver, receiver in pairs)
    events = tuple(sorted({term.event for term in flowing.terms}))
    try:
        excess = reciprocity_excess(adjacency(flowing.made.flows), seed=facts.reading.loss.seed)
    except MeasureError:  # the null model is not found, or too large
        excess = None
    chance = (excess.expected, excess.rho, excess.rewired, excess.rewired_rho) if excess else (None,) * 4
    cities = len({city for pair in pairs for city in pair})
    if cities < FEWEST:
        chance = (None,) * 4
    counts = (len(events), cities, len(pairs) - mutual // 2, mutual // 2)
    returned = _returned(reciprocity_range(flowing.made, facts.reading.loss), len(events))
    numbers = (None if value is None else round(value, OF_CHANCE) + 0.0 for value in chance)
    return Row((reading, *counts, returned, *numbers), _sources(facts, events), events)


def over_time_table(facts: Facts, years: Years) -> Table:
    """Return the same window by window, from the first in which anything passed."""
    columns = (Column("years"), *_HORIZONTAL)
    if not any(event.start or event.end for event in facts.events.values()):
        return Table("over-time", columns, (), empty="undated")
    made = horizontality(
        facts.release,
        window=years.window,
        first=years.first,
        last=years.last,
        loss=facts.reading.loss,
        unknown=facts.reading.unknown,
        certainty=facts.reading.certainty,
    )
    begun = next((place for place, row in enumerate(made.rows) if row.pairs), len(made.rows))
    notes = [Said("windows", {"n": years.window})]
    if begun:
        notes.append(
            Said("nothing-before", {"first": made.rows[0].window, "last": made.rows[begun - 1].window})
        )
    if undated := made.basis.undated_left_out:
        of = made.basis.selected_events + undated
        notes.append(Said("not-in-years", {"n": of, "count": undated, "of": of}))
    rows = tuple(_year_row(facts, row) for row in made.rows[begun:])
    return Table("over-time", columns, rows, tuple(notes), empty="undated")


def _year_row(facts: Facts, row: Horizontal) -> Row:
    counts = (len(row.events), row.cities, row.pairs, row.mutual)
    returned = _returned(row.returned, len(row.events))
    chance = (None, None) if row.cities < FEWEST else (row.expected, row.beyond)
    cells = (row.window, *counts, returned, *chance)
    return Row(cells, _sources(facts, row.events), row.events)


def _returned(found: ReciprocityRange, events: int) -> Interval | None:
    """Return the share with its range; a single event has none."""
    if found.value is None:
        return None
    return Interval(found.value, *((found.low, found.high) if events > 1 else (None, None)))


def _sources(facts: Facts, events: tuple[str, ...]) -> tuple[str, ...]:
    takings = (taking for event in events for taking in facts.events[event].takings.values())
    return proof_of(takings)["sources"]
