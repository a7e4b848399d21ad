"""Terms in words: labels of either release, each asked for once.

In: IRIs and values of both releases. Out: texts in a language.
"""

from __future__ import annotations

from typing import Final

from coopgraph.namespaces import COOP, ORG
from coopgraph.rdf.terms import plain_text, short_iri
from coopgraph.release.compare.changes import Change, own_label
from coopgraph.release.opened import Release

# what names a thing that has no label of its own: who takes part in what, who belongs to what, what about
_PARTS: Final = tuple(
    f"<{iri}>"
    for iri in (f"{COOP}participant", f"{ORG}member", f"{COOP}event", f"{ORG}organization", f"{COOP}about")
)


class Names:
    """The labels of two releases, the later one's first."""

    def __init__(self, before: Release, after: Release, language: str | None) -> None:
        self._releases = (after, before)
        self._language = language
        self._known: dict[str, str] = {}
        self.languages = tuple(dict.fromkeys(([language] if language else []) + [*after.languages]))

    def __call__(self, iri: str) -> str:
        """What a thing is called, or its IRI by its prefixes."""
        if iri not in self._known:
            labels = (release.label(iri, self._language) for release in self._releases)
            found = next((label for label in labels if label != iri), None)
            self._known[iri] = found or short_iri(iri, self._releases[0].prefixes)
        return self._known[iri]

    def value(self, term: str) -> str:
        """A value in words: a thing's label, or a literal's text."""
        text = plain_text(term)
        return self(text) if term.startswith("<") else text

    def thing(self, change: Change) -> str:
        """The name of a thing: its label, or the labels of what it joins."""
        label = own_label(change, self.languages)
        if label:
            return label
        stated = change.after or change.before
        parts = [self.value(value) for part in _PARTS for prop, value in sorted(stated) if prop == part]
        return " · ".join(parts) or self(change.subject)
