"""A seeded graph of any size in the shape of `/data/graph.json`: communities as discs, most links inside.

In: how many nodes and links. Out: the columns the explorer's scripts read. Everything in it is invented.
"""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin, sqrt
from random import Random
from typing import Any

GOLDEN = pi * (3 - sqrt(5))
WITHIN = 0.8  # of the links join nodes of one community
STRONG = 2  # links a node that are drawn at first sight, as the backbone of a dense layer has
COLUMNS = ("amount", "currency", "certainty", "date", "from", "to", "goals", "lines", "programmes", "sources")


def graph(nodes: int, links: int, seed: int = 1) -> dict[str, Any]:
    """Return the graph; the same arguments give the same columns."""
    random = Random(seed)
    groups = _groups(random, nodes)
    discs = _discs([len(members) for members in groups])
    x, y, community = [0.0] * nodes, [0.0] * nodes, [0] * nodes
    for number, (members, disc) in enumerate(zip(groups, discs, strict=True)):
        for k, i in enumerate(members):
            far = disc["r"] * 0.92 * sqrt((k + 0.5) / len(members))
            community[i] = number
            x[i], y[i] = (
                round(disc["x"] + far * cos(k * GOLDEN), 4),
                round(disc["y"] + far * sin(k * GOLDEN), 4),
            )
    dyads = _dyads(random, groups, community, links)
    names = [f"Synthetic city {i}" for i in range(nodes)]
    exchange = [round(random.paretovariate(2) / 10, 4) for _ in range(nodes)]
    leading = [sorted(members, key=lambda i: (-exchange[i], i))[:3] for members in groups]
    return {
        "release": "synthetic",
        "title": _texts("Synthetic graph (invented)"),
        "now": None,
        "licence": "",
        "languages": ["en"],
        "kinds": ["city", "network", "organisation", "agreement"],
        "nodes": {
            "iri": [f"https://example.org/id/city/c{i}" for i in range(nodes)],
            "kind": [0] * nodes,
            "label": _texts(names),
            "names": [[]] * nodes,
            "country": [""] * nodes,
            "lat": [None] * nodes,
            "long": [None] * nodes,
            "population": [None] * nodes,
            "x": x,
            "y": y,
            "community": community,
            "measures": {"peer_exchange": exchange},
        },
        "layers": [
            {
                "key": "exchange",
                "label": _texts("Exchange"),
                "directed": True,
                "shown": True,
                "family": "exchange",
            }
        ],
        "links": _links(random, dyads, nodes),
        "events": {
            "iri": [f"https://example.org/id/action/a{i}" for i in range(links)],
            "kind": ["action"] * links,
            "label": _texts([f"Synthetic action {i}" for i in range(links)]),
            **{name: [_nothing(name)] * links for name in COLUMNS},
        },
        "sources": [],
        "lines": [],
        "programmes": [],
        "countries": [],
        "notes": [],
        "goals": [
            {"number": n, "iri": f"http://metadata.un.org/sdg/{n}", "label": _texts(f"Goal {n}")}
            for n in range(1, 18)
        ],
        "communities": [
            {"members": len(members), "names": first, **disc}
            for members, first, disc in zip(groups, leading, discs, strict=True)
        ],
    }


def _texts(texts: Any) -> dict[str, Any]:
    return dict.fromkeys(("en", "es", "pt"), texts)


def _nothing(column: str) -> Any:
    if column in ("goals", "lines", "programmes", "sources"):
        return []
    return None if column in ("amount", "from", "to") else ""


def _groups(random: Random, nodes: int) -> list[list[int]]:
    """Communities with a heavy tail, about the root of the nodes many."""
    count = max(2, round(sqrt(nodes) / 2))
    shares = sorted((random.paretovariate(1.2) for _ in range(count)), reverse=True)
    bounds, sum_, total = [0], 0.0, sum(shares)
    for share in shares:
        sum_ += share
        bounds.append(max(bounds[-1] + 1, round(nodes * sum_ / total)))
    bounds[-1] = nodes
    return [list(range(a, min(b, nodes))) for a, b in pairwise(bounds) if a < min(b, nodes)]


def _discs(sizes: list[int]) -> list[dict[str, float]]:
    """Discs on a spiral, each as far out as it needs to touch none before it, scaled to [-1, 1]."""
    placed: list[tuple[float, float, float]] = []
    for size in sizes:
        r, turn = sqrt(size), 0.0
        while True:
            x, y = turn * 0.35 * cos(turn), turn * 0.25 * sin(turn)
            if all((x - a) ** 2 + (y - b) ** 2 > (r + s + 1.5) ** 2 for a, b, s in placed):
                break
            turn += 0.15
        placed.append((x, y, r))
    most = max(max(abs(x) + r, abs(y) + r) for x, y, r in placed)
    return [{"x": round(x / most, 4), "y": round(y / most, 4), "r": round(r / most, 4)} for x, y, r in placed]


def _dyads(
    random: Random, groups: list[list[int]], community: list[int], links: int
) -> list[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    while len(found) < links:
        a = random.randrange(len(community))
        members = groups[community[a]]
        b = (
            random.choice(members)
            if random.random() < WITHIN and len(members) > 2
            else random.randrange(len(community))
        )
        if a != b:
            found.add((min(a, b), max(a, b)))
    return sorted(found)


def _links(random: Random, dyads: list[tuple[int, int]], nodes: int) -> dict[str, list[Any]]:
    forward = [round(random.paretovariate(1.5), 3) for _ in dyads]
    backward = [round(random.paretovariate(1.5), 3) if random.random() < 0.5 else 0 for _ in dyads]
    left = [STRONG] * nodes
    strong = [False] * len(dyads)
    for k in sorted(range(len(dyads)), key=lambda k: -forward[k] - backward[k]):
        a, b = dyads[k]
        if left[a] > 0 or left[b] > 0:
            strong[k] = True
            left[a], left[b] = left[a] - 1, left[b] - 1
    return {
        "source": [a for a, _ in dyads],
        "target": [b for _, b in dyads],
        "layer": [0] * len(dyads),
        "events": [[k] for k in range(len(dyads))],
        "forward": [[w] for w in forward],
        "backward": [[w] for w in backward],
        "strong": strong,
    }
