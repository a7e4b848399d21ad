"""Where a network hangs together by one city or by one pair, and which cities hang on by one tie.

In: pairs of cities with the events they share. Out: cut points (articulation points), bridges and cities held
by one tie, from the tree of blocks and cut points (Hopcroft and Tarjan 1973, doi:10.1145/362248.362272).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coopgraph.network.flows import contributions
from coopgraph.network.tables import Source

if TYPE_CHECKING:
    import networkx as nx

    from coopgraph.network.basis import Basis

Pair = tuple[str, str]  # in the order of IRIs
_Node = tuple[str, int | str]  # of the tree: ("block", number) or ("city", IRI)


@dataclass(frozen=True)
class Ties:
    """Pairs of cities, each with the events both take part in, sorted; and what they rest on."""

    events: Mapping[Pair, tuple[str, ...]]
    basis: Basis

    def partners(self) -> dict[str, tuple[str, ...]]:
        """Return the partners of each city that has any, sorted."""
        found: dict[str, list[str]] = {}
        for one, other in self.events:
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
        return {city: tuple(sorted(found[city])) for city in sorted(found)}

    def between(self, one: str, other: str) -> tuple[str, ...]:
        """Return the events of two cities, none where they share none."""
        return self.events.get((min(one, other), max(one, other)), ())


@dataclass(frozen=True)
class CutPoint:
    """A city without which others are cut off: the groups that fall off, the largest one stays."""

    city: str
    parts: tuple[tuple[str, ...], ...]

    @property
    def cut_off(self) -> tuple[str, ...]:
        """The cities of all the groups that fall off."""
        return tuple(sorted(city for part in self.parts for city in part))


@dataclass(frozen=True)
class Bridge:
    """A pair without which a group falls in two: the city on the smaller side, the other, and that side."""

    city: str
    other: str
    side: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A city with one partner only, or all of whose partners are from one event."""

    city: str
    partners: tuple[str, ...]
    events: tuple[str, ...]


def ties(source: Source, *, events: Literal["actions", "agreements", "all"] = "actions") -> Ties:
    """Return who takes part in something with whom, whatever their roles.

    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit", "visit"], "city": ["Lima", "Quito"],
    ...                   "contributes": [None, None], "benefits": pa.array([None, None], pa.bool_())})
    >>> ties(table).events
    {('Lima', 'Quito'): ('visit',)}
    """
    made = contributions(source, events=events, weight="newman")
    found: dict[Pair, list[str]] = {}
    for row in made.table.select(["event", "source", "target"]).to_pylist():
        if row["source"] < row["target"]:
            found.setdefault((row["source"], row["target"]), []).append(row["event"])
    return Ties({pair: tuple(found[pair]) for pair in sorted(found)}, made.flows.basis)


def held_by_one(found: Ties) -> tuple[Held, ...]:
    """Return each city with one partner only, or one event only, in the order of IRIs.

    >>> from types import SimpleNamespace
    >>> pairs = {("a", "b"): ("x",), ("b", "c"): ("y",), ("b", "d"): ("y",), ("c", "d"): ("y",)}
    >>> [one.city for one in held_by_one(Ties(pairs, SimpleNamespace()))]
    ['a', 'c', 'd']
    """
    held = []
    for city, partners in found.partners().items():
        events = tuple(sorted({event for other in partners for event in found.between(city, other)}))
        if len(partners) == 1 or len(events) == 1:
            held.append(Held(city, partners, events))
    return tuple(held)


