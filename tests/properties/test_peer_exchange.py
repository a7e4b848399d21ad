"""The properties of peer exchange, on any weighted graph."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import coopgraph.network as cg
from coopgraph.columns.opening import open_engine
from coopgraph.network.measures import node_measures

NODES = "abcdef"
WEIGHTS = st.one_of(st.integers(1, 50).map(float), st.floats(1e-3, 1e6))
PRIORS = st.one_of(st.just(0.0), st.floats(0, 100))
Graph = nx.DiGraph


@st.composite
def graphs(draw: st.DrawFn, *, weights: st.SearchStrategy[float] = WEIGHTS) -> nx.DiGraph[Any]:
    nodes = NODES[: draw(st.integers(0, len(NODES)))]
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)) if nodes else st.nothing()
    edges = draw(st.dictionaries(pairs, weights, max_size=20)) if nodes else {}
    G: nx.DiGraph[Any] = nx.DiGraph()
    G.add_nodes_from(nodes)
    G.add_weighted_edges_from((u, v, weight) for (u, v), weight in edges.items())
    return G


def near(scores: Any) -> Any:
    return pytest.approx(scores, rel=1e-12, abs=1e-12)


def known(scores: dict[str, Any]) -> dict[str, Any]:
    return {node: score for node, score in scores.items() if score is not None}


@given(graphs(), PRIORS)
def test_scores_lie_between_0_and_1(G: Graph[Any], prior: float) -> None:
    scores = cg.peer_exchange_centrality(G, prior=prior)
    assert set(scores) == set(G)
    assert all(0 <= score <= 1 for score in scores.values())


@given(graphs())
def test_zero_exactly_where_nothing_is_reciprocated(G: Graph[Any]) -> None:
    for node, score in cg.peer_exchange_centrality(G).items():
        assert (score == 0) == (not any(G.has_edge(other, node) for other in G[node] if other != node))


@given(graphs(weights=st.sampled_from([1.0, 2.0])))
def test_one_exactly_where_balanced_with_all_others(G: Graph[Any]) -> None:
    assume(len(G) > 1)
    weight = nx.get_edge_attributes(G, "weight")
    for node, score in cg.peer_exchange_centrality(G).items():
        balanced = all(
            weight.get((node, other), 0) == weight.get((other, node), 0) > 0 for other in G if other != node
        )
        assert (score == 1) == balanced


@given(graphs(), PRIORS)
def test_relabelling_changes_nothing(G: Graph[Any], prior: float) -> None:
    names = {node: place for place, node in enumerate(reversed(list(G)))}
    relabelled = cg.peer_exchange_centrality(nx.relabel_nodes(G, names), prior=prior)
    assert relabelled == {
        names[node]: score for node, score in cg.peer_exchange_centrality(G, prior=prior).items()
    }


@given(graphs(), PRIORS)
def test_swapping_giving_and_receiving_changes_nothing(G: Graph[Any], prior: float) -> None:
    assert cg.peer_exchange_centrality(G.reverse(), prior=prior) == cg.peer_exchange_centrality(
        G, prior=prior
    )


@given(graphs(), PRIORS, st.floats(1e-3, 1e3))
def test_the_unit_does_not_matter(G: Graph[Any], prior: float, factor: float) -> None:
    scaled = G.copy()
    for u, v in scaled.edges:
        scaled.edges[u, v]["weight"] *= factor
    expected = near(cg.peer_exchange_centrality(G, prior=prior))
    assert cg.peer_exchange_centrality(scaled, prior=prior * factor) == expected


@given(graphs(), PRIORS, st.floats(0, 1), st.data())
def test_returning_more_never_lowers_a_score(
    G: Graph[Any], prior: float, part: float, data: st.DataObject
) -> None:
    """Up to the stronger direction; beyond it, it may."""
    pairs = [(u, v) for u, v in G.edges if u != v]
    assume(pairs)
    u, v = data.draw(st.sampled_from(pairs))
    there, back = G.edges[u, v]["weight"], G.edges[v, u]["weight"] if G.has_edge(v, u) else 0.0
    assume(back <= there)
    more = G.copy()
    more.add_edge(v, u, weight=min(back + part * (there - back), there))
    before, after = (
        cg.peer_exchange_centrality(G, prior=prior),
        cg.peer_exchange_centrality(more, prior=prior),
    )
    assert all(after[node] >= before[node] - 1e-12 for node in (u, v))


@given(graphs())
def test_on_symmetric_weights_it_is_degree_of_the_undirected_graph(G: Graph[Any]) -> None:
    assume(len(G) > 1)
    H = G.to_undirected()
    H.remove_edges_from(list(nx.selfloop_edges(H)))
    assert cg.peer_exchange_centrality(H.to_directed()) == near(nx.degree_centrality(H))


@given(graphs(), PRIORS)
def test_an_isolate_rescales_all(G: Graph[Any], prior: float) -> None:
    n = len(G)
    assume(n > 1)
    wider = G.copy()
    wider.add_node("isolate")
    expected = {
        node: score * (n - 1) / n for node, score in cg.peer_exchange_centrality(G, prior=prior).items()
    }
    assert cg.peer_exchange_centrality(wider, prior=prior) == near(expected | {"isolate": 0})


@given(graphs(), st.floats(0.01, 10), st.floats(0.01, 10))
def test_a_larger_prior_never_raises_a_score(G: Graph[Any], prior: float, more: float) -> None:
    strict = cg.peer_exchange_centrality(G, prior=prior + more)
    assert all(strict[node] <= score for node, score in cg.peer_exchange_centrality(G, prior=prior).items())


@given(graphs())
def test_companions_stay_in_their_bounds(G: Graph[Any]) -> None:
    others = max(len(G) - 1, 0)
    for node in G:
        assert cg.balance(G)[node] is None or -1 <= (cg.balance(G)[node] or 0) <= 1
        assert cg.reciprocity(G)[node] is None or 0 <= (cg.reciprocity(G)[node] or 0) <= 1 + 1e-12
        assert (
            0 <= cg.effective_partners(G)[node] <= cg.partners(G)[node] * (1 + 1e-12) <= others * (1 + 1e-12)
        )
        assert 0 <= cg.generalised_exchange(G)[node] <= 1 + 1e-12


@given(graphs())
@settings(max_examples=25, deadline=None)
def test_column_expressions_equal_plain_python(G: Graph[Any]) -> None:
    expected: dict[str, dict[str, Any]] = {
        "peer_exchange": cg.peer_exchange_centrality(G),
        "peer_exchange_k1": cg.peer_exchange_centrality(G, prior=1),
        "given": cg.given(G),
        "received": cg.received(G),
        "balance": cg.balance(G),
        "reciprocity": cg.reciprocity(G),
        "partners": cg.partners(G),
        "effective_partners_given": cg.effective_partners(G),
        "effective_partners_received": cg.effective_partners(G, direction="received"),
        "generalised_exchange": cg.generalised_exchange(G),
    }
    rows = [(u, v, G.edges[u, v]["weight"]) for u, v in G.edges]
    types = {"source": pa.string(), "target": pa.string(), "weight": pa.float64()}
    edges = pa.table(
        {
            name: pa.array([row[place] for row in rows], kind)
            for place, (name, kind) in enumerate(types.items())
        }
    )
    nodes = pa.table({"city": pa.array(sorted(G), pa.string())})
    with open_engine() as engine:
        found = engine.fetch(node_measures(engine.table(edges), engine.table(nodes), len(G))).to_pylist()
    for name, scores in expected.items():
        told = {row["city"]: row[name] for row in found}
        assert known(told) == near(known(scores)), name
        assert set(told) == set(scores)
