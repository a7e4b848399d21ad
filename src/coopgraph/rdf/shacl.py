"""SHACL: does the data have the structure the shapes ask for? Every fault is found, not the first alone.

In: columns of triples (lexical forms as the sources gave them; the store would change them) and shape files.
Out: violations as plain data, in order, each of them found by pySHACL. Standard: SHACL core and SPARQL
constraints; nothing is inferred or fetched.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import StoreError
from coopgraph.namespaces import SH
from coopgraph.rdf.shape_plan import TARGETS, NotPlanned, Pattern, Plan, Queried, Shape, plan
from coopgraph.rdf.to_rdflib import rdflib_graph

if TYPE_CHECKING:
    import pyarrow as pa
    import rdflib
    from rdflib.term import Node

    from coopgraph.rdf.encoded import Triples

_ADVANCED: Final = ("target", "rule", "expression", "SPARQLTarget")
_AT_ONCE: Final = 5_000
_LOG: Final = logging.getLogger(__name__)
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


def check_shapes(triples: Iterable[pa.RecordBatch], shapes: Sequence[Path]) -> list[ShapeViolation]:
    """Validate triples against the shapes of some files, and list every result, sorted.

    Parameters
    ----------
    triples
        Batches of three columns: subjects, predicates and objects, as canonical N-Triples writes terms. One
        triple may come more than once.

    Notes
    -----
    Most nodes of most data conform, and whole columns show it in little time and memory; pySHACL judges the
    rest, `_AT_ONCE` focus nodes at a time, each with all that the shapes look at. Shapes that use something
    the columns do not know are left to pySHACL altogether, with a warning in the log.
    """
    from coopgraph.rdf.encoded import encode

    graph, planned = _read(tuple(path.read_text("utf-8") for path in shapes))
    encoded = encode(triples)
    if isinstance(planned, str):
        _LOG.warning("pySHACL checks all of the data, which takes long: the shapes use %s.", planned)
        every = _aimed(graph, set(graph.subjects()))  # pySHACL may change what it is given
        return check_graph(rdflib_graph(encoded.lines(slice(None))), every)
    found = {*_doubtful(encoded, planned.aimed, graph), *_queried(encoded, planned.queried, graph)}
    return sorted(found, key=_place)


@lru_cache(maxsize=4)
def _read(shapes: tuple[str, ...]) -> tuple[rdflib.Graph, Plan | str]:
    """Read shapes, and plan their check or say why not; a process that builds again has it at once."""
    import rdflib

    graph = rdflib.Graph()
    for text in shapes:
        graph.parse(data=text, format="turtle")
    try:
        return graph, plan(graph)
    except NotPlanned as reason:
        return graph, str(reason)


def _doubtful(triples: Triples, shapes: Sequence[Shape], graph: rdflib.Graph) -> Iterator[ShapeViolation]:
    """Let pySHACL judge the focus nodes in doubt; what it says of others, it says without knowing them."""
    import numpy as np

    from coopgraph.rdf.doubts import Doubts

    doubts = Doubts(triples, shapes)
    found = {shape.node: doubts.about(shape) for shape in shapes}
    asked = [shape for shape in shapes if len(found[shape.node])]
    if not asked:
        return
    focus = np.unique(np.concatenate([found[shape.node] for shape in asked]))
    aimed = _aimed(graph, {shape.node for shape in asked})
    for start in range(0, len(focus), _AT_ONCE):
        some = focus[start : start + _AT_ONCE]
        data = rdflib_graph(triples.lines(doubts.neighbours(some, asked)))
        named = {_name(term) for term in triples.terms.take(some).to_pylist()}
        yield from (each for each in check_graph(data, aimed) if each.focus in named)


def _queried(triples: Triples, shapes: Sequence[Queried], graph: rdflib.Graph) -> list[ShapeViolation]:
    """Let pySHACL judge the shapes whose focus nodes a query finds, on the triples they look at."""
    if not shapes:
        return []
    reads = frozenset[Pattern]().union(*(shape.reads for shape in shapes))
    data = rdflib_graph(triples.lines(triples.matching(reads)))
    return check_graph(data, _aimed(graph, {shape.node for shape in shapes}))


def _aimed(shapes: rdflib.Graph, chosen: Container[Node]) -> rdflib.Graph:
    """The same shapes, but only the chosen ones have targets; the prefixes are used in pySHACL's messages."""
    import rdflib

    targets = {_sh(name) for name in TARGETS}
    aimed = rdflib.Graph(namespace_manager=shapes.namespace_manager)
    aimed += (triple for triple in shapes if triple[1] not in targets or triple[0] in chosen)
    return aimed


def _name(term: str) -> str:
    """An IRI or a blank node as a violation names it."""
    return term[1:-1] if term.startswith("<") else term.removeprefix("_:")


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
