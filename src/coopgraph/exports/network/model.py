"""What every format of networks carries: nodes and edges with the same typed columns.

In: nothing. Out: the types that `of_release` and `of_page` make and GEXF, GraphML, GeoJSON, GeoPackage and
Neo4j are written from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from coopgraph.exports.about import About

Span = tuple[str, str]  # first and last day as ISO 8601; empty where nothing is stated


class Column(NamedTuple):
    """What is known of a node or an edge beside its name: string, integer, double or boolean."""

    name: str
    kind: str
    about: str


class Node(NamedTuple):
    """A city, network, organisation or agreement; `values` in the order of the columns, None: not known."""

    iri: str
    label: str
    place: tuple[float, float] | None  # on the drawing, upwards
    colour: str  # six hexadecimal digits
    size: float
    spans: tuple[Span, ...]
    values: tuple[Any, ...]


class Edge(NamedTuple):
    """What joins two nodes. Without spans nothing is known of when."""

    source: str
    target: str
    weight: float
    directed: bool
    label: str
    spans: tuple[Span, ...]
    values: tuple[Any, ...]


NODE_COLUMNS: Final = (
    Column("kind", "string", "city, network, organisation or agreement (one of four or more parties)"),
    Column("country", "string", "ISO 3166-1 alpha-2"),
    Column("lat", "double", "degrees north, WGS 84"),
    Column("long", "double", "degrees east, WGS 84"),
    Column("population", "integer", "inhabitants"),
    Column("community", "integer", "whom it is closely joined with, counted from 1, the largest first"),
    Column("peer_exchange", "double", "peer exchange centrality, k = 0, from 0 to 1"),
    Column("peer_exchange_1", "double", "peer exchange centrality, k = 1, from 0 to 1"),
    Column("given", "double", "what it contributed to others, in the unit of the weights"),
    Column("received", "double", "what others contributed to it, in the unit of the weights"),
    Column("reciprocity", "double", "the share of what it gave and received that is mutual, from 0 to 1"),
    Column("partners", "integer", "cities it exchanges with, in either direction"),
    Column("degree", "integer", "exchange edges from it and to it"),
    Column("agreement_kind", "string", "of an agreement that is a node, its kind"),
    Column("money", "string", "of an agreement that is a node, amounts with currency"),
    Column("certainty", "string", "of an agreement that is a node: stated by a source, or derived"),
    Column(
        "sources", "string", "of an agreement that is a node, IRIs of what states it, separated by spaces"
    ),
)
EDGE_COLUMNS: Final = (
    Column("layer", "string", "exchange, agreement or membership"),
    Column("kind", "string", "the kind of agreement, or the role in a network"),
    Column("directed", "boolean", "whether it points from source to target"),
    Column("events", "integer", "of exchange, events it rests on; of what a page joins, agreements"),
    Column("undated", "integer", "how many of the events have no date"),
    Column("start", "string", "the first date, as precise as stated; of exchange a day"),
    Column("end", "string", "the last date, likewise; empty where it is open or not stated"),
    Column("iri", "string", "the agreement or membership it is; empty for exchange, which sums events up"),
    Column("money", "string", "of an agreement, amounts with currency"),
    Column("certainty", "string", "stated by a source, or derived"),
    Column("sources", "string", "of agreements and memberships, IRIs of what states them, by spaces"),
)  # fmt: skip


@dataclass(frozen=True)
class Network:
    """Nodes, read anew when asked for; edges, read once, after them; `directed` where any has a direction."""

    about: About
    directed: bool
    dated: bool
    nodes: Callable[[], Iterable[Node]]
    edges: Callable[[], Iterable[Edge]]
    notes: tuple[str, ...] = ()
    node_columns: tuple[Column, ...] = NODE_COLUMNS
    edge_columns: tuple[Column, ...] = EDGE_COLUMNS


def both_ways(network: Network) -> Iterator[Edge]:
    """Yield each edge, where anything has a direction those without one twice: once each way.

    Programs read no edges with a direction beside others without one.
    """
    for edge in network.edges():
        yield edge
        if network.directed and not edge.directed:
            yield edge._replace(source=edge.target, target=edge.source)


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch as one; an open side stays open.

    >>> united([("2016-01-01", "2016-12-31"), ("2016-06-01", ""), ("2012", "2013")])
    (('2012', '2013'), ('2016-01-01', ''))
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (found[-1][1] == "" or start <= found[-1][1]):
            last = "" if "" in (found[-1][1], end) else max(found[-1][1], end)
            found[-1] = (found[-1][0], last)
        else:
            found.append((start, end))
    return tuple(found)
