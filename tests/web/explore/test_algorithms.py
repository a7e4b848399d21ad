"""Ways through the graph in the browser are those networkx finds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import networkx as nx
import pytest

RUN = Path(__file__).with_name("algorithms.run.mjs")


def case(seed: int) -> dict[str, Any]:
    """A random graph with parallel links, loops, links and nodes that do not pass."""
    random = Random(seed)
    size = random.randint(2, 40)
    links = random.randint(1, 3 * size)
    ends = [(random.randrange(size), random.randrange(size)) for _ in range(links)]
    return {
        "size": size,
        "source": [a for a, _ in ends],
        "target": [b for _, b in ends],
        "link": [int(random.random() < 0.8) for _ in ends],
        "node": [int(random.random() < 0.9) for _ in range(size)],
        "from": random.randrange(size),
        "to": random.randrange(size),
        "hops": random.randint(0, 3),
    }


def graph_of(one: dict[str, Any]) -> nx.Graph[int]:
    G: nx.Graph[int] = nx.Graph()
    G.add_nodes_from(range(one["size"]))
    for a, b, passes in zip(one["source"], one["target"], one["link"], strict=True):
        if passes and a != b and one["node"][a] and one["node"][b]:
            G.add_edge(a, b)
    return G


CASES = [case(seed) for seed in range(150)]


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    run = subprocess.run(
        ["node", str(RUN)], input=json.dumps(CASES), capture_output=True, text=True, timeout=120, check=True
    )
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def test_neighbours_are_each_there_once(found: list[dict[str, Any]]) -> None:
    for one, answer in zip(CASES, found, strict=True):
        G = graph_of(one)
        assert answer["rows"] == [sorted(G.neighbors(i)) for i in range(one["size"])]


def test_cores_are_those_of_networkx(found: list[dict[str, Any]]) -> None:
    for one, answer in zip(CASES, found, strict=True):
        numbers = nx.core_number(graph_of(one))
        assert answer["core"] == [numbers[i] for i in range(one["size"])]


def test_an_ego_network_is_that_of_networkx(found: list[dict[str, Any]]) -> None:
    for one, answer in zip(CASES, found, strict=True):
        near = nx.single_source_shortest_path_length(graph_of(one), one["from"], cutoff=one["hops"])
        assert answer["ego"] == sorted(near, key=lambda i: (near[i], i))


def test_all_shortest_paths_are_found(found: list[dict[str, Any]]) -> None:
    for one, answer in zip(CASES, found, strict=True):
        G = graph_of(one)
        if not nx.has_path(G, one["from"], one["to"]):
            assert (answer["steps"], answer["paths"], answer["of"]) == (-1, [], 0)
            continue
        paths = sorted(nx.all_shortest_paths(G, one["from"], one["to"]))
        assert (answer["paths"], answer["of"]) == (paths[:1000], len(paths))
        assert answer["steps"] == len(paths[0]) - 1


def test_components_are_numbered_from_the_largest(found: list[dict[str, Any]]) -> None:
    for one, answer in zip(CASES, found, strict=True):
        G = graph_of(one).subgraph([i for i in range(one["size"]) if one["node"][i]])
        parts = sorted(nx.connected_components(G), key=lambda part: (-len(part), min(part)))
        expected = [-1] * one["size"]
        for number, part in enumerate(parts):
            for i in part:
                expected[i] = number
        assert answer["component"] == expected
