"""Rows that cite a source nobody described: a figure whose source cannot be looked up is nobody's claim.

In: the records, their mappings and the quads of a build. Out: a fault for each such row. A workspace that
describes no source at all is not held to this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from coopgraph.columns.duck import Connection, column, constant
from coopgraph.errors import Fault
from coopgraph.namespaces import COOP, RDF
from coopgraph.settings.section import nearest
from coopgraph.sources.mapping import SourceMapping
from coopgraph.sources.quads import QUADS
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.terms import Reference


def undescribed_sources(
    records: Mapping[str, Records], mappings: Mapping[str, SourceMapping], base: str, connection: Connection
) -> list[Fault]:
    """Return a fault for each row whose `graph:$(column)` names no described source."""
    described = _described(base, connection)
    if not described:
        return []
    return [
        fault
        for name, mapping in mappings.items()
        for cited in dict.fromkeys(_citing_columns(mapping, base))
        for fault in _faults(records[name], cited, described, connection)
    ]


def _described(base: str, connection: Connection) -> list[str]:
    """The ids of the sources the workspace describes."""
    start = f"<{base}id/source/"
    is_source = (column("p") == constant(f"<{RDF}type>")) & (column("o") == constant(f"<{COOP}Source>"))
    subjects = connection.table(QUADS).filter(is_source).project("s").distinct().fetchall()
    return sorted(unquote(s[len(start) : -1]) for (s,) in subjects if s.startswith(start))


def _citing_columns(mapping: SourceMapping, base: str) -> Iterator[str]:
    """The columns that alone name the graph of a row, and so the source it cites."""
    for triples_map in mapping.maps:
        match triples_map.graph.template if triples_map.graph else ():
            case (str(start), Reference(name)) if start == f"{base}graph/":
                yield name


def _faults(records: Records, cited: str, described: list[str], connection: Connection) -> list[Fault]:
    cell = records.cell(cited)
    wrong = records.relation(connection).filter(
        cell.isnotnull() & cell.isnotin(*(constant(source) for source in described))
    )
    rows = wrong.project(column(RECORD), cell.alias("cited")).order(RECORD).fetchall()
    places = records.locate_all(record for record, _ in rows)
    return [
        Fault(
            *places[record],
            cited,
            f"has '{text}', which is no source described here.",
            nearest(text, described),
        )
        for record, text in rows
    ]
