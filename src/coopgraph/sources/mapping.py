"""A mapping: which triples each record makes.

In: a YARRRML file and the prefixes in force. Out: a `SourceMapping` of plain data, or one `MappingError`
with every fault and its line. The subset and its meaning: docs/decisions/0002-mapping-subset.md.
Standard: YARRRML, https://rml.io/yarrrml/spec/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from coopgraph.errors import Fault, MappingError
from coopgraph.namespaces import RDF
from coopgraph.sources.conditions import Condition, read_condition
from coopgraph.sources.terms import Template, Term, TermReader, iri_of
from coopgraph.sources.yaml_lines import Entries, Node, Refusal, parse_yaml

_TOP: Final = ("prefixes", "mappings")
_MAP: Final[dict[str, tuple[str, ...]]] = {
    "s": ("s", "subject", "subjects"),
    "po": ("po", "predicateobjects"),
    "graphs": ("graphs", "graph"),
    "condition": ("condition",),
}
_LONG: Final[dict[str, tuple[str, ...]]] = {
    "p": ("p", "predicate", "predicates"),
    "o": ("o", "object", "objects"),
    "condition": ("condition",),
}
_NOT_TAKEN: Final = {
    "sources": "Name the file in coopgraph.toml: [sources.NAME] with path = and mapping =.",
    "source": "Name the file in coopgraph.toml: [sources.NAME] with path = and mapping =.",
    "targets": "A build writes one release; remove it.",
    "base": "Set base in coopgraph.toml.",
    "authors": "Write it as a comment.",
    "external": "Write the value out, or use a parameter of the workspace.",
}


@dataclass(frozen=True)
class PredicateObject:
    """One triple of each record: a predicate, an object and a condition on it."""

    predicate: str
    object: Term
    condition: Condition | None
    line: int


@dataclass(frozen=True)
class TriplesMap:
    """The triples with one subject."""

    name: str
    subject: Term
    graph: Term | None
    condition: Condition | None
    predicate_objects: tuple[PredicateObject, ...]
    line: int


@dataclass(frozen=True)
class SourceMapping:
    """One mapping file."""

    path: Path
    maps: tuple[TriplesMap, ...]

    @property
    def title(self) -> str:
        return self.path.name

    def references(self) -> Iterator[tuple[str, int]]:
        """Yield each column a template or condition uses, with its line."""
        for each in self.maps:
            terms = [each.subject, *([each.graph] if each.graph else [])]
            yield from ((name, each.line) for term in terms for name in term.columns)
            if each.condition:
                yield from ((name, each.line) for name in each.condition.columns())
            for po in each.predicate_objects:
                yield from ((name, po.line) for name in po.object.columns)
                if po.condition:
                    yield from ((name, po.line) for name in po.condition.columns())


def load_mapping(path: Path, prefixes: Mapping[str, str]) -> SourceMapping:
    """Read a mapping file.

    >>> from coopgraph.namespaces import workspace_prefixes; from coopgraph.resources import bundled
    >>> mapping = load_mapping(bundled("data") / "mappings/cities.yml", workspace_prefixes("https://example.org/"))
    >>> mapping.maps[0].subject.template
    ('https://example.org/id/city/', Reference(column='id'))
    """
    faults: list[Fault] = []
    root = parse_yaml(path, faults)
    maps: tuple[TriplesMap, ...] = ()
    if root is not None:
        maps = tuple(_maps(Entries(path.name, root, faults), dict(prefixes)))
    if faults:
        many = "one thing is" if len(faults) == 1 else f"{len(faults)} things are"
        raise MappingError(f"{path.name}: {many} wrong.", faults=sorted(faults, key=lambda f: f.line or 0))
    return SourceMapping(path, maps)


def _maps(top: Entries, prefixes: dict[str, str]) -> Iterator[TriplesMap]:
    found = top.take({name: (name,) for name in _TOP}, _NOT_TAKEN)
    if "prefixes" in found:
        prefixes |= _prefixes(top.inside(found["prefixes"]))
    if "mappings" not in found:
        top.fault(top.node, "has no 'mappings'.", "Write mappings: and below it a name, s: and po:.")
        return
    mappings = top.inside(found["mappings"])
    for name, node in mappings.items():
        if (made := _map(name, mappings.inside(node), prefixes)) is not None:
            yield made


def _prefixes(entries: Entries) -> dict[str, str]:
    found = {}
    for name, node in entries.items():
        with entries.catching():
            found[name] = iri_of(entries.text(node), node)
    return found


def _map(name: str, entries: Entries, prefixes: Mapping[str, str]) -> TriplesMap | None:
    found = entries.take(_MAP, _NOT_TAKEN)
    terms = TermReader(prefixes)
    subject = graph = condition = None
    for missing in sorted({"s", "po"} - found.keys()):
        entries.fault(entries.node, f"the mapping '{name}' has no '{missing}'.", f"Add {missing}: to it.")
    with entries.catching():
        subject = terms.iri(entries.one_text(found["s"])) if "s" in found else None
    with entries.catching():
        graph = terms.iri(entries.one_text(found["graphs"])) if "graphs" in found else None
    with entries.catching():
        condition = read_condition(found["condition"], entries, terms) if "condition" in found else None
    pairs = tuple(_predicate_objects(found["po"], entries, terms)) if "po" in found else ()
    if subject is None:
        return None
    return TriplesMap(name, subject, graph, condition, pairs, entries.line(entries.node))


def _predicate_objects(node: Node, entries: Entries, terms: TermReader) -> Iterator[PredicateObject]:
    for item in entries.items_of(node):
        with entries.catching():
            yield from (_long if entries.is_table(item) else _short)(item, entries, terms)


def _short(item: Node, entries: Entries, terms: TermReader) -> list[PredicateObject]:
    """`[predicate, object]` or `[predicate, object, datatype or language~lang]`."""
    parts = entries.items_of(item)
    if len(parts) not in (2, 3):
        fix = "Write [predicate, object] or [predicate, object, datatype]."
        raise Refusal(item, f"has {len(parts)} parts, expected 2 or 3.", fix)
    kind = entries.text(parts[2]) if len(parts) == 3 else None
    predicates = [_predicate(node, entries, terms) for node in entries.one_or_more(parts[0])]
    return [
        PredicateObject(p, _object(node, kind, p, entries, terms), None, entries.line(item))
        for p in predicates
        for node in entries.one_or_more(parts[1])
    ]


def _long(item: Node, entries: Entries, terms: TermReader) -> list[PredicateObject]:
    """`{p: ..., o: ..., condition: ...}`."""
    inner = entries.inside(item)
    found = inner.take(_LONG, _NOT_TAKEN)
    for missing in sorted({"p", "o"} - found.keys()):
        raise Refusal(item, f"has no '{missing}'.", "Write p: and o:, and condition: where there is one.")
    condition = read_condition(found["condition"], entries, terms) if "condition" in found else None
    predicates = [_predicate(node, entries, terms) for node in entries.one_or_more(found["p"])]
    return [
        PredicateObject(p, _long_object(node, p, entries, terms), condition, entries.line(item))
        for p in predicates
        for node in entries.one_or_more(found["o"])
    ]


def _long_object(node: Node, predicate: str, entries: Entries, terms: TermReader) -> Term:
    if not entries.is_table(node):
        return _object(node, None, predicate, entries, terms)
    inner = entries.inside(node)
    keys = {name: (name,) for name in ("value", "type", "datatype", "language")}
    found = {name: inner.text(value) for name, value in inner.take(keys, _NOT_TAKEN).items()}
    if "value" not in found:
        raise Refusal(node, "has no 'value'.", "Write o: { value: $(column) }.")
    if found.get("type", "literal") not in ("iri", "literal"):
        raise Refusal(node, f"has type '{found['type']}', expected iri or literal.", None)
    if "datatype" in found and "language" in found:
        raise Refusal(node, "has a datatype and a language.", "A text with a language has no datatype.")
    if found.get("type") == "iri" or predicate == f"{RDF}type":
        return terms.iri((found["value"], node))
    language = found.get("language")
    explicit: Literal[True] | None = True if found.get("type") == "literal" else None
    return terms.literal(
        (found["value"], node), f"{language}~lang" if language else found.get("datatype"), plain=explicit
    )


def _object(node: Node, kind: str | None, predicate: str, entries: Entries, terms: TermReader) -> Term:
    text = entries.text(node)
    if text.endswith("~iri") or predicate == f"{RDF}type":
        if kind is not None:
            raise Refusal(
                node, f"'{text}' is an IRI and cannot have the datatype or language '{kind}'.", None
            )
        return terms.iri((text.removesuffix("~iri"), node))
    return terms.literal((text, node), kind)


def _predicate(node: Node, entries: Entries, terms: TermReader) -> str:
    text = entries.text(node)
    term = terms.iri((f"{RDF}type" if text == "a" else text.removesuffix("~iri"), node))
    if term.columns:
        raise Refusal(
            node, f"the predicate '{text}' depends on a column.", "Write one line for each predicate."
        )
    return str(term.template[0])


__all__ = [
    "PredicateObject",
    "SourceMapping",
    "Template",
    "TriplesMap",
    "load_mapping",
]
