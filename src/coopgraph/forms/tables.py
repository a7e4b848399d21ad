"""What is accepted as rows of tables: the workspace's own, one CSV file for each kind of thing.

In: `Deed`s. Out: rows by table, in the columns that `mappings/*.yml` read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from coopgraph.forms.change import Deed
from coopgraph.forms.fields import form_sheets
from coopgraph.forms.minting import end_of, other_iri

FOLDER: Final = "declarations"
MAPPINGS: Final = Path(__file__).parent / "mappings"
SEPARATOR: Final = " "  # of several IRIs in a cell: no IRI holds it
_TAIL: Final = ("note", "denied_by", "denied_value", "lang", "stated_in")
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "sources": ("id", "title", "publisher", "city", "received", "sha256", "licence", "lang"),
    "cities": ("source_id", "iri", "name", "country", "name_en", "name_es", "name_pt", "population", *_TAIL),
    "networks": ("source_id", "iri", "name", "lang", "stated_in"),
    "memberships": (
        "source_id", "iri", "city", "network", "role", "during", "since", "until", *_TAIL,
    ),
    "agreements": (
        "source_id", "iri", "city", "title", "kind", "partners", "signed", "start", "end", "programme",
        *_TAIL,
    ),
    "actions": ("source_id", "iri", "title", "start", "end", "programme", "line", "sdgs", *_TAIL),
    "participations": (
        "source_id", "iri", "action", "city", "contributes", "benefits", "role", "lang", "stated_in",
    ),
    "interests": ("source_id", "iri", "city", "seeks", "offers", "words", *_TAIL),
    "money": (
        "source_id", "iri", "about", "kind", "amount", "currency", "qualifier", "payer", "payee", "start",
        "end", *_TAIL,
    ),
}  # fmt: skip
Row = dict[str, str]


def list_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table that may hold several IRIs, parted by `SEPARATOR`.

    >>> list_columns("money"), list_columns("sources")
    (('about',), ())
    """
    fields = next((sheet.fields for sheet in form_sheets() if sheet.key == table), ())
    return tuple(field.key for field in fields if field.holds_several and field.key in COLUMNS[table])


def rows_of(deeds: Iterable[Deed]) -> dict[str, list[Row]]:
    """Return the rows that deeds come to, by table, each once."""
    found: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    for deed in deeds:
        for table, row in _rows(deed):
            whole = {column: row.get(column, "") for column in COLUMNS[table]}
            if whole not in found[table]:
                found[table].append(whole)
    return {table: rows for table, rows in found.items() if rows}


def _rows(deed: Deed) -> Iterator[tuple[str, Row]]:
    yield "sources", _source(deed)
    tail = {"source_id": deed.source.id, "lang": deed.lang, "stated_in": deed.origin}
    for iri, thing in deed.things.items():
        kind = {"city": "cities", "network": "networks"}[thing["kind"]]
        yield kind, {**tail, "iri": iri, "name": thing["name"], "country": thing["country"]}
    cells = {key: SEPARATOR.join(codes) for key, codes in deed.states.items()}
    row = {**tail, "iri": deed.iri, **cells, "note": deed.note or "", "denied_value": deed.denied_value or ""}
    row["denied_by"] = deed.city if deed.is_denied else ""
    other = deed.other or other_iri(deed.source.base, deed.city, deed.sheet, deed.iri) or ""
    said = {"city": deed.city} if deed.states else {}  # who denies a thing is not called part of it
    if deed.sheet == "city":
        yield "cities", row
    elif deed.sheet == "memberships":
        during = other if {"since", "until"} & set(cells) else ""
        yield "memberships", {**row, **said, "during": during}
    elif deed.sheet in ("agreements", "interests"):
        yield deed.sheet, {**row, **said}
    elif deed.sheet == "money":
        yield "money", row
    else:
        yield from _action(deed, row, tail, other)


def _action(deed: Deed, row: Row, tail: Row, other: str) -> Iterator[tuple[str, Row]]:
    """An action, the city's part in it, and that of the others it names."""
    if deed.is_new or deed.note or set(row) & set(COLUMNS["actions"][2 : -len(_TAIL)]):
        yield "actions", row
    own: Row = {key: row[key] for key in ("contributes", "benefits", "role") if key in row}
    if deed.is_new or own or (deed.states and not deed.states.keys() - {"partners"}):
        yield "participations", {**tail, "iri": other, "action": deed.iri, "city": deed.city, **own}
    for city in deed.states.get("partners", ()):
        iri = f"{deed.source.base}id/participation/{end_of(deed.iri)}/{end_of(city)}"
        yield "participations", {**tail, "iri": iri, "action": deed.iri, "city": city}


def _source(deed: Deed) -> Row:
    source = deed.source
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "city": deed.city,
        "received": source.received,
        "sha256": source.sha256,
        "licence": source.licence,
        "lang": deed.lang,
    }
