"""Any networkx graph becomes a drawing, or a sentence says why not."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.views.drawing import Drawing
from coopgraph.views.from_graph import drawing_of


def drawn(G: nx.Graph[Any], **options: Any) -> Drawing:
    return drawing_of(G, title="Test", **options)


def test_a_dyad_is_one_link_with_two_strengths() -> None:
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_weighted_edges_from([("a", "b", 2), ("b", "a", 3), ("b", "c", 1), ("c", "c", 9), ("a", "c", 0)])
    links = {(link.source, link.target): (link.forward, link.backward) for link in drawn(G).links}
    assert links == {("a", "b"): (2.0, 3.0), ("b", "c"): (1.0, 0.0)}


def test_kinds_of_edges_are_layers() -> None:
    G = nx.Graph([("a", "b", {"kind": "twinning"}), ("b", "c", {"kind": "visit"})])
    assert [layer.key for layer in drawn(G).layers] == ["twinning", "visit"]


def test_measures_stand_side_by_side() -> None:
    drawing = drawn(nx.DiGraph([("a", "b"), ("b", "a")]))
    assert drawing.columns[:2] == ("peer_exchange", "peer_exchange_1")
    assert drawing.measures["a"]["peer_exchange"] == 1
    assert drawing.measures["a"]["peer_exchange_1"] == pytest.approx(2 / 3)


def test_an_undirected_graph_has_no_peer_exchange() -> None:
    drawing = drawn(nx.Graph([("a", "b")]))
    assert drawing.columns == ("partners", "strength")
    assert [note.key for note in drawing.notes] == ["note_undirected"]


def test_attributes_of_every_sort_are_shown_or_left_out() -> None:
    G: nx.Graph[str] = nx.Graph()
    G.add_node(
        "a", none=None, nan=math.nan, inf=math.inf, day=date(2017, 5, 31), count=np.int64(3),
        share=np.float64(0.5), yes=True, parts=[1, 2], either={"y", "x"},
    )  # fmt: skip
    assert dict(drawn(G).nodes[0].facts) == {
        "inf": "inf",
        "day": "2017-05-31",
        "count": "3",
        "share": "0.5",
        "yes": "True",
        "parts": "1, 2",
        "either": "x, y",
    }


def test_nodes_of_any_type_are_told_apart() -> None:
    G: nx.Graph[Any] = nx.Graph([(1, "1"), ("1", (2, 3)), (None.__class__, 1)])
    assert len({node.key for node in drawn(G).nodes}) == len(G)


def test_a_graph_is_left_as_it_was() -> None:
    G = nx.DiGraph([("a", "b", {"weight": 1, "evidence": ["x"]})])
    before = (list(G.nodes(data=True)), list(G.edges(data=True)))
    drawn(G)
    assert (list(G.nodes(data=True)), list(G.edges(data=True))) == before


def test_only_web_addresses_become_links() -> None:
    G: nx.Graph[str] = nx.Graph()
    G.add_node("a", url="javascript:alert(1)")
    G.add_node("b", url="https://example.org/")
    G.add_edge("a", "b", url="data:text/html,x", evidence="seen")
    drawing = drawn(G)
    assert [node.url for node in drawing.nodes] == ["", "https://example.org/"]
    assert drawing.sources == ()


def test_any_numeric_attribute_gives_the_size() -> None:
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_node("a", people=10)
    G.add_node("b")
    drawing = drawn(G, size_by="people")
    assert (drawing.measures["a"]["people"], drawing.measures["b"]["people"]) == (10, None)


@pytest.mark.parametrize("size", ["many", math.inf, -1, True])
def test_a_size_that_is_none_is_refused(size: object) -> None:
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_node("a", people=size)
    with pytest.raises(ProjectionError, match=r"'a' has people"):
        drawn(G, size_by="people")


@pytest.mark.parametrize("weight", [math.nan, math.inf, -2, "heavy"])
def test_a_weight_that_is_none_is_refused(weight: object) -> None:
    for kind in (nx.Graph, nx.DiGraph):
        with pytest.raises(ProjectionError):
            drawn(kind([("a", "b", {"weight": weight})]))


def test_multigraphs_and_other_things_are_refused() -> None:
    with pytest.raises(ProjectionError, match="multigraph"):
        drawn(nx.MultiDiGraph([("a", "b"), ("a", "b")]))
    with pytest.raises(ProjectionError, match="networkx"):
        drawn({"a": ["b"]})  # type: ignore[arg-type]  # what a user may try
