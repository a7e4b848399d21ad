"""Shapes as plain data: what each aims at, what it asks, and which triples it looks at.

In: a shapes graph. Out: a `Plan`, or NotPlanned when the graph uses anything that is not known here.
Standards: SHACL core, as far as `PARAMETERS` goes; SPARQL targets of SHACL Advanced Features.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from coopgraph.namespaces import RDF, RDFS, SH
from coopgraph.rdf.terms import iri_term, literal_term

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

Pattern = tuple[str, str | None]
"""A predicate, and an object or None for any; as N-Triples writes them."""
TYPE: Final = f"<{RDF}type>"
SUBCLASS: Final = f"<{RDFS}subClassOf>"
OF_PATHS: Final = ("minCount", "maxCount", "uniqueLang", "hasValue")
OF_VALUES: Final = ("class", "datatype", "pattern", "minInclusive", "maxInclusive", "node", "property", "or")
PARAMETERS: Final = frozenset((*OF_PATHS, *OF_VALUES))
TARGETS: Final = frozenset(("targetClass", "targetSubjectsOf", "target"))
_TOLD: Final = frozenset(("severity", "message", "name", "description", "order", "group"))
_OF_PATH: Final = frozenset(("path", "alternativePath", "inversePath"))
_OF_QUERY: Final = frozenset(("select", "prefixes", "declare", "prefix", "namespace"))
_KNOWN: Final = PARAMETERS | TARGETS | _TOLD | _OF_PATH | _OF_QUERY
_TYPES: Final = frozenset(("NodeShape", "PropertyShape", "SPARQLTarget", "PrefixDeclaration"))


class NotPlanned(Exception):
    """The shapes use something that is not known here; the text names it."""


@dataclass(frozen=True)
class Step:
    """A predicate, as N-Triples writes it, followed forwards or backwards."""

    predicate: str
    inverse: bool = False


@dataclass(frozen=True)
class Shape:
    """A node shape (`path` is None) or a property shape, whose path is one step or a choice of several.

    `constraints` pairs a parameter's name with its value: a term as text, a number, an rdflib Literal, a
    regular expression, a Shape, or several of those for `or`.
    """

    node: Any
    path: tuple[Step, ...] | None
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    constraints: tuple[tuple[str, Any], ...]

    @property
    def inside(self) -> tuple[Shape, ...]:
        """The shapes that values are held against."""
        found = [value for name, value in self.constraints if name in ("node", "property")]
        return tuple(found + [one for name, value in self.constraints if name == "or" for one in value])

    @property
    def steps(self) -> frozenset[Step]:
        """All steps of its paths and of the shapes inside."""
        return frozenset(self.path or ()).union(*(shape.steps for shape in self.inside))

    @property
    def depth(self) -> int:
        """How many steps from the focus node it looks at most."""
        return (self.path is not None) + max((shape.depth for shape in self.inside), default=0)

    @property
    def terms(self) -> frozenset[str]:
        """The classes and values it names."""
        own = [value for name, value in self.constraints if name in ("class", "hasValue")]
        return frozenset([*own, *self.classes]).union(*(shape.terms for shape in self.inside))


@dataclass(frozen=True)
class Queried:
    """A shape whose focus nodes a query finds; its results depend on no triples but those it `reads`."""

    node: Any
    reads: frozenset[Pattern]


@dataclass(frozen=True)
class Plan:
    """The shapes of a shapes graph that have targets, each in the one list or the other."""

    aimed: tuple[Shape, ...]
    queried: tuple[Queried, ...]


def plan(graph: rdflib.Graph) -> Plan:
    """Read a shapes graph, or raise NotPlanned: what is not understood whole is not used at all."""
    _all_known(graph)
    targets = {name: _sh(name) for name in TARGETS}
    nodes = sorted({s for name in targets.values() for s in graph.subjects(name)}, key=str)
    queried = {node for node in nodes if (node, targets["target"], None) in graph}
    return Plan(
        tuple(_shape(graph, node, (), told=True) for node in nodes if node not in queried),
        tuple(_queried(graph, node) for node in nodes if node in queried),
    )


def _sh(name: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(SH + name)


def _all_known(graph: rdflib.Graph) -> None:
    """Refuse every term of SHACL that is not known, and shapes that are classes and so their own target."""
    import rdflib

    for predicate in map(str, graph.predicates(unique=True)):
        if predicate.startswith(SH) and predicate.removeprefix(SH) not in _KNOWN:
            raise NotPlanned(f"<{predicate}>")
    classes = {rdflib.RDFS.Class, *graph.subjects(rdflib.RDFS.subClassOf, rdflib.RDFS.Class)}
    for thing, kind in graph.subject_objects(rdflib.RDF.type):
        if str(kind).startswith(SH) and str(kind).removeprefix(SH) not in _TYPES:
            raise NotPlanned(f"<{kind}>")
        if kind in classes and any(str(predicate).startswith(SH) for predicate in graph.predicates(thing)):
            raise NotPlanned(f"the class <{thing}>, which is its own target")


def _shape(graph: rdflib.Graph, node: Node, around: tuple[Node, ...], *, told: bool) -> Shape:
    """Read one shape; `told` says that its results are reported, not only counted by the shape around it."""
    if node in around:
        raise NotPlanned(f"a shape inside itself, <{node}>")
    path = graph.value(node, _sh("path"))
    steps = None if path is None else tuple(_steps(graph, path))
    constraints = []
    for name in sorted(PARAMETERS):
        values = sorted(graph.objects(node, _sh(name)), key=str)
        refused = steps is None and name in ("minCount", "maxCount", "uniqueLang")  # by pySHACL, in words
        if values and (
            refused or (name == "property" and steps and told)
        ):  # whose results are about the values
            raise NotPlanned(f"sh:{name} of <{node}>")
        constraints += [(name, _value(graph, name, value, (*around, node))) for value in values]
    return Shape(
        node,
        steps,
        tuple(_term(value) for value in graph.objects(node, _sh("targetClass"))),
        tuple(_term(value) for value in graph.objects(node, _sh("targetSubjectsOf"))),
        tuple(constraints),
    )


def _steps(graph: rdflib.Graph, path: Node) -> Iterator[Step]:
    import rdflib

    parts = [(path, path)] if isinstance(path, rdflib.URIRef) else list(graph.predicate_objects(path))
    kind, inside = parts[0] if len(parts) == 1 else (path, path)
    if kind == _sh("alternativePath"):
        for choice in graph.items(inside):
            yield from _steps(graph, choice)
    elif kind == _sh("inversePath") and isinstance(inside, rdflib.URIRef):
        yield Step(_term(inside), inverse=True)
    elif isinstance(path, rdflib.URIRef):
        yield Step(_term(path))
    else:
        raise NotPlanned("a path that is no predicate, no predicate backwards and no choice of those")


def _value(graph: rdflib.Graph, name: str, value: Any, around: tuple[Node, ...]) -> Any:
    """A parameter's value in the form the check takes, or NotPlanned where it is not of the usual kind."""
    import rdflib

    if name in ("node", "property"):
        shape = _shape(graph, value, around, told=name == "property" and len(around) == 1)
        if (shape.path is None) == (name == "property"):
            raise NotPlanned(f"sh:{name} of another kind of shape")
        return shape
    if name == "or":
        return tuple(_shape(graph, each, around, told=False) for each in graph.items(value))
    if name in ("class", "hasValue"):
        return _term(value)
    found = value.value if isinstance(value, rdflib.Literal) else str(value)
    number = not isinstance(found, bool) and isinstance(found, int | float | Decimal)
    wanted = {"uniqueLang": isinstance(found, bool), "pattern": isinstance(found, str)}
    if not wanted.get(name, isinstance(found, str) if name == "datatype" else number):
        raise NotPlanned(f"sh:{name} {found!r}")
    return _regular(found) if name == "pattern" else found


