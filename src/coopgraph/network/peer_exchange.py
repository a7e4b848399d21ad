"""Peer-exchange centrality and what is read beside it, on any weighted networkx DiGraph.

In: a DiGraph whose edge u -> v says how much u contributed to v. Out: dicts from node to number, in
networkx's manner. Plain Python; `coopgraph.network.measures` is the same in column expressions. The
definition is docs/peer-exchange.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import frexp, fsum, isinf, ldexp
from typing import TYPE_CHECKING, Any, Literal

from coopgraph.errors import MeasureError
from coopgraph.network.faults import fault
from coopgraph.network.weights import Weight, dyads, number

if TYPE_CHECKING:
    import networkx as nx

Scores = dict[Any, float]


def peer_exchange_centrality(G: nx.DiGraph[Any], *, weight: Weight = "weight", prior: float = 0.0) -> Scores:
    """Return how mutual each node's exchange is, over all the partners it could have.

    The reciprocated share of each dyad, 2 min(w_ij, w_ji) / (w_ij + w_ji + prior) [1]_, summed over
    partners and divided by n - 1: 0 where nothing is reciprocated, 1 (with prior 0) where a node is
    balanced with all others.

    Parameters
    ----------
    G
        A directed graph without parallel edges. Self-loops are ignored; an edge of weight 0 is no edge.
    weight
        Name of the edge attribute (1 where missing), a function of (u, v, attributes), or None: all count 1.
    prior
        Discounts token exchanges, in the unit of the weights: with 1, one action each way counts 2/3.

    Raises
    ------
    MeasureError
        For undirected graphs, multigraphs, and weights or priors that are not finite numbers >= 0.

    References
    ----------
    .. [1] Squartini, Picciolo, Ruzzenenti & Garlaschelli (2013), doi:10.1038/srep02729

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph([("Madrid", "Quito"), ("Quito", "Madrid"), ("Madrid", "Lima")])
    >>> peer_exchange_centrality(G)
    {'Madrid': 0.5, 'Quito': 0.5, 'Lima': 0.0}
    """
    k = _checked_prior(prior)
    partners = dyads(G, weight)
    others = max(len(partners) - 1, 1)
    return {
        node: fsum(_reciprocated_share(*pair, k) for pair in dyad.values()) / others
        for node, dyad in partners.items()
    }


def given(G: nx.DiGraph[Any], *, weight: Weight = "weight") -> Scores:
    """Return what each node gave: the sum of its outgoing weights.

    >>> import networkx as nx
    >>> given(nx.DiGraph([("Madrid", "Quito"), ("Madrid", "Lima")]))
    {'Madrid': 2.0, 'Quito': 0.0, 'Lima': 0.0}
    """
    return {node: _sum(out for out, _ in dyad.values()) for node, dyad in dyads(G, weight).items()}


def received(G: nx.DiGraph[Any], *, weight: Weight = "weight") -> Scores:
    """Return what each node received: the sum of its incoming weights.

    >>> import networkx as nx
    >>> received(nx.DiGraph([("Madrid", "Quito"), ("Madrid", "Lima")]))
    {'Madrid': 0.0, 'Quito': 1.0, 'Lima': 1.0}
    """
    return {node: _sum(back for _, back in dyad.values()) for node, dyad in dyads(G, weight).items()}


def balance(G: nx.DiGraph[Any], *, weight: Weight = "weight") -> dict[Any, float | None]:
    """Return (given - received) / (given + received): 1 only gives, -1 only receives, None without flow.

    >>> import networkx as nx
    >>> balance(nx.DiGraph([("Madrid", "Quito"), ("Quito", "Lima")]))
    {'Madrid': 1.0, 'Quito': 0.0, 'Lima': -1.0}
    """
    gave, got = given(G, weight=weight), received(G, weight=weight)
    return {node: _ratio(gave[node] - got[node], gave[node] + got[node]) for node in gave}


def reciprocity(G: nx.DiGraph[Any], *, weight: Weight = "weight") -> dict[Any, float | None]:
    """Return the share of each node's flow that is reciprocated, None without flow.

    >>> import networkx as nx
    >>> reciprocity(nx.DiGraph([("Madrid", "Quito"), ("Quito", "Madrid"), ("Madrid", "Lima")]))
    {'Madrid': 0.6666666666666666, 'Quito': 1.0, 'Lima': 0.0}
    """
    return {
        node: _ratio(
            2 * _sum(min(pair) for pair in dyad.values()),
            _sum(value for pair in dyad.values() for value in pair),
        )
        for node, dyad in dyads(G, weight).items()
    }


def partners(G: nx.DiGraph[Any], *, weight: Weight = "weight") -> dict[Any, int]:
    """Return with how many others each node has any flow, in either direction.

    >>> import networkx as nx
    >>> partners(nx.DiGraph([("Madrid", "Quito"), ("Quito", "Madrid"), ("Madrid", "Lima")]))
    {'Madrid': 2, 'Quito': 1, 'Lima': 1}
    """
    return {node: len(dyad) for node, dyad in dyads(G, weight).items()}


def effective_partners(
    G: nx.DiGraph[Any], *, weight: Weight = "weight", direction: Literal["given", "received"] = "given"
) -> Scores:
    """Return (sum v)^2 / sum v^2 of what a node gave, or received: the number of equal partners it is worth.

    >>> import networkx as nx
    >>> G = nx.DiGraph()
    >>> G.add_weighted_edges_from([("Madrid", "Quito", 3), ("Madrid", "Lima", 1)])
    >>> effective_partners(G)["Madrid"]
    1.6
    """
    if direction not in ("given", "received"):
        raise MeasureError(f"direction is {direction!r}; it must be 'given' or 'received'.")
    side = 0 if direction == "given" else 1
    return {
        node: _effective([pair[side] for pair in dyad.values()]) for node, dyad in dyads(G, weight).items()
    }


def generalised_exchange(G: nx.DiGraph[Any], *, weight: Weight = "weight") -> Scores:
    """Return the harmonic mean of effective partners given to and received from, over n - 1.

    Sees rings (A gives to B, B to C, C to A), to which peer exchange is blind; 0 where either side is empty.

    >>> import networkx as nx
    >>> generalised_exchange(nx.DiGraph([("A", "B"), ("B", "C"), ("C", "A")]))
    {'A': 0.5, 'B': 0.5, 'C': 0.5}
    """
    outward = effective_partners(G, weight=weight, direction="given")
    inward = effective_partners(G, weight=weight, direction="received")
    others = max(len(outward) - 1, 1)
    return {node: _harmonic_mean(outward[node], inward[node]) / others for node in outward}


def _checked_prior(prior: Any) -> float:
    k = number(prior)
    if isinstance(k, str):
        wrong = fault(f"prior={prior!r} {k}.", "Give a finite number, zero or more.")
        raise MeasureError("The prior cannot be used.", faults=[wrong])
    return k


def _reciprocated_share(w: float, back: float, k: float) -> float:
    """Return 2 min / (sum + k), also where the sum itself is beyond the largest float."""
    if isinf(w + back + k):
        w, back, k = w / 4, back / 4, k / 4
    return 2 * min(w, back) / (w + back + k)


def _sum(values: Iterable[float]) -> float:
    """Add up exactly, so that the order of edges cannot show."""
    try:
        return fsum(values)
    except OverflowError:
        raise MeasureError("The weights are too large to add up. Use a larger unit.") from None


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _effective(values: list[float]) -> float:
    """Scale by a power of two, which is exact, so that squares neither overflow nor vanish."""
    largest = max(values, default=0.0)
    if not largest:
        return 0.0
    shares = [ldexp(value, -frexp(largest)[1]) for value in values]
    return fsum(shares) ** 2 / fsum(share * share for share in shares)


def _harmonic_mean(left: float, right: float) -> float:
    return 2 * left * right / (left + right) if left and right else 0.0
