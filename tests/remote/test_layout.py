"""Files of the network, made of a store's graph: placed, grouped and coloured as those of the release."""

from __future__ import annotations

import shutil
from pathlib import Path

import networkx as nx
import pytest

import coopgraph as cg
from tests.remote.endpoint import Endpoint, serving


@pytest.fixture(scope="module")
def asks(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a workspace with `[store]` alone gives, beside what the release gives, as GEXF and GeoJSON."""
    out = tmp_path_factory.mktemp("layout")
    with serving(Endpoint(union=False)) as endpoint:
        source = out / "source"
        shutil.copytree(built, source)  # publishing notes in the workspace what it did
        cg.publish(source, to=endpoint.url)
        place = out / "asks"
        place.mkdir()
        (place / "coopgraph.toml").write_text(
            f'store = "{endpoint.url}"\n[workspace]\ntitle = "Asks"\n', encoding="utf-8"
        )
        for name, opened in (("here", built), ("there", place)):
            with cg.open(opened) as release:
                for suffix in ("gexf", "graphml"):
                    cg.export(release, out / f"{name}.{suffix}")
    return out


def test_nodes_stand_where_the_release_puts_them(asks: Path) -> None:
    here, there = (nx.read_gexf(asks / f"{name}.gexf") for name in ("here", "there"))
    looks = {node: told["viz"] for node, told in here.nodes(data=True)}
    assert all("position" in look for look in looks.values())
    assert len({str(look["color"]) for look in looks.values()}) > 3
    assert {node: told["viz"] for node, told in there.nodes(data=True)} == looks


def test_communities_are_those_of_the_release(asks: Path) -> None:
    here, there = (nx.read_graphml(asks / f"{name}.graphml") for name in ("here", "there"))
    groups = {node: told.get("community") for node, told in here.nodes(data=True)}
    assert len(set(groups.values())) > 3
    assert {node: told.get("community") for node, told in there.nodes(data=True)} == groups
