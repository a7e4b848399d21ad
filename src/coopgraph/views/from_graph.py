"""Any networkx graph -> a drawing.

In: a Graph or DiGraph, whatever its nodes and attributes are. Out: a `Drawing` of plain, clean texts and
finite numbers. Attributes with a meaning: of nodes `label` (or `labels` by language), `kind`, `country`,
`url`; of edges the weight, `kind`, `evidence`, `url`. All others are shown as facts.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from datetime import date
from numbers import Integral, Real
from typing import Any

import networkx as nx

from coopgraph.errors import ProjectionError
from coopgraph.views.communities import node_order, positive
from coopgraph.views.drawing import (
    Drawing,
    Evidence,
    Layer,
    Link,
    Node,
    Note,
    Source,
    clean,
    texts_of,
    web_address,
)
from coopgraph.views.standing import standing

_NODE_MEANT = {"label", "labels", "kind", "country", "url"}
_EDGE_MEANT = {"kind", "evidence", "url"}
Facts = tuple[tuple[str, str], ...]


def drawing_of(
    G: nx.Graph[Any],
    *,
    title: str | Mapping[str, str],
    weight: str = "weight",
    size_by: str | None = None,
    colour_by: str = "community",
    lang: str = "en",
    now: str = "",
    licence: str = "",
) -> Drawing:
    """Return the drawing of a user's graph.

    >>> drawing = drawing_of(nx.DiGraph([("Madrid", "Quito")]), title="Two cities")
    >>> [node.texts[""] for node in drawing.nodes], drawing.links[0].forward
    (['Madrid', 'Quito'], 1.0)
    """
    _refuse_multigraph(G)
    keys = _keys(G)
    links, evidence, sources = _links(G, keys, weight)
    measures, columns = standing(G, weight=weight)
    rows = {keys[node]: dict(measures[node]) for node in keys}
    size = size_by or columns[0]
    if size not in columns:
        for node, key in keys.items():
            rows[key][size] = _size(G.nodes[node].get(size), node, size)
        columns = (size, *columns)
    return Drawing(
        title=texts_of(title),
        nodes=tuple(_node(key, node, G.nodes[node]) for node, key in keys.items()),
        links=links,
        layers=_layers(links, directed=G.is_directed()),
        evidence=evidence,
        sources=sources,
        measures=rows,
        columns=columns,
        size_by=size,
        colour_by=colour_by,
        notes=(_note(G),),
        now=clean(now),
        licence=clean(licence),
        lang=lang,
    )


def _refuse_multigraph(G: Any) -> None:
    if not isinstance(G, nx.Graph):
        raise ProjectionError(
            f"A {type(G).__name__} is not a networkx graph. Give a networkx Graph or DiGraph."
        )
    if G.is_multigraph():
        raise ProjectionError(
            "A multigraph has parallel edges, which one weight cannot stand for. "
            "Add them up first, for instance nx.DiGraph with the sum of the weights."
        )


def _note(G: nx.Graph[Any]) -> Note:
    return Note("note_measure" if G.is_directed() else "note_undirected")


def _keys(G: nx.Graph[Any]) -> dict[Hashable, str]:
    """Return a text for each node, in order; two nodes that read alike (1 and "1") are told apart."""
    keys: dict[Hashable, str] = {}
    used: set[str] = set()
    for node in node_order(G):
        key = clean(node)
        while key in used:
            key += "'"
        used.add(key)
        keys[node] = key
    return keys


def _node(key: str, node: Hashable, data: Mapping[Any, Any]) -> Node:
    label = data.get("labels") or data.get("label")
    return Node(
        key=key,
        texts=texts_of(label if _said(label) else node),
        kind=clean(data["kind"], 40) if _said(data.get("kind")) else "node",
        country=clean(data["country"], 40) if _said(data.get("country")) else "",
        url=web_address(data.get("url")) or web_address(node),
        facts=_facts(data, _NODE_MEANT),
    )


def _links(
    G: nx.Graph[Any], keys: Mapping[Hashable, str], weight: str
) -> tuple[tuple[Link, ...], tuple[Evidence, ...], tuple[Source, ...]]:
    """Return one link for each dyad and kind: both directions of a dyad are one line with two strengths."""
    found: dict[tuple[str, str, str], Link] = {}
    evidence: list[Evidence] = []
    sources: list[Source] = []
    for node, other, data in _sorted_edges(G, keys):
        value = positive(data.get(weight, 1), node, other)
        if node == other or value == 0:
            continue
        source, target = keys[node], keys[other]
        layer = clean(data["kind"], 60) if _said(data.get("kind")) else "link"
        proof = _evidence(data, evidence, sources)
        facts = _facts(data, {*_EDGE_MEANT, weight})
        back = found.get((target, source, layer))
        if back is not None:
            found[target, source, layer] = _both_ways(back, value, proof, facts)
        else:
            found[source, target, layer] = Link(source, target, layer, value, 0.0, proof, facts)
    return tuple(found.values()), tuple(evidence), tuple(sources)


def _sorted_edges(G: nx.Graph[Any], keys: Mapping[Hashable, str]) -> list[tuple[Any, Any, dict[Any, Any]]]:
    """Return the edges in an order that does not depend on how the graph was filled."""
    edges = [
        (u, v, data) if G.is_directed() or keys[u] <= keys[v] else (v, u, data)
        for u, v, data in G.edges(data=True)
    ]
    return sorted(edges, key=lambda edge: (keys[edge[0]], keys[edge[1]]))


def _both_ways(link: Link, value: float, proof: tuple[int, ...], facts: Facts) -> Link:
    return Link(
        link.source,
        link.target,
        link.layer,
        link.forward,
        value,
        link.evidence + proof,
        link.facts + tuple(fact for fact in facts if fact not in link.facts),
    )


def _evidence(data: Mapping[Any, Any], evidence: list[Evidence], sources: list[Source]) -> tuple[int, ...]:
    """Add what an edge says of its evidence (a text or several, and one address); return its places."""
    stated = data.get("evidence")
    url = web_address(data.get("url"))
    texts = [stated] if isinstance(stated, str) else list(stated) if isinstance(stated, (list, tuple)) else []
    texts = [clean(text) for text in texts if _said(text)] or ([url] if url else [])
    if not texts:
        return ()
    source: tuple[int, ...] = ()
    if url:
        sources.append(Source(title=texts[0], url=url))
        source = (len(sources) - 1,)
    evidence.extend(Evidence({"": text}, sources=source) for text in texts)
    return tuple(range(len(evidence) - len(texts), len(evidence)))


def _layers(links: tuple[Link, ...], *, directed: bool) -> tuple[Layer, ...]:
    kinds = sorted({link.layer for link in links}) or ["link"]
    return tuple(Layer(kind, {"": "" if kind == "link" else kind}, directed=directed) for kind in kinds)


def _facts(data: Mapping[Any, Any], meant: set[str]) -> Facts:
    rest = sorted((str(name), value) for name, value in data.items() if name not in meant and _said(value))
    return tuple((clean(name, 60), _text(value)) for name, value in rest)


def _said(value: Any) -> bool:
    """Say whether an attribute says anything: None, NaN and empty texts do not."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return False
    return not (isinstance(value, Real) and not isinstance(value, Integral) and math.isnan(float(value)))


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Real) and not isinstance(value, (bool, Integral)):
        return f"{float(value):.6g}"
    if isinstance(value, (list, tuple, set, frozenset)):
        return clean(
            ", ".join(sorted(map(str, value)) if isinstance(value, (set, frozenset)) else map(str, value)),
            500,
        )
    return clean(value, 500)


def _size(value: Any, node: Hashable, name: str) -> float | None:
    """Return a node's size, None where it says nothing; a text or an infinite number is refused."""
    if not _said(value):
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, Real)
        or not math.isfinite(float(value))
        or float(value) < 0
    ):
        raise ProjectionError(
            f"Node {node!r} has {name} = {value!r}, which is no size. "
            "Give each node a finite number of 0 or more, or leave the attribute out."
        )
    return float(value)
