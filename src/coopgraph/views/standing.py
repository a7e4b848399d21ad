"""The measures a page shows beside each node.

In: a networkx graph. Out: node -> {measure: value or None}, and the columns in order. Directed graphs get
peer exchange with k = 0 beside k = 1; undirected ones partners and strength, for they do not tell giving
from receiving.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import networkx as nx

from coopgraph.errors import MeasureError, ProjectionError
from coopgraph.network.peer_exchange import given, partners, peer_exchange_centrality, received, reciprocity
from coopgraph.views.drawing import Measures

DIRECTED = ("peer_exchange", "peer_exchange_1", "given", "received", "reciprocity", "partners")
SHARES = frozenset(
    {"peer_exchange", "peer_exchange_1", "reciprocity", "peer_exchange_range"}
)  # between 0 and 1
UNDIRECTED = ("partners", "strength")
_DIGITS = 12


def standing(G: nx.Graph[Any], *, weight: str = "weight") -> tuple[dict[Hashable, Measures], tuple[str, ...]]:
    """Return each node's measures, and which they are.

    >>> standing(nx.DiGraph([("Madrid", "Quito")]))[0]["Madrid"]["reciprocity"]
    0.0
    """
    if not isinstance(G, nx.DiGraph):
        return _undirected(G, weight), UNDIRECTED
    try:
        values: dict[str, Any] = {
            "peer_exchange": peer_exchange_centrality(G, weight=weight),
            "peer_exchange_1": peer_exchange_centrality(G, weight=weight, prior=1.0),
            "given": given(G, weight=weight),
            "received": received(G, weight=weight),
            "reciprocity": reciprocity(G, weight=weight),
            "partners": partners(G, weight=weight),
        }
    except MeasureError as error:
        raise ProjectionError(f"The graph cannot be drawn. {error.message}", faults=error.faults) from None
    return {node: {name: _rounded(values[name][node]) for name in DIRECTED} for node in G}, DIRECTED


def _undirected(G: nx.Graph[Any], weight: str) -> dict[Hashable, Measures]:
    return {
        node: {
            "partners": len(set(G[node]) - {node}),
            "strength": _rounded(
                sum(float(data.get(weight, 1)) for other, data in G[node].items() if other != node)
            ),
        }
        for node in G
    }


def _rounded(value: float | None) -> float | None:
    return value if value is None or isinstance(value, int) else round(value, _DIGITS)
