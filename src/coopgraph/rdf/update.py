"""Writing to a remote store: statements into graphs, graphs copied and dropped.

In: a RemoteStore and N-Triples. Out: what the store holds then. Standards: SPARQL 1.1 Update, SPARQL 1.1
Graph Store HTTP Protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, urlencode

from coopgraph.rdf.http import send
from coopgraph.rdf.http_failures import Sent
from coopgraph.settings.remote_store import RemoteStore

Lines = Mapping[str, Sequence[str]]  # a graph's IRI to triples without their full stop


def update(store: RemoteStore, text: str) -> None:
    """Send one update request; what is sent here may be sent twice without harm."""
    assert store.update_url is not None
    send(store, Sent(store.update_url, urlencode({"update": text}).encode()))


def insert(store: RemoteStore, lines: Lines) -> None:
    """Add triples to graphs: by the graph store protocol where it has an address, else by an update."""
    if store.graph_store_url is None:
        update(store, insert_data(lines))
        return
    for graph, triples in lines.items():
        target = _graph(store.graph_store_url, graph)
        send(store, Sent(target, body(triples).encode(), "application/n-triples"))


def insert_data(lines: Lines) -> str:
    """The update that adds triples to graphs.

    >>> print(insert_data({"urn:g": ["<urn:a> <urn:p> 7"]}))
    INSERT DATA { GRAPH <urn:g> {
    <urn:a> <urn:p> 7 .
    } }
    """
    graphs = "".join(f"GRAPH <{graph}> {{\n{body(triples)}}} " for graph, triples in lines.items())
    return f"INSERT DATA {{ {graphs}}}"


def body(triples: Iterable[str]) -> str:
    """Triples as N-Triples."""
    return "".join(f"{triple} .\n" for triple in triples)


def copies(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The operations that put what is in one graph in the place of what is in another."""
    return [f"COPY GRAPH <{source}> TO GRAPH <{target}>" for source, target in pairs]


def replaces(source: str, target: str) -> list[str]:
    """The same for a store that cannot copy: drop the one and insert what the other holds."""
    pattern = "{{ GRAPH <{0}> {{ ?subject ?predicate ?object }} }}"
    insert = f"INSERT {pattern.format(target)} WHERE {pattern.format(source)}"
    return [*drops([target]), insert]


def drops(graphs: Iterable[str]) -> list[str]:
    """The operations that drop graphs, whether they are there or not."""
    return [f"DROP SILENT GRAPH <{graph}>" for graph in graphs]


def _graph(url: str, graph: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}graph={quote(graph, safe='')}"
