"""What is taken away: what a user names, else whom the data single out by three rules.

In: a release, names, what counts as a tie. Out: `Taken` things with the reasons for them, and the top broker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from coopgraph.release import Release

Kind = Literal["actions", "agreements", "all"]


@dataclass(frozen=True)
class Taken:
    """A thing, in the words that name it, and why: named, or keys of rules."""

    name: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """The cities with ties, each with its partners and betweenness, the top broker first."""

    rows: tuple[tuple[str, int, float], ...]

    @property
    def broker(self) -> tuple[str, int, float] | None:
        """The city on most of the shortest ways; None where nobody stands between others."""
        return next((row for row in self.rows if row[2] > 0), None)

    @property
    def most_partners(self) -> str | None:
        """The city with most partners, of equal ones the first by IRI."""
        ordered = sorted(self.rows, key=lambda row: (-row[1], row[0]))
        return ordered[0][0] if ordered else None


def standing(release: Release, kind: Kind) -> Standing:
    """Return who has how many partners, and stands between how many."""
    from coopgraph.network import rank

    ranked = rank(release, measure="betweenness", events=kind, weight="newman").table
    rows = ranked.select(["city", "partners", "betweenness"]).to_pylist()
    known = [(row["city"], row["partners"], row["betweenness"] or 0.0) for row in rows if row["partners"]]
    return Standing(tuple(sorted(known, key=lambda row: (-row[2], row[0]))))


def taken(
    release: Release, without: Sequence[str], stands: Standing, organised: dict[str, tuple[str, ...]]
) -> tuple[Taken, ...]:
    """Return what is named, each once; where nothing is, the network, the city and the broker by rule."""
    if without:
        return tuple(Taken(name, ("named",)) for name in dict.fromkeys(without))
    found: dict[str, list[str]] = {}
    network, why = _network(release, organised)
    broker = stands.broker
    for iri, rule in (
        (network, why),
        (stands.most_partners, "most-partners"),
        (broker[0] if broker else None, "top-broker"),
    ):
        if iri is not None:
            found.setdefault(iri, []).append(rule)
    return tuple(Taken(iri, tuple(rules)) for iri, rules in found.items())


def _network(release: Release, organised: dict[str, tuple[str, ...]]) -> tuple[str | None, str]:
    """The network that organises most, of equal ones the one with more members, then by IRI."""
    from coopgraph.views.names import names_in

    sizes, names = members(release), names_in(release)
    networks = {iri for iri in organised if iri in names and names[iri].kind == "network"} | set(sizes)
    candidates: list[tuple[Any, ...]] = [
        (-len(organised.get(iri, ())), -len(sizes.get(iri, ())), iri) for iri in networks
    ]
    if not candidates:
        return None, ""
    events, _, iri = min(candidates)
    return iri, "most-events" if events else "most-members"


def members(release: Release) -> dict[str, tuple[str, ...]]:
    """Return the member cities of each network."""
    found: dict[str, set[str]] = {}
    for row in release.table("memberships").select(["network", "city"]).to_pylist():
        if row["network"] and row["city"]:
            found.setdefault(row["network"], set()).add(row["city"])
    return {network: tuple(sorted(cities)) for network, cities in sorted(found.items())}
