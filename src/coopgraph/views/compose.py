"""A drawing -> what the page's script reads: placed, cut to size, coloured by number, plain JSON values.

In: a `Drawing`. Out: a `Composition`: nodes and links in drawing order, and what had to be left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from coopgraph.views.backbone import backbone
from coopgraph.views.communities import Communities, dyads_of, members_of, strengths
from coopgraph.views.drawing import Drawing, Link, Node, Note
from coopgraph.views.layout import place
from coopgraph.views.louvain import communities

SPACING = 34.0  # canvas units between neighbours
FEW = 40  # nodes; fewer stand farther apart, for their names are longer and their circles larger
SMALLEST, LARGEST = 4.0, 15.0  # radii in canvas units
LINKS = "links"  # what sizes the nodes of a drawing without an exchange network
_UNSIZED = {"network": 8.0, "organisation": 8.0, "agreement": 7.0}  # no measure speaks of these


@dataclass(frozen=True)
class Composition:
    """A drawing with places, sizes, groups and a backbone, parallel to `drawing.nodes` and `.links`."""

    drawing: Drawing
    points: tuple[tuple[float, float], ...]
    radii: tuple[float, ...]
    groups: tuple[int, ...]
    group_names: tuple[tuple[str, ...], ...]
    importance: tuple[int, ...]  # node numbers, most important first
    strong: tuple[bool, ...]
    alone: tuple[int, ...]  # nodes that no layer shown at first links to another
    left_out: int


def compose(drawing: Drawing, *, top: int = 1500, seed: int = 1) -> Composition:
    """Place and cut a drawing; the same drawing gives the same composition."""
    shown = cut(drawing, top)
    number = {node.key: i for i, node in enumerate(shown.nodes)}
    found, points = _placed(shown, number, seed)
    groups, names = _groups(shown, found, number)
    degree = _degrees(shown, number)
    importance = _importance(shown, degree)
    return Composition(
        drawing=shown,
        points=tuple((float(x), float(y)) for x, y in points),
        radii=_radii(shown),
        groups=groups,
        group_names=names,
        importance=importance,
        strong=_strong(shown, number),
        alone=tuple(sorted(set(range(len(number))) - {i for members in found for i in members})),
        left_out=len(drawing.nodes) - len(shown.nodes),
    )


def cut(drawing: Drawing, top: int) -> Drawing:
    """Keep the `top` most important nodes and the links among them, and say so in a note."""
    if len(drawing.nodes) <= top:
        return drawing
    number = {node.key: i for i, node in enumerate(drawing.nodes)}
    kept = set(_importance(drawing, _degrees(drawing, number))[:top])
    nodes = tuple(node for i, node in enumerate(drawing.nodes) if i in kept)
    keys = {node.key for node in nodes}
    links = tuple(link for link in drawing.links if link.source in keys and link.target in keys)
    note = Note("note_cut", {"shown": top, "total": len(drawing.nodes), "measure": drawing.size_by})
    return replace(drawing, nodes=nodes, links=links, notes=(note, *drawing.notes))


def _size_of(drawing: Drawing, node: Node) -> float:
    size = drawing.measures.get(node.key, {}).get(drawing.size_by)
    return size if isinstance(size, (int, float)) else 0.0


def _degrees(drawing: Drawing, number: dict[str, int]) -> list[float]:
    degree = [0.0] * len(number)
    for link in drawing.links:
        degree[number[link.source]] += 1
        degree[number[link.target]] += 1
    return degree


def _importance(drawing: Drawing, degree: Sequence[float]) -> tuple[int, ...]:
    order = sorted(
        range(len(drawing.nodes)),
        key=lambda i: (
            -_size_of(drawing, drawing.nodes[i]),
            drawing.nodes[i].kind == "agreement",
            -degree[i],
            drawing.nodes[i].key,
        ),
    )
    return tuple(order)


def _placed(drawing: Drawing, number: dict[str, int], seed: int) -> tuple[Communities, NDArray[np.float64]]:
    """Return communities and points by the layers shown at first; what others link goes into rows."""
    on = {layer.key for layer in drawing.layers if layer.shown}
    joined: nx.Graph[int] = nx.Graph()
    joined.add_nodes_from(range(len(number)))
    for link in drawing.links:
        if link.layer not in on:
            continue
        weight = link.forward + link.backward
        source, target = number[link.source], number[link.target]
        already = joined.get_edge_data(source, target, {"weight": 0.0})["weight"]
        joined.add_edge(source, target, weight=already + weight)
    dyads = dyads_of(strengths(joined, list(range(len(number)))))
    of = communities(len(number), *dyads, seed=seed)
    later = {i for i, node in enumerate(drawing.nodes) if not node.always}
    return members_of(of), _spaced(place(of, *dyads[:2], later=later))


def _spaced(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale so that a typical node's nearest neighbour is `SPACING` away, up to twice that among few."""
    if len(points) < 2:
        return points
    gap = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    np.fill_diagonal(gap, np.inf)
    typical = max(float(np.quantile(gap.min(axis=1), 0.1)), 1e-3)
    roomy = 1 + max(0.0, 1 - len(points) / FEW)
    return np.asarray(np.round(points * (SPACING * roomy / typical), 1) + 0.0)


