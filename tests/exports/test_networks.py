"""A release as a network in every format: read by independent readers, and compared with the library."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest

import coopgraph as cg
from coopgraph.exports.network.model import Edge, Node
from coopgraph.release import Release

ID = "https://w3id.org/coopgraph/id/"


def _read(path: Path) -> nx.Graph[str]:
    return nx.read_gexf(path) if path.suffix == ".gexf" else nx.read_graphml(path)


@pytest.mark.parametrize("kind", ["gexf", "graphml"])
@pytest.mark.parametrize(
    "options", [{}, {"weight": "events", "unknown": "both"}, {"period": ("2010", "2015")}]
)
def test_exchange_is_that_of_the_library(
    bundled: Release, tmp_path: Path, kind: str, options: dict[str, Any]
) -> None:
    target = tmp_path / f"x.{kind}"
    cg.export(bundled, target, graph="exchange", **options)
    theirs, ours = _read(target), cg.exchange_graph(bundled, **options)
    assert set(theirs) == set(ours)
    assert {(a, b): (data["weight"], data["events"]) for a, b, data in theirs.edges(data=True)} == {
        (a, b): (data["weight"], data["events"]) for a, b, data in ours.edges(data=True)
    }
    for node, data in ours.nodes(data=True):
        known = {
            name: data[name] for name in ("country", "lat", "long", "population", "label") if name in data
        }
        assert {name: theirs.nodes[node].get(name) for name in known} == known
    peers = cg.peer_exchange_centrality(ours)
    assert all(theirs.nodes[node]["peer_exchange"] == pytest.approx(peers[node], abs=1e-12) for node in ours)


@pytest.mark.parametrize("kind", ["gexf", "graphml"])
def test_every_agreement_and_membership_is_there(bundled: Release, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"x.{kind}"
    written = cg.export(bundled, target, lang="es")
    G = _read(target)
    assert written.counts == {"nodes": G.number_of_nodes(), "edges": G.number_of_edges()}
    by_iri: dict[str, set[str]] = {}
    for a, b, data in G.edges(data=True):
        if data["layer"] != "exchange":
            by_iri.setdefault(data["iri"], set()).update((a, b))
    for row in bundled.table("agreements").to_pylist():
        assert row["party"] in by_iri[row["agreement"]], row
    members = bundled.table("memberships").to_pylist()
    for row in members:
        assert by_iri[row["membership"]] == {row["city"], row["network"]}
    kinds = Counter(data["kind"] for _, data in G.nodes(data=True))
    assert kinds["city"] == bundled.table("cities").num_rows
    assert set(bundled.table("positions")["node"].to_pylist()) == set(G)
    told = next(data for *_, data in G.edges(data=True) if data["layer"] == "membership")
    assert told["kind"] == "miembro"


def test_igraph_reads_what_networkx_reads(bundled: Release, tmp_path: Path) -> None:
    target = tmp_path / "x.graphml"
    cg.export(bundled, target)
    theirs, G = igraph.Graph.Read_GraphML(str(target)), nx.read_graphml(target)
    assert (theirs.vcount(), theirs.ecount()) == (G.number_of_nodes(), G.number_of_edges())
    assert theirs.is_directed() and set(theirs.vs["id"]) == set(G)
    assert sum(theirs.es["weight"]) == pytest.approx(sum(data["weight"] for *_, data in G.edges(data=True)))


def test_times_stay_open_where_no_end_is_stated(bundled: Release, tmp_path: Path) -> None:
    target = tmp_path / "x.gexf"
    cg.export(bundled, target, graph="agreements")
    text = target.read_text("utf-8")
    assert 'mode="dynamic" timeformat="date"' in text
    row = next(
        row for row in bundled.table("agreements").to_pylist() if row["signed_from"] and not row["end_to"]
    )
    line = next(line for line in text.splitlines() if f'value="{row["agreement"]}"' in line)
    assert f'<spell start="{row["start_from"] or row["signed_from"]}"/>' in line


def test_geojson_has_a_feature_for_each(
    bundled: Release, tmp_path: Path, everything: tuple[list[Node], list[Edge]]
) -> None:
    target = tmp_path / "x.geojson"
    written = cg.export(bundled, target)
    made = json.loads(target.read_bytes())
    nodes, edges = everything
    assert len(made["features"]) == len(nodes) + len(edges)
    points = {each["id"]: each for each in made["features"] if "id" in each}
    for row in bundled.table("cities").to_pylist():
        shape = points[row["city"]]["geometry"]
        assert (shape["coordinates"] if shape else [None, None]) == [row["long"], row["lat"]]
    lines = [each for each in made["features"] if "id" not in each]
    for edge, line in zip(edges, lines, strict=True):
        told = line["properties"]
        assert (told["source"], told["target"], told["weight"]) == (edge.source, edge.target, edge.weight)
    empty = sum(each["geometry"] is None for each in made["features"])
    assert written.counts["features without coordinates"] == empty > 0
    assert made["licence"] == "https://creativecommons.org/licenses/by/4.0/" and len(made["sources"]) == 175


@pytest.mark.parametrize("kind", ["gexf", "graphml", "geojson"])
def test_the_same_release_gives_the_same_bytes(bundled: Release, tmp_path: Path, kind: str) -> None:
    once, again = tmp_path / f"1.{kind}", tmp_path / f"2.{kind}"
    for target in (once, again):
        cg.export(bundled, target, events="all")
    assert once.read_bytes() == again.read_bytes()
