"""What is seen of a composition when a page opens: nodes, links, their colours and dashes.

In: a `Composition`. Out: a `Seen`: the nodes and links that the layers switched on show, and how they look.
The page's script does the same for itself, for there layers are switched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from coopgraph.views.compose import Composition
from coopgraph.views.drawing import Layer, Link
from coopgraph.views.plot_style import INK, SERIES

MUTUAL, QUIET, NONE = "#5d6b7a", "#566473", "#8492a1"
LAYERS = ("#7b4fa3", "#a1551a", "#1d7a6b", "#a33a63", "#56701c", "#34607f")
DASHES = ((16, 4), (2, 4), (12, 4, 2, 4), (6, 6), (22, 5, 2, 3, 2, 5), (4, 3))
SHAPES = ("dot", "square", "diamond", "triangle", "hexagon", "triangleDown")
GROUPS = len(SERIES)
_FIXED = {
    "city": "dot",
    "node": "dot",
    "network": "square",
    "organisation": "triangle",
    "agreement": "diamond",
    "action": "hexagon",
    "programme": "triangleDown",
}


@dataclass(frozen=True)
class Seen:
    """The part of a composition that is seen at first, by places in its nodes and links."""

    composition: Composition

    @cached_property
    def layers(self) -> dict[str, Layer]:
        return {layer.key: layer for layer in self.composition.drawing.layers if layer.shown}

    @cached_property
    def links(self) -> list[int]:
        return [i for i, link in enumerate(self.composition.drawing.links) if link.layer in self.layers]

    @cached_property
    def nodes(self) -> list[int]:
        drawing = self.composition.drawing
        touched = {end for i in self.links for end in (drawing.links[i].source, drawing.links[i].target)}
        return [i for i, node in enumerate(drawing.nodes) if node.always or node.key in touched]

    @cached_property
    def kinds(self) -> list[str]:
        order = list(_FIXED)
        kinds = {self.composition.drawing.nodes[i].kind for i in self.nodes}
        return sorted(kinds, key=lambda kind: (order.index(kind) if kind in order else len(order), kind))

    @cached_property
    def number(self) -> dict[str, int]:
        return {node.key: i for i, node in enumerate(self.composition.drawing.nodes)}

    @cached_property
    def strongest(self) -> dict[str, tuple[float, float]]:
        """The weakest and the strongest link of each layer."""
        found: dict[str, list[float]] = {}
        for i in self.links:
            link = self.composition.drawing.links[i]
            found.setdefault(link.layer, []).append(link.forward + link.backward)
        return {layer: (min(values), max(values)) for layer, values in found.items()}

    @cached_property
    def partners(self) -> dict[int, list[int]]:
        """Whom the stronger links join each node with."""
        found: dict[int, list[int]] = {}
        for i in self.links:
            if self.composition.strong[i]:
                one, other = self.ends(i)
                found.setdefault(one, []).append(other)
                found.setdefault(other, []).append(one)
        return found

    def ends(self, i: int) -> tuple[int, int]:
        link = self.composition.drawing.links[i]
        return self.number[link.source], self.number[link.target]

    def across(self, i: int) -> bool:
        """Whether a link joins two communities."""
        one, other = self.ends(i)
        return self.composition.groups[one] != self.composition.groups[other]

    @property
    def banded(self) -> bool:
        """Whether bands stand for the links between communities, for there are too many of them."""
        return self.composition.drawing.colour_by == "community" and not all(self.composition.strong)

    def shape(self, kind: str) -> str:
        return _FIXED.get(kind) or SHAPES[self.kinds.index(kind) % len(SHAPES)]

    def node_colour(self, i: int) -> str:
        drawing = self.composition.drawing
        if drawing.colour_by == "community" and drawing.nodes[i].kind in ("network", "agreement"):
            return QUIET
        return group_colour(self.composition.groups[i])

    def own_ink(self, layer: Layer) -> bool:
        """Whether a layer has a colour and dashes of its own; a single layer needs none."""
        return len(self.composition.drawing.layers) > 1 and not layer.directed

    def link_colour(self, link: Link) -> str:
        layer = self.layers[link.layer]
        if self.own_ink(layer):
            return self.layer_colour(layer)
        groups = self.composition.groups
        one, other = groups[self.number[link.source]], groups[self.number[link.target]]
        return group_colour(one) if one == other and 0 <= one < GROUPS else MUTUAL

    def layer_colour(self, layer: Layer) -> str:
        if not self.own_ink(layer):
            return MUTUAL
        others = [one for one in self.composition.drawing.layers if not one.directed]
        families = list(dict.fromkeys(one.family for one in others))
        place = self._place(layer)
        if len(families) == 1:
            return LAYERS[place % len(LAYERS)]
        return _shade(families.index(layer.family), place)

    def dashes(self, layer: Layer) -> Sequence[float]:
        return DASHES[self._place(layer) % len(DASHES)] if self.own_ink(layer) else ()

    def share(self, link: Link) -> float:
        """How strong a link is beside the strongest of its layer; small where all are as strong."""
        least, most = self.strongest[link.layer]
        return 0.2 if least == most else float(((link.forward + link.backward) / most) ** 0.5)

    def _place(self, layer: Layer) -> int:
        same = [
            one.key
            for one in self.composition.drawing.layers
            if not one.directed and one.family == layer.family
        ]
        return same.index(layer.key) if layer.key in same else 0


def points_one_way(link: Link, layer: Layer) -> bool:
    """Say whether a link has an arrow head."""
    return layer.arrow or (layer.directed and not (link.forward > 0 and link.backward > 0))


def group_colour(group: int) -> str:
    return SERIES[group] if 0 <= group < GROUPS else NONE


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{int(a * (1 - share) + b * share + 0.5):02x}" for a, b in parts)


def _shade(family: int, place: int) -> str:
    def at(i: int) -> str:
        return LAYERS[(family + i) % len(LAYERS)]

    turns = [(at(0), 0.0), (at(3), 0.9), (at(5), 0.8), (INK, 0.6), (at(3), 0.4), (at(5), 0.35)]
    other, share = turns[place % len(turns)]
    return mixed(at(0), other, share)
