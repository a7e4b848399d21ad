"""Communities: those anyone sees, as good as networkx's own, the same on every run."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.views.communities import dyads_of, members_of
from coopgraph.views.louvain import communities


def found(G: nx.Graph[int]) -> list[set[int]]:
    weighted: nx.Graph[int] = nx.Graph()
    weighted.add_nodes_from(G)
    weighted.add_weighted_edges_from((i, j, data.get("weight", 1.0)) for i, j, data in G.edges(data=True))
    return [set(members) for members in members_of(communities(len(G), *dyads_of(weighted)))]


def test_two_cliques_with_a_bridge_and_one_alone() -> None:
    G = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3))
    G.add_edge(3, 4)
    G.add_node(7)
    assert found(G) == [{0, 1, 2, 3}, {4, 5, 6}]


def test_weights_decide() -> None:
    G = nx.cycle_graph(4)
    nx.set_edge_attributes(G, {(0, 1): 9.0, (2, 3): 9.0, (1, 2): 1.0, (0, 3): 1.0}, "weight")
    assert found(G) == [{0, 1}, {2, 3}]


@pytest.mark.parametrize("seed", range(5))
def test_modularity_is_that_of_networkx_or_better(seed: int) -> None:
    G: Any = nx.random_partition_graph([30, 40, 50, 60], 0.2, 0.01, seed=seed)
    G.remove_nodes_from(list(nx.isolates(G)))
    G = nx.convert_node_labels_to_integers(G)
    theirs = nx.community.modularity(G, nx.community.louvain_communities(G, seed=seed))
    assert nx.community.modularity(G, found(G)) >= theirs - 0.01


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 20).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] < e[1])),
        )
    )
)
def test_every_linked_node_has_one_and_sizes_fall(graph: tuple[int, set[tuple[int, int]]]) -> None:
    n, edges = graph
    ends = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    of = communities(n, ends[:, 0], ends[:, 1], np.ones(len(ends)))
    linked = np.isin(np.arange(n), ends)
    assert ((of >= 0) == linked).all()
    sizes = np.bincount(of[linked]) if linked.any() else np.zeros(0)
    assert (np.diff(sizes) <= 0).all()
    assert (sizes >= (2 if len(sizes) else 0)).all()
