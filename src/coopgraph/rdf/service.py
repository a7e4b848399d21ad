"""What a SPARQL endpoint says of itself to programs.

In: its address, limits in words, and what a release holds. Out: a graph in one of the RDF formats. Standards:
SPARQL 1.1 Service Description, VoID.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from coopgraph.namespaces import DCTERMS, RDF, VOID, XSD
from coopgraph.rdf.process.written import written
from coopgraph.rdf.terms import iri_term, literal_term

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_PREFIXES: Final = {"dcterms": DCTERMS, "rdf": RDF, "sd": SD, "void": VOID}
_WRITTEN: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


@dataclass(frozen=True)
class Service:
    """What is described. `graphs` are the named graphs with their statements; `merged` those of the default
    graph; None where nobody counted them.
    """

    address: str
    title: str
    about: str
    licence: str | None
    merged: int | None
    graphs: Mapping[str, int]


def description(service: Service, form: str) -> bytes:
    """Write the description of a service.

    >>> service = Service("https://example.org/sparql", "Title", "About", None, 3, {})
    >>> [line.split("#")[-1] for line in description(service, "nt").decode().splitlines()][1:3]
    ['default> .', 'integer> .']
    """
    lines = "".join(f"{' '.join(triple)} .\n" for triple in _triples(service))
    return written("triples", lines.encode(), form, _PREFIXES)


def _triples(service: Service) -> Iterator[tuple[str, str, str]]:
    this, dataset, default = (_part(service, name) for name in ("service", "dataset", "default"))
    yield this, _iri(RDF, "type"), _iri(SD, "Service")
    yield this, _iri(SD, "endpoint"), f"<{service.address}>"
    yield this, _iri(SD, "supportedLanguage"), _iri(SD, "SPARQL11Query")
    yield this, _iri(SD, "feature"), _iri(SD, "UnionDefaultGraph")
    yield from ((this, _iri(SD, "resultFormat"), _iri(_FORMATS, name)) for name in _WRITTEN)
    yield this, _iri(DCTERMS, "title"), literal_term(service.title)
    yield this, _iri(DCTERMS, "description"), literal_term(service.about)
    yield this, _iri(SD, "defaultDataset"), dataset
    yield dataset, _iri(RDF, "type"), _iri(SD, "Dataset")
    if service.licence:
        web = service.licence.startswith(("https://", "http://"))
        yield dataset, _iri(DCTERMS, "license" if web else "rights"), _licence(service.licence, web=web)
    yield dataset, _iri(SD, "defaultGraph"), default
    yield from _graph(default, service.merged)
    for number, (name, count) in enumerate(sorted(service.graphs.items()), 1):
        named, graph = _part(service, f"named-{number}"), _part(service, f"graph-{number}")
        yield dataset, _iri(SD, "namedGraph"), named
        yield named, _iri(RDF, "type"), _iri(SD, "NamedGraph")
        yield named, _iri(SD, "name"), f"<{name}>"
        yield named, _iri(SD, "graph"), graph
        yield from _graph(graph, count)


def _licence(text: str, *, web: bool) -> str:
    return iri_term(text) if web else literal_term(text)


def _graph(graph: str, count: int | None) -> Iterator[tuple[str, str, str]]:
    yield graph, _iri(RDF, "type"), _iri(SD, "Graph")
    if count is not None:
        yield graph, _iri(VOID, "triples"), f'"{count}"^^{_iri(XSD, "integer")}'


def _part(service: Service, name: str) -> str:
    return f"<{service.address}#{name}>"


def _iri(namespace: str, name: str) -> str:
    return f"<{namespace}{name}>"
