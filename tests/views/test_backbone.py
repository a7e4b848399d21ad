"""The backbone: all of a small graph, the strongest links of a dense one, never a component lost."""

from __future__ import annotations

import networkx as nx

from coopgraph.views.backbone import Dyad, backbone


def dense(n: int = 60) -> list[Dyad]:
    return [(i, j, float((i * 7 + j * 13) % 17 + 1)) for i in range(n) for j in range(i)]


def test_a_dense_graph_is_thinned_and_stays_in_one_piece() -> None:
    dyads = dense()
    kept = [dyad for dyad, keep in zip(dyads, backbone(dyads, nodes=60), strict=True) if keep]
    G: nx.Graph[int] = nx.Graph((i, j) for i, j, _ in kept)
    assert len(kept) < len(dyads) / 5
    assert len(G) == 60
    assert nx.is_connected(G)


def test_the_strongest_link_of_each_node_is_kept() -> None:
    dyads = dense()
    kept = {dyad[:2] for dyad, keep in zip(dyads, backbone(dyads, nodes=60), strict=True) if keep}
    for node in range(60):
        own = [dyad for dyad in dyads if node in dyad[:2]]
        strongest = max(weight for *_, weight in own)
        assert any(dyad[:2] in kept for dyad in own if dyad[2] == strongest)


def test_a_sparse_graph_is_all_backbone() -> None:
    assert all(backbone([(i, i + 1, 1.0) for i in range(50)], nodes=51))
