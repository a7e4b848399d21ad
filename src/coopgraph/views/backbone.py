"""The links that carry a dense graph: the strongest of each node, and enough to hold it together.

In: weighted dyads. Out: for each whether it is drawn strongly. A graph with few links is all backbone.
"""

from __future__ import annotations

from collections.abc import Sequence

Dyad = tuple[int, int, float]


def backbone(dyads: Sequence[Dyad], *, nodes: int, strongest: int = 2, enough: float = 2.5) -> list[bool]:
    """Return for each dyad whether it belongs to the backbone.

    >>> backbone([(0, 1, 2.0), (1, 2, 1.0)], nodes=3)
    [True, True]
    """
    if len(dyads) <= max(enough * nodes, 300):
        return [True] * len(dyads)
    kept = _strongest(dyads, strongest) | _spanning(dyads, nodes)
    return [i in kept for i in range(len(dyads))]


def _by_strength(dyads: Sequence[Dyad]) -> list[int]:
    return sorted(range(len(dyads)), key=lambda i: (-dyads[i][2], dyads[i][:2]))


def _strongest(dyads: Sequence[Dyad], k: int) -> set[int]:
    """Return the places of the `k` strongest dyads of each node."""
    taken: dict[int, int] = {}
    kept = set()
    for i in _by_strength(dyads):
        source, target, _ = dyads[i]
        if min(taken.get(source, 0), taken.get(target, 0)) < k:
            kept.add(i)
            taken[source] = taken.get(source, 0) + 1
            taken[target] = taken.get(target, 0) + 1
    return kept


def _spanning(dyads: Sequence[Dyad], nodes: int) -> set[int]:
    """Return the places of a maximum spanning forest (Kruskal 1956)."""
    parent = list(range(nodes))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    kept = set()
    for i in _by_strength(dyads):
        left, right = root(dyads[i][0]), root(dyads[i][1])
        if left != right:
            parent[left] = right
            kept.add(i)
    return kept
