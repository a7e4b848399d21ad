"""The part of the explorer's graph that is seen: some of its nodes, links and events, numbered anew.

In: the graph, and places in it. Out: a graph of the same shape; communities keep their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault

Graph = dict[str, Any]


def part_of(graph: Graph, nodes: Sequence[int], links: Sequence[int], events: Sequence[int]) -> Graph:
    """Return what is left of a graph; a link stays where both its ends do, with the events that stay.

    Raises ProjectionError for places there are not.
    """
    _check(graph, nodes=nodes, links=links, events=events)
    node = {old: new for new, old in enumerate(sorted(set(nodes)))}
    event = {old: new for new, old in enumerate(sorted(set(events)))}
    kept = [
        i
        for i in sorted(set(links))
        if graph["links"]["source"][i] in node and graph["links"]["target"][i] in node
    ]
    return graph | {
        "nodes": _taken(graph["nodes"], list(node)),
        "links": _links(graph["links"], kept, node, event, every=len(event) == len(graph["events"]["iri"])),
        "events": _taken(graph["events"], list(event)),
        "communities": [
            disc | {"names": [node[i] for i in disc["names"] if i in node]} for disc in graph["communities"]
        ],
    }


def _check(graph: Graph, **asked: Sequence[int]) -> None:
    sizes = {
        "nodes": len(graph["nodes"]["iri"]),
        "links": len(graph["links"]["source"]),
        "events": len(graph["events"]["iri"]),
    }
    wrong = [
        fault(f"{name}: {place!r} is none of the {sizes[name]} places in the graph.", "Give places from 0.")
        for name, places in asked.items()
        for place in places
        if type(place) is not int or not 0 <= place < sizes[name]
    ]
    if wrong:
        raise ProjectionError("This part of the graph cannot be taken.", faults=wrong[:20])


def _taken(columns: Mapping[str, Any], places: Sequence[int]) -> dict[str, Any]:
    """Take rows of columns, and of columns within them: labels by language, measures by name."""
    return {
        name: _taken(column, places) if isinstance(column, dict) else list(map(column.__getitem__, places))
        for name, column in columns.items()
    }


def _links(
    links: Mapping[str, list[Any]],
    kept: Sequence[int],
    node: Mapping[int, int],
    event: Mapping[int, int],
    *,
    every: bool,
) -> dict[str, list[Any]]:
    """Take links with their ends numbered anew, and their events, unless every event stays as it is."""
    found = _taken(links, kept)
    found |= {end: [node[i] for i in found[end]] for end in ("source", "target")}
    if every:
        return found
    rows = [
        [(event[e], f, b) for e, f, b in zip(*terms, strict=True) if e in event]
        for terms in zip(found["events"], found["forward"], found["backward"], strict=True)
    ]
    for at, name in enumerate(("events", "forward", "backward")):
        found[name] = [[row[at] for row in terms] for terms in rows]
    return found
