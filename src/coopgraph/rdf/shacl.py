"""SHACL: does the data have the structure the shapes ask for? Every fault is found, not the first alone.

In: a file of N-Quads (lexical forms as the sources gave them; the store would change them) and shape files.
Out: violations as plain data, in order. Standard: SHACL core and SPARQL constraints, by pySHACL; nothing is
inferred or fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import StoreError
from coopgraph.namespaces import SH

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_ADVANCED: Final = ("target", "rule", "expression", "SPARQLTarget")
_SEVERITY: Final = {"Violation": "violation", "Warning": "warning", "Info": "info"}


@dataclass(frozen=True)
class ShapeViolation:
    """One result: the focus node, the path and value if any, and which shape says so.

    `path` is a predicate's IRI; of a path made of several, all of them as `a|b`.

    `messages` are by language, "" for none; `severity` is violation, warning or info; `shape` is the shape's
    IRI.
    """

    focus: str
    path: str | None
    value: str | None
    severity: str
    shape: str
    messages: Mapping[str, str] = field(compare=False)

    def message(self, language: str = "en") -> str:
        """The message in a language, else in English, else any."""
        found = self.messages
        return found.get(language) or found.get("en") or next(iter(sorted(found.values())), "breaks a shape.")


def check_shapes(
    data: Path, shapes: Sequence[Path], *, leave_out: Iterable[str] = ()
) -> list[ShapeViolation]:
    """Validate the merge of all graphs of a file but those left out, and list every result, sorted."""
    import rdflib

    shape_graph = rdflib.Graph()
    for path in shapes:
        shape_graph.parse(path, format="turtle")
    return check_graph(_merged(data, frozenset(leave_out)), shape_graph)


def check_graph(data: rdflib.Graph, shapes: rdflib.Graph) -> list[ShapeViolation]:
    """Validate an rdflib Graph that is not needed unchanged afterwards."""
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
    from rdflib import Graph

    try:
        _, report, text = pyshacl.validate(
            data, shacl_graph=shapes, advanced=_is_advanced(shapes), inplace=True, do_owl_imports=False
        )
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise StoreError(f"The shapes cannot be used: {error}. Install coopgraph again.") from error
    if not isinstance(report, Graph):
        raise StoreError(f"The shapes cannot be used: {text}")
    results = {_result(report, result) for result in report.objects(None, _sh("result"))}
    return sorted(results, key=_place)


def _place(one: ShapeViolation) -> tuple[str, ...]:
    return one.focus, one.path or "", one.value or "", one.shape, one.severity


def _merged(data: Path, leave_out: frozenset[str]) -> rdflib.Graph:
    """One graph in memory. Terms are made once each: a few thousand make most of the triples."""
    import pyoxigraph as ox
    import rdflib

    from coopgraph.rdf.export import rdflib_term

    graph = rdflib.Graph()
    made: dict[object, Any] = {}

    def term(node: object) -> Any:
        if node not in made:
            made[node] = rdflib_term(node)
        return made[node]

    for quad in ox.parse(path=str(data), format=ox.RdfFormat.N_QUADS, lenient=True):
        if getattr(quad.graph_name, "value", "") not in leave_out:
            triple = (term(quad.subject), term(quad.predicate), term(quad.object))
            graph.store.add(triple, graph)
    return graph


def _is_advanced(shapes: rdflib.Graph) -> bool:
    """Whether the shapes use what pySHACL does only when asked: SPARQL targets, rules, expressions."""
    return any((None, _sh(name), None) in shapes for name in _ADVANCED)


def _sh(name: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(SH + name)


def _path(report: rdflib.Graph, result: Node) -> str | None:
    """The predicate, or of a path made of several the predicates in it, with a bar between them."""
    import rdflib

    found = report.value(result, _sh("resultPath"))
    if not isinstance(found, rdflib.BNode):
        return None if found is None else str(found)
    inside = {o for _, _, o in report.cbd(found) if isinstance(o, rdflib.URIRef) and o != rdflib.RDF.nil}
    return "|".join(sorted(inside)) or None


def _result(report: rdflib.Graph, result: Node) -> ShapeViolation:
    def one(name: str) -> str | None:
        found = report.value(result, _sh(name))
        return None if found is None else str(found)

    severity = (one("resultSeverity") or "").removeprefix(SH)
    return ShapeViolation(
        focus=one("focusNode") or "",
        path=_path(report, result),
        value=one("value"),
        severity=_SEVERITY.get(severity, "violation"),
        shape=one("sourceShape") or "",
        messages=dict(sorted(_messages(report, result))),
    )


def _messages(report: rdflib.Graph, result: Node) -> Iterator[tuple[str, str]]:
    for text in report.objects(result, _sh("resultMessage")):
        yield str(getattr(text, "language", None) or ""), str(text)
