"""The parts of a year book about goals and money, and how good the data are.

In: the facts of a release and a year. Out: `Part`s; amounts are never added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coopgraph.namespaces import SDG
from coopgraph.secretariat.dossier import Column, Money, Row, Said, Table
from coopgraph.yearbook.facts import Facts, Record, sources_of
from coopgraph.yearbook.parts import NO_MATTER, Part, undated, unknown_roles
from coopgraph.yearbook.spells import Spell, names_year

if TYPE_CHECKING:
    from coopgraph.release import Release


def goals(facts: Facts, year: int) -> Part:
    """Return how many actions of a year state each goal, and how many state none."""
    actions, before = facts.of(year), facts.of(year - 1)
    this = Counter(goal for action in actions for goal in action.goals)
    last = Counter(goal for action in before for goal in action.goals)
    cited = {goal: [row for one in actions if goal in one.goals for row in one.rows] for goal in this}
    rows = [
        Row((f"{SDG}{goal}", this[goal], last[goal]), sources_of(cited.get(goal, ())))
        for goal in sorted({*this, *last})
    ]
    silent = sum(not action.goals for action in actions)
    columns = (Column("goal", "thing"), Column("year", "number"), Column("before", "number"))
    said = (Said("no-goal", {"n": silent, "total": len(actions)}),) if silent else ()
    return Part("goals", tables=(Table("goals", columns, tuple(rows)),), after=(*said, Said("goals-share")))


def money(facts: Facts, year: int) -> Part:
    """Return the amounts whose period covers a year, each as stated; none is added up."""
    columns = (
        Column("about", "things"),
        Column("kind", "thing"),
        Column("amount", "money"),
        Column("qualifier", "thing"),
        Column("payer", "thing"),
        Column("payee", "thing"),
        Column("period", "day"),
    )
    rows = [
        Row(
            (
                row["about"],
                row["kind"],
                Money(row["amount"], row["currency"]) if row["amount"] is not None else None,
                row["qualifier"],
                row["payer"],
                row["payee"],
                "–".join(dict.fromkeys(day for day in (row["start"], row["end"]) if day)),
            ),
            row["source"],
            (row["figure"],),
        )
        for row in facts.money
        if Spell(row["start"], row["end"]).within(year)
    ]
    without = sum(Spell(row["start"], row["end"]).undated for row in facts.money)
    said = (Said("money-undated", {"n": without}),) if without else ()
    return Part("money", tables=(Table("money", columns, tuple(rows)),), after=(Said("money-apart"), *said))


def quality(release: Release, facts: Facts, reported: Sequence[Row]) -> Part:
    """Return how complete what is documented is, and what sources report beside it."""
    parts = [row for action in facts.actions for row in action.rows]
    actions = [{"source": one.sources} for one in facts.actions]
    agreements = [{"source": one.sources, "certainty": one.certainty} for one in facts.agreements]
    ends = sum(one.spell.last is None for one in facts.agreements)
    since = sum(row["since"] is None for row in facts.memberships)
    periods = sum(Spell(row["start"], row["end"]).undated for row in facts.money)
    paid = sum(row["payer"] is None or row["payee"] is None for row in facts.money)
    said = sum(row["period"] is None for row in facts.figures)
    placed = sum(row["lat"] is None or row["long"] is None for row in facts.cities)
    without = undated(facts)
    rows = (
        _quality("actions", actions, without["actions"], None),
        _quality("participations", parts, None, len(unknown_roles(parts))),
        _quality("agreements", agreements, without["agreements"], ends),
        _quality("memberships", facts.memberships, without["memberships"], since),
        _quality("money", facts.money, periods, paid),
        _quality("figures", facts.figures, None, said),
        Row(("class-cities", len(facts.cities), NO_MATTER, NO_MATTER, placed, NO_MATTER)),
    )
    kinds = ("total", "undated", "derived", "incomplete", "unsourced")
    columns = (Column("what", "word"), *(Column(key, "number") for key in kinds))
    beside = (
        *(Column("subject", "thing"), Column("measure"), Column("period")),
        *(Column("reported", "number"), Column("unit"), Column("documented", "number")),
    )
    return Part(
        "quality",
        (_validated(release),),
        tables=(
            Table("quality", columns, rows),
            Table("reported", beside, tuple(reported)),
        ),
        after=(Said("reported-beside"),),
    )


def _validated(release: Release) -> Said:
    """Say what the validation found; a store elsewhere, or an opened file, does not tell."""
    found = release.manifest.validation
    if "remarks" not in found or "rows_left_out" not in found:
        return Said("quality-unchecked")
    return Said("quality-counts", {"remarks": found["remarks"], "left": found["rows_left_out"]})


def _quality(what: str, rows: Sequence[Mapping[str, Any]], dateless: int | None, gaps: int | None) -> Row:
    derived = None
    if rows and "certainty" in rows[0]:
        derived = sum(str(row["certainty"] or "").endswith("derived") for row in rows)
    unsourced = sum(not row["source"] for row in rows)
    counts = (NO_MATTER if count is None else count for count in (dateless, derived, gaps))
    return Row((f"class-{what}", len(rows), *counts, unsourced))


def reported_in(facts: Facts, year: int) -> list[Record]:
    """Return the totals whose stated period names a year."""
    return [row for row in facts.figures if names_year(row["period"], year)]
