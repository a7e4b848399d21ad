"""Read a release in one language: names of things, rows of tables about one thing, numbered sources.

In: an open release, a language, and its names. Out: a `Reader`, which the parts of a profile are read with.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.rdf.stored import read_query
from coopgraph.views.drawing import clean, in_language, language_of, web_address
from coopgraph.views.events import weakest
from coopgraph.views.names import Names, name_of, names_in
from coopgraph.views.profiles.profile import Note, Reference, Source

if TYPE_CHECKING:
    from coopgraph.release import Release


class Reader:
    """What every part of a profile is read with; it numbers the sources in the order they are cited."""

    def __init__(self, release: Release, lang: str, names: Names | None = None) -> None:
        self.release = release
        self.lang = lang
        self._names = names_in(release) if names is None else names
        self._sources = {row["source"]: row for row in release.table("sources").to_pylist()}
        self._cited: dict[str, int] = {}
        self._notes: dict[str, dict[str, tuple[Note, ...]]] = {}

    def ask(self, question: str, **arguments: str) -> list[dict[str, Any]]:
        """Return the rows of a stored query; partial dates and IRIs are texts."""
        given: dict[str, Any] = {**arguments}
        return list(self.release.query(question, trusted=True, **given).dicts())

    def rows(self, table: str, column: str, value: str) -> list[dict[str, Any]]:
        """Return the rows of a table in which a column has this value."""
        import pyarrow.compute as pc

        whole = self.release.table(table)
        found: list[dict[str, Any]] = whole.filter(pc.equal(whole.column(column), value)).to_pylist()
        return found

    def notes(self, actor: str) -> dict[str, tuple[Note, ...]]:
        """Return what is noted of an actor's agreements and of memberships in it or of it."""
        if actor not in self._notes:
            asked = read_query(Path(__file__).with_name("notes.rq")).bind(
                {"actor": actor}, self.release.prefixes
            )
            found: dict[str, tuple[Note, ...]] = {}
            for thing, note, lang in self.release.query(asked, trusted=True):
                found[str(thing)] = (*found.get(str(thing), ()), Note(clean(str(note)), str(lang or "")))
            self._notes[actor] = found
        return self._notes[actor]

    def reference(self, iri: str) -> Reference:
        """Return a thing by what it is called in the language, or the nearest there is."""
        if iri in self._sources:
            return Reference(iri, clean(self._sources[iri]["title"] or iri), "", "thing")
        name = name_of(iri, self._names)
        kind = name.kind if name.kind in ("city", "network", "organisation") else "thing"
        full = in_language(name.full, self.lang) if name.full else ""
        return Reference(
            iri, in_language(name.texts, self.lang), language_of(name.texts, self.lang), kind, full
        )

    def references(self, iris: Iterable[str | None]) -> tuple[Reference, ...]:
        """Return several things, each once, by name."""
        found = map(self.reference, {iri for iri in iris if iri})
        return tuple(sorted(found, key=lambda thing: (thing.label.casefold(), thing.iri)))

    def called(self, iri: str | None) -> str:
        """Return what a concept is called; "" for none."""
        return self.reference(iri).label if iri else ""

    def cite(self, iris: Iterable[str] | None) -> tuple[int, ...]:
        """Return the places of sources among those cited; new ones by IRI."""
        return tuple(sorted(self._cited.setdefault(iri, len(self._cited)) for iri in sorted(set(iris or ()))))

    def sources(self) -> tuple[Source, ...]:
        """Return every source cited so far, in the order of its place."""
        return tuple(
            _source(iri, self._sources.get(iri) or {"title": self.release.label(iri, self.lang)})
            for iri in self._cited
        )


def word(iris: Iterable[str | None] | str | None) -> str:
    """Return the weakest of several certainties as a word: stated, derived or "".

    >>> word(["https://w3id.org/coopgraph/concept/certainty/derived", None])
    'derived'
    """
    several = [iris] if isinstance(iris, str) else list(iris or ())
    return weakest(iri.rsplit("/", 1)[-1] for iri in several if iri)


def _source(iri: str, row: dict[str, Any]) -> Source:
    return Source(
        iri,
        clean(row.get("title") or iri),
        clean(row.get("publisher") or ""),
        web_address(row.get("url")),
        str(row.get("date") or ""),
        str(row.get("retrieved") or ""),
    )
