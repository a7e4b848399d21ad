"""What a release says of a city: the rows of its form, each value with who says so.

In: an open release, a city's IRI. Out: `KnownRow`s by sheet. What was inferred, and where rows came from, is
nobody's word and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.forms.fields import Field, FormSheet, form_sheets
from coopgraph.namespaces import COOP, RDF, SKOS
from coopgraph.rdf.stored import read_query

if TYPE_CHECKING:
    from coopgraph.release import Release

_QUERY: Final = Path(__file__).parent / "queries" / "city.rq"
_NOBODY: Final = ("graph/inferred", "graph/provenance", "graph/ontology")


@dataclass(frozen=True)
class Value:
    """A value as the data have it (an IRI, or a text), and the sources that state it.

    A source is the IRI of one, or of the graph of a file whose rows cite none.
    """

    code: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class KnownRow:
    """A thing the city has to do with: its values by column, those most sources state first.

    `other` is the node that some of its columns are stated of: the interval of a membership, or the city's
    part in an action.
    """

    iri: str
    other: str | None
    values: Mapping[str, tuple[Value, ...]]
    notes: tuple[Value, ...] = ()

    def codes(self, key: str) -> tuple[str, ...]:
        """Return all that is stated in a column."""
        return tuple(value.code for value in self.values.get(key, ()))


Known = Mapping[str, tuple[KnownRow, ...]]


def known_of(release: Release, city: str) -> Known:
    """Return what is stated of a city, by sheet."""
    asked = read_query(_QUERY).bind({"city": city}, release.prefixes)
    stated = [
        row for row in release.query(asked, trusted=True).dicts() if not str(row["graph"]).endswith(_NOBODY)
    ]
    return {
        sheet.key: tuple(_rows(sheet, [row for row in stated if row["sheet"] == sheet.key], city))
        for sheet in form_sheets()
    }


def _rows(sheet: FormSheet, stated: list[dict[str, Any]], city: str) -> Iterable[KnownRow]:
    by_row: dict[str, list[dict[str, Any]]] = {}
    for statement in stated:
        by_row.setdefault(statement["row"], []).append(statement)
    for iri, statements in sorted(by_row.items()):
        if any(each["object"] == sheet.kind and each["predicate"] == f"{RDF}type" for each in statements):
            others = sorted({each["subject"] for each in statements if each["at"] in ("during", "part")})
            values = {field.key: _values(field, iri, statements, city) for field in sheet.fields}
            yield KnownRow(iri, others[0] if others else None, values, _notes(iri, statements))


def _notes(row: str, statements: list[dict[str, Any]]) -> tuple[Value, ...]:
    return tuple(
        Value(str(each["object"]), (each["source"] or each["graph"],))
        for each in statements
        if each["subject"] == row and each["predicate"] == f"{SKOS}note"
    )


def _values(field: Field, row: str, statements: list[dict[str, Any]], city: str) -> tuple[Value, ...]:
    sources: dict[str, set[str]] = {}
    for each in statements:
        held = each["at"] == "holder" and each["predicate"] == f"{COOP}amount" and each["object"] == row
        if held and field.kind == "about":
            sources.setdefault(each["subject"], set()).add(each["source"] or each["graph"])
        if each["at"] != field.at or each["predicate"] != field.states:
            continue
        if field.language and each["lang"] != field.language:
            continue
        code = str(each["object"])
        if field.is_list and code == city:
            continue
        sources.setdefault(code, set()).add(each["source"] or each["graph"])
    found = [Value(code, tuple(sorted(said))) for code, said in sources.items()]
    return tuple(sorted(found, key=lambda value: (-len(value.sources), value.code)))
