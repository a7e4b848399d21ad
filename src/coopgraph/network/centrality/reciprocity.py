"""Reciprocity of a whole network, and how far it is from chance.

In: a directed network. Out: the share of its flow that is reciprocated, what chance expects, and the excess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, Network, adjacency
from coopgraph.network.centrality.degree import strengths
from coopgraph.network.centrality.null_model import expected_reciprocated
from coopgraph.network.faults import fault
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np

_SWAPS = 10  # tries for each edge before a rewired network is looked at


@dataclass(frozen=True)
class Excess:
    """Reciprocity beside what chance expects.

    Attributes
    ----------
    observed
        The share of all flow that is reciprocated.
    expected
        The same, expected if only what each node gave and received in all were known.
    rho
        (observed - expected) / (1 - expected): 0 as by chance, below 0 less, above 0 more, 1 all.
    rewired, rewired_deviation
        Mean and standard deviation of reciprocity over rewired networks; None if none were asked for.
    rewired_rho
        rho with their mean in place of what is expected.
    """

    observed: float
    expected: float
    rho: float
    rewired: float | None
    rewired_deviation: float | None
    rewired_rho: float | None


def overall_reciprocity(G: Network, *, weight: Weight = "weight") -> float | None:
    """Return the share of all flow that is reciprocated: sum of min(w_ij, w_ji) over sum of w_ij.

    Squartini et al. 2013 [1]_. From 0, nothing comes back, to 1, all flows are balanced. Weights mean
    strength; with weight=None this is networkx's, the share of edges that have one back. Undefined without
    flow: None. A disconnected graph needs no special care.

    References
    ----------
    .. [1] Squartini, Picciolo, Ruzzenenti & Garlaschelli (2013), doi:10.1038/srep02729

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph()
    >>> G.add_weighted_edges_from([("Madrid", "Quito", 3), ("Quito", "Madrid", 1)])
    >>> overall_reciprocity(G), overall_reciprocity(G, weight=None)
    (0.5, 1.0)
    """
    return _share(adjacency(G, weight=weight))


def reciprocity_excess(
    G: Network, *, unit: float = 1.0, replicates: int = 20, seed: int = 0, weight: Weight = "weight"
) -> Excess | None:
    """Return how much more of the flow is reciprocated than chance would have it.

    Where everybody gives and receives much, much is reciprocated by chance alone. The null model is the
    directed weighted configuration model of Squartini et al. 2013 [1]_: all networks of whole weights in
    which each node gives and receives in all, on average, what it does here, none likelier than that demands.
    It has a closed form but for its parameters, which Newton's method finds: see
    `coopgraph.network.centrality.null_model`.

    This model knows how much a node gives, not to how many, and where flows are large it spreads them over
    everybody. So look at the other null model too: `replicates` rewired networks, drawn with `seed` by
    swapping ends of edges, in which each node keeps the number of its edges, out and in, and the weights it
    gives.

    None without flow. On a disconnected graph chance links the components too.

    Parameters
    ----------
    G
        A networkx DiGraph, Flows or a directed Adjacency.
    unit
        What counts as one in the null model: an event, or so many euros.
    replicates, seed
        How many rewired networks are drawn, 0 for none, and from which seed.
    weight
        As for `adjacency`.

    Raises
    ------
    MeasureError
        For undirected graphs, a unit that is not above 0, if the parameters are not found, or if the nodes
        have more than 2,000 different pairs of strengths.

    References
    ----------
    .. [1] Squartini, Picciolo, Ruzzenenti & Garlaschelli (2013), doi:10.1038/srep02729

    Examples
    --------
    >>> import networkx as nx
    >>> found = reciprocity_excess(nx.complete_graph(4).to_directed())
    >>> found.observed, round(found.expected, 6), found.rho
    (1.0, 0.333333, 1.0)
    """
    if not 0 < unit < float("inf"):
        raise MeasureError(f"unit={unit} is no unit. Use a number above 0.")
    made = adjacency(G, weight=weight)
    observed = _share(made)
    if observed is None:
        return None
    out, into = strengths(made, "out") / unit, strengths(made, "in") / unit
    expected = expected_reciprocated(out, into) / float(out.sum())
    mean, deviation = _rewired(made, replicates, seed)
    return Excess(
        observed=observed,
        expected=expected,
        rho=_beyond(observed, expected),
        rewired=mean,
        rewired_deviation=deviation,
        rewired_rho=None if mean is None else _beyond(observed, mean),
    )


def _beyond(observed: float, expected: float) -> float:
    return (observed - expected) / (1 - expected) if expected < 1 else 0.0


def _share(made: Adjacency) -> float | None:
    if not made.directed:
        raise MeasureError(
            "The graph is undirected.", faults=[fault("All is reciprocated.", "Use nx.DiGraph.")]
        )
    if not made.matrix.nnz:
        return None
    return float(made.matrix.minimum(made.reversed().matrix).sum() / made.matrix.sum())


def _rewired(made: Adjacency, replicates: int, seed: int) -> tuple[float | None, float | None]:
    import numpy as np

    if not replicates:
        return None, None
    chance = np.random.default_rng(seed)
    edges = made.matrix.tocoo()
    giver, receiver, weight = edges.row.tolist(), edges.col.tolist(), edges.data.tolist()
    shares = []
    for _ in range(replicates):
        _swap_ends(giver, receiver, chance)
        at = dict(zip(zip(giver, receiver, strict=True), weight, strict=True))
        shares.append(sum(min(value, at.get((j, i), 0.0)) for (i, j), value in at.items()) / sum(weight))
    return float(np.mean(shares)), float(np.std(shares))


def _swap_ends(giver: list[int], receiver: list[int], chance: np.random.Generator) -> None:
    """Swap the receivers of edges drawn two by two, unless that makes a self-loop or a second edge."""
    present: set[Any] = set(zip(giver, receiver, strict=True))
    for one, other in chance.integers(0, len(giver), size=(_SWAPS * len(giver), 2)).tolist():
        a, b, c, d = giver[one], receiver[one], giver[other], receiver[other]
        if a != d and c != b and (a, d) not in present and (c, b) not in present:
            present -= {(a, b), (c, d)}
            present |= {(a, d), (c, b)}
            receiver[one], receiver[other] = d, b
