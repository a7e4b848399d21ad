"""What can be taken away from a network: cities, who organises events, programmes, single events.

In: a source, and names as people write them. Out: things by IRI, the events that go with each, and a Removal:
which cities and which events go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis

from coopgraph.errors import Fault, ProjectionError
from coopgraph.network.called import by_id, several, unknown, with_names
from coopgraph.network.cities import City, cities_called, known_cities
from coopgraph.network.faults import fault
from coopgraph.network.tables import Labelled, Source, Tables, bind, rows_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine
    from coopgraph.network.selection import Selection

KINDS = ("city", "network", "programme", "event")


@dataclass(frozen=True)
class Removal:
    """What goes.

    Attributes
    ----------
    things
        What was asked for, as (IRI, label, kinds): a thing may be a network and a programme at once.
    cities, events
        The cities whose participations go, and the events that go with all their participations.
    """

    things: tuple[tuple[str, str, tuple[str, ...]], ...]
    cities: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True)
class Removable:
    """Everything that can be taken away, by IRI.

    Attributes
    ----------
    named
        IRI -> its labels, as far as they are known without asking for each.
    events_of
        (kind, IRI) -> the selected events that go with a network (it organises them), a programme, or an
        event (itself).
    members
        Network -> its member cities.
    """

    named: Mapping[str, City]
    events_of: Mapping[tuple[str, str], tuple[str, ...]]
    cities: frozenset[str]
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def belongings(engine: Engine, source: Source, selection: Selection) -> pa.Table:
    """Return kind, thing, event: who organises each event, and the programmes it is part of."""
    parts = []
    if selection.events != "agreements":
        table = bind(engine, source, "participations", ("event", "city"))
        parts += [_of_column(table, "event", "organiser", "network")]
        parts += [_of_column(table, "event", "programme", "programme")]
    if selection.events != "actions":
        table = bind(engine, source, "agreements", ("agreement", "party"))
        parts += [_of_column(table, "agreement", "part_of", "programme")]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.union(part)
    return engine.fetch(whole.distinct().order_by("kind", "thing", "event"))


def unstated(belongs: pa.Table, events: Sequence[str]) -> dict[str, int]:
    """Return how many of these events state no organiser (`network`), and how many no programme."""
    import pyarrow.compute as pc

    found = {}
    for kind in ("network", "programme"):
        stated = belongs.filter(pc.equal(belongs.column("kind"), kind)).column("event").to_pylist()
        found[kind] = len(set(events) - set(stated))
    return found


def _of_column(table: ir.Table, event: str, column: str, kind: str) -> ir.Table:
    """Return the things a column names, a list or a text; none where the table has no such column."""
    stated = table[column] if column in table.columns else ibis.null("string")
    text = stated.unnest() if stated.type().is_array() else stated.cast("string")
    rows = table.select(kind=ibis.literal(kind), thing=text, event=table[event])
    return rows.filter(rows.thing.notnull() & (rows.thing != ""))


def removable(source: Source, belongs: pa.Table, events: Sequence[str], nodes: Sequence[str]) -> Removable:
    """Return what can be taken away from these events and cities; what has no event stays nameable."""
    selected = set(events)
    found: dict[tuple[str, str], list[str]] = {("event", event): [event] for event in events}
    for row in belongs.to_pylist():
        of = found.setdefault((row["kind"], row["thing"]), [])
        of.extend([row["event"]] if row["event"] in selected else [])
    members = _members(source)
    for network in members:
        found.setdefault(("network", network), [])
    cities = known_cities(source, nodes)
    things = by_id(iri for _, iri in found)
    return Removable(
        named=things | cities,
        events_of={key: tuple(events) for key, events in found.items()},
        cities=frozenset(cities),
        members=members,
    )


def _members(source: Source) -> dict[str, tuple[str, ...]]:
    if not (isinstance(source, Tables) or (isinstance(source, Mapping) and "memberships" in source)):
        return {}
    found: dict[str, set[str]] = {}
    rows = rows_of(source, "memberships", ("city", "network")).select(["city", "network"]).to_pylist()
    for row in rows:
        found.setdefault(row["network"], set()).add(row["city"])
    return {network: tuple(sorted(cities)) for network, cities in sorted(found.items())}


def removal(
    source: Source, among: Removable, without: Iterable[str], *, members: bool, language: str
) -> Removal:
    """Return what goes with the things named; raises ProjectionError for names that fit none, or several."""
    texts = [without] if isinstance(without, str) else list(without)
    named, found, faults = among.named, [], list[Fault]()
    for text in texts:
        fits = cities_called(named, text)
        if not fits:
            named = dict(named) | with_names(source, sorted(set(among.named) - among.cities))
            fits = cities_called(named, text)
        faults += _faults(named, text, fits)
        found += fits
    if not texts:
        faults.append(fault("Nothing is named.", "Name a city, a network, a programme or an event."))
    if faults:
        raise ProjectionError("It is not clear what to remove.", faults=faults)
    gone = _gone(source, among, list(dict.fromkeys(found)), members=members, language=language)
    if members and not any("network" in kinds for _, _, kinds in gone.things):
        names = "; ".join(f"{label} ({' and '.join(kinds)})" for _, label, kinds in gone.things)
        wrong = fault(f"{names}: no network, so it has no members.", "Name a network, or leave members out.")
        raise ProjectionError("Members can only go with a network.", faults=[wrong])
    return gone


def _faults(named: Mapping[str, City], text: str, fits: Sequence[str]) -> list[Fault]:
    if len(fits) == 1:
        return []
    return [several(named, text, fits) if fits else unknown(named, text, "Nothing here")]


def _gone(source: Source, among: Removable, found: Sequence[str], *, members: bool, language: str) -> Removal:
    cities, events, things = set[str](), set[str](), []
    for iri in found:
        kinds = tuple(kind for kind in KINDS if (kind, iri) in among.events_of or _is_city(kind, iri, among))
        cities |= {iri} if "city" in kinds else set()
        cities |= set(among.members.get(iri, ())) if members else set()
        events |= {event for kind in kinds for event in among.events_of.get((kind, iri), ())}
        city = iri in among.cities
        things.append(
            (iri, among.named[iri].label(language) if city else label_of(source, iri, language), kinds)
        )
    return Removal(tuple(things), tuple(sorted(cities)), tuple(sorted(events)))


def _is_city(kind: str, iri: str, among: Removable) -> bool:
    return kind == "city" and iri in among.cities


def label_of(source: Source, iri: str, language: str) -> str:
    """Return what a network, a programme or an event is called, its IRI where the source has no labels."""
    return source.label(iri, language) if isinstance(source, Labelled) else iri
