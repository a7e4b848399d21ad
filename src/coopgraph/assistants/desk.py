"""What an assistant can ask of a release: search, describe, stored questions, SPARQL, ranks, explanations.

In: an open release and limits. Out: frozen answers, with what is unknown and their sources. Nothing
here writes, fetches, or knows of the protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from coopgraph.assistants.answers import (
    About,
    Cited,
    Description,
    ExplainAnswer,
    Hit,
    Question,
    QuestionParameter,
    Questions,
    RankAnswer,
    Rows,
    SearchAnswer,
    Statement,
)
from coopgraph.assistants.citing import Sources
from coopgraph.assistants.matched import matching, named
from coopgraph.assistants.measured import explained, ranked
from coopgraph.assistants.quoted import quoted
from coopgraph.errors import QueryError, QueryTimeout
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import CONCEPT, COOP
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.solutions import Solutions
from coopgraph.rdf.stored import Argument, plain_default
from coopgraph.rdf.terms import plain_text, short_iri
from coopgraph.release import Release
from coopgraph.views.explorer.search import KINDS, Index, find, fold, index_of

DEFAULT: Final = Limits(seconds=10.0, memory=1 << 30, rows=200, size=256 << 10)
MOST_STATEMENTS: Final = 150
MOST_ROWS: Final = 20
MOST_MATCHED: Final = 40  # rows, of a query whose answer names no thing
NO_SOURCE: Final = (
    "No source can be told for this answer: sources are found by the things in it, and it has counts, "
    "values or yes and no alone. Do not cite one. "
    "Ask for the things themselves (SELECT ?thing) to have theirs."
)
KINDS_TOLD: Final = ", ".join(sorted(set(KINDS.values())))
UNKNOWN: Final = f"{CONCEPT}answer/unknown"
DERIVED: Final = f"{CONCEPT}certainty/derived"


class Desk:
    """A release that is asked for an assistant; calls may come at the same time."""

    def __init__(self, release: Release, limits: Limits = DEFAULT) -> None:
        own = release.limits
        self.release = release
        self.limits = replace(
            own,
            **{
                name: min(getattr(own, name), getattr(limits, name))
                for name in ("seconds", "memory", "rows", "size")
            },
        )
        self._sources = Sources(release)

    @cached_property
    def about(self) -> About:
        """What release this is."""
        manifest = self.release.manifest
        remote = self.release.remote
        title = quoted(manifest.workspace.get("title") or "not stated")
        name = manifest.id or (remote.shown if remote else "RDF files, not published")
        licence = manifest.workspace.get("licence")
        return About(name, title, self.release.now, manifest.built_at, quoted(licence) if licence else None)

    @cached_property
    def _index(self) -> Index:
        return index_of(self.release)

    def search(self, text: str, kind: str = "", limit: int = 10, language: str = "en") -> SearchAnswer:
        """Find things by any of their names."""
        if kind not in KINDS.values() and kind:
            raise QueryError(f"There is no kind '{quoted(kind, 40)}'. Kinds are: {KINDS_TOLD}.")
        place = LANGUAGES.index(language)
        found = find(self._index, text, kind=kind, limit=limit)
        hits = [
            Hit(
                hit.thing.iri,
                hit.thing.kind,
                quoted(hit.thing.labels[place]),
                quoted(hit.name),
                hit.thing.weight,
            )
            for hit in found.hits
        ]
        sources, said = self._sources.of_things(hit.iri for hit in hits)
        nothing = [] if hits else [f"Nothing is called '{quoted(text, 80)}' in this release."]
        return SearchAnswer(self.about, hits, found.more, sources, nothing + said)

    def describe(self, thing: str, language: str = "en") -> Description:
        """Say what is stated about a thing, by whom, and in which rows of which files."""
        iri = self.meant(thing)
        evidence = self.release.evidence(iri)
        if not evidence.statements:
            raise QueryError(f"Nothing is stated about {quoted(iri, 200)} in this release. Try `search`.")
        labels = self._labels(
            [one.predicate for one in evidence.statements]
            + [plain_text(one.object) for one in evidence.statements if one.object.startswith("<")],
            language,
        )
        told = [
            Statement(
                labels[one.predicate],
                labels.get(plain_text(one.object)) or quoted(plain_text(one.object)),
                plain_text(one.object) if one.object.startswith("<") else None,
                one.graph,
                one.source,
            )
            for one in evidence.statements
        ]
        unknown = [f"'{one.property}' is stated as unknown." for one in told if one.value_iri == UNKNOWN]
        if any(one.value_iri == DERIVED for one in told):
            unknown.append("Some of this is read from a source that does not state it in so many words.")
        unstated = sum(one.source is None for one in told)
        if unstated:
            unknown.append(f"{unstated} of {len(told)} statements name no source.")
        return Description(
            self.about,
            iri,
            quoted(self.release.label(iri, language)),
            told[:MOST_STATEMENTS],
            [
                ", ".join(
                    [
                        quoted(row.title),
                        *([quoted(row.within)] if row.within else []),
                        *([f"{row.unit} {row.row}"] if row.row else []),
                    ]
                )
                for row in evidence.rows
            ][:MOST_ROWS],
            max(0, len(told) - MOST_STATEMENTS),
            self._sources.cited(one.source for one in told if one.source),
            unknown,
        )

    def meant(self, thing: str) -> str:
        """Return the IRI of a thing given as an IRI, a short form such as id:city/lima, or a name.

        Raises QueryError for a name that nothing or several things have.
        """
        text = thing.strip().strip("<>")
        prefix, sign, rest = text.partition(":")
        if "://" in text or text.startswith("urn:"):
            return text
        if sign and prefix in self.release.prefixes:
            return self.release.prefixes[prefix] + rest
        hits = find(self._index, text, limit=10).hits
        called = [hit.thing for hit in hits if fold(hit.name) == fold(text)] or [hit.thing for hit in hits]
        if len(called) == 1:
            return called[0].iri
        if not called:
            raise QueryError(f"Nothing is called '{quoted(thing, 80)}' in this release. Try `search`.")
        several = "; ".join(f"{quoted(one.labels[0])} ({one.kind}) {one.iri}" for one in called)
        raise QueryError(f"'{quoted(thing, 80)}' may be several things. Give the IRI of one: {several}")

    def questions(self, language: str = "en") -> Questions:
        """List the stored questions with their parameters."""
        return Questions(
            self.about,
            [
                Question(
                    query.name,
                    quoted(query.title(language)),
                    [
                        QuestionParameter(one.name, one.kind, quoted(one.about), quoted(plain_default(one)))
                        for one in query.parameters
                    ],
                )
                for query in self.release.queries()
            ],
        )

    def ask(self, question: str, parameters: Mapping[str, Argument], language: str = "en") -> Rows:
        """Ask a stored question by its name or number."""
        if any(mark in question for mark in "{} \n"):
            raise QueryError(
                "`ask` takes the name of a stored question, such as cq-011. For SPARQL use `sparql`."
            )
        wrong = [name for name in ("question", "trusted", "limits") if name in parameters]
        if wrong:
            raise QueryError(
                f"'{wrong[0]}' is no parameter of a stored question. `list_questions` tells them."
            )
        given: dict[str, Any] = dict(parameters)
        found = self.release.query(question, limits=self.limits, **given)
        said = [
            f"{quoted(thing, 200)} does not occur in this release."
            for thing in self.release.unknown_things(question, **given)
        ]
        asked = self.release.asked(question)
        terms = [one.default for one in asked.parameters if one.kind == "iri" and one.name not in given]
        about = [plain_text(term) for term in (*terms, *asked.terms(given, self.release.prefixes).values())]
        return self._rows(found, asked.title(language), said, language, about)

    def sparql(self, query: str, language: str = "en") -> Rows:
        """Ask in SPARQL; it runs in a process of its own that is stopped at its limits."""
        if not any(mark in query for mark in "{} \n"):
            raise QueryError("This is no SPARQL. For a stored question use `ask`.")
        found = self.release.query(query, limits=self.limits)
        told = self._rows(found, "SPARQL", [], language)
        if told.sources or found.kind not in ("bindings", "boolean"):
            return told
        sources, said = self._matched(query)
        return replace(told, sources=sources, unknown=[*told.unknown[:-1], *said]) if sources else told

    def _matched(self, query: str) -> tuple[list[Cited], list[str]]:
        """The sources of what a query matches and names, where its answer is counts, values, or yes or no."""
        things = named(query, self.release.prefixes)
        asking = matching(query, MOST_MATCHED)
        rows: list[tuple[str, ...]] = []
        if asking is not None:
            with suppress(QueryError, QueryTimeout):  # then the things that it names are what there is
                rows = list(self.release.query(asking, limits=self.limits).terms())
        things += [plain_text(term) for row in rows for term in row if term.startswith("<")]
        ours = (thing for thing in dict.fromkeys(things) if thing.startswith(self.release.base))
        own = [thing for thing in ours if not thing.startswith(COOP)]
        sources, said = self._sources.of_things(own)
        more = (
            f" Of what it matches the first {MOST_MATCHED} rows were looked at."
            if len(rows) == MOST_MATCHED
            else ""
        )
        return sources, [
            f"The sources are those that speak of the things the query matches or names.{more}",
            *said,
        ]

    def _rows(
        self, found: Solutions, question: str, said: list[str], language: str, about: Sequence[str] = ()
    ) -> Rows:
        """Put an answer in words; its sources are those of the things in it and of what it is about."""
        columns = ["answer"] if found.kind == "boolean" else list(found._columns())
        terms = [("yes" if found else "no",)] if found.kind == "boolean" else list(found.terms())
        things = [plain_text(term) for row in terms for term in row if term.startswith("<")]
        labels = self._labels(dict.fromkeys(things), language)
        prefixes = self.release.prefixes
        own = [thing for thing in (*things, *about) if thing.startswith(self.release.base)]
        sources, unsaid = self._sources.of_things(own)
        if not sources:
            unsaid = [NO_SOURCE]
        empty = {name: sum(not row[place] for row in terms) for place, name in enumerate(columns)}
        unknown = [f"'{name}' is not stated in {n} of {len(terms)} rows." for name, n in empty.items() if n]
        if not terms:
            unknown.append(
                "This release has no such row, which does not mean that there is none in the world."
            )
        return Rows(
            self.about,
            quoted(question),
            [quoted(name, 100) for name in columns],
            [
                {quoted(name, 100): _cell(term) for name, term in zip(columns, row, strict=True)}
                for row in terms
            ],
            {iri: label for iri, label in labels.items() if label != short_iri(iri, prefixes)},
            f"{found.reason}; ask for less, or for an aggregate" if found.truncated else None,
            sources,
            [*said, *unknown, *unsaid],
        )

    def _labels(self, iris: Iterable[str], language: str) -> dict[str, str]:
        """What things are called, or their short IRI; of very many the first 200 are asked for."""
        found = {}
        for place, iri in enumerate(dict.fromkeys(iris)):
            label = self.release.label(iri, language) if place < 200 else iri
            found[iri] = quoted(short_iri(iri, self.release.prefixes) if label == iri else label)
        return found

    def rank(
        self, measure: str = "peer-exchange", top: int = 10, language: str = "en", **options: Any
    ) -> RankAnswer:
        """Rank cities by a measure, with what the numbers rest on; `options` are those of `flows`."""
        return ranked(self.release, self.about, self._sources, measure, top, language, options)

    def explain(
        self, city: str, measure: str = "peer-exchange", top: int = 10, language: str = "en", **options: Any
    ) -> ExplainAnswer:
        """Take a city's score apart: partners, sources, and what is not known; options are as of `rank`."""
        return explained(self.release, self.about, self._sources, city, measure, top, language, options)


def _cell(term: str) -> str | None:
    return quoted(plain_text(term), 2000) if term else None
