"""The answer to a query as nodes, links and facts: things are nodes, literals never are.

In: the terms of rows or triples, as N-Triples writes them. Out: an `AnswerGraph`. A triple between two
things is a link; the first thing of a row is linked to the others of that row. A literal is a fact: after the
first thing of a row one of that thing, after a further one of the link to it. As nodes, literals would make
unrelated things meet in a shared "100".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from coopgraph.namespaces import RDF, RDFS, SKOS
from coopgraph.rdf.terms import plain_text
from coopgraph.views.drawing import clean
from coopgraph.views.names import CLASSES

Fact = tuple[str, str]
_LABELS = (f"{SKOS}prefLabel", f"{RDFS}label")
_NAMING = ("name", "label", "title")


@dataclass
class AnswerGraph:
    """What an answer holds: links with facts, things with facts, what it calls them and what they are."""

    links: dict[tuple[str, str, str], list[Fact]] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    left_out: int = 0  # rows or triples of which nothing can be drawn

    def thing(self, iri: str) -> list[Fact]:
        return self.facts.setdefault(iri, [])

    def link(self, source: str, target: str, layer: str) -> list[Fact]:
        self.thing(source)
        self.thing(target)
        return self.links.setdefault((source, target, layer), [])


def of_triples(triples: Iterable[Sequence[str]]) -> AnswerGraph:
    """Return the graph of a CONSTRUCT or DESCRIBE; a layer is the IRI of a predicate.

    >>> found = of_triples([("<urn:a>", "<urn:knows>", "<urn:b>"), ("<urn:a>", "<urn:age>", '"7"')])
    >>> found.links, found.facts
    ({('urn:a', 'urn:b', 'urn:knows'): []}, {'urn:a': [('urn:age', '7')], 'urn:b': []})
    """
    found = AnswerGraph()
    for subject, predicate, value in triples:
        about, how = _iri(subject), plain_text(predicate)
        if not about or value.startswith("_:"):
            found.left_out += 1
        elif how == f"{RDF}type":
            _add(found.thing(about), how, value)
            found.kinds.update({about: CLASSES[plain_text(value)]} if plain_text(value) in CLASSES else {})
        elif target := _iri(value):
            found.link(about, target, how)
        elif how in _LABELS:
            found.thing(about)
            found.labels.setdefault(about, clean(plain_text(value)))
        else:
            _add(found.thing(about), how, value)
    return found


def of_rows(
    variables: Sequence[str],
    rows: Iterable[Sequence[str]],
    called: Callable[[str], Collection[str]] = lambda iri: (),
    about: str | None = None,
) -> AnswerGraph:
    """Return the graph of a SELECT; a layer is the name of a variable.

    `called` tells what a thing is called, so that its name is no fact of it; `about` is the thing the query
    asks about: rows of a single thing are linked to it.

    >>> found = of_rows(["city", "partner", "since"], [("<urn:a>", "<urn:b>", '"1982"')])
    >>> found.links
    {('urn:a', 'urn:b', 'partner'): [('since', '1982')]}
    """
    found = AnswerGraph()
    for row in rows:
        cells = [(name, term) for name, term in zip(variables, row, strict=True) if term]
        things = [_iri(term) for _, term in cells if _iri(term)]
        if not things:
            found.left_out += 1
            continue
        first = about if about and len(set(things)) == 1 and about not in things else None
        _read_row(found, cells, first, {name for thing in things for name in called(thing)})
    return found


def _read_row(
    found: AnswerGraph, cells: Sequence[tuple[str, str]], first: str | None, names: Collection[str]
) -> None:
    """Read one row from left to right; a literal belongs to what stands before it, or to the first thing."""
    latest = ""
    waiting: list[tuple[str, str]] = []
    facts = found.thing(first) if first else waiting
    for name, term in cells:
        thing = _iri(term)
        if thing:
            if first and thing != first:
                facts = found.link(first, thing, name)
            else:
                first, facts = thing, found.thing(thing)
            for earlier in waiting:
                _add(facts, *earlier)
            waiting = []
            latest = thing
        elif term.startswith("_:") or plain_text(term) in names:
            continue
        elif latest and name.lower().endswith(_NAMING) and not names:
            found.labels.setdefault(latest, clean(plain_text(term)))
        elif latest:
            _add(facts, name, term)
        else:
            waiting.append((name, term))


def _iri(term: str) -> str:
    return plain_text(term) if term.startswith("<") and not term.startswith("<<") else ""


def _add(facts: list[Fact], name: str, term: str) -> None:
    fact = (name, clean(plain_text(term), 500))
    if fact not in facts:
        facts.append(fact)
