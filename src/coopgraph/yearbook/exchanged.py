"""The parts of a year book about exchange: where the cities are, who exchanged, who does so as an equal.

In: the facts of a release and a year. Out: `Part`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from coopgraph.secretariat.dossier import Column, Interval, Row, Said, Table
from coopgraph.yearbook.facts import Action, Facts
from coopgraph.yearbook.parts import Part, cities_of, land_of, pairs_of, unknown_roles

if TYPE_CHECKING:
    from coopgraph.network import Ranking

RANKED: Final = 15
REPLICATES: Final = 300


def where(facts: Facts, year: int) -> Part:
    """Return the cities of a year by country, for the map."""
    cities = cities_of(facts.of(year))
    placed = {row["city"] for row in facts.cities if row["lat"] is not None and row["long"] is not None}
    groups: dict[str | None, list[str]] = {}
    for city in sorted(cities):
        groups.setdefault(facts.countries.get(city), []).append(city)
    rows = sorted(
        (Row((land_of(country), len(named), tuple(named))) for country, named in groups.items()),
        key=lambda row: (-row.cells[1], row.cells[0] or "~"),
    )
    columns = (Column("country", "thing"), Column("number", "number"), Column("cities", "things"))
    missing = len(cities - placed)
    said = (Said("land"),) if cities & placed else (Said("nowhere", {"year": str(year)}),)
    lost = (Said("unplaced", {"n": missing}),) if missing else ()
    return Part("map", (), ("map",), (Table("places", columns, tuple(rows)),), (*said, *lost))


def network(facts: Facts, year: int) -> Part:
    """Return what is said beside the picture of a year's exchange."""
    actions = facts.of(year)
    rows = [row for action in actions for row in action.rows]
    total = len({(row["event"], row["city"]) for row in rows})
    unknown = len(unknown_roles(rows))
    said = () if pairs_of(facts, year)[0] else (Said("no-exchange", {"year": str(year)}),)
    return Part(
        "network",
        said,
        ("network",),
        after=(Said("roles", {"n": unknown, "total": total}),) if unknown else (),
    )


def ranking(facts: Facts, year: int, lang: str) -> Part:
    """Return who exchanged as an equal in a year, and up to its end, with ranges."""
    tables, after = [], [Said("ranks", {"replicates": REPLICATES})]
    for key, actions in (("ranking", facts.of(year)), ("ranking-all", facts.by_end_of(year))):
        if not any(action.rows for action in actions):
            tables.append(Table(key, _RANKED, ()))
            continue
        from coopgraph.network.ranking import rank

        ranked = rank(facts.exchange(actions), language=lang, replicates=REPLICATES)
        tables.append(Table(key, _RANKED, tuple(_ranked(ranked, actions)), notes=_unranked(ranked)))
    return Part("ranking", tables=tuple(tables), after=tuple(after))


_RANKED: Final = (
    Column("rank", "number"),
    Column("city", "thing"),
    Column("peer-exchange", "interval"),
    Column("given", "number"),
    Column("received", "number"),
    Column("partners", "number"),
)


def _ranked(ranked: Ranking, actions: Sequence[Action]) -> Iterable[Row]:
    cited: dict[str, set[str]] = {}
    for action in actions:
        for row in action.rows:
            cited.setdefault(row["city"], set()).update(row["source"] or ())
    shown = [row for row in ranked.table.to_pylist() if row["peer_exchange"]]
    for row in shown[:RANKED]:
        score = Interval(row["peer_exchange"], row["score_low"], row["score_high"])
        yield Row(
            (row["rank"], row["city"], score, row["given"], row["received"], row["partners"]),
            tuple(sorted(cited.get(row["city"], ()))),
        )


def _unranked(ranked: Ranking) -> tuple[Said, ...]:
    none = sum(not row["peer_exchange"] for row in ranked.table.to_pylist())
    return (Said("unranked", {"n": none}),) if none else ()
