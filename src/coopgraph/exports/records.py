"""The things of a release as records of the class tables, in one pass over its sorted statements.

In: lines of N-Quads, subjects together. Out: for each thing its table, its cells, its sources and rows. What
has no column is counted, so that nothing goes missing in silence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from coopgraph.exports.classes import LANGUAGES, Column, Table, class_tables
from coopgraph.namespaces import DCTERMS, ORG, PROV, RDF, SCHEMA, SKOS, TIME
from coopgraph.rdf.serialised import address, split
from coopgraph.rdf.terms import plain_text, split_literal

if TYPE_CHECKING:
    from coopgraph.release import Release

Lines = Callable[[], Iterable[bytes]]
_TYPE: Final = f"{RDF}type"
_NAMES: Final = (f"{SKOS}prefLabel", f"{DCTERMS}title")
_DURING: Final = f"{ORG}memberDuring"
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_SAID_ELSEWHERE: Final = {f"{PROV}wasDerivedFrom", _TYPE, _DURING}
ACTORS: Final = ("city", "network", "organisation")


@dataclass
class Survey:
    """What a first pass finds: kinds and labels of things, intervals, sources of graphs, titles of files."""

    kinds: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    intervals: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    languages: set[tuple[str, str]] = field(default_factory=set)

    def label(self, iri: str, lang: str) -> str:
        """Return a thing's label in a language, else in another, else the end of its address."""
        names = self.labels.get(iri, {})
        for wanted in (lang, "", *LANGUAGES):
            if wanted in names:
                return names[wanted]
        return names[min(names)] if names else iri.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Record:
    """A thing: its address and, by column, the terms that fill it (addresses, or texts of literals)."""

    iri: str
    cells: dict[str, list[str]]


class Records:
    """The records of a release. After an iteration, `left_out` says what had no column."""

    def __init__(self, release: Release, lines: Lines) -> None:
        self.base, self.prefixes, self._lines = release.base, release.prefixes, lines
        self._apart = {f"{self.base}graph/{name}" for name in ("ontology", "inferred", "provenance")}
        kinds = {table.of: table.kind for table in class_tables(self.prefixes, ()) if table.of}
        self.known = _surveyed(lines(), kinds, f"{self.base}graph/")
        self.tables = class_tables(self.prefixes, self.known.languages)
        self._by_class = {table.of: table for table in self.tables if table.of}
        self._parties = next(table for table in self.tables if table.name == "parties")
        self.left_out: Counter[str] = Counter()

    def __iter__(self) -> Iterator[tuple[Table, Record]]:
        self.left_out.clear()
        for subject, quads in groupby(map(split, self._lines()), key=lambda quad: quad[0]):
            iri = address(subject)
            stated: dict[str, list[str]] = defaultdict(list)
            graphs, rows = set(), []
            for _, p, o, g in quads:
                graph, prop = address(g), address(p)
                if graph not in self._apart:
                    graphs.add(graph)
                    if (term := o.decode()) not in stated[prop][-1:]:
                        stated[prop].append(term)
                elif prop == f"{PROV}wasDerivedFrom":
                    rows.append(address(o))
            yield from self._record(iri, stated, graphs, rows)

    def _record(
        self, iri: str, stated: dict[str, list[str]], graphs: set[str], rows: list[str]
    ) -> Iterator[tuple[Table, Record]]:
        """Yield the record of a subject that is of a table's class, and those of an agreement's parties."""
        classes = [term[1:-1] for term in stated.get(_TYPE, ())]
        table = next((self._by_class[name] for name in classes if name in self._by_class), None)
        if table is None:
            if iri not in self.known.intervals:
                for prop, terms in stated.items():
                    self.left_out[_told(prop, self.prefixes)] += len(terms)
            return
        during = [
            pair for each in stated.get(_DURING, ()) for pair in self.known.intervals.get(each[1:-1], ())
        ]
        cells = self._cells(table, stated, during)
        cited = {self.known.sources.get(graph, graph) for graph in graphs}
        cells["source_id"] = sorted(each for each in cited if self._is_source(each))
        cells["rows"] = sorted(row.removeprefix(f"{self.base}id/file/") for row in rows)
        yield table, Record(iri, {name: terms for name, terms in cells.items() if terms})
        if table.kind == "agreement":
            for kind in ACTORS:
                for party in cells[{"city": "cities"}.get(kind, f"{kind}s")]:
                    told = {"agreement": [iri], "party": [party], "party_kind": [kind]}
                    yield self._parties, Record(f"{iri} {party}", told | {"source_id": cells["source_id"]})

    def _is_source(self, iri: str) -> bool:
        return self.known.kinds.get(iri) == "source" or iri.startswith(f"{self.base}id/source/")

    def _cells(
        self, table: Table, stated: dict[str, list[str]], during: list[tuple[str, str]]
    ) -> dict[str, list[str]]:
        cells: dict[str, list[str]] = {column.name: [] for column in table.columns}
        by_property: dict[tuple[str, bool], list[Column]] = defaultdict(list)
        for column in table.columns:
            by_property[column.predicate, column.during].append(column)
        pairs = [(prop, term, False) for prop, terms in stated.items() for term in terms]
        for prop, term, inside in (*pairs, *((prop, term, True) for prop, term in during)):
            if prop in _SAID_ELSEWHERE and not inside:
                continue
            for column in by_property[prop, inside]:
                value = self._taken(column, term)
                if value is not None:
                    cells[column.name].append(value)
                    break
            else:
                self.left_out[_told(prop, self.prefixes)] += 1
        return cells

    def _taken(self, column: Column, term: str) -> str | None:
        """Return what a column holds of a term, None if the term is nothing for it."""
        if term[0] == "<":
            iri = plain_text(term)
            if column.kind in ("one", "many"):
                known = self.known.kinds.get(iri)
                here = iri.startswith(column.prefix(self.prefixes))
                return iri if known == column.of or (known is None and here) else None
            prefix = column.prefix(self.prefixes)
            fits = column.kind == "iri" or (prefix and iri.startswith(prefix))
            return iri if fits else None
        text, lang, _ = split_literal(term)
        if column.kind in ("text", "words"):
            return text if column.lang == _known_language(lang) else None
        if column.of == "only" and not _NUMBER.fullmatch(text):
            return None
        return None if column.prefix(self.prefixes) else text


