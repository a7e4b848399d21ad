"""What a release knows of its actions, agreements, memberships and money, each thing once, with its dates.

In: an open release. Out: `Facts`, which the parts of a year book are made of. Rows of several sources about
one thing are taken together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coopgraph.namespaces import SDG
from coopgraph.secretariat.stored import rows_of
from coopgraph.views.profiles.reader import word
from coopgraph.yearbook.spells import Spell, spell_of, year_of

if TYPE_CHECKING:
    import networkx as nx
    import pyarrow as pa

    from coopgraph.release import Release

Record = dict[str, Any]


@dataclass(frozen=True)
class Action:
    """An action: its dates, its goals by number, and the rows of its participations."""

    iri: str
    spell: Spell
    goals: tuple[int, ...]
    rows: tuple[Record, ...]

    @property
    def cities(self) -> tuple[str, ...]:
        """Who took part."""
        return tuple(sorted({row["city"] for row in self.rows}))

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so."""
        return sources_of(self.rows)


@dataclass(frozen=True)
class Agreement:
    """An agreement: signed when, in force from when to when, as stated."""

    iri: str
    kind: str | None
    parties: tuple[str, ...]
    signed: str | None
    spell: Spell
    certainty: str
    sources: tuple[str, ...]

    @property
    def year(self) -> int | None:
        """The year of its signature, or where that is not stated, of its beginning."""
        signed = year_of(self.signed)
        return self.spell.first if signed is None else signed


@dataclass(frozen=True)
class Facts:
    """Everything of a release that a year book speaks of; each sort in the order of its IRIs."""

    actions: tuple[Action, ...]
    agreements: tuple[Agreement, ...]
    memberships: tuple[Record, ...]
    money: tuple[Record, ...]
    figures: tuple[Record, ...]
    cities: tuple[Record, ...]
    countries: dict[str, str]
    participations: pa.Table
    _graphs: dict[int, nx.DiGraph[str]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, year: int) -> list[Action]:
        """Return the actions that stated dates put into a year, in the order of time."""
        return in_time(action for action in self.actions if action.spell.within(year))

    def by_end_of(self, year: int) -> list[Action]:
        """Return the actions known to have begun by the end of a year."""
        return in_time(action for action in self.actions if action.spell.by_end_of(year))

    def signed_in(self, year: int) -> list[Agreement]:
        """Return the agreements signed (or, where that is not stated, begun) in a year."""
        found = [one for one in self.agreements if one.year == year]
        return sorted(found, key=lambda one: (one.signed or one.spell.start or "", one.iri))

    def graph(self, year: int) -> nx.DiGraph[str]:
        """Return who gave to whom in the actions of a year, worked out once."""
        from coopgraph.network.graphs import exchange_graph

        if year not in self._graphs:
            self._graphs[year] = exchange_graph(self.exchange(self.of(year)))
        return self._graphs[year]

    def exchange(self, actions: Iterable[Action]) -> dict[str, pa.Table]:
        """Return the tables that the exchange within some actions is measured on."""
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = pa.array(sorted(action.iri for action in actions), pa.string())
        rows = self.participations.filter(pc.is_in(self.participations["event"], value_set=wanted))
        return {"participations": rows}


def facts_of(release: Release) -> Facts:
    """Read what a year book needs of a release, once."""
    tables = {
        name: release.table(name).to_pylist() for name in ("agreements", "memberships", "money", "figures")
    }
    cities = release.table("cities").to_pylist()
    return Facts(
        actions=tuple(_actions(release)),
        agreements=tuple(_agreement(iri, rows) for iri, rows in _by(tables["agreements"], "agreement")),
        memberships=tuple(_merged(rows) for _, rows in _by(tables["memberships"], "membership")),
        money=tuple(_merged(rows) for _, rows in _by(tables["money"], "figure")),
        figures=tuple(_merged(rows) for _, rows in _by(tables["figures"], "figure")),
        cities=tuple(sorted(cities, key=lambda row: row["city"])),
        countries={row["city"]: row["country"] for row in cities if row["country"]},
        participations=release.table("participations"),
    )


def _actions(release: Release) -> Iterable[Action]:
    stated = dict(_by(rows_of(release, __file__, "actions"), "action"))
    parts = dict(_by(release.table("participations").to_pylist(), "event"))
    for iri, rows in sorted(stated.items()):
        goals = {str(row["goal"]).removeprefix(SDG).split(".")[0] for row in rows if row["goal"]}
        yield Action(
            iri,
            spell_of((row["start"], row["end"]) for row in rows),
            tuple(sorted(int(goal) for goal in goals if goal.isdigit())),
            tuple(parts.get(iri, ())),
        )


def _agreement(iri: str, rows: Sequence[Record]) -> Agreement:
    return Agreement(
        iri,
        min((row["kind"] for row in rows if row["kind"]), default=None),
        tuple(sorted({row["party"] for row in rows if row["party"]})),
        min((row["signed"] for row in rows if row["signed"]), default=None),
        spell_of((row["start"], row["end"]) for row in rows),
        word(row["certainty"] for row in rows),
        sources_of(rows),
    )


def _merged(rows: Sequence[Record]) -> Record:
    """Return the first of several rows about one thing, with the sources and the subjects of all."""
    about = tuple(sorted({row["about"] for row in rows if row.get("about")}))
    return {**rows[0], "about": about, "source": sources_of(rows)}


def _by(rows: Iterable[Record], key: str) -> list[tuple[str, list[Record]]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[str(row[key])].append(row)
    return sorted(found.items())


def sources_of(rows: Iterable[Record]) -> tuple[str, ...]:
    """Return the sources that rows cite, each once."""
    return tuple(sorted({source for row in rows for source in row["source"] or ()}))


def in_time(actions: Iterable[Action]) -> list[Action]:
    """Return actions in the order of the day they began."""
    return sorted(actions, key=lambda one: (one.spell.start or one.spell.end or "", one.iri))