def weak_points(pairs: Iterable[Pair]) -> tuple[tuple[CutPoint, ...], tuple[Bridge, ...]]:
    """Return cut points, those that cut off most first, and bridges, those with the largest side first.

    >>> cuts, bridges = weak_points([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e")])
    >>> [(cut.city, cut.parts) for cut in cuts]
    [('c', (('d', 'e'),)), ('d', (('e',),))]
    >>> [(bridge.city, bridge.other, bridge.side) for bridge in bridges]
    [('d', 'c', ('d', 'e')), ('e', 'd', ('e',))]
    """
    import networkx as nx

    G: nx.Graph[str] = nx.Graph(sorted(pairs))
    found: Iterable[Iterable[str]] = nx.biconnected_components(G)  # type: ignore[assignment]  # sets of nodes
    blocks = sorted(tuple(sorted(block)) for block in found)
    cuts = sorted(nx.articulation_points(G))
    tree = _Tree(blocks, set(cuts))
    points = [CutPoint(city, tree.fallen(city)) for city in cuts]
    bridges = [tree.bridge(number) for number, block in enumerate(blocks) if len(block) == 2]
    return (
        tuple(sorted(points, key=lambda cut: (-len(cut.cut_off), cut.city))),
        tuple(sorted(bridges, key=lambda bridge: (-len(bridge.side), bridge.city, bridge.other))),
    )


def groups(pairs: Iterable[Pair]) -> tuple[int, ...]:
    """Return how many cities each group of linked cities has, the largest first.

    >>> groups([("a", "b"), ("b", "c"), ("x", "y")])
    (3, 2)
    """
    import networkx as nx

    G: nx.Graph[str] = nx.Graph(sorted(pairs))
    return tuple(sorted(map(len, nx.connected_components(G)), reverse=True))


class _Tree:
    """Blocks and cut points as a forest, with how many cities hang below each node."""

    def __init__(self, blocks: list[tuple[str, ...]], cuts: set[str]) -> None:
        import networkx as nx

        self.blocks, self.cuts = blocks, cuts
        self.links: nx.Graph[_Node] = nx.Graph()
        for number, block in enumerate(blocks):
            self.links.add_node(("block", number))
            self.links.add_edges_from((("block", number), ("city", city)) for city in block if city in cuts)
        self.below: dict[_Node, int] = {}
        self.parent: dict[_Node, _Node] = {}
        self.whole: dict[_Node, int] = {}
        for group in nx.connected_components(self.links):
            root = min(group, key=str)
            down = list(nx.bfs_edges(self.links, root))
            self.below |= {node: self._own(node) for node in group}
            for parent, child in reversed(down):
                self.parent[child] = parent
                self.below[parent] += self.below[child]
            self.whole |= dict.fromkeys(group, self.below[root])

    def _own(self, node: _Node) -> int:
        if node[0] == "city":
            return 1
        return sum(1 for city in self.blocks[int(node[1])] if city not in self.cuts)

    def size(self, node: _Node, without: _Node) -> int:
        """How many cities are on the side of a node, seen from its neighbour."""
        if self.parent.get(node) == without:
            return self.below[node]
        return self.whole[node] - self.below[without]

    def side(self, node: _Node, without: _Node) -> tuple[str, ...]:
        """The cities on the side of a node, seen from its neighbour."""
        return tuple(sorted({city for city in self._walk(node, without) if ("city", city) != without}))

    def _walk(self, node: _Node, without: _Node) -> Iterator[str]:
        todo = [(node, without)]
        while todo:
            here, before = todo.pop()
            yield from self.blocks[int(here[1])] if here[0] == "block" else (str(here[1]),)
            todo += [(one, here) for one in self.links[here] if one != before]

    def fallen(self, city: str) -> tuple[tuple[str, ...], ...]:
        """The groups that fall off without a city, the largest first; the largest of all stays."""
        here: _Node = ("city", city)
        sizes = {node: self.size(node, here) for node in self.links[here]}
        most = max(sizes.values())
        largest = [node for node, size in sizes.items() if size == most]
        stays = min(largest, key=lambda node: self.side(node, here)) if len(largest) > 1 else largest[0]
        parts = [self.side(node, here) for node in sizes if node != stays]
        return tuple(sorted(parts, key=lambda part: (-len(part), part)))

    def bridge(self, number: int) -> Bridge:
        """What hangs on a block of two cities: the smaller side, of equal ones that of the first city."""
        one, other = self.blocks[number]
        node: _Node = ("block", number)
        behind = {city: self.size(("city", city), node) if city in self.cuts else 1 for city in (one, other)}
        near, far = (one, other) if behind[one] <= behind[other] else (other, one)
        side = self.side(("city", near), node) if near in self.cuts else (near,)
        return Bridge(near, far, side)
