"""Where nothing is documented: goals and targets by city, strategic lines by year, countries and cities.

In: a release's `Inventory` and its tables. Out: tables. Zero is what is documented by name, not what is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from coopgraph.namespaces import COUNTRY, SDG
from coopgraph.secretariat.coverage.inventory import Inventory, Served
from coopgraph.secretariat.dossier import Column, Row, Said, Table
from coopgraph.secretariat.goals import goal_code, goal_order

if TYPE_CHECKING:
    from coopgraph.release import Release

Goals = Mapping[str, set[str]]
_KINDS: Final = ("programme", "action", "agreement")
_GAPS: Final = ("none", "alone", "partners")


@dataclass(frozen=True)
class Part:
    """Who takes part in what: cities of actions, agreements, networks; and of each membership its city."""

    actions: dict[str, set[str]]
    agreements: dict[str, set[str]]
    networks: dict[str, set[str]]
    country: dict[str, str | None]
    memberships: dict[str, set[str]] = field(default_factory=dict)

    def things_of(self, cities: set[str]) -> set[str]:
        """Return the actions, agreements and memberships that these cities have a part in."""
        groups = (self.actions, self.agreements, self.memberships)
        return {thing for group in groups for thing, inside in group.items() if inside & cities}


def taking_part(release: Release) -> Part:
    """Read who takes part in what."""
    actions, agreements, networks, memberships = (defaultdict[str, set[str]](set) for _ in range(4))
    for row in release.table("participations").to_pylist():
        actions[row["event"]].add(row["city"])
    for row in release.table("agreements").to_pylist():
        if row["party_is_city"]:
            agreements[row["agreement"]].add(row["party"])
    for row in release.table("memberships").to_pylist():
        networks[row["network"]].add(row["city"])
        memberships[row["membership"]].add(row["city"])
    country = {row["city"]: row["country"] for row in release.table("cities").to_pylist()}
    return Part(actions, agreements, networks, country, memberships)


def goals(found: Inventory, part: Part, targets: Goals) -> Table:
    """Return each goal, also those nothing states, with what states it or one of its targets."""
    named = {goal: {one for one in _of(found, "sdg") if one.goal == goal} for goal in _goal_iris(targets)}
    rows = []
    for goal, served in named.items():
        counts = _counted(served)
        cities = _cities(served, part)
        stated = len({one.served for one in served} & targets.get(goal, set()))
        row = (goal, goal_code(goal), *counts, len(cities), stated, len(targets.get(goal, ())))
        rows.append(_row(row, found, {one.thing for one in served}))
    columns = (
        Column("sdg", "thing"),
        Column("code"),
        *_counts(),
        Column("cities", "number"),
        Column("targets-stated", "number"),
        Column("targets", "number"),
    )
    return Table("goals", columns, tuple(rows))


def targets_by_city(found: Inventory, part: Part) -> Table:
    """Return each goal or target as stated and each city of what states it (cq-054)."""
    cells: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in _of(found, "sdg"):
        for city in _cities([one], part):
            cells[one.served, city][one.kind].add(one.thing)
    rows = tuple(
        _row(
            (
                sdg,
                goal_code(sdg),
                city,
                len(cells[sdg, city]["action"]),
                len(cells[sdg, city]["agreement"]),
            ),
            found,
            set().union(*cells[sdg, city].values()),
        )
        for sdg, city in sorted(cells, key=lambda key: (goal_order(key[0]), key[1]))
    )
    columns = (Column("sdg", "thing"), Column("code"), Column("city", "thing"), *_counts()[1:])
    return Table("targets", columns, rows)


def lines(found: Inventory) -> Table:
    """Return each strategic line, also without actions, and last what states none."""
    named: dict[str | None, set[Served]] = {}
    for one in _of(found, "line"):
        named.setdefault(one.served, set()).add(one)
    rows = []
    for line in sorted(named, key=str):
        things = {one.thing for one in named[line]}
        undated = sum(found.year(thing) is None for thing in things)
        rows.append(_row((line, *_counted(named[line]), undated), found, things))
    silent = [
        [thing for thing in found.things[kind] if "line" not in found.states.get(thing, ())]
        for kind in _KINDS
    ]
    if named:
        undated = sum(found.year(thing) is None for things in silent for thing in things)
        rows.append(Row((None, *map(len, silent), undated)))
    columns = (Column("line", "thing"), *_counts(), Column("undated", "number"))
    return Table("lines", columns, tuple(rows), (Said("line-none"),) if named else ())


def lines_by_year(found: Inventory) -> Table:
    """Return each line in each year in which a programme, action or agreement on it runs (cq-034)."""
    cells: dict[tuple[str, str], set[Served]] = defaultdict(set)
    for one in _of(found, "line"):
        for year in found.years(one.thing):
            cells[one.served, year].add(one)
    rows = tuple(
        _row((line, year, *_counted(cells[line, year])), found, {one.thing for one in cells[line, year]})
        for line, year in sorted(cells)
    )
    columns = (Column("line", "thing"), Column("year", "day"), *_counts())
    return Table("lines-by-year", columns, rows, (Said("every-year"),))


def countries(found: Inventory, part: Part) -> Table:
    """Return each country with how many of its cities take part and have a partner; gaps first."""
    of: dict[str | None, list[str]] = defaultdict(list)
    for city in sorted({*found.things["city"], *_members(part.networks)}):
        of[part.country.get(city)].append(city)
    partners = partners_of(part)
    inside = [_members(part.networks), _members(part.actions), _members(part.agreements)]
    rows = []
    for country, cities in of.items():
        counts = [sum(city in some for city in cities) for some in inside]
        linked = sum(bool(partners.get(city)) for city in cities)
        abroad = {part.country.get(other) for city in cities for other in partners.get(city, ())}
        state = _GAPS[2] if linked else _GAPS[1] if any(counts[1:]) else _GAPS[0]
        where = COUNTRY + country if country else None
        cells = (where, state, len(cities), *counts, linked, len(abroad - {country, None}))
        rows.append(_row(cells, found, {*cities, *part.things_of(set(cities))}))
    rows.sort(key=lambda row: (_GAPS.index(row.cells[1]), not row.cells[0], row.cells[0] or ""))
    columns = (
        Column("country", "thing"),
        Column("state", "word"),
        Column("cities", "number"),
        *(Column(name, "number") for name in ("members", "in-actions", "in-agreements", "with-partner")),
        Column("countries-abroad", "number"),
    )
    return Table("countries", columns, tuple(rows), (Said("countries-known"),))


def cities_without(found: Inventory, part: Part) -> Table:
    """Return the cities that share no action or agreement with another city, members of networks first."""
    partners, alone = partners_of(part), _members(part.actions) | _members(part.agreements)
    networks = {
        city: tuple(sorted(network for network, members in part.networks.items() if city in members))
        for city in {*found.things["city"], *_members(part.networks)}
        if not partners.get(city)
    }
    rows = []
    for city in sorted(networks, key=lambda city: (not networks[city], city in alone, city)):
        country = part.country.get(city)
        where = COUNTRY + country if country else None
        state = _GAPS[1] if city in alone else _GAPS[0]
        rows.append(_row((city, where, state, networks[city]), found, {city}))
    columns = (
        Column("city", "thing"),
        Column("country", "thing"),
        Column("state", "word"),
        Column("networks", "things"),
    )
    return Table("cities", columns, tuple(rows))


def partners_of(part: Part) -> dict[str, set[str]]:
    """Return of each city the other cities that it shares an action or an agreement with.

    >>> part = Part({"a": {"x", "y"}}, {"g": {"z"}}, {}, {})
    >>> partners_of(part)
    {'x': {'y'}, 'y': {'x'}, 'z': set()}
    """
    met: dict[str, set[str]] = defaultdict(set)
    for cities in (*part.actions.values(), *part.agreements.values()):
        for city in cities:
            met[city] |= cities
    return {city: met[city] - {city} for city in sorted(met)}


def _of(found: Inventory, what: str) -> list[Served]:
    return [one for one in found.served if one.property == what]


def _counts() -> tuple[Column, ...]:
    return tuple(Column(f"{kind}s", "number") for kind in _KINDS)


def _counted(served: Iterable[Served]) -> tuple[int, ...]:
    things = {(one.kind, one.thing) for one in served}
    return tuple(sum(kind == one for one, _ in things) for kind in _KINDS)


def _cities(served: Iterable[Served], part: Part) -> set[str]:
    whose = {"action": part.actions, "agreement": part.agreements}
    return _members({one.thing: whose[one.kind].get(one.thing, set()) for one in served if one.kind in whose})


def _members(groups: Mapping[str, set[str]]) -> set[str]:
    return set().union(*groups.values())


def _goal_iris(targets: Goals) -> list[str]:
    return sorted({f"{SDG}{number}" for number in range(1, 18)} | set(targets), key=goal_order)


def _row(cells: tuple[Any, ...], found: Inventory, things: set[str]) -> Row:
    sources = {source for thing in things for source in found.sources.get(thing, ())}
    return Row(cells, tuple(sorted(sources)), tuple(sorted(things)))
