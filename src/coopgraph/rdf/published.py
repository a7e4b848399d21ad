"""What a store says of the release published there: its record, a small graph of VoID beside the data.

In: a RemoteStore and the base of a workspace. Out: `Published`, or None where nothing was published by
coopgraph. Standards: VoID, DCAT, Dublin Core. Shape: docs/decisions/0010-remote-store.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from coopgraph.errors import StoreError
from coopgraph.namespaces import COOP, DCAT, DCTERMS, FOAF, OWL, RDF, SCHEMA, VOID, XSD
from coopgraph.rdf import endpoint
from coopgraph.rdf.paging import pull, question
from coopgraph.rdf.solutions import Solutions
from coopgraph.rdf.terms import literal_term, plain_text, split_literal
from coopgraph.settings.remote_store import RemoteStore

_QUERIES: Final = Path(__file__).parent / "queries"
COMPLETE: Final = "complete"
PREPARING: Final = "preparing"
EXCHANGING: Final = "exchanging"


@dataclass(frozen=True)
class Published:
    """A release in a store. `stamp` differs for every publication; `by`, `since`: who began it, and when."""

    base: str
    release: str
    stamp: str
    by: str
    since: str
    ontology: str
    title: str
    graphs: Mapping[str, int]
    merged: int
    built_at: str = ""
    state: str = COMPLETE
    now: str | None = None
    licence: str | None = None
    languages: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        return Names(self.base)

    def staged(self) -> dict[str, str]:
        """The graph that each graph, and the merge of all, is prepared in."""
        targets = (*self.graphs, self.names.merged)
        return {graph: self.names.staging(self.release, at) for at, graph in enumerate(targets)}

    def over(self, store: RemoteStore) -> RemoteStore:
        """The store, asked about this release alone."""
        return replace(store, default=(self.names.merged,), named=tuple(self.graphs))

    @property
    def workspace(self) -> dict[str, object]:
        """What a manifest says of the workspace."""
        return {
            "title": self.title,
            "titles": dict(self.titles),
            "languages": self.languages,
            "base": self.base,
            "licence": self.licence,
        }


@dataclass(frozen=True)
class Names:
    """The graphs that coopgraph keeps in a store beside those of a release."""

    base: str

    @property
    def record(self) -> str:
        return f"{self.base}published"

    @property
    def next(self) -> str:
        """The record of a release that is being published."""
        return f"{self.base}published/next"

    @property
    def merged(self) -> str:
        return f"{self.base}published/merged"

    def staging(self, release: str, number: int) -> str:
        return f"{self.base}published/staging/{release}/{number}"


def find(store: RemoteStore, base: str) -> Published | None:
    """Return what is published in a store under a base; raises StoreError where it is half published."""
    found = read(store, Names(base).record, base)
    if found is not None and found.state == COMPLETE:
        return found
    coming = whole(store, Names(base).next, base)
    half = found if coming is None or coming.state == PREPARING else coming
    if half is not None:
        raise _half_published(store, half)
    return None


def stands(store: RemoteStore, published: Published) -> bool:
    """Whether it is still this publication that stands there whole: one small question."""
    record = published.names.record
    text = (_QUERIES / "record_state.rq").read_text(encoding="utf-8").replace("urn:record", record)
    found = endpoint.rows(store, text, ["stamp", "state"])
    return [[plain_text(term) for term in row.split("\t")] for row in found] == [[published.stamp, COMPLETE]]


def whole(store: RemoteStore, record: str, base: str) -> Published | None:
    """Read a record graph; None where there is none, or one that was broken off while it was written."""
    try:
        return read(store, record, base)
    except NotUnderstood:
        return None


class NotUnderstood(StoreError):
    """A record that coopgraph did not write, or not to its end."""


def read(store: RemoteStore, record: str, base: str) -> Published | None:
    """Read a record graph; None where there is none, NotUnderstood where it is not whole."""
    text = (_QUERIES / "record.rq").read_text(encoding="utf-8").replace("urn:record", record)
    asked = question(text)
    if not endpoint.rows(store, asked.page("", 1), asked.variables):
        return None  # asked for before it is counted: Virtuoso 7 counts a row of a graph that it may not show
    answer, _ = pull(store, asked)
    stated: dict[tuple[str, str], list[str]] = {}
    for subject, predicate, thing in Solutions(answer).terms():
        stated.setdefault((subject[1:-1], predicate[1:-1]), []).append(thing)
    try:
        return _understood(stated, record, base)
    except ValueError:
        raise NotUnderstood(
            f"The store {store.shown} says of its release what cannot be understood, in the graph {record}. "
            "It was published by another coopgraph, or broken off: publish it again."
        ) from None


def _half_published(store: RemoteStore, coming: Published) -> StoreError:
    """Say that a store holds neither the old release nor the new one, why, and what to do."""
    return StoreError(
        f"The store {store.shown} is half published: its graphs are being exchanged for those of release "
        f"{coming.release}, by {coming.by} since {coming.since}. Ask again in a moment. If that was broken "
        "off, publish once more: coopgraph release publish."
    )


def _understood(stated: Mapping[tuple[str, str], list[str]], record: str, base: str) -> Published:
    names = Names(base)

    def texts(subject: str, predicate: str) -> list[str]:
        return [plain_text(term) for term in stated.get((subject, predicate), ())]

    def text(subject: str, predicate: str) -> str:
        (found,) = texts(subject, predicate) or [""]
        return found

    dataset = text(names.record, f"{FOAF}primaryTopic")
    release = text(dataset, f"{DCTERMS}identifier")
    counts = {
        subject: int(text(subject, predicate))
        for subject, predicate in sorted(stated)
        if predicate == f"{VOID}triples"
    }
    titled = [split_literal(term) for term in stated.get((dataset, f"{DCTERMS}title"), ())]
    plain = [title for title, language, _ in titled if language is None]
    if not release or names.merged not in counts:
        raise ValueError
    return Published(
        base=base,
        release=release,
        stamp=text(names.record, f"{DCTERMS}identifier"),
        by=text(names.record, f"{DCTERMS}creator"),
        since=text(names.record, f"{DCTERMS}issued"),
        ontology=text(dataset, f"{OWL}versionInfo"),
        title=plain[0] if plain else "",
        graphs={graph: count for graph, count in counts.items() if graph != names.merged},
        merged=counts[names.merged],
        built_at=text(dataset, f"{DCTERMS}created"),
        state=text(names.record, f"{SCHEMA}creativeWorkStatus"),
        now=text(dataset, f"{DCTERMS}valid") or None,
        licence=text(dataset, f"{DCTERMS}rights") or None,
        languages=tuple(text(dataset, f"{DCTERMS}language").split()),
        titles={language: title for title, language, _ in titled if language is not None},
    )


def described(published: Published) -> list[str]:
    """The triples of a record, without their full stops."""
    return [" ".join(triple) for triple in _triples(published)]


def state_set(graph: str, base: str, state: str) -> str:
    """The update that says in a record whether its release stands there whole."""
    stated = f"<{Names(base).record}> <{SCHEMA}creativeWorkStatus>"
    return (
        f"DELETE WHERE {{ GRAPH <{graph}> {{ {stated} ?state }} }} ;\n"
        f"INSERT DATA {{ GRAPH <{graph}> {{ {stated} {literal_term(state)} }} }}"
    )


def _triples(told: Published) -> Iterator[tuple[str, str, str]]:
    names = told.names
    record, dataset = f"<{names.record}>", f"<{names.record}/release/{told.release}>"
    yield record, f"<{RDF}type>", f"<{VOID}DatasetDescription>"
    yield record, f"<{FOAF}primaryTopic>", dataset
    yield record, f"<{DCTERMS}identifier>", literal_term(told.stamp)
    yield record, f"<{DCTERMS}creator>", literal_term(told.by)
    yield record, f"<{DCTERMS}issued>", literal_term(told.since)
    yield record, f"<{SCHEMA}creativeWorkStatus>", literal_term(told.state)
    yield dataset, f"<{RDF}type>", f"<{VOID}Dataset>"
    yield dataset, f"<{RDF}type>", f"<{DCAT}Dataset>"
    yield dataset, f"<{DCTERMS}identifier>", literal_term(told.release)
    yield dataset, f"<{DCTERMS}title>", literal_term(told.title)
    for language, title in sorted(told.titles.items()):
        yield dataset, f"<{DCTERMS}title>", literal_term(title, language=language)
    yield dataset, f"<{DCTERMS}language>", literal_term(" ".join(told.languages))
    yield dataset, f"<{DCTERMS}created>", literal_term(told.built_at)
    yield dataset, f"<{DCTERMS}conformsTo>", f"<{COOP.rstrip('#')}>"
    yield dataset, f"<{OWL}versionInfo>", literal_term(told.ontology)
    yield dataset, f"<{VOID}uriSpace>", literal_term(told.base)
    if told.now:
        yield dataset, f"<{DCTERMS}valid>", literal_term(told.now)
    if told.licence:
        yield dataset, f"<{DCTERMS}rights>", literal_term(told.licence)
    for graph, count in sorted({**told.graphs, names.merged: told.merged}.items()):
        yield f"<{graph}>", f"<{DCTERMS}isPartOf>", dataset
        yield f"<{graph}>", f"<{VOID}triples>", literal_term(str(count), datatype=f"{XSD}integer")
