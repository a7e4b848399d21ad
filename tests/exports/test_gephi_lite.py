"""GEXF as Gephi Lite reads it: by graphology-gexf, the library it is made with."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.exports.network.model import NODE_COLUMNS, Edge, Node
from coopgraph.release import Release

NODE = shutil.which("node")
PACKAGES = Path(__file__).parents[1] / "web" / "npm" / "node_modules"


def test_every_node_and_edge_with_its_attributes(
    bundled: Release, tmp_path: Path, everything: tuple[list[Node], list[Edge]]
) -> None:
    if NODE is None or not (PACKAGES / "graphology-gexf").is_dir():
        pytest.fail("graphology-gexf is missing: npm ci --prefix tests/web/npm")
    cg.export(bundled, tmp_path / "x.gexf")
    (tmp_path / "node_modules").symlink_to(PACKAGES)
    script = tmp_path / "gexf.cjs"
    shutil.copy(Path(__file__).with_name("gexf.cjs"), script)
    run = subprocess.run(
        [NODE, str(script), str(tmp_path / "x.gexf")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout)
    nodes, edges = everything
    assert (found["type"], len(found["nodes"])) == ("directed", len(nodes))
    assert found["attributes"]["lastModifiedDate"] == "2026-11-22"
    by = {node["id"]: node for node in found["nodes"]}
    for node in nodes:
        told = by[node.iri]
        red, green, blue = bytes.fromhex(node.colour)
        assert (told["label"], told["color"]) == (node.label, f"rgb({red},{green},{blue})")
        assert (told["x"], told["y"]) == node.place and told["size"] == pytest.approx(node.size, abs=0.006)
        known = zip(NODE_COLUMNS, node.values, strict=True)
        stated = {column.name: value for column, value in known if value not in (None, "")}
        assert {name: told.get(name) for name in stated} == stated
    assert len(found["edges"]) == len(edges) + sum(not edge.directed for edge in edges)
    given = {(e["source"], e["target"]): e["weight"] for e in found["edges"] if e["layer"] == "exchange"}
    assert given == {(e.source, e.target): e.weight for e in edges if e.values[0] == "exchange"}
