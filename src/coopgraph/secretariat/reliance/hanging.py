"""What hangs by one: cut points, bridges, cities held by one partner or one event, networks and programmes.

In: ties and events. Out: tables of a dossier.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from coopgraph.secretariat.dossier import Column, Row, Said, Table

if TYPE_CHECKING:
    from coopgraph.network.dependence.weak_points import Bridge, CutPoint, Held, Ties
    from coopgraph.release import Release
    from coopgraph.secretariat.reliance.events import Events
    from coopgraph.secretariat.reliance.taken import Kind

_CUTS: Final = (Column("city", "thing"), Column("cut-off", "number"), Column("parts", "number"),
                Column("who", "things"))  # fmt: skip
_BRIDGES: Final = (Column("city", "thing"), Column("partner", "thing"), Column("cut-off", "number"),
                   Column("who", "things"), Column("shared", "things"))  # fmt: skip
_ONE_PARTNER: Final = (Column("city", "thing"), Column("partner", "thing"), Column("events", "number"),
                       Column("shared", "things"))  # fmt: skip
_ONE_EVENT: Final = (Column("city", "thing"), Column("event", "thing"), Column("partners", "number"),
                     Column("whom", "things"))  # fmt: skip
_THINGS: Final = (
    Column("thing", "thing"), Column("kind", "word"), Column("events", "number"), Column("lost", "number"),
    Column("left", "share"), Column("alone", "number"), Column("groups", "number"), Column("within", "thing"),
)  # fmt: skip


def hanging_tables(release: Release, found: Ties, events: Events, kind: Kind) -> tuple[Table, ...]:
    """Return the tables of single points of failure and of cities held by one tie."""
    from coopgraph.network.dependence.weak_points import held_by_one, weak_points

    cuts, bridges = weak_points(found.events)
    held = held_by_one(found)
    one_partner = [one for one in held if len(one.partners) == 1]
    one_event = [one for one in held if len(one.events) == 1]
    both = sum(1 for one in one_partner if len(one.events) == 1)
    leaves = sum(1 for bridge in bridges if len(bridge.side) == 1)
    return (
        Table("cuts", _CUTS, tuple(_cut(cut, found, events) for cut in cuts), empty="no-cuts"),
        Table("things", _THINGS, tuple(_things(release, found, events, kind)), empty="no-things"),
        Table(
            "bridges",
            _BRIDGES,
            tuple(_bridge(one, found, events) for one in bridges if len(one.side) > 1),
            (Said("leaves", {"n": leaves}),),
            empty="no-bridges",
        ),
        Table(
            "one-partner",
            _ONE_PARTNER,
            tuple(_one_partner(one, events) for one in one_partner),
            (Said("both", {"n": both}),),
            empty="none-held",
        ),
        Table(
            "one-event", _ONE_EVENT, tuple(_one_event(one, events) for one in one_event), empty="none-held"
        ),
    )


def _cut(cut: CutPoint, found: Ties, events: Events) -> Row:
    """A cut point; its evidence are the events that tie it to those it holds."""
    shared = {event for other in cut.cut_off for event in found.between(cut.city, other)}
    cells = (cut.city, len(cut.cut_off), len(cut.parts), cut.cut_off)
    return Row(cells, events.cited(shared), tuple(sorted(shared)))


def _bridge(one: Bridge, found: Ties, events: Events) -> Row:
    shared = found.between(one.city, one.other)
    return Row((one.city, one.other, len(one.side), one.side, shared), events.cited(shared), shared)


def _one_partner(one: Held, events: Events) -> Row:
    cells = (one.city, one.partners[0], len(one.events), one.events)
    return Row(cells, events.cited(one.events), one.events)


def _one_event(one: Held, events: Events) -> Row:
    cells = (one.city, one.events[0], len(one.partners), one.partners)
    return Row(cells, events.cited(one.events), one.events)


def _things(release: Release, found: Ties, events: Events, kind: Kind) -> Iterator[Row]:
    """Networks and programmes without which pairs of cities lose their last common event."""
    from coopgraph.network import dependence_of_each

    pairs = len(found.events)
    for of, word, known in (
        ("networks", "organiser", events.organised),
        ("programmes", "programme", events.programmes),
    ):
        told = dependence_of_each(release, of=of, events=kind, weight="newman")  # type: ignore[arg-type]
        for row in told.table.to_pylist():
            if row["lost_dyads"]:
                cells = (
                    row["thing"], word, row["events"], row["lost_dyads"], (pairs - row["lost_dyads"]) / pairs,
                    row["left_alone"], row["components"], row["within"],
                )  # fmt: skip
                gone = known.get(row["thing"], ())
                yield Row(cells, events.cited(gone), gone)
