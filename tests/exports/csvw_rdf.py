"""RDF of CSV by its CSVW description alone, in minimal mode, as far as these descriptions use the standard.

In: a folder with `csv-metadata.json`. Out: (subject, predicate, value, language) of each cell. It
knows nothing of coopgraph: what it gives is what the description says.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Statement = tuple[str, str, str, str]


def statements(folder: Path) -> Iterator[Statement]:
    """Yield the statements of every table that is not suppressed."""
    group = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    for table in group["tables"]:
        if table.get("suppressOutput"):
            continue
        schema = table["tableSchema"]
        with (folder / table["url"]).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in schema["columns"]:
                    yield from _of_cell(column, schema, row)


def _of_cell(column: dict[str, Any], schema: dict[str, Any], row: dict[str, str]) -> Iterator[Statement]:
    if column.get("suppressOutput"):
        return
    subject = _filled(column.get("aboutUrl", schema["aboutUrl"]), row)
    if column.get("virtual"):
        yield subject, column["propertyUrl"], _filled(column["valueUrl"], row), "@iri"
        return
    text = row[column["name"]]
    for value in text.split(column["separator"]) if "separator" in column else [text]:
        if value and "valueUrl" in column:
            iri = _filled(column["valueUrl"], row | {column["name"]: value})
            yield subject, column["propertyUrl"], iri, "@iri"
        elif value:
            yield subject, column["propertyUrl"], value, column.get("lang", "")


def _filled(template: str, row: dict[str, str]) -> str:
    return re.sub(r"\{\+(\w+)\}", lambda found: row[found[1]], template)
