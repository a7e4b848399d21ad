"""An answer as a small graph: the two things of each row are joined.

In: an answer with two columns of things. Out: `Net`: nodes with places, and names where they cover nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coopgraph.views.answer.columns import Answer, Cell

MOST: Final = 150  # nodes; of more those with the most links are drawn, and it is said
WIDTH, TALLEST = 1000, 620
_EDGE: Final = 110  # units kept free at the left and the right, for names
_INCH: Final = 100  # units
_LETTER: Final = 0.068  # inches a letter is wide


@dataclass(frozen=True)
class Node:
    """A thing: where it is drawn, on which side it stands, and its name's place if there is room."""

    thing: Cell
    x: float
    y: float
    radius: float
    side: int  # 0: only in the first column, 1: only in the second, 2: in both
    name: tuple[float, float] | None


@dataclass(frozen=True)
class Net:
    """A drawing of `WIDTH` by `height`: nodes, links by their places, and how many nodes are left out."""

    columns: tuple[str, str]
    nodes: tuple[Node, ...]
    links: tuple[tuple[int, int], ...]
    left_out: int
    height: int


def net_of(answer: Answer) -> Net | None:
    """Return an answer as a graph of its first two columns of things; None where it has not two."""
    at = [i for i, column in enumerate(answer.columns) if column.kind == "thing"][:2]
    if len(at) < 2:
        return None
    pairs = {(row[at[0]], row[at[1]]): None for row in answer.rows if row[at[0]] and row[at[1]]}
    joined = [(left, right) for left, right in pairs if left.iri != right.iri]
    if not joined:
        return None
    degree = Counter(cell.iri for pair in joined for cell in pair)
    kept = sorted(degree, key=lambda iri: (-degree[iri], iri))[:MOST]
    drawn = [(left, right) for left, right in joined if {left.iri, right.iri} <= set(kept)]
    names = (answer.columns[at[0]].name, answer.columns[at[1]].name)
    return _drawn(drawn, degree, names, len(degree) - len(kept))


def _drawn(
    pairs: Sequence[tuple[Cell, Cell]], degree: Counter[str], names: tuple[str, str], left_out: int
) -> Net:
    import networkx as nx

    from coopgraph.views.layout import positions

    things = {cell.iri: cell for pair in pairs for cell in pair}
    order = sorted(things)
    G: nx.Graph[str] = nx.Graph((left.iri, right.iri) for left, right in pairs)
    height = min(TALLEST, 200 + 14 * len(order))
    places = positions(G, aspect=WIDTH / height)
    found = {iri: _scaled(*places[iri], height) for iri in order}
    most = max(degree[iri] for iri in order)
    radii = {iri: round(5 + 7 * (degree[iri] / most) ** 0.5, 1) for iri in order}
    sides = {iri: _side(iri, pairs) for iri in order}
    texts = _names([(things[iri], *found[iri], radii[iri]) for iri in order], degree, height)
    nodes = tuple(Node(things[iri], *found[iri], radii[iri], sides[iri], texts.get(iri)) for iri in order)
    where = {iri: i for i, iri in enumerate(order)}
    links = sorted({(where[left.iri], where[right.iri]) for left, right in pairs})
    return Net(names, nodes, tuple(links), left_out, height)


def _scaled(x: float, y: float, height: int) -> tuple[float, float]:
    return round(WIDTH / 2 + x * (WIDTH / 2 - _EDGE), 1), round(height / 2 + y * (height / 2 - _EDGE / 3), 1)


def _side(iri: str, pairs: Sequence[tuple[Cell, Cell]]) -> int:
    left, right = any(iri == a.iri for a, _ in pairs), any(iri == b.iri for _, b in pairs)
    return 2 if left and right else 1 if right else 0


def _names(
    discs: Sequence[tuple[Cell, float, float, float]], degree: Counter[str], height: int
) -> dict[str, tuple[float, float]]:
    """Where names stand that find room, the best joined first: their left ends, on the line of writing."""
    import numpy as np

    from coopgraph.views.label_places import Wanted, place_names

    inches = [(x / _INCH, y / _INCH, r / _INCH) for _, x, y, r in discs]
    wanted = [
        Wanted(i, cell.text, inches[i], _LETTER * len(shown(cell.text)), 0.15)
        for i, (cell, *_) in enumerate(discs)
    ]
    wanted.sort(key=lambda name: (-degree[discs[name.node][0].iri], name.node))
    placed = place_names(wanted, np.array(inches), [], (WIDTH / _INCH, height / _INCH), len(wanted))
    return {
        discs[one.wanted.node][0].iri: (round(one.box[0] * _INCH, 1), round(one.box[3] * _INCH - 3, 1))
        for one in placed
    }


def shown(text: str, most: int = 34) -> str:
    """Return a name no longer than there is room for.

    >>> shown("Quito"), len(shown("x" * 99))
    ('Quito', 34)
    """
    return text if len(text) <= most else text[: most - 1] + "…"
