"""The tables of a starter workspace described for other tools, by CSV on the Web.

In: a table, the mapping that reads it, and what the workspace file says of it. Out: its
`NAME.csv-metadata.json`: what each column holds, in three languages, and how it is written.
Standard: W3C Metadata Vocabulary for Tabular Data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from coopgraph.sources.guided.tables import Map, Statement
    from coopgraph.sources.starter import Table

_DATE: Final = {"base": "string", "format": r"\d{4}(-\d{2}(-\d{2})?)?"}
_TYPES: Final[Mapping[str, Any]] = {
    "dcterms:W3CDTF": _DATE, "xsd:decimal": "decimal", "xsd:nonNegativeInteger": "nonNegativeInteger",
    "xsd:date": "date", "xsd:anyURI": "anyURI",
}  # fmt: skip


def table_metadata(table: Table, maps: tuple[Map, ...], settings: Mapping[str, Any]) -> str:
    """Return the description of a table; `settings` are its section of the workspace file."""
    columns = [_column(table, name, maps, settings) for name in table.header]
    schema: dict[str, Any] = {"columns": columns, "primaryKey": settings["key"]}
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{table.name}.csv",
        "dc:title": table.name,
        "dc:description": _in_each(table.about),
        "tableSchema": schema,
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _column(table: Table, name: str, maps: tuple[Map, ...], settings: Mapping[str, Any]) -> dict[str, Any]:
    column: dict[str, Any] = {"name": name, "titles": name, "dc:description": _in_each(table.columns[name])}
    statement = _statement(name, maps)
    if name in table.choices:
        column["datatype"] = {"base": "string", "format": "|".join(map(re.escape, table.choices[name]))}
    elif statement and statement.datatype and statement.datatype in _TYPES:
        column["datatype"] = _TYPES[statement.datatype]
    if separator := settings.get("columns", {}).get(name, {}).get("separator"):
        column["separator"] = separator
    if name in settings["key"]:
        column["required"] = True
    return column


def _statement(name: str, maps: tuple[Map, ...]) -> Statement | None:
    found = [one for each in maps for one in each.statements if one.columns == (name,)]
    return next((one for one in found if one.datatype), found[0] if found else None)


def _in_each(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in words.items()]
