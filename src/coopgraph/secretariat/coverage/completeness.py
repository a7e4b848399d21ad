"""How complete things are: by class and property, by class and year, by class and source.

In: an `Inventory`. Out: three tables. A share is of the things of its row; what a class cannot state is left
empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from coopgraph.secretariat.coverage.inventory import PROPERTIES, Inventory
from coopgraph.secretariat.dossier import Column, Row, Said, Table

BESIDE: Final = ("end", "roles", "line", "sdg", "amount")
_DATED: Final = ("programme", "agreement", "action", "participation", "membership", "money", "figure")
_SHARES: Final = (*(Column(f"states-{name}", "share") for name in BESIDE), Column("derived", "share"))


def by_class(found: Inventory) -> Table:
    """Return, for each class and property, how many things state it."""
    rows = []
    for kind, properties in PROPERTIES.items():
        things = found.things[kind]
        for name in properties if things else ():
            stated = _count(found, things, name)
            rows.append(Row((kind, name, len(things), stated, stated / len(things))))
    columns = (
        Column("class", "word"),
        Column("property", "word"),
        Column("things", "number"),
        Column("stated", "number"),
        Column("share", "share"),
    )
    return Table("completeness", columns, tuple(rows))


def certainty(found: Inventory) -> Table:
    """Return, for each class, how many things are stated, derived, or neither (cq-043)."""
    rows = []
    for kind, things in found.things.items():
        stated, derived = (_count(found, things, name) for name in ("stated", "derived"))
        if things:
            rows.append(Row((kind, len(things), stated, derived, len(things) - stated - derived)))
    columns = (
        Column("class", "word"),
        Column("things", "number"),
        Column("certainty-stated", "number"),
        Column("certainty-derived", "number"),
        Column("certainty-unsaid", "number"),
    )
    return Table("certainty", columns, tuple(rows))


def by_year(found: Inventory) -> Table:
    """Return, for each class and year, how complete what began in it is; undated things stand last."""
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    for place, kind in enumerate(_DATED):
        for thing in found.things[kind]:
            groups[place, found.year(thing) or ""].append(thing)
    ordered = sorted(groups, key=lambda key: (key[0], not key[1], key[1]))
    rows = tuple(
        Row((_DATED[place], year or None, *_shares(found, _DATED[place], groups[place, year])))
        for place, year in ordered
    )
    columns = (Column("class", "word"), Column("year", "day"), Column("things", "number"), *_SHARES)
    return Table("years", columns, rows, (Said("undated-last"), Said("derived-of")))


def by_source(found: Inventory, titles: dict[str, str]) -> Table:
    """Return, for each source and class, how complete what it states is; who states most stands first."""
    groups: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind in PROPERTIES:
        for thing in found.things[kind] if kind != "source" else ():
            for source in found.sources[thing]:
                groups[source][kind].append(thing)
    most = sorted(groups, key=lambda source: (-sum(map(len, groups[source].values())), source))
    rows = tuple(
        Row(
            (titles.get(source) or source.rsplit("/", 1)[-1], kind, *_shares(found, kind, things)),
            sources=(source,) if source in titles else (),
        )
        for source in most
        for kind, things in groups[source].items()
    )
    columns = (Column("source"), Column("class", "word"), Column("things", "number"), *_SHARES)
    return Table("sources", columns, rows, (Said("several-sources"), Said("derived-of")))


def _shares(found: Inventory, kind: str, things: Sequence[str]) -> tuple[Any, ...]:
    shares = [
        _count(found, things, name) / len(things) if name in PROPERTIES[kind] else None for name in BESIDE
    ]
    said = _count(found, things, "stated") + _count(found, things, "derived")
    return len(things), *shares, _count(found, things, "derived") / said if said else None


def _count(found: Inventory, things: Sequence[str], name: str) -> int:
    return sum(name in found.states.get(thing, ()) for thing in things)
