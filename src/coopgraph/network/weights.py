"""Checked weights of a directed graph, dyad by dyad.

In: any networkx DiGraph. Out: for each node its partners and the weights given and received; or one
MeasureError that names every weight that is not a finite number of zero or more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.faults import fault

if TYPE_CHECKING:
    import networkx as nx

Weight = str | Callable[[Any, Any, dict[Any, Any]], Any] | None
Dyads = dict[Any, dict[Any, tuple[float, float]]]


def dyads(G: nx.DiGraph[Any], weight: Weight) -> Dyads:
    """Return for each node `{partner: (given, received)}`, without self-loops and without zero weights.

    Raises MeasureError for an undirected graph, a multigraph, and for weights that are not finite numbers
    >= 0.
    """
    _check_kind(G)
    found: Dyads = {node: {} for node in G}
    for giver, receiver, value in _flows(G, weight):
        found[giver][receiver] = (value, found[giver].get(receiver, (0.0, 0.0))[1])
        found[receiver][giver] = (found[receiver].get(giver, (0.0, 0.0))[0], value)
    return found


def checked_edges(G: nx.Graph[Any], weight: Weight) -> tuple[list[Any], list[Any], list[float]]:
    """Return the ends and the weights of all edges, each weight checked.

    Raises MeasureError naming every weight that is not a finite number >= 0.
    """
    read = _reader(weight)
    sources, targets, raw = [], [], []
    for u, v, attributes in G.edges(data=True):
        sources.append(u)
        targets.append(v)
        raw.append(read(u, v, attributes))
    values = [number(value) for value in raw]
    faults = [
        fault(f"The weight of {u!r} -> {v!r} {value}.")
        for u, v, value in zip(sources, targets, values, strict=True)
        if isinstance(value, str)
    ]
    if faults:
        raise MeasureError("Weights must be finite numbers, zero or more.", faults=faults)
    return sources, targets, [value for value in values if isinstance(value, float)]


def number(value: Any) -> float | str:
    """Return the value as a float, or say in words why it is no weight.

    >>> number(2), number(True), number(float("nan"))
    (2.0, 'is an answer, not a quantity', 'is not a number (NaN)')
    """
    if isinstance(value, bool):
        return "is an answer, not a quantity"
    if not isinstance(value, (Real, Decimal)):
        return f"is {type(value).__name__}, not a number"
    try:
        read = float(value)
    except OverflowError:
        return "is too large to calculate with"
    if math.isnan(read):
        return "is not a number (NaN)"
    if math.isinf(read):
        return "is infinite"
    return "is negative" if read < 0 else read


def _check_kind(G: Any) -> None:
    faults = []
    if not G.is_directed():
        faults.append(fault("The graph is undirected.", "Use nx.DiGraph: who gives matters."))
    if G.is_multigraph():
        faults.append(fault("The graph has parallel edges.", "Add their weights up in a plain nx.DiGraph."))
    if faults:
        raise MeasureError(
            "Peer exchange is defined on a directed graph without parallel edges.", faults=faults
        )


def _flows(G: nx.DiGraph[Any], weight: Weight) -> Iterator[tuple[Any, Any, float]]:
    """Yield the edges that carry anything."""
    yield from (
        (u, v, value) for u, v, value in zip(*checked_edges(G, weight), strict=True) if value > 0 and u != v
    )


def _reader(weight: Weight) -> Callable[[Any, Any, Mapping[Any, Any]], Any]:
    """Read weights as networkx does: by attribute name, by function (None hides the edge), or all alike."""
    if weight is None:
        return lambda u, v, attributes: 1
    if isinstance(weight, str):
        return lambda u, v, attributes: attributes.get(weight, 1)

    def called(u: Any, v: Any, attributes: Any) -> Any:
        value = weight(u, v, attributes)
        return 0 if value is None else value

    return called
