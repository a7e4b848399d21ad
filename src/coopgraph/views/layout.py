"""Where each node of a graph goes: communities first, members second, isolates in tidy rows below.

In: any networkx graph, or dyads as arrays. Out: places within [-1, 1], wider than high, y downwards.
The same graph gives the same places on every machine and run: seeded, sorted, rounded.
"""

from __future__ import annotations

from collections.abc import Collection

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from coopgraph.views.communities import NodeT, dyads_of, node_order, strengths
from coopgraph.views.louvain import communities
from coopgraph.views.overlap import push_apart
from coopgraph.views.packing import pack_discs
from coopgraph.views.stress import place_members

Array = NDArray[np.float64]
Places = NDArray[np.int64]
_DIGITS = 4
_MOVES = 800_000  # of nodes, when they are pushed apart: many nodes are given fewer rounds
_LOOSE = 12  # members; a smaller community keeps the shape that its links give it
_PACKED = 400  # communities; any more are the smallest, and stand in rows


def positions(
    G: nx.Graph[NodeT], *, seed: int = 1, weight: str = "weight", aspect: float = 1.4
) -> dict[NodeT, tuple[float, float]]:
    """Return where each node is drawn, within [-1, 1], rounded to 4 digits.

    >>> places = positions(nx.Graph([("Madrid", "Quito"), ("Quito", "Lima")]))
    >>> sorted(places) == ["Lima", "Madrid", "Quito"] and max(abs(x) for x, _ in places.values())
    1.0
    """
    order = node_order(G)
    source, target, weights = dyads_of(strengths(G, order, weight))
    of = communities(len(order), source, target, weights, seed=seed)
    points = place(of, source, target, aspect=aspect)
    return {node: (float(x), float(y)) for node, (x, y) in zip(order, points, strict=True)}


def place(
    community: Places,
    source: Places,
    target: Places,
    *,
    aspect: float = 1.4,
    later: Collection[int] = (),
) -> Array:
    """Return one point for each node, scaled into [-1, 1]; dyads are as `communities` takes them.

    Isolates go into rows below, those of `later` (which are not shown at first) into rows below these. No two
    nodes have the same point.
    """
    n = len(community)
    points = np.zeros((n, 2))
    joined = community >= 0
    if joined.any():
        points[joined] = _joined(community, source, target, aspect)[joined]
    behind = np.zeros(n, dtype=bool)
    behind[list(later)] = True
    for row in (~joined & ~behind, ~joined & behind):
        points[row] = _rows(points[joined], int(row.sum()), aspect)
        joined = joined | row
    return parted(_scaled(points))


def _joined(community: Places, source: Places, target: Places, aspect: float) -> Array:
    """Place the communities, and their members within them."""
    offsets = _inside(community, source, target)
    members = np.flatnonzero(community >= 0)
    of = community[members]
    radii = np.zeros(of.max() + 1)
    np.maximum.at(radii, of, np.hypot(*offsets[members].T))
    radii += 0.5
    packed = slice(0, _PACKED)
    links = _links(community, source, target, min(len(radii), _PACKED))
    centres = np.zeros((len(radii), 2))
    centres[packed] = _filled(pack_discs(radii[packed], links, aspect=aspect, gap=0.9), radii[packed], aspect)
    centres[_PACKED:] = _shelved(radii[_PACKED:], centres[packed], radii[packed])
    turned = _turned(community, source, target, centres, offsets)
    points = np.zeros_like(offsets)
    points[members] = centres[of] + turned[members]
    return points