def _surveyed(lines: Iterable[bytes], kinds: dict[str, str], graphs: str) -> Survey:
    found = Survey()
    for line in lines:
        s, p, o, _ = split(line)
        prop = address(p)
        if prop == _TYPE:
            name = address(o)
            if name in kinds:
                found.kinds.setdefault(address(s), kinds[name])
            elif name == f"{TIME}ProperInterval":
                found.intervals.setdefault(address(s), [])
        elif prop in _NAMES:
            text, lang, _ = split_literal(o.decode())
            found.labels.setdefault(address(s), {}).setdefault((lang or "").partition("-")[0], text)
        elif prop == f"{PROV}hadPrimarySource":
            found.sources[address(s)] = address(o)
        elif prop in (f"{SCHEMA}startDate", f"{SCHEMA}endDate"):  # after the type, in the order of lines
            said = found.intervals.get(address(s))
            if said is not None and (prop, o.decode()) not in said:
                said.append((prop, o.decode()))
        if o[:1] == b'"' and (o.endswith(b'"') or b'"@' in o):
            found.languages.add((prop, _known_language(split_literal(o.decode())[1])))
    return found


def _known_language(tag: str | None) -> str:
    lang = tag or ""
    return plain if (plain := lang.partition("-")[0]) in LANGUAGES else lang


def _told(prop: str, prefixes: dict[str, str]) -> str:
    from coopgraph.rdf.terms import short_iri

    return f"statements of {short_iri(prop, prefixes)}"


class Ids:
    """The short forms of addresses: `lima` for a city, where all cities have an address of this workspace."""

    def __init__(self, known: Survey, base: str) -> None:
        self._start = f"{base}id/"
        self._whole = {
            kind for iri, kind in known.kinds.items() if not iri.startswith(f"{self._start}{kind}/")
        }

    def is_short(self, kind: str) -> bool:
        """Say whether things of a kind are known by a short id."""
        return kind not in self._whole

    def of(self, iri: str, kind: str) -> str:
        """Return what a thing of a kind is known by."""
        return iri.removeprefix(f"{self._start}{kind}/") if self.is_short(kind) else iri
