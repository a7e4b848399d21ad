"""Make a starter workspace: spreadsheets to fill in, mappings that read them, a commented `coopgraph.toml`.

In: a title, and whether the workbook or the CSV files are read. Out: a folder that builds as it stands, with
a few invented rows; what it says comes from `coopgraph/starter/tables.toml`. Same arguments, same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from coopgraph.errors import ConfigError
from coopgraph.resources import STARTER
from coopgraph.sources.guided.tables import maps_of
from coopgraph.sources.judgements import COLUMNS
from coopgraph.sources.repeatable import same_bytes
from coopgraph.sources.starter_csvw import table_metadata
from coopgraph.sources.starter_words import WORDS, WORKBOOK

READMES: Final = {"en": "README.md", "es": "LEEME.md", "pt": "LEIAME.md"}
_FILL: Final = PatternFill("solid", fgColor="E8EEF4")
_MADE: Final = datetime(2026, 1, 1)  # a workbook that says when it was made is never twice the same


@dataclass(frozen=True)
class Table:
    """One table to fill in: what it and its columns are for, by language; example rows; lists to choose."""

    name: str
    about: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    rows: tuple[tuple[str, ...], ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(self.columns)


def starter_tables() -> tuple[Table, ...]:
    """Return the tables a starter workspace has.

    >>> [table.name for table in starter_tables()][:3]
    ['sources', 'cities', 'networks']
    """
    described = tomllib.loads((STARTER / "tables.toml").read_text(encoding="utf-8"))
    return tuple(
        Table(
            name,
            table["about"],
            table["columns"],
            tuple(tuple(row) for row in table["rows"]),
            {column: tuple(values) for column, values in table.get("choices", {}).items()},
            {column: tuple(values) for column, values in table.get("suggestions", {}).items()},
        )
        for name, table in described.items()
    )


def write_starter(directory: Path, *, title: str, read: Literal["xlsx", "csv"] = "xlsx") -> tuple[Path, ...]:
    """Write a starter workspace and return its files; `read` says which tables its `coopgraph.toml` names.

    Raises ConfigError when the folder holds anything already: nothing of the user's is ever overwritten.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise ConfigError(
            f"{directory} is there and is not empty. Name a new folder: coopgraph init my-workspace"
        )
    files = starter_files(title=title, read=read)
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tuple(directory / name for name in files)


def starter_files(*, title: str, read: Literal["xlsx", "csv"] = "xlsx") -> dict[str, bytes]:
    """Return each file of a starter workspace by its name.

    >>> sorted(starter_files(title="Our cooperation"))[:3]
    ['LEEME.md', 'LEIAME.md', 'README.md']
    """
    tables = starter_tables()
    mappings = sorted((STARTER / "mappings").glob("*.yml"))
    settings = _settings(tables, title, read)
    sources = tomllib.loads(settings)["sources"]
    return {
        "coopgraph.toml": settings.encode(),
        "judgements.csv": (",".join(COLUMNS) + "\n").encode(),
        WORKBOOK: workbook(tables),
        **{f"tables/{table.name}.csv": comma_separated(table).encode() for table in tables},
        **{
            f"tables/{table.name}.csv-metadata.json": table_metadata(
                table, maps_of(f"mappings/{table.name}.yml"), sources[table.name]
            ).encode()
            for table in tables
        },
        **{f"mappings/{path.name}": path.read_bytes() for path in mappings},
        **{name: readme(tables, title, read, language).encode() for language, name in READMES.items()},
    }


def _settings(tables: Iterable[Table], title: str, read: str) -> str:
    note = {
        "xlsx": f"# The tables are the sheets of {WORKBOOK}. To use the CSV files in tables/ instead, write\n"
        '#   path = "tables/cities.csv"\n# in place of path and sheet, for each.\n',
        "csv": f"# The tables are the CSV files in tables/. To use the workbook instead, write\n"
        f'#   path = "{WORKBOOK}"\n#   sheet = "cities"\n# in place of the path, for each.\n',
    }[read]
    place = {
        "xlsx": f'path = "{WORKBOOK}"\nsheet = "{{}}"',
        "csv": 'path = "tables/{}.csv"',
    }[read]
    quoted = json.dumps(title, ensure_ascii=False)[1:-1]  # a JSON string is a TOML basic string
    template = Template((STARTER / "coopgraph.toml").read_text(encoding="utf-8"))
    return template.substitute(
        title=quoted, tables_note=note, **{t.name: place.format(t.name) for t in tables}
    )


