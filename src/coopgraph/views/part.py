"""A part of a drawing: a city and its partners, or some cities and what is between them.

In: the `Drawing` of a whole network. Out: a smaller one; its measures stay those of the whole, and it says
what it is a part of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault
from coopgraph.views.drawing import Drawing, Evidence, Link, Note, Source, Texts

Partners = Mapping[str, Collection[str]]


def around(drawing: Drawing, centre: str, hops: int) -> set[str]:
    """Return the keys of a node and of all that are at most so many steps away, by the layers shown.

    The parties of one agreement are one step from each other, drawn as a node of its own or not.

    >>> from coopgraph.views.drawing import Layer, Node
    >>> nodes = tuple(Node(key, {"": key}) for key in "abc")
    >>> links = (Link("a", "b", "exchange"), Link("b", "c", "exchange"))
    >>> line = Drawing({"": "Line"}, nodes, links, (Layer("exchange", {"": "Exchange"}),))
    >>> sorted(around(line, "a", 1)), sorted(around(line, "a", 2))
    (['a', 'b'], ['a', 'b', 'c'])
    """
    if hops < 1:
        wrong = fault(f"hops is {hops}.", "Give 1 for a city and its partners, 2 for theirs too.")
        raise ProjectionError("There is nothing around a city at such a distance.", faults=[wrong])
    partners = _partners(drawing)
    found = here = {centre}
    for _ in range(hops):
        here = {other for key in here for other in partners.get(key, ())} - found
        found = found | here
    return found


def part_of(drawing: Drawing, keys: Collection[str], *, title: Texts, note: Note) -> Drawing:
    """Keep these nodes, the agreements that join two of them, and what is between all these."""
    joined = _agreements_within(drawing, keys)
    nodes = [
        replace(node, always=node.key not in joined)
        for node in drawing.nodes
        if node.key in keys or node.key in joined
    ]
    kept = {node.key for node in nodes}
    links = [link for link in drawing.links if link.source in kept and link.target in kept]
    links, evidence, sources = _referred(drawing, links)
    used = {link.layer for link in links}
    return replace(
        drawing,
        title=title,
        nodes=tuple(nodes),
        links=tuple(links),
        layers=tuple(layer for layer in drawing.layers if layer.key in used),
        evidence=evidence,
        sources=sources,
        measures={key: values for key, values in drawing.measures.items() if key in kept},
        notes=(note, *drawing.notes),
    )


def _partners(drawing: Drawing) -> Partners:
    """Return whom each node is linked with by the layers shown; parties of one agreement with each other."""
    shown = {layer.key for layer in drawing.layers if layer.shown}
    kinds = {node.key: node.kind for node in drawing.nodes}
    partners: dict[str, set[str]] = defaultdict(set)
    parties: dict[str, set[str]] = defaultdict(set)
    for link in drawing.links:
        if link.layer not in shown:
            continue
        if kinds[link.target] == "agreement":
            parties[link.target].add(link.source)
        elif kinds[link.source] == "agreement":
            parties[link.source].add(link.target)
        else:
            partners[link.source].add(link.target)
            partners[link.target].add(link.source)
    for all_of_one in parties.values():
        for party in all_of_one:
            partners[party] |= all_of_one - {party}
    return partners


def _agreements_within(drawing: Drawing, keys: Collection[str]) -> set[str]:
    """Return the agreements drawn as nodes of which at least two parties are kept."""
    agreements = {node.key for node in drawing.nodes if node.kind == "agreement"}
    parties: dict[str, int] = defaultdict(int)
    for link in drawing.links:
        for end, other in ((link.source, link.target), (link.target, link.source)):
            if end in agreements and other in keys:
                parties[end] += 1
    return {agreement for agreement, count in parties.items() if count > 1}


def _referred(
    drawing: Drawing, links: list[Link]
) -> tuple[list[Link], tuple[Evidence, ...], tuple[Source, ...]]:
    """Keep the evidence and the sources that these links refer to, with new places."""
    proofs = {old: new for new, old in enumerate(sorted({i for link in links for i in link.evidence}))}
    cited = sorted({i for old in proofs for i in drawing.evidence[old].sources})
    places = {old: new for new, old in enumerate(cited)}
    evidence = [
        replace(drawing.evidence[old], sources=tuple(places[i] for i in drawing.evidence[old].sources))
        for old in proofs
    ]
    links = [replace(link, evidence=tuple(proofs[i] for i in link.evidence)) for link in links]
    return links, tuple(evidence), tuple(drawing.sources[old] for old in places)