def _radii(drawing: Drawing) -> tuple[float, ...]:
    """Return radii whose areas follow the measure; the least are still seen and hit."""
    sizes = [_size_of(drawing, node) for node in drawing.nodes]
    largest = max(sizes, default=0.0) or 1.0
    return tuple(
        (_UNSIZED.get(node.kind) if drawing.size_by != LINKS else None)
        or round(SMALLEST + (LARGEST - SMALLEST) * (size / largest) ** 0.5, 2)
        for node, size in zip(drawing.nodes, sizes, strict=True)
    )


def _groups(
    drawing: Drawing, communities: Communities, number: dict[str, int]
) -> tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]:
    """Return each node's group (-1: none) and what names each group, largest group first."""
    if drawing.colour_by == "community":
        members = dict(enumerate(communities))
        order = {i: rank for rank, i in enumerate(_importance(drawing, _degrees(drawing, number)))}
        names = [_leaders(drawing, ids, order) for ids in communities]
    else:
        values = [_value(node, drawing.colour_by) for node in drawing.nodes]
        ranked = sorted({v for v in values if v}, key=lambda v: (-values.count(v), v))
        members = {g: [i for i, v in enumerate(values) if v == value] for g, value in enumerate(ranked)}
        names = [(value,) for value in ranked]
    groups = [-1] * len(drawing.nodes)
    for g, ids in members.items():
        for i in ids:
            groups[i] = g
    return tuple(groups), tuple(names)


def _leaders(drawing: Drawing, ids: Sequence[int], order: dict[int, int]) -> tuple[str, ...]:
    """Return the keys of the three most important members; agreements lead nobody."""
    actors = [i for i in ids if drawing.nodes[i].kind != "agreement"]
    return tuple(drawing.nodes[i].key for i in sorted(actors, key=order.__getitem__)[:3])


def _value(node: Node, colour_by: str) -> str:
    known = {"kind": node.kind, "country": node.country}
    return known[colour_by] if colour_by in known else dict(node.facts).get(colour_by, "")


def _strong(drawing: Drawing, number: dict[str, int]) -> tuple[bool, ...]:
    """Thin out the dense layers only: each directed or large layer has a backbone of its own."""
    strong = [True] * len(drawing.links)
    for layer in drawing.layers:
        places = [i for i, link in enumerate(drawing.links) if link.layer == layer.key]
        dyads = [_dyad(drawing.links[i], number) for i in places]
        for i, kept in zip(places, backbone(dyads, nodes=len(number)), strict=True):
            strong[i] = kept
    return tuple(strong)


def _dyad(link: Link, number: dict[str, int]) -> tuple[int, int, float]:
    return number[link.source], number[link.target], link.forward + link.backward
