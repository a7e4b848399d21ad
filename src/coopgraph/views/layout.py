"""Where each node of a graph goes: communities first, members second, isolates in tidy rows below.

In: any networkx graph. Out: node -> (x, y) within [-1, 1], wider than high, y downwards.
The same graph gives the same positions on every machine and run: seeded, sorted, rounded.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from coopgraph.views.communities import Communities, NodeT, find_communities, node_order, strengths
from coopgraph.views.overlap import push_apart
from coopgraph.views.packing import pack_discs
from coopgraph.views.stress import place_members

if TYPE_CHECKING:
    import pyarrow as pa

Array = NDArray[np.float64]
_DIGITS = 4


def positions(
    G: nx.Graph[NodeT], *, seed: int = 1, weight: str = "weight", aspect: float = 1.4
) -> dict[NodeT, tuple[float, float]]:
    """Return where each node is drawn, within [-1, 1], rounded to 4 digits.

    >>> places = positions(nx.Graph([("Madrid", "Quito"), ("Quito", "Lima")]))
    >>> sorted(places) == ["Lima", "Madrid", "Quito"] and max(abs(x) for x, _ in places.values())
    1.0
    """
    order = node_order(G)
    simple = strengths(G, order, weight)
    points = place(simple, find_communities(simple, seed=seed), aspect=aspect)
    return {node: (float(x), float(y)) for node, (x, y) in zip(order, points, strict=True)}


def positions_table(G: nx.Graph[Any], *, seed: int = 1) -> pa.Table:
    """Return the positions as the release's table `positions`: node, x, y, sorted by node."""
    import pyarrow as pa

    rows = sorted((str(node), x, y) for node, (x, y) in positions(G, seed=seed).items())
    schema = pa.schema([("node", pa.string()), ("x", pa.float64()), ("y", pa.float64())])
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)


def place(
    simple: nx.Graph[int], communities: Communities, *, aspect: float = 1.4, later: Collection[int] = ()
) -> Array:
    """Return one point for each node of a graph made by `strengths`, scaled into [-1, 1].

    Isolates go into rows below, those of `later` (which are not shown at first) into rows below these.
    """
    points = np.zeros((len(simple), 2))
    joined = sorted(node for members in communities for node in members)
    alone = sorted(set(simple) - set(joined))
    if joined:
        points[joined] = _place_joined(simple, communities, len(simple), aspect)[joined]
    for row in ([i for i in alone if i not in later], [i for i in alone if i in later]):
        points[row] = _rows(points[joined], len(row), aspect)
        joined = sorted([*joined, *row])
    return _scaled(points)


def _place_joined(simple: nx.Graph[int], communities: Communities, n: int, aspect: float) -> Array:
    inside = [_place_one(simple, members) for members in communities]
    radii = np.array([float(np.hypot(*offsets.T).max()) + 0.5 for offsets in inside])
    centres = _filled(pack_discs(radii, _links(simple, communities), aspect=aspect, gap=0.9), radii, aspect)
    points = np.zeros((n, 2))
    for members, offsets, centre in zip(communities, inside, centres, strict=True):
        points[members] = centre + offsets
    _turn_towards_partners(simple, communities, centres, points)
    return points


def _filled(centres: Array, radii: Array, aspect: float) -> Array:
    """Spread the discs until they fill the page's shape; nothing gets smaller by it."""
    width, height = np.maximum(
        (centres + radii[:, None]).max(axis=0) - (centres - radii[:, None]).min(axis=0), 1e-9
    )
    stretch = np.array([aspect * height / width, width / (aspect * height)])
    return np.asarray(centres * np.clip(stretch, 1.0, 1.4))


def _place_one(simple: nx.Graph[int], members: list[int]) -> Array:
    """Return one community's members around the origin, at least one unit apart."""
    adjacent = np.zeros((len(members), len(members)), dtype=bool)
    where = {node: i for i, node in enumerate(members)}
    for i, node in enumerate(members):
        adjacent[i, [where[other] for other in simple[node] if other in where]] = True
    offsets = place_members(adjacent) * 1.25
    apart = push_apart(offsets, np.full(len(members), 0.5))
    return np.asarray(apart - apart.mean(axis=0))


def _links(simple: nx.Graph[int], communities: Communities) -> Array:
    """Return how many links every two communities share, over the geometric mean of their sizes.

    Links are counted, not weighed: it is their number that fills the page with lines.
    """
    of = {node: c for c, members in enumerate(communities) for node in members}
    links = np.zeros((len(communities), len(communities)))
    for i, j in simple.edges:
        if of[i] != of[j]:
            links[of[i], of[j]] += 1
            links[of[j], of[i]] += 1
    sizes = np.array([len(members) for members in communities], dtype=float)
    return np.asarray(links / np.sqrt(np.outer(sizes, sizes)))


def _turn_towards_partners(
    simple: nx.Graph[int], communities: Communities, centres: Array, points: Array
) -> None:
    """Turn (or mirror) each community about its centre so that members face their partners elsewhere."""
    of = {node: c for c, members in enumerate(communities) for node in members}
    for c, members in enumerate(communities):
        outer = [(i, j) for i in members for j in simple[i] if of[j] != c]
        if len(members) < 2:
            continue
        if not outer:
            points[members] = centres[c] + _lying(points[members] - centres[c])
            continue
        at = {node: i for i, node in enumerate(members)}
        inner = np.array([at[i] for i, _ in outer])
        pull = points[[j for _, j in outer]] - centres[c]
        offsets = points[members] - centres[c]
        turns = [offsets @ turn for turn in _TURNS]
        gains = [float((turned[inner] * pull).sum()) for turned in turns]
        points[members] = centres[c] + turns[int(np.argmax(np.round(gains, 9)))]


def _lying(offsets: Array) -> Array:
    """Turn a community without partners to lie as low as can be: names fit beside its nodes."""
    heights = [round(float(np.ptp((offsets @ turn)[:, 1])), 6) for turn in _TURNS]
    return np.asarray(offsets @ _TURNS[int(np.argmin(heights))])


def _turn(angle: float, mirror: int) -> Array:
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, sin], [-sin * mirror, cos * mirror]])


_TURNS = [
    _turn(angle, mirror) for mirror in (1, -1) for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False)
]


def _rows(points: Array, n: int, aspect: float) -> Array:
    """Return `n` places in straight rows below the points."""
    left, right = (
        (points[:, 0].min(), points[:, 0].max()) if len(points) else (0.0, 1.2 * aspect * np.sqrt(n))
    )
    top = float(points[:, 1].max()) + 2.2 if len(points) else 0.0
    columns = max(1, int((right - left) / 1.0))
    columns = -(-n // max(1, -(-n // columns)))  # rows as even as they can be
    k = np.arange(n)
    step = (right - left) / max(1, columns - 1)
    return np.column_stack([left + (k % columns) * min(step, 1.6), top + (k // columns) * 1.1])


def _scaled(points: Array) -> Array:
    if not len(points):
        return points
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    span = float(np.abs(points - middle).max()) or 1.0
    return np.asarray(np.round((points - middle) / span, _DIGITS) + 0.0)  # + 0.0: no -0.0