def _inside(community: Places, source: Places, target: Places) -> Array:
    """Return each node's offset from the middle of its community, members at least one unit apart."""
    order = np.lexsort((np.arange(len(community)), community))
    order = order[community[order] >= 0]
    at = np.empty(len(community), dtype=np.int64)
    at[order] = np.arange(len(order))
    within = community[source] == community[target]
    a, b = at[source[within]], at[target[within]]
    group = community[order]
    placed = place_members(group, np.concatenate([a, b]), np.concatenate([b, a])) * 1.25
    spread = _spread(placed, group)
    away = np.column_stack([group * 4.0 * float(np.abs(spread).max() + 1), np.zeros(len(group))])
    rounds = min(80, max(25, _MOVES // len(group)))
    apart = push_apart(spread + away, np.full(len(group), 0.5), rounds=rounds) - away
    offsets = np.zeros((len(community), 2))
    offsets[order] = apart - _means(apart, group)[group]
    return offsets


def _spread(offsets: Array, group: Places) -> Array:
    """Move members outwards until each community has room: none is nearer than its rank from within asks."""
    radius = np.hypot(*offsets.T)
    order = np.lexsort((np.arange(len(group)), radius, group))
    sizes = np.bincount(group)
    rank = np.empty(len(group))
    rank[order] = np.arange(len(group)) - (np.cumsum(sizes) - sizes)[group[order]]
    least = np.where(sizes[group] > _LOOSE, 0.55 * np.sqrt(rank), 0.0)
    return np.asarray(offsets * np.maximum(1.0, least / np.maximum(radius, 1e-9))[:, None])


def _means(points: Array, group: Places) -> Array:
    sums = np.column_stack([np.bincount(group, points[:, axis]) for axis in (0, 1)])
    return np.asarray(sums / np.bincount(group)[:, None])


def _filled(centres: Array, radii: Array, aspect: float) -> Array:
    """Spread the discs until they fill the page's shape; nothing gets smaller by it."""
    width, height = np.maximum(
        (centres + radii[:, None]).max(axis=0) - (centres - radii[:, None]).min(axis=0), 1e-9
    )
    stretch = np.array([aspect * height / width, width / (aspect * height)])
    return np.asarray(centres * np.clip(stretch, 1.0, 1.4))


def _shelved(radii: Array, above: Array, taken: Array) -> Array:
    """Return centres in rows below the discs that are packed, as wide as these are together."""
    left, right = (above[:, 0] - taken).min(), (above[:, 0] + taken).max()
    x, y, height = left, (above[:, 1] + taken).max() + 0.9, 0.0
    centres = []
    for radius in radii:
        if x > left and x + 2 * radius > right:
            x, y, height = left, y + height + 0.9, 0.0
        centres.append((x + radius, y + radius))
        x, height = x + 2 * radius + 0.9, max(height, 2 * radius)
    return np.array(centres).reshape(-1, 2)


def _links(community: Places, source: Places, target: Places, groups: int) -> Array:
    """Return how many links every two communities share, over the geometric mean of their sizes.

    Links are counted, not weighed: it is their number that fills the page with lines.
    """
    one, other = community[source], community[target]
    between = (one != other) & (one < groups) & (other < groups)
    key = one[between] * groups + other[between]
    links = np.bincount(key, minlength=groups * groups).reshape(groups, groups).astype(float)
    sizes = np.bincount(community[community >= 0])[:groups].astype(float)
    return np.asarray((links + links.T) / np.sqrt(np.outer(sizes, sizes)))


def _turned(community: Places, source: Places, target: Places, centres: Array, offsets: Array) -> Array:
    """Turn (or mirror) each community about its centre so that members face their partners elsewhere.

    One without partners is turned to lie as low as can be: names fit beside its nodes.
    """
    groups = len(centres)
    a, b = np.concatenate([source, target]), np.concatenate([target, source])
    outer = community[a] != community[b]
    a, b = a[outer], b[outer]
    own = community[a]
    alone = np.bincount(own, minlength=groups) == 0
    turned = offsets
    for _ in range(2):  # the second time towards partners that have been turned
        pull = centres[community[b]] + turned[b] - centres[own]
        moment = np.stack(
            [np.bincount(own, offsets[a, i] * pull[:, j], groups) for i in (0, 1) for j in (0, 1)], axis=1
        )
        gains = moment @ _TURNS.reshape(len(_TURNS), 4).T
        best = np.argmax(np.round(gains, 6), axis=1)
        best[alone] = _lowest(community, offsets, alone)
        chosen = _TURNS[best[np.maximum(community, 0)]]
        turned = np.einsum("ni,nij->nj", offsets, chosen)
    return np.asarray(turned)


def _lowest(community: Places, offsets: Array, alone: NDArray[np.bool_]) -> Places:
    """Return for each community that is alone which turn makes it lie lowest."""
    members = np.flatnonzero((community >= 0) & alone[np.maximum(community, 0)])
    of = community[members]
    heights = offsets[members] @ _TURNS[:, :, 1].T
    top, bottom = (np.full((len(alone), len(_TURNS)), np.inf) for _ in (0, 1))
    np.minimum.at(top, of, heights)
    np.minimum.at(bottom, of, -heights)
    return np.asarray(np.argmin(np.round(-bottom - top, 6)[alone], axis=1))


def _turn(angle: float, mirror: int) -> Array:
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, sin], [-sin * mirror, cos * mirror]])


_TURNS = np.array(
    [_turn(angle, mirror) for mirror in (1, -1) for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False)]
)


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


def parted(points: Array) -> Array:
    """Move what has the same point as another by the least there is, until no two are the same."""
    step = 10.0**-_DIGITS
    while len(points):
        _, first = np.unique(points, axis=0, return_index=True)
        again = np.setdiff1d(np.arange(len(points)), first)
        if not len(again):
            break
        aside = np.where(points[again, 0] + step <= 1, step, -2.0)
        points[again, 0] = np.round(points[again, 0] + aside, _DIGITS)
    return points