def _regular(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise NotPlanned(f"sh:pattern {text!r}") from error


def _term(node: Any) -> str:
    """A term of the shapes as N-Triples writes it."""
    import rdflib

    if isinstance(node, rdflib.BNode):
        raise NotPlanned("a blank node where a term is expected")
    if isinstance(node, rdflib.Literal):
        kind = str(node.datatype) if node.datatype else None
        return literal_term(str(node), datatype=kind, language=node.language)
    return iri_term(str(node))


def _queried(graph: rdflib.Graph, node: Node) -> Queried:
    """A shape with a SPARQL target and no other; the query may only name its predicates."""
    shape = _shape(graph, node, (), told=True)
    if shape.classes or shape.subjects_of:
        raise NotPlanned(f"two kinds of target of <{node}>")
    reads: set[Pattern] = {(step.predicate, None) for step in shape.steps}
    if shape.terms:
        reads |= {(TYPE, None), (SUBCLASS, None)}
    for target in graph.objects(node, _sh("target")):
        reads |= set(_patterns(_query(graph, target)))
    return Queried(node, frozenset(reads))


def _query(graph: rdflib.Graph, target: Node) -> Any:
    """The algebra of a target's query."""
    from rdflib.plugins.sparql import prepareQuery

    prefixes = {
        str(graph.value(declared, _sh("prefix"))): str(graph.value(declared, _sh("namespace")))
        for document in graph.objects(target, _sh("prefixes"))
        for declared in graph.objects(document, _sh("declare"))
    }
    return prepareQuery(str(graph.value(target, _sh("select"))), initNs=prefixes).algebra


def _patterns(part: Any) -> Iterator[Pattern]:
    """The predicates a query asks for, with the object where it is an IRI."""
    if isinstance(part, Mapping):
        if getattr(part, "name", "") in ("Graph", "ServiceGraphPattern", "DatasetClause"):
            raise NotPlanned("a query of other graphs")
        for key, inside in part.items():
            for each in inside if key == "triples" else ():
                yield from _pattern(each)
            if key != "triples":
                yield from _patterns(inside)
    elif isinstance(part, list | tuple):
        for inside in part:
            yield from _patterns(inside)


def _pattern(terms: Sequence[Any]) -> Iterator[Pattern]:
    """One triple pattern, or within FILTER EXISTS several in one list."""
    import rdflib

    for predicate, obj in zip(terms[1::3], terms[2::3], strict=True):
        if not isinstance(predicate, rdflib.URIRef):
            raise NotPlanned("a query with a predicate it does not name")
        yield _term(predicate), _term(obj) if isinstance(obj, rdflib.URIRef) else None
