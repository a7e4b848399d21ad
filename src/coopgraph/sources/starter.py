"""Make a starter workspace: spreadsheets to fill in, the mappings that read them, and a commented `coopgraph.toml`.

In: a title, and whether the workbook or the CSV files are read. Out: a folder that builds as it stands, with a few
invented rows. Everything said in it comes from `coopgraph/starter/tables.toml`. The same arguments give the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
import zipfile
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

STARTER: Final = Path(__file__).parents[1] / "starter"
WORKBOOK: Final = "cooperation.xlsx"
_FILL: Final = PatternFill("solid", fgColor="E8EEF4")
_MADE: Final = datetime(2026, 1, 1)  # a workbook that says when it was made is never twice the same


@dataclass(frozen=True)
class Table:
    """One table to fill in: its columns with an explanation each, rows as an example, and lists to choose from."""

    name: str
    about: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


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
            tuple((column, explanation) for column, explanation in table["columns"]),
            tuple(tuple(row) for row in table["rows"]),
            {column: tuple(values) for column, values in table.get("choices", {}).items()},
        )
        for name, table in described.items()
    )


def write_starter(
    directory: Path, *, title: str, read: Literal["xlsx", "csv"] = "xlsx"
) -> tuple[Path, ...]:
    """Write a starter workspace and return its files; `read` says which tables its `coopgraph.toml` names.

    Raises ConfigError when the folder holds anything already: nothing of the user's is ever overwritten.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise ConfigError(f"{directory} is there and is not empty. Name a new folder: coopgraph init my-workspace")
    files = starter_files(title=title, read=read)
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tuple(directory / name for name in files)


def starter_files(*, title: str, read: Literal["xlsx", "csv"] = "xlsx") -> dict[str, bytes]:
    """Return each file of a starter workspace by its name.

    >>> sorted(starter_files(title="Our cooperation"))[:3]
    ['README.md', 'cooperation.xlsx', 'coopgraph.toml']
    """
    tables = starter_tables()
    mappings = sorted((STARTER / "mappings").glob("*.yml"))
    return {
        "coopgraph.toml": _settings(tables, title, read).encode(),
        WORKBOOK: workbook(tables),
        **{f"tables/{table.name}.csv": comma_separated(table).encode() for table in tables},
        **{f"mappings/{path.name}": path.read_bytes() for path in mappings},
        "README.md": readme(tables, title, read).encode(),
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
    return template.substitute(title=quoted, tables_note=note, **{t.name: place.format(t.name) for t in tables})


def comma_separated(table: Table) -> str:
    """Return a table as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([table.header, *table.rows])
    return text.getvalue()


def workbook(tables: Iterable[Table]) -> bytes:
    """Return the workbook: a sheet of explanations, then one sheet for each table."""
    book = Workbook()
    book.properties.creator = "coopgraph"
    book.properties.created = _MADE
    explanations = book.active
    assert isinstance(explanations, Worksheet)  # a new workbook has one sheet
    _explain(explanations, tables)
    for table in tables:
        _fill_in(book.create_sheet(table.name), table)
    return _same_bytes(book)


def _explain(sheet: Worksheet, tables: Iterable[Table]) -> None:
    sheet.title = "read me"
    sheet.append(["table", "column", "what to write"])
    sheet.append(["", "", "Fill in the sheets from left to right. The rows in them are invented: delete them first."])
    sheet.append(["", "", "Leave a cell empty when you do not know: empty never means no, and never zero."])
    for table in tables:
        sheet.append([table.name, "", table.about])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for name, explanation in table.columns:
            sheet.append(["", name, explanation])
    _head(sheet, (16, 18, 110))


def _fill_in(sheet: Worksheet, table: Table) -> None:
    sheet.append(table.header)
    for row in table.rows:
        sheet.append(row)
    for number, name in enumerate(table.header, start=1):
        letter = get_column_letter(number)
        # Text: the program must not turn 2017-05 into a date of its own. The column's format is that of its empty cells.
        sheet.column_dimensions[letter].number_format = "@"
        for cell in sheet[letter][1:]:
            cell.number_format = "@"
        if name in table.choices:
            listed = ",".join(table.choices[name])
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
            choice.error = "Choose one of the list, or leave the cell empty."
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}1000")
    longest = [max(map(len, cells)) for cells in zip(table.header, *table.rows, strict=True)]
    _head(sheet, [min(60, length + 4) for length in longest])


def _head(sheet: Worksheet, widths: Iterable[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(1, number)
        head.font, head.fill, head.alignment = Font(bold=True), _FILL, Alignment(vertical="top")
    sheet.freeze_panes = "A2"


def _same_bytes(book: Workbook) -> bytes:
    """Write a workbook without the time of writing, which openpyxl puts into each entry and into the properties."""
    written = io.BytesIO()
    book.save(written)
    result = io.BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                stamp = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            after.writestr(zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def readme(tables: Iterable[Table], title: str, read: Literal["xlsx", "csv"]) -> str:
    """Return the workspace's README: what to do, then each table with its columns."""
    place = f"the workbook `{WORKBOOK}`" if read == "xlsx" else "the CSV files in `tables/`"
    lines = [
        f"# {title}",
        "",
        f"1. Fill in {place}. The rows that are there are invented examples: delete them.",
        "2. `coopgraph check .` says everything that is wrong, with the file and the line.",
        "3. `coopgraph build .` publishes a release when nothing is.",
        "4. `coopgraph query --list`, `coopgraph rank` and `coopgraph view network.html` use it.",
        "",
        "Leave a cell empty when you do not know: empty never means no, and never zero. Dates are as precise as you",
        "know them: `2017`, `2017-05` or `2017-05-31`.",
    ]
    for table in tables:
        lines += ["", f"## {table.name}", "", table.about, "", "| column | what to write |", "|---|---|"]
        lines += [f"| `{name}` | {explanation} |" for name, explanation in table.columns]
    return "\n".join(lines) + "\n"
