"""A classical measure of every city, to be ranked by.

In: Flows and the source they are of. Out: a column of numbers, rounded to 12 digits, null where it is not
defined; and what must be said beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency, adjacency
from coopgraph.network.catalogue import measure_called
from coopgraph.network.centrality import affiliation, mixing
from coopgraph.network.centrality.betweenness import betweenness_centrality
from coopgraph.network.centrality.brokerage import ROLES, brokerage
from coopgraph.network.centrality.cores import core_number
from coopgraph.network.centrality.eigenvector import eigenvector_centrality
from coopgraph.network.centrality.harmonic import harmonic_centrality
from coopgraph.network.centrality.hits import hits
from coopgraph.network.centrality.holes import constraint, effective_size
from coopgraph.network.centrality.katz import katz_centrality
from coopgraph.network.centrality.pagerank import pagerank
from coopgraph.network.cities import known_cities
from coopgraph.network.flows import Flows
from coopgraph.network.graphs import affiliation_graph
from coopgraph.network.tables import Source

if TYPE_CHECKING:
    import networkx as nx
    import pyarrow as pa


def _brokerage(role: str, made: Adjacency, countries: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return brokerage(made, countries)[role]


_OF_FLOWS: dict[str, Callable[[Adjacency], Mapping[Any, Any]]] = {
    "betweenness": betweenness_centrality,
    "betweenness_by_distance": lambda made: betweenness_centrality(made, distance="distance"),
    "harmonic": harmonic_centrality,
    "harmonic_by_distance": lambda made: harmonic_centrality(made, distance="distance"),
    "eigenvector": eigenvector_centrality,
    "pagerank": pagerank,
    "hits_givers": lambda made: hits(made)[0],
    "hits_receivers": lambda made: hits(made)[1],
    "katz": katz_centrality,
    "core": core_number,
    "constraint": constraint,
    "effective_size": effective_size,
}
_BY_COUNTRY: dict[str, Callable[[Adjacency, Mapping[Any, Any]], Mapping[Any, Any]]] = {
    **{role: partial(_brokerage, role) for role in ROLES},
    "participation": mixing.participation_coefficient,
}
_OF_NETWORKS: dict[str, Callable[[nx.Graph[Any]], Mapping[Any, Any]]] = {
    "memberships": affiliation.bipartite_degree_centrality,
    "memberships_betweenness": affiliation.bipartite_betweenness_centrality,
    "interlocking": affiliation.interlocking_connectivity,
}
_WITHIN_GROUPS = ("eigenvector",)
CLASSICAL = (*_OF_FLOWS, *_BY_COUNTRY, *_OF_NETWORKS)


@dataclass(frozen=True)
class Classical:
    """A measure of all nodes: `table` has the columns city and the measure's; `said` belongs beside it.

    Where scores compare within groups only, the column `group` numbers them, 1 the largest.
    """

    table: pa.Table
    said: tuple[str, ...]


def classical(column: str, flows: Flows, source: Source) -> Classical:
    """Return a measure of CLASSICAL for every node of the flows.

    Raises ProjectionError where the source lacks the table the measure rests on.
    """
    import pyarrow as pa

    from coopgraph.columns.engine import text_column

    made = adjacency(flows)
    notes: list[str] = []
    if column in _OF_FLOWS:
        found = _OF_FLOWS[column](made)
    elif column in _BY_COUNTRY:
        found = _BY_COUNTRY[column](made, _countries(source, flows, notes))
    else:
        found = _of_networks(column, source, flows, notes)
    values = [_rounded(found[node]) for node in flows.nodes]
    whole = bool(values) and all(isinstance(value, int) for value in values if value is not None)
    numbers = pa.array(values, pa.int64() if whole else pa.float64())
    table = pa.table({"city": text_column(flows.nodes), column: numbers})
    if column in _WITHIN_GROUPS:
        groups = _groups(made, values)
        table = table.append_column("group", pa.array(groups, pa.int64()))
        notes += _groups_said(groups)
    return Classical(table, (*_said(column, made, values), *notes))


def _groups(made: Adjacency, values: Sequence[float | None]) -> list[int | None]:
    """Number the groups of cities that reach each other, the largest first; None without a score."""
    labels = made.components(strong=True).tolist()
    return [None if value is None else group + 1 for group, value in zip(labels, values, strict=True)]


def _groups_said(groups: Sequence[int | None]) -> Iterator[str]:
    """Say that only the largest group is ranked, where there are others."""
    sizes = Counter(group for group in groups if group is not None)
    if len(sizes) > 1:
        yield (
            f"{len(sizes)} groups of cities reach each other along the flows, and scores compare within a "
            f"group only: the {sizes[1]} cities of group 1, the largest, are ranked; the others have score "
            "and group."
        )


def _rounded(value: float | None) -> float | None:
    from coopgraph.network.measures import DIGITS

    return value if value is None or isinstance(value, int) else round(value, DIGITS) + 0.0


def _countries(source: Source, flows: Flows, notes: list[str]) -> dict[str, str | None]:
    known = known_cities(source, flows.nodes)
    countries = {node: known[node].country for node in flows.nodes}
    if missing := sum(country is None for country in countries.values()):
        notes.append(f"Of {missing} of {len(countries)} cities the country is not known; they are left out.")
    return countries


def _of_networks(column: str, source: Source, flows: Flows, notes: list[str]) -> dict[str, Any]:
    """Measure all members of networks; a city of the flows that is in none has 0."""
    B = affiliation_graph(source)
    found = _OF_NETWORKS[column](B)
    members = {node for node in B if B.nodes[node]["bipartite"] == 0}
    none = sum(node not in members for node in flows.nodes)
    outside = len(members.difference(flows.nodes))
    notes.append(
        f"Memberships of {len(members)} cities in {len(B) - len(members)} networks; {none} cities here are "
        f"in none, and {outside} members take part in no selected event: they count, but are not ranked."
    )
    return {node: found.get(node, 0.0) for node in flows.nodes}


def _said(column: str, made: Adjacency, values: Sequence[float | None]) -> Iterator[str]:
    measure = measure_called(column)
    weights = {"strength": "Weights mean strength.", "length": "Lengths are 1 / weight."}
    about = weights.get(measure.weights, "Weights do not count.")
    yield f"{measure.titles['en']}: {measure.definition} {about} doi:{measure.doi}"
    if (undefined := sum(value is None for value in values)) and undefined < len(values):
        yield f"For {undefined} of {len(values)} cities it is not defined; they have no rank."
    elif undefined:
        yield "It is not defined for any city here."
    if column not in _OF_NETWORKS:
        yield from parts_said(made, measure.disconnected)


def parts_said(made: Adjacency, what: str = "") -> Iterator[str]:
    """Say into how many parts a network falls, directions ignored, and what that does; nothing if in one."""
    import numpy as np

    sizes = np.bincount(made.components())
    alone = int((sizes == 1).sum())
    if len(sizes) < 2:
        return
    parts = [f"{size}" for size in sizes[sizes > 1].tolist()]
    told = f"of {_listed(parts)} cities" if parts else "none with more than one city"
    some = f", and {alone} {'city' if alone == 1 else 'cities'} without flow" if alone else ""
    yield f"The network is not connected: {len(parts)} parts, {told}{some}. {what}".rstrip()


def _listed(sizes: list[str], most: int = 5) -> str:
    """Write a list of sizes, the first few of many.

    >>> _listed(["9", "3"]), _listed(["7", "2", "2", "2", "2", "2"])
    ('9 and 3', '7, 2, 2, 2, 2 and fewer')
    """
    if len(sizes) > most:
        return ", ".join(sizes[:most]) + " and fewer"
    return " and ".join([", ".join(sizes[:-1]), sizes[-1]] if len(sizes) > 1 else sizes)
