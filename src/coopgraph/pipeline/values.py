"""Cells that name something nobody knows: a code outside its list, an id no table has.

In: a draft, a predicate and the IRI a cell made. Out: the cell's own text and what was likely meant. What is
known is what the quads describe under the constant part of the mapping's template, so this needs no list of
lists.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final
from urllib.parse import unquote

from coopgraph.columns.duck import column, constant, function
from coopgraph.letters import plain_letters
from coopgraph.namespaces import RDF, SKOS
from coopgraph.pipeline.draft import Draft
from coopgraph.sources.mapping import SourceMapping
from coopgraph.sources.quads import QUADS
from coopgraph.sources.terms import Reference

MOST_SHOWN: Final = 12
_LABELS: Final = tuple(f"<{SKOS}{name}>" for name in ("prefLabel", "altLabel", "notation"))


@dataclass(frozen=True)
class Unknown:
    """A cell's text that stands for nothing, in words."""

    column: str
    what: str
    fix: str | None


@dataclass
class Values:
    """What is known under each template's beginning, looked up once each."""

    draft: Draft
    found: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def unknown(self, source: str, focus: str, predicates: Collection[str], value: str) -> Unknown | None:
        """Say in words that a cell's value is not known; None when it is, or when no cell made it."""
        mapping = self.draft.mappings[source]
        for name, start, end in _templates(mapping, focus, predicates):
            if value.startswith(start) and value.endswith(end) and len(value) > len(start + end):
                text = unquote(value[len(start) : len(value) - len(end)])
                known = self.known(start)
                return None if text in known else self._told(name, text, start, known)
        return None

    def known(self, start: str) -> Mapping[str, tuple[str, ...]]:
        """The ids that begin so and are described as something, each with its labels."""
        if start not in self.found:
            self.found[start] = self._look_up(start)
        return self.found[start]

    def _told(self, name: str, text: str, start: str, known: Mapping[str, tuple[str, ...]]) -> Unknown:
        close = likely(text, known)
        hint = f"Did you mean '{close}'?" if close else None
        if files := self._files(start):
            what = f"has '{text}', which {files} does not have."
            return Unknown(name, what, hint or "Correct it, or add the row it names.")
        if 0 < len(known) <= MOST_SHOWN:
            allowed = f"Use one of {', '.join(sorted(known))}, or leave the cell empty."
            return Unknown(
                name, f"has '{text}', which is not in the list.", f"{hint} {allowed}" if hint else allowed
            )
        return Unknown(name, f"has '{text}', which is not in the list.", hint)

    def _files(self, start: str) -> str:
        """The tables whose rows are the things that begin so."""
        titles = [
            self.draft.records[name].title
            for name, mapping in self.draft.mappings.items()
            for each in mapping.maps
            if each.subject.template[0] == start
            and len(each.subject.template) == 2
            and any(po.predicate == f"{RDF}type" for po in each.predicate_objects)
        ]
        return " or ".join(dict.fromkeys(titles))

    def _look_up(self, start: str) -> dict[str, tuple[str, ...]]:
        quads = self.draft.connection.table(QUADS)
        inside = quads.filter(function("starts_with", column("s"), constant(f"<{start}")))
        typed = inside.filter(column("p") == constant(f"<{RDF}type>")).project("s").distinct().fetchall()
        labels: dict[str, list[str]] = {s: [] for (s,) in typed}
        named = inside.filter(column("p").isin(*map(constant, _LABELS)))
        for s, literal in sorted(named.project("s, o").distinct().fetchall()):
            if s in labels and (match := re.match(r'"(.*)"', literal)):
                labels[s].append(match[1])
        return {unquote(s[len(start) + 1 : -1]): tuple(names) for s, names in sorted(labels.items())}


def likely(text: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """The id that a text most likely stands for, by its letters or by a label in any language.

    >>> likely("Sí", {"yes": ("yes", "sí", "sim"), "no": ("no", "não")})
    'yes'
    >>> likely("madird", {"madrid": (), "merida": ()})
    'madrid'
    """
    ids: dict[str, str] = {}
    for slug, labels in known.items():
        for name in (slug, *labels):
            ids.setdefault(_folded(name), slug)
    wanted = _folded(text)
    if wanted in ids:
        return ids[wanted]
    close = get_close_matches(wanted, list(ids), n=1, cutoff=0.7)
    return ids[close[0]] if close else None


def _folded(text: str) -> str:
    """Letters and digits alone, without accents and case."""
    return "".join(c for c in plain_letters(text) if c.isalnum())


def _templates(
    mapping: SourceMapping, focus: str, predicates: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """The column, beginning and end of each object that one column makes for a subject by a predicate."""
    for each in mapping.maps:
        beginning = each.subject.template[0]
        if isinstance(beginning, str) and not focus.startswith(beginning):
            continue
        for po in each.predicate_objects:
            match po.object.template if po.predicate in predicates and po.object.kind == "iri" else ():
                case (str(start), Reference(name)):
                    yield name, start, ""
                case (str(start), Reference(name), str(end)):
                    yield name, start, end
