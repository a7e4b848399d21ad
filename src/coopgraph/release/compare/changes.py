"""The differing lines of a subject as a thing that was added, removed or changed.

In: two releases. Out: one `Change` after the other, in the order of their IRIs, with statements of the
ontology and of provenance told apart. Standard: RDF 1.1 N-Quads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from coopgraph.namespaces import COOP, DCTERMS, RDF, RDFS, SKOS
from coopgraph.rdf.terms import plain_text, split_literal
from coopgraph.release.compare.merging import Lines, differing
from coopgraph.release.graph import read_graph
from coopgraph.release.opened import Release

Triple = tuple[str, str]  # property and value, as N-Triples writes them
By = dict[Triple, set[str]]  # the graphs that state each

TYPE: Final = f"<{RDF}type>"
LABELS: Final = (f"<{SKOS}prefLabel>", f"<{RDFS}label>", f"<{DCTERMS}title>")
SPECIAL: Final = ("ontology", "provenance")


@dataclass(frozen=True)
class Change:
    """One subject: what sources and rules state of it before and after, and the lines that went and came.

    `before` and `after` leave the ontology and provenance out; `removed` and `added` hold every line.
    """

    subject: str
    before: By
    after: By
    removed: Lines
    added: Lines

    @property
    def how(self) -> str | None:
        """`added`, `removed`, `changed`, or None where only the ontology or provenance differ."""
        if self.before == self.after:
            return None
        return "changed" if self.before and self.after else "added" if self.after else "removed"


def changes(before: Release, after: Release) -> Iterator[Change]:
    """Yield each subject of which something differs; nothing is kept of what was yielded."""
    if before.manifest.graph_sha256 == after.manifest.graph_sha256:
        return
    for old, new in differing(read_graph(before.directory), read_graph(after.directory)):
        there, here = set(old), set(new)
        yield Change(
            plain_text(_text((new or old)[0]).split(" ", 1)[0]),
            _stated(old, before.base),
            _stated(new, after.base),
            tuple(line for line in old if line not in here),
            tuple(line for line in new if line not in there),
        )


def special_graphs(base: str) -> dict[str, str]:
    """The graphs that are no data, by their IRI."""
    return {f"{base}graph/{name}": name for name in SPECIAL}


def graph_of(line: bytes) -> str:
    """The graph of a line of N-Quads.

    >>> graph_of(b'<urn:a> <urn:p> "<urn:x> ." <urn:g> .')
    'urn:g'
    """
    return _text(line[line.rindex(b" <") + 2 : -3])


def _stated(lines: Lines, base: str) -> By:
    found: By = {}
    special = special_graphs(base)
    for line in lines:
        if (graph := graph_of(line)) not in special:
            _, prop, rest = _text(line).split(" ", 2)
            found.setdefault((prop, rest[: rest.rindex(" <")]), set()).add(graph)
    return found


def _text(line: bytes) -> str:
    return line.decode("utf-8")


def class_of(change: Change) -> str | None:
    """The class a thing is told under: coopgraph's own before others, the later release's first."""
    for stated in (change.after, change.before):
        types = [plain_text(value) for prop, value in stated if prop == TYPE]
        if types:
            return min(types, key=lambda iri: (not iri.startswith(COOP), iri))
    return None


def own_label(change: Change, languages: Iterable[str]) -> str | None:
    """The label that stands in the thing's own statements, in the first language there is."""
    for stated in (change.after, change.before):
        found: dict[str, list[str]] = defaultdict(list)
        for prop, value in stated:
            if prop in LABELS and value.startswith('"'):
                text, language, _ = split_literal(value)
                found[language or ""].append(text)
        for language in (*languages, "", *sorted(found)):
            if language in found:
                return min(found[language])
    return None


def by_property(change: Change) -> list[tuple[str, By, By]]:
    """The properties that differ, each language apart: what only was, and what only is, stated.

    A value that is stated on both sides by different graphs is in both.
    """
    groups: dict[tuple[str, str], tuple[By, By]] = {}
    for side, (here, there) in enumerate(((change.before, change.after), (change.after, change.before))):
        for (prop, value), graphs in here.items():
            if there.get((prop, value)) != graphs:
                key = (prop, _language(value))
                groups.setdefault(key, ({}, {}))[side][prop, value] = graphs
    return [(prop, *groups[prop, language]) for prop, language in sorted(groups)]


def _language(value: str) -> str:
    return (split_literal(value)[1] or "") if value.startswith('"') else ""
