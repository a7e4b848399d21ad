"""The parts of a year book: what each says, its tables, and which pictures stand in it.

In: the facts of a release and a year. Out: `Part`s whose tables are those of a dossier: values, not words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.namespaces import COUNTRY
from coopgraph.secretariat.dossier import Column, Row, Said, Table
from coopgraph.yearbook.facts import Action, Facts, Record, sources_of
from coopgraph.yearbook.spells import Spell, year_of

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.release.compare import Comparison
    from coopgraph.release.compare.comparison import Side

TOP: Final = 25  # rows of a table that are printed
OF_ANSWERS: Final = 8  # the same, of tables of the secretariat's answers
NO_MATTER, NOT_COUNTED, NONE = Said("no-matter"), Said("not-counted"), Said("none-documented")
_OF: Final = {
    "cities-new": "cities",
    "countries": "cities",
    "roles-unknown": "participations",
    "mutual": "pairs",
}


@dataclass(frozen=True)
class Part:
    """A part of the book; `pictures` are drawn before the tables, `after` is said below them."""

    key: str
    said: tuple[Said, ...] = ()
    pictures: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    after: tuple[Said, ...] = ()


def undated(facts: Facts) -> dict[str, int]:
    """Return how many things of each sort have no date at all."""
    return {
        "actions": sum(one.spell.undated for one in facts.actions),
        "agreements": sum(one.year is None for one in facts.agreements),
        "memberships": sum(membership_spell(row).undated for row in facts.memberships),
    }


def key_figures(facts: Facts, year: int, now: str | None) -> Part:
    """Return the figures of a year beside those of the year before."""
    this, before = figures(facts, year), figures(facts, year - 1)
    without = undated(facts)
    known = {"actions-begun": without["actions"], "agreements-signed": without["agreements"]}
    known["memberships-begun"] = without["memberships"]
    rows = [
        Row(
            (
                name,
                _documented(this, name),
                _documented(before, name),
                this[name] - before[name],
                known.get(name, NO_MATTER),
            )
        )
        for name in this
    ]
    columns = (Column("what", "word"), *(Column(key, "number") for key in ("year", "before", "change")))
    table = Table("key", (*columns, Column("undated", "number")), tuple(rows))
    said = (*_of_its_time(year, now), *_empty(facts, year))
    return Part("key", said, ("years",), (table,), (Said("dated", {"year": str(year)}),))


def _documented(counts: Mapping[str, int], name: str) -> int | Said:
    """Return a count, or that there is none: zero of some is a number, of nothing it would say too much."""
    return counts[name] if counts[_OF.get(name, name)] else NONE


def figures(facts: Facts, year: int) -> dict[str, int]:
    """Return the key figures of a year by their words, in order."""
    actions, earlier = facts.of(year), cities_of(a for a in facts.actions if first_year(a) < year)
    cities = cities_of(actions)
    rows = [row for action in actions for row in action.rows]
    pairs, mutual = pairs_of(facts, year)
    return {
        "actions-begun": sum(one.spell.first == year for one in facts.actions),
        "actions-within": len(actions),
        "actions-open": sum(one.spell.open_before(year) for one in facts.actions),
        "agreements-signed": len(facts.signed_in(year)),
        "agreements-ended": sum(one.spell.last == year for one in facts.agreements),
        "memberships-begun": sum(year_of(row["since"]) == year for row in facts.memberships),
        "cities": len(cities),
        "cities-new": len(cities - earlier),
        "countries": len({facts.countries[city] for city in cities if city in facts.countries}),
        "participations": len({(row["event"], row["city"]) for row in rows}),
        "roles-unknown": len(unknown_roles(rows)),
        "pairs": pairs,
        "mutual": mutual,
    }


def pairs_of(facts: Facts, year: int) -> tuple[int, int]:
    """Return how many pairs of cities exchanged in a year, and how many of them both ways."""
    G = facts.graph(year)
    pairs = {tuple(sorted(edge)) for edge in G.edges}
    return len(pairs), sum(G.has_edge(a, b) and G.has_edge(b, a) for a, b in pairs)


def happened(facts: Facts, year: int) -> Part:
    """Return the actions, agreements and memberships that sources date in a year."""
    actions = [
        Row((one.iri, one.spell.start, one.spell.end, one.cities), one.sources, (one.iri,))
        for one in facts.of(year)
    ]
    signed = [
        Row(
            (one.iri, one.kind, one.parties, one.signed, one.spell.start, one.spell.end),
            one.sources,
            (one.iri,),
        )
        for one in facts.signed_in(year)
    ]
    ended = [
        Row((one.iri, one.kind, one.parties, one.spell.end), one.sources, (one.iri,))
        for one in facts.agreements
        if one.spell.last == year
    ]
    joined = [
        Row((row["city"], row["network"], row["role"], row["since"], row["until"]), row["source"])
        for row in facts.memberships
        if year in (year_of(row["since"]), year_of(row["until"]))
    ]
    of = (Column("agreement", "thing"), Column("kind", "thing"), Column("parties", "things"))
    days = (Column("signed", "day"), Column("start", "day"), Column("end", "day"))
    member = (Column("city", "thing"), Column("network", "thing"), Column("role", "thing"))
    without = undated(facts)
    return Part(
        "happened",
        tables=(
            Table(
                "actions", (Column("action", "thing"), *days[1:], Column("cities", "things")), tuple(actions)
            ),
            Table("agreements", (*of, *days), tuple(signed)),
            Table("ended", (*of, days[2]), tuple(ended)),
            Table("memberships", (*member, Column("since", "day"), Column("until", "day")), tuple(joined)),
        ),
        after=tuple(Said(f"undated-{what}", {"n": n}) for what, n in without.items() if n),
    )


def changes(facts: Facts, year: int, compared: Comparison | None = None) -> Part:
    """Return who is new and how many are gone since the year before, and what changed in the data."""
    this, last = cities_of(facts.of(year)), cities_of(facts.of(year - 1))
    new = this - cities_of(action for action in facts.actions if first_year(action) < year)
    through = {city: [one for one in facts.of(year) if city in one.cities] for city in new}
    rows = [
        Row(
            (city, land_of(facts.countries.get(city)), len(through[city])),
            sources_of(_rows(through[city], city)),
        )
        for city in sorted(new)
    ]
    columns = (Column("city", "thing"), Column("country", "thing"), Column("number", "number"))
    gone = len(last - this)
    said = (Said("gone", {"n": gone, "year": str(year)}),) if gone else ()
    table = Table("new", columns, tuple(rows))
    after = (*said, Said("changes-documented"))
    if compared is None:
        return Part("changes", tables=(table,), after=after)
    return Part("changes", (_since(compared.before),), tables=(table, _classes(compared)), after=after)


def _since(before: Side) -> Said:
    """Say with which release the data are compared."""
    return Said("since-release", {"before": before.id[:12] or "–", "day": before.now or "–"})


def _classes(compared: Comparison) -> Table:
    rows = [Row((one.label, one.added, one.removed, one.changed)) for one in compared.classes]
    ways = (Column(key, "number") for key in ("added", "removed", "changed"))
    return Table("data", (Column("kind"), *ways), tuple(rows))


def methods(release: Release, version: str) -> Part:
    """Return how the book was made."""
    told = ("method-year", "method-agreement", "method-exchange", "method-unknown")
    made = Said("method-made", {"version": version, "release": release.manifest.id[:12]})
    return Part("methods", (*map(Said, told), made))


def _of_its_time(year: int, now: str | None) -> tuple[Said, ...]:
    reached = year_of(now)
    if now is None or reached is None or year < reached or now[5:] == "12-31":
        return ()
    return (Said("later" if year > reached else "not-over", {"now": now}),)


def _empty(facts: Facts, year: int) -> tuple[Said, ...]:
    some = facts.of(year) or facts.signed_in(year)
    return () if some else (Said("empty-year", {"year": str(year)}),)


def land_of(country: str | None) -> str | None:
    """Return the IRI of a country by its code."""
    return f"{COUNTRY}{country.rsplit('/', 1)[-1]}" if country else None


def first_year(action: Action) -> int:
    """Return the year an action is first dated in; far off where it is in none."""
    first = action.spell.last if action.spell.first is None else action.spell.first
    return 10_000 if first is None else first


def cities_of(actions: Iterable[Action]) -> set[str]:
    """Return who took part in some actions."""
    return {city for action in actions for city in action.cities}


def _rows(actions: Iterable[Action], city: str) -> list[Record]:
    return [row for action in actions for row in action.rows if row["city"] == city]


def unknown_roles(rows: Iterable[Record]) -> set[tuple[str, str]]:
    """Return the participations of which no source says whether the city gives, or whether it receives."""
    return {(r["event"], r["city"]) for r in rows if r["contributes"] is None or r["benefits"] is None}


def membership_spell(row: Record) -> Spell:
    return Spell(row["since"], row["until"])