def comma_separated(table: Table) -> str:
    """Return a table as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([table.header, *table.rows])
    return text.getvalue()


def workbook(tables: Iterable[Table]) -> bytes:
    """Return the workbook: a sheet of explanations in each language, then one sheet for each table."""
    book = Workbook()
    book.properties.creator = "coopgraph"
    book.properties.created = _MADE
    book.remove(book.worksheets[0])
    for language in READMES:
        _explain(book.create_sheet(WORDS[language]["sheet"]), tables, language)
    for table in tables:
        _fill_in(book.create_sheet(table.name), table)
    return same_bytes(book)


def _explain(sheet: Worksheet, tables: Iterable[Table], language: str) -> None:
    words = WORDS[language]
    sheet.append([words["table"], words["column"], words["what"]])
    sheet.append(["", "", words["order"]])
    sheet.append(["", "", words["empty"]])
    for table in tables:
        sheet.append([table.name, "", table.about[language]])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for name, explanation in table.columns.items():
            sheet.append(["", name, explanation[language]])
    _head(sheet, (16, 18, 110))


def _fill_in(sheet: Worksheet, table: Table) -> None:
    sheet.append(table.header)
    for row in table.rows:
        sheet.append(row)
    for number, name in enumerate(table.header, start=1):
        letter = get_column_letter(number)
        # Text: the program must not turn 2017-05 into a date of its own, nor in cells that are still empty.
        sheet.column_dimensions[letter].number_format = "@"
        for cell in sheet[letter][1:]:
            cell.number_format = "@"
        if name in table.choices or name in table.suggestions:
            sheet.add_data_validation(_choice(table, name, f"{letter}2:{letter}1000"))
    longest = [max(map(len, cells)) for cells in zip(table.header, *table.rows, strict=True)]
    _head(sheet, [min(60, length + 4) for length in longest])


def _choice(table: Table, name: str, cells: str) -> DataValidation:
    """A drop-down list; what is merely suggested does not forbid other values."""
    strict = name in table.choices
    listed = ",".join(table.choices[name] if strict else table.suggestions[name])
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=strict)
    choice.error = "Choose one of the list, or leave the cell empty."
    choice.add(cells)
    return choice


def _head(sheet: Worksheet, widths: Iterable[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(1, number)
        head.font, head.fill, head.alignment = Font(bold=True), _FILL, Alignment(vertical="top")
    sheet.freeze_panes = "A2"


def readme(tables: Iterable[Table], title: str, read: Literal["xlsx", "csv"], language: str = "en") -> str:
    """Return the workspace's README: what to do, then each table with its columns."""
    words = WORDS[language]
    lines = [
        f"# {title}",
        "",
        "1. " + words["fill in"].format(place=words[read]),
        "2. `coopgraph check .`: " + words["check"],
        "3. `coopgraph build .`: " + words["build"],
        "4. `coopgraph query --list`, `coopgraph rank`, `coopgraph view network.html`: " + words["use"],
        "",
        words["empty"] + " " + words["dates"],
    ]
    for table in tables:
        lines += ["", f"## {table.name}", "", table.about[language], ""]
        lines += [f"| {words['column']} | {words['what']} |", "|---|---|"]
        lines += [
            f"| `{name}` | {explanation[language]}{_listed(table, name)} |"
            for name, explanation in table.columns.items()
        ]
    return "\n".join(lines) + "\n"


def _listed(table: Table, name: str) -> str:
    """The codes a column allows, to read without opening the workbook."""
    codes = table.choices.get(name, ())
    return f" {', '.join(f'`{code}`' for code in codes)}." if codes else ""
