"""The cities of a network: what each gave and received, who only gives or only receives, and in money.

In: `Facts`. Out: tables of a dossier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coopgraph.network.ranking import rank
from coopgraph.network.sensitivity.ranges import ranges_of
from coopgraph.secretariat.dossier import Column, Interval, Row, Said, Table
from coopgraph.secretariat.reciprocity.figures import (
    BOTH,
    GIVES,
    NEITHER,
    OF_MONEY,
    RECEIVES,
    all_figures,
    by_partner,
    figures,
    money,
    stand,
    together,
)
from coopgraph.secretariat.reciprocity.gathered import Facts, Flowing, proof_of


def stands(flowing: Flowing) -> dict[str, str]:
    """Return whether each city gives and receives, only one of both, or neither."""
    givers = {term.giver for term in flowing.terms}
    receivers = {term.receiver for term in flowing.terms}
    return {city: stand(city in givers, city in receivers) for city in flowing.cities}


@dataclass(frozen=True)
class Network:
    """How each city stands: as asked, and if every unknown role were a yes."""

    facts: Facts
    now: Mapping[str, str]
    possible: Mapping[str, str]
    events: Mapping[str, tuple[str, ...]]  # of each city

    def proof(self, city: str) -> dict[str, tuple[str, ...]]:
        """Return the sources and the participations of a city."""
        own = [self.facts.events[event].takings[city] for event in self.events.get(city, ())]
        return proof_of(own)

    def unknown(self, city: str) -> int:
        """Return in how many of its participations a role of the city is not known."""
        own = (self.facts.events[event].takings[city] for event in self.events.get(city, ()))
        return sum(taking.is_unknown for taking in own)


def network_of(facts: Facts) -> Network:
    """Gather how the cities stand."""
    events: dict[str, list[str]] = {}
    for name, event in facts.events.items():
        for city in event.takings:
            events.setdefault(city, []).append(name)
    mine = {city: tuple(names) for city, names in events.items()}
    return Network(facts, stands(facts.read), stands(facts.open), mine)


def city_table(network: Network) -> Table:
    """Return each city as a ranking has it, the largest flow first; ranges are those of `ranges`."""
    facts = network.facts
    found = rank(facts.release, unknown=facts.reading.unknown, certainty=facts.reading.certainty)
    ranked = {row["city"]: row for row in found.table.to_pylist()}
    ranges = {name: _ranges(facts, name) for name in ("balance", "reciprocity")}
    active: dict[str, set[str]] = {city: set() for city in ranked}
    for term in facts.read.terms:
        active[term.giver].add(term.event)
        active[term.receiver].add(term.event)
    order = sorted(ranked, key=lambda city: (-ranked[city]["strength"], city))
    rows = []
    for city in order:
        told = ranked[city]
        both = [
            _interval(told[name], ranges[name][city] if len(active[city]) > 1 else None)
            for name in ("balance", "reciprocity")
        ]
        counts = (len(network.events[city]), network.unknown(city), told["out_degree"], told["in_degree"])
        words = (network.now[city], network.possible[city])
        cells = (city, told["country"], *counts, told["given"], told["received"], *both, *words)
        rows.append(Row(cells, **network.proof(city)))
    columns = (
        Column("city", "thing"),
        Column("country"),
        Column("actions", "number"),
        Column("unknown-roles", "number"),
        Column("gives-to", "number"),
        Column("receives-from", "number"),
        Column("given", "number"),
        Column("received", "number"),
        Column("balance", "interval"),
        Column("returned", "interval"),
        Column("stands", "word"),
        Column("may-stand", "word"),
    )
    return Table("cities", columns, tuple(rows), empty="no-city")


def _ranges(facts: Facts, measure: str) -> dict[str, tuple[float, float] | None]:
    found = ranges_of(facts.read.made, measure, facts.reading.loss)
    ends = zip(*(found.column(f"score_{end}").to_pylist() for end in ("low", "high")), strict=True)
    pairs = (None if low is None else (low, high) for low, high in ends)
    return dict(zip(facts.read.cities, pairs, strict=True))


def _interval(value: float | None, found: tuple[float, float] | None) -> Interval | None:
    return None if value is None else Interval(value, *(found or (None, None)))


def one_way_table(network: Network) -> Table:
    """Return who only gives or only receives, and who may do so only because roles are not known."""
    columns = (
        Column("city", "thing"),
        Column("stands", "word"),
        Column("actions", "number"),
        Column("unknown-roles", "number"),
        Column("given", "number"),
        Column("received", "number"),
        Column("only-unknown", "flag"),
        Column("other-side", "number"),
    )
    flows = {city: together(by_partner(network.facts.read.terms, city).values()) for city in network.now}
    told = all_figures(flows, network.facts.reading.loss)
    rows = tuple(
        Row(
            (
                city,
                network.now[city],
                len(network.events[city]),
                network.unknown(city),
                told[city].given,
                told[city].received,
                network.possible[city] == BOTH,
                _other_side(network, city),
            ),
            **network.proof(city),
        )
        for direction in (GIVES, RECEIVES)
        for city in sorted(network.now)
        if network.now[city] == direction
    )
    return Table("one-way", columns, rows, tuple(_counted(network)), empty="nobody-one-way")


def _other_side(network: Network, city: str) -> float | None:
    """Return what a city that only gives would receive, or the reverse, if every unknown role were a yes."""
    if network.possible[city] != BOTH:
        return None
    told = figures(together(by_partner(network.facts.open.terms, city).values()), None)
    return told.received if network.now[city] == GIVES else told.given


def _counted(network: Network) -> Iterator[Said]:
    """Say how many cities stand how, and how many of them only because roles are not known."""
    strict = stands(network.facts.strict)
    for word in (GIVES, RECEIVES, NEITHER):
        own = [city for city, how in network.now.items() if how == word]
        maybe = sum(network.possible[city] != word for city in own)
        yield Said(f"{word}-count", {"n": len(own), "count": len(own), "maybe": maybe})
    own = [city for city, how in network.now.items() if how == BOTH]
    assumed = sum(strict[city] != BOTH for city in own)
    yield Said("both-ways-count", {"n": len(own), "count": len(own), "maybe": assumed})


def money_by_city(network: Network) -> Table:
    """Return what each city gave and received in money, in each currency stated."""
    columns = (
        Column("city", "thing"),
        Column("actions", "number"),
        Column("money-given", "money"),
        Column("money-received", "money"),
        Column("balance", "interval"),
    )
    rows = []
    for code, terms in network.facts.money.items():
        cities = sorted({city for term in terms for city in (term.giver, term.receiver)})
        flows = {city: together(by_partner(terms, city).values()) for city in cities}
        for city, told in all_figures(flows, network.facts.reading.loss, OF_MONEY).items():
            both = (money(told.given, code), money(told.received, code))
            rows.append(Row((city, told.events, *both, told.balance), **network.proof(city)))
    return Table("money", columns, tuple(rows), empty="no-money")
