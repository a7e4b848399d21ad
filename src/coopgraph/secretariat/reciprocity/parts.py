"""The tables of one city's sheet, or of one pair's: by partner, by line, by SDG, in money, in kind, paid.

In: `Facts`, and what passed event by event. Out: tables of a dossier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from coopgraph.network.sensitivity.balance_range import Passed
from coopgraph.secretariat.dossier import Column, Money, Row, Said, Table
from coopgraph.secretariat.reciprocity.figures import (
    OF_MONEY,
    Figures,
    all_figures,
    by_partner,
    by_served,
    figures,
    money,
    together,
)
from coopgraph.secretariat.reciprocity.gathered import Event, Facts, Term, proof_of

NOTHING: Final = (0.0, 0.0)
_COUNTED: Final = (
    Column("actions", "number"),
    Column("gave-in", "number"),
    Column("received-in", "number"),
    Column("given", "number"),
    Column("received", "number"),
    Column("balance", "interval"),
    Column("kind-given", "number"),
    Column("kind-received", "number"),
)


@dataclass(frozen=True)
class Side:
    """Whose sheet it is, and with whom: a city, and one partner or all (None)."""

    facts: Facts
    city: str
    partner: str | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """The city, and the partner where there is one."""
        return (self.city,) if self.partner is None else (self.city, self.partner)

    @cached_property
    def events(self) -> dict[str, Event]:
        """The events they all take part in."""
        wanted = set(self.members)
        return {name: event for name, event in self.facts.events.items() if wanted <= event.takings.keys()}

    @cached_property
    def passed(self) -> dict[str, dict[str, tuple[float, float]]]:
        """Return for each partner with whom anything passes what passed in each event of the two."""
        return {
            partner: {
                name: passed.get(name, NOTHING)
                for name, event in self.events.items()
                if partner in event.takings
            }
            for partner, passed in self.flowing(self.facts.read.terms).items()
        }

    @cached_property
    def whole(self) -> dict[str, tuple[float, float]]:
        """Return what passed in each event of the city with all partners together."""
        return {**dict.fromkeys(self.events, NOTHING), **together(self.passed.values())}

    def flowing(self, terms: Iterable[Term]) -> dict[str, dict[str, tuple[float, float]]]:
        """Return for each partner what some terms say of the events in which anything passed."""
        found = by_partner(terms, self.city)
        return {key: found[key] for key in found if self.partner in (None, key)}

    def proof(
        self, events: Iterable[str], cities: Collection[str] | None = None
    ) -> dict[str, tuple[str, ...]]:
        """Return what proves these events: the parts of these cities, or of all who exchanged."""
        takings = [
            taking
            for name in events
            for city, taking in self.facts.events[name].takings.items()
            if (self._passed_in(name, city) if cities is None else city in cities)
        ]
        return proof_of(takings)

    def _passed_in(self, event: str, city: str) -> bool:
        return city in self.members or any(self.passed.get(city, {}).get(event, NOTHING))


def partner_table(side: Side) -> Table:
    """Return what was given to and received from each partner, the most first."""
    groups = side.passed
    found = all_figures(groups, side.facts.reading.loss)
    order = sorted(groups, key=lambda who: (-round(found[who].given + found[who].received, 12), who))
    rows = tuple(
        Row(
            (partner, *_counts(found[partner], *_in_kind_counts(side, groups[partner], partner))),
            **side.proof(groups[partner], (side.city, partner)),
        )
        for partner in order
    )
    return Table("partners", (Column("partner", "thing"), *_COUNTED), rows, empty="no-partner")


def served_table(side: Side, key: Literal["lines", "sdgs"]) -> Table:
    """Return the same by strategic line or SDG; what serves several stands whole under each."""
    served = _lines if key == "lines" else _sdgs
    groups = by_served(side.whole, side.facts.events, served)
    found = all_figures(groups, side.facts.reading.loss)
    rows = []
    for thing, passed in groups.items():
        shared = sum(len(served(side.facts.events[event])) > 1 for event in passed)
        counts = _counts(found[thing], *_in_kind_counts(side, passed, side.partner))
        rows.append(Row((thing, shared, *counts), **side.proof(passed)))
    columns = (Column("line" if key == "lines" else "sdg", "thing"), Column("shared", "number"), *_COUNTED)
    return Table(key, columns, tuple(rows), tuple(_notes(side, None in groups)), empty="no-exchange")


def _notes(side: Side, unnamed: bool) -> Iterator[Said]:
    """Say which row has no name, and the total, each action once: groups are never added up."""
    if unnamed:
        yield Said("none-stated")
    if side.events:
        told = figures(side.whole, None)
        yield Said("total", {"n": told.events, "given": told.given, "received": told.received})


def money_table(side: Side) -> Table:
    """Return what passed in money, in each currency: in all, by partner, by line and by SDG."""
    columns = (
        Column("by", "word"),
        Column("thing", "thing"),
        Column("shared", "number"),
        Column("actions", "number"),
        Column("money-given", "money"),
        Column("money-received", "money"),
        Column("balance", "interval"),
    )
    rows = tuple(row for code in side.facts.money for row in _money_rows(side, code))
    return Table("money", columns, rows, empty="no-money")


def _money_rows(side: Side, code: str) -> Iterator[Row]:
    partners = side.flowing(side.facts.money[code])
    whole = together(partners.values())
    if not whole:
        return
    events = side.facts.events
    yield _money_row(side, code, "total", None, whole)
    for partner, passed in partners.items():
        yield _money_row(side, code, "partner", partner, passed)
    for by, served in (("line", _lines), ("sdg", _sdgs)):
        for thing, passed in by_served(whole, events, served).items():
            shared = sum(len(served(events[event])) > 1 for event in passed)
            yield _money_row(side, code, by, thing, passed, shared)


def _money_row(
    side: Side, code: str, by: str, thing: str | None, passed: Passed, shared: int | None = None
) -> Row:
    told = all_figures({by: passed}, side.facts.reading.loss, OF_MONEY)[by]
    both = (money(told.given, code), money(told.received, code))
    proof = side.proof(passed, (side.city, thing) if by == "partner" and thing else None)
    return Row((by, thing, shared, told.events, *both, told.balance), **proof)


def _lines(event: Event) -> tuple[str, ...]:
    return event.lines


def _sdgs(event: Event) -> tuple[str, ...]:
    return event.sdgs


def in_kind_table(facts: Facts, events: Mapping[str, Event], cities: Collection[str] | None = None) -> Table:
    """Return what is stated to be given in kind, in the words of the source, by these cities (all: None)."""
    columns = (
        Column("giver", "thing"),
        Column("action", "thing"),
        Column("in-kind"),
        Column("beneficiaries", "things"),
        Column("lines", "things"),
        Column("sdgs", "things"),
        Column("certainty", "word"),
    )
    rows = tuple(
        Row(
            (city, name, text, _gaining(facts, event, city), event.lines, event.sdgs, taking.certainty),
            taking.sources,
            taking.evidence,
        )
        for name, event in events.items()
        for city, taking in event.takings.items()
        if cities is None or city in cities
        for text in taking.in_kind
    )
    return Table("in-kind", columns, rows, empty="no-in-kind-stated")


def paid_table(side: Side) -> Table:
    """Return the money that names the city as payer or payee, whoever the other is; never added up."""
    columns = (
        Column("payer", "thing"),
        Column("payee", "thing"),
        Column("about", "thing"),
        Column("money-kind", "thing"),
        Column("amount", "money"),
        Column("qualifier", "thing"),
        Column("start", "day"),
        Column("end", "day"),
    )
    rows = []
    for row in side.facts.release.table("money").to_pylist():
        ends = {row["payer"], row["payee"]}
        if side.city in ends and (side.partner is None or side.partner in ends) and row["amount"] is not None:
            amount = Money(row["amount"], row["currency"])
            cells = (row["payer"], row["payee"], row["about"], row["kind"], amount, row.get("qualifier"))
            rows.append(Row((*cells, row["start"], row["end"]), tuple(row["source"] or ()), (row["figure"],)))
    return Table("paid", columns, tuple(rows), empty="nothing-paid")


def _counts(told: Figures, kind_given: int | None, kind_received: int | None) -> tuple[Any, ...]:
    numbers = (told.events, told.gave_in, told.received_in, told.given, told.received, told.balance)
    return (*numbers, kind_given, kind_received)


def _in_kind_counts(side: Side, events: Iterable[str], partner: str | None) -> tuple[int | None, int | None]:
    """Count what is stated in kind in these events: given by the city, and by others where it benefits.

    None where nothing in kind is stated at all: that is not zero.
    """
    given: list[int] = []
    received: list[int] = []
    for name in events:
        takings = side.facts.events[name].takings
        own = takings[side.city]
        others = {city: takings[city] for city in takings if city != side.city and partner in (None, city)}
        reached = any(side.facts.reading.yes(taking.benefits) for taking in others.values())
        if own.in_kind:
            given.append(len(own.in_kind) if reached else 0)
        if of_others := sum(len(taking.in_kind) for taking in others.values()):
            received.append(of_others if side.facts.reading.yes(own.benefits) else 0)
    return (sum(given) if given else None), (sum(received) if received else None)


def _gaining(facts: Facts, event: Event, giver: str) -> tuple[str, ...]:
    yes = facts.reading.yes
    return tuple(city for city, taking in event.takings.items() if city != giver and yes(taking.benefits))
