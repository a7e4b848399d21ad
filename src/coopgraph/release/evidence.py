"""What is said about a thing, who says it, and in which row of which file it stood.

In: an open release and an IRI. Out: Evidence. Statements carry their graph and source; rows belong to the
thing as a whole, because the provenance graph notes them for each subject.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from coopgraph.rdf.stored import read_query
from coopgraph.rdf.terms import plain_text

if TYPE_CHECKING:
    from coopgraph.release.opened import Release

_ONE_BY_ONE: Final = 40  # subjects; of more the rows of all are read once
_QUERIES: Final = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Statement:
    """One statement; `object` is an N-Triples term, so that languages and datatypes are seen."""

    predicate: str
    object: str
    graph: str
    source: str | None


@dataclass(frozen=True)
class Row:
    """A row of a source file: row 1 is the header; of JSON the item counted from 1, of XML the line.

    `within` is the sheet it is of, or the activity; `unit` is "row" or "line".
    """

    file: str
    title: str
    row: int | None
    within: str = ""
    unit: str = "row"


@dataclass(frozen=True)
class Evidence:
    """All that is stated about a subject, and the rows it came from."""

    subject: str
    statements: tuple[Statement, ...]
    rows: tuple[Row, ...]


def evidence_of(release: Release, iri: str) -> Evidence:
    """Collect the evidence of one subject, in order."""
    subject = {"subject": iri}
    stated = read_query(_QUERIES / "statements.rq").bind(subject, release.prefixes)
    statements = tuple(
        Statement(plain_text(predicate), obj, plain_text(graph), plain_text(source) or None)
        for predicate, obj, graph, source in release.query(stated, trusted=True).terms()
    )
    return Evidence(iri, statements, rows_of(release, [iri])[iri])


def rows_of(release: Release, iris: Collection[str]) -> dict[str, tuple[Row, ...]]:
    """Return the rows of source files each subject came from, in order; () where none is noted."""
    found: dict[str, set[Row]] = {iri: set() for iri in iris}
    if len(found) > _ONE_BY_ONE:
        text = (_QUERIES / "rows_of_all.rq").read_text(encoding="utf-8")
        for subject, row, title in release.query(text, trusted=True):
            if (placed := found.get(str(subject))) is not None:
                placed.add(_row(str(row), title))
    else:
        for iri, placed in found.items():
            asked = read_query(_QUERIES / "rows.rq").bind({"subject": iri}, release.prefixes)
            placed |= {_row(str(row), title) for row, title in release.query(asked, trusted=True)}
    return {
        iri: tuple(sorted(placed, key=lambda row: (row.file, row.within, row.row or 0)))
        for iri, placed in found.items()
    }


def _row(iri: str, title: object) -> Row:
    """The row an address names: `...#row=7`, `...#sheet=Cities&row=7`, `...#activity=XX-1&line=7`.

    >>> _row("https://example.org/id/file/aid#activity=XX%2F1&line=7", "aid.xml")
    Row(file='https://example.org/id/file/aid', title='aid.xml', row=7, within='XX/1', unit='line')
    """
    file, _, fragment = iri.partition("#")
    named = dict(part.partition("=")[::2] for part in fragment.split("&"))
    number = named.get("row") or named.get("line") or ""
    unit = "line" if "line" in named else "row"
    name = unquote(file.rsplit("/", 1)[-1])
    within = unquote(named.get("sheet") or named.get("activity") or "")
    return Row(file, str(title or name), int(number) if number.isdigit() else None, within, unit)
