"""The answer to a query as a drawing: its things are nodes, what joins them are links.

In: an open release, and a stored query's name or SPARQL. Out: a `Drawing` that says what could not be drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.network.faults import fault
from coopgraph.rdf.terms import plain_text, short_iri
from coopgraph.views.answer_graph import AnswerGraph, Fact, of_rows, of_triples
from coopgraph.views.drawing import Drawing, Layer, Link, Node, Note, Texts, texts_of, web_address
from coopgraph.views.from_release import Drawable, day_and_licence, node_of
from coopgraph.views.gathered import source_of
from coopgraph.views.linked import measured
from coopgraph.views.names import Name, Names, name_of, names_in

if TYPE_CHECKING:
    from coopgraph.rdf import Limits, Solutions
    from coopgraph.rdf.stored import StoredQuery

_LONGEST = 600  # characters of a query that the page says
_TITLE = {"en": "Answer to a query", "es": "Respuesta a una consulta", "pt": "Resposta a uma consulta"}


class Askable(Drawable, Protocol):
    """What the drawing of an answer needs of a release."""

    @property
    def prefixes(self) -> dict[str, str]:
        """Return what short names stand for."""

    def asked(self, question: str) -> StoredQuery:
        """Return the query that is meant."""

    def label(self, iri: str, language: str | None = None) -> str:
        """Return the label of a thing, its IRI where it has none."""


def drawing_of_query(
    release: Askable,
    question: str,
    params: Mapping[str, Any] | None = None,
    *,
    limits: Limits | None = None,
    title: str | Mapping[str, str] | None = None,
    colour_by: str = "kind",
    lang: str = "en",
) -> Drawing:
    """Return the drawing of a query's answer.

    Raises
    ------
    ProjectionError
        For an answer in which there is nothing to draw.
    QueryError, QueryTimeout
        As `Release.query` does.
    """
    query, given = release.asked(question), dict(params or {})
    answer: Solutions = release.query(question, limits=limits, **given)
    names = names_in(release)
    found = _read(answer, names, _about(query, given, answer, release.prefixes))
    cities = {row["city"]: row for row in release.table("cities").to_pylist()}
    told = _Words(release, lang)
    day, licence = day_and_licence(release)
    return measured(
        Drawing(
            title=texts_of(title or dict(query.titles) or _TITLE),
            nodes=tuple(_node(iri, cities.get(iri), names, found, told) for iri in sorted(found.facts)),
            links=tuple(Link(*ends, facts=told.facts(facts)) for ends, facts in sorted(found.links.items())),
            layers=_layers(found, told, arrow=answer.kind == "triples"),
            sources=tuple(source_of(row) for row in release.table("sources").to_pylist()),
            colour_by=colour_by,
            notes=tuple(_notes(query, given, answer, found)),
            lang=lang,
            now=day,
            licence=licence,
        )
    )


def _read(answer: Solutions, names: Names, about: str | None) -> AnswerGraph:
    if answer.kind == "boolean":
        raise _nothing("The query answers yes or no.", "Ask with SELECT or CONSTRUCT.")
    if answer.kind == "triples":
        found = of_triples(answer.terms())
    else:
        found = of_rows(answer.variables, answer.terms(), lambda iri: _called(iri, names), about)
    if not found.facts:
        what = f"It has {len(answer)} rows and no thing in any of them."
        raise _nothing(what, "Select the things themselves, such as ?city, not only their names.")
    return found


def _nothing(what: str, fix: str) -> ProjectionError:
    return ProjectionError("There is nothing to draw in the answer.", faults=[fault(what, fix)])


def _called(iri: str, names: Names) -> set[str]:
    name = names.get(iri)
    return set() if name is None else {*name.texts.values(), *(name.full or {}).values()}


def _about(
    query: StoredQuery, given: Mapping[str, Any], answer: Solutions, prefixes: Mapping[str, str]
) -> str | None:
    """Return the one thing a query asks about by a parameter, where its answer has no column of it."""
    asked = [one for one in query.parameters if one.kind == "iri" and one.name not in answer.variables]
    if len(asked) != 1:
        return None
    return plain_text(query.terms(given, prefixes).get(asked[0].name, asked[0].default))


class _Words:
    """What predicates and things without a name in the data are called, asked once each."""

    def __init__(self, release: Askable, lang: str) -> None:
        self._release = release
        self._lang = lang
        self._known: dict[tuple[str, str], str] = {}

    def word(self, name: str, lang: str = "") -> str:
        """Return a predicate's label, or its short IRI; a variable's name stands as it is."""
        if ":" not in name:
            return name
        key = (name, lang or self._lang)
        if key not in self._known:
            label = self._release.label(name, key[1])
            self._known[key] = short_iri(name, self._release.prefixes) if label == name else label
        return self._known[key]

    def facts(self, facts: list[Fact]) -> tuple[Fact, ...]:
        return tuple(
            (self.word(name), self.word(value) if _is_iri(value) else value) for name, value in facts
        )

    def texts(self, name: str) -> Texts:
        return {lang: self.word(name, lang) for lang in LANGUAGES}


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://", "urn:")) and " " not in text


def _node(iri: str, city: Mapping[str, Any] | None, names: Names, found: AnswerGraph, told: _Words) -> Node:
    name = name_of(iri, names)
    if iri not in names:
        label = found.labels.get(iri) or told.word(iri)
        name = Name({"": label}, found.kinds.get(iri, name.kind))
    node = node_of(iri, city, name, facts=told.facts(found.facts[iri]))
    return Node(node.key, node.texts, node.kind, node.country, web_address(iri), facts=node.facts)


def _layers(found: AnswerGraph, told: _Words, *, arrow: bool) -> tuple[Layer, ...]:
    keys = sorted({layer for _, _, layer in found.links})
    return tuple(Layer(key, told.texts(key), family="relation", arrow=arrow) for key in keys)


def _notes(
    query: StoredQuery, given: Mapping[str, Any], answer: Solutions, found: AnswerGraph
) -> Iterator[Note]:
    said = " ".join(query.text.split()) if not query.titles else query.name
    said += "".join(f", {name} = {value}" for name, value in sorted(given.items()))
    yield Note("note_answer", {"query": said[:_LONGEST], "rows": len(answer)})
    if answer.truncated:
        yield Note("note_answer_cut", {"rows": len(answer)})
    if found.left_out:
        yield Note("note_answer_left_out", {"count": found.left_out})
