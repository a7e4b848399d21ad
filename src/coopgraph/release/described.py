"""A release as a notebook shows it: what it is called, what it holds, from when, from where, on what terms.

In: its manifest and its day. Out: HTML.
"""

from __future__ import annotations

import re

from coopgraph import markup
from coopgraph.markup import Link
from coopgraph.namespaces import COOP
from coopgraph.release.manifest import Manifest


def release_html(manifest: Manifest, now: str | None, where: str = "") -> str:
    """Return a release as HTML; `where` says what a release without an id is."""
    licence = str(manifest.workspace.get("licence") or "")
    stated = [
        ("Release", manifest.id or where or "temporary, not published"),
        ("Data as of", now or "not stated"),
        ("Licence", Link(licence, licence) if licence else "not stated"),
        ("Statements", manifest.quads if manifest.quads else None),
        *((name, count) for name, count in _classes(manifest)),
        ("Sources", manifest.counts.get("table_rows", {}).get("sources")),
    ]
    title = markup.text(str(manifest.workspace.get("title") or "A release without a title"))
    known = [(name, value) for name, value in stated if value is not None]
    return f"<h4>{title}</h4>{markup.table(['', ''], known)}"


def _classes(manifest: Manifest) -> list[tuple[str, int]]:
    """Return how many things there are of each class of the ontology's own, most first."""
    counted = manifest.counts.get("classes", {})
    own = [(_words(iri.removeprefix(COOP)), count) for iri, count in counted.items() if iri.startswith(COOP)]
    left_out = ("Source", "Country")  # the sources are said beside; countries are a list, not data
    return sorted(
        ((name, count) for name, count in own if name not in left_out), key=lambda one: (-one[1], one[0])
    )


def _words(name: str) -> str:
    """Return the name of a class in words.

    >>> _words("ReportedFigure")
    'Reported figure'
    """
    return re.sub(r"(?<=[a-z])[A-Z]", lambda letter: f" {letter[0].lower()}", name)
