"""What a command was asked for, on stdout or in a file: tables for people, CSV, TSV, JSON and Parquet for
machines.

Machine formats hold the values as they are: a cell that begins with `=` is written as it stands, so open such
a file in a spreadsheet by its import dialogue, as text. Tables for people show control characters instead of
obeying them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from coopgraph.markup import shown as shown

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console

WHOLE = 10_000  # characters of a line where there is no terminal: as wide as need be
FIRST = 20  # rows of a table for people when --top does not say
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".xml": "xml",
    ".parquet": "parquet",
    ".txt": "table",
    ".ttl": "ttl",
    ".nt": "nt",
    ".rdf": "rdf",
    ".jsonld": "jsonld",
    ".md": "md",
    ".rdfp": "patch",
    ".xlsx": "xlsx",
}
_TO_A_FILE = {"parquet": "Parquet", "xlsx": "A workbook"}
# C0 and C1 controls, and the marks that turn the reading direction: shown, never sent to the terminal
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def chosen_format(fmt: str | None, output: Path | None, choices: Sequence[str]) -> str:
    """Return the format asked for, or the one the file's name asks for, or the first.

    >>> chosen_format(None, Path("ranking.csv"), ["table", "csv"])
    'csv'
    """
    if fmt is None:
        fmt = _format_of(output, choices) if output and output.suffix else choices[0]
    if fmt not in choices:
        raise click.UsageError(f"This cannot be written as {fmt}. Choose one of: {', '.join(choices)}.")
    if fmt in _TO_A_FILE and output is None:
        raise click.UsageError(f"{_TO_A_FILE[fmt]} is written to a file. Add: -o FILE.{fmt}")
    return fmt


def _format_of(output: Path, choices: Sequence[str]) -> str:
    found = SUFFIXES.get(output.suffix.lower())
    if found is None:
        endings = ", ".join(ending for ending, name in SUFFIXES.items() if name in choices)
        raise click.UsageError(
            f"The ending of {output} says no format. Add --format, or use one of these endings: {endings}."
        )
    return found


def write_table(
    table: pa.Table, fmt: str, output: Path | None, *, basis: Mapping[str, Any] | None = None
) -> None:
    """Write an Arrow table; JSON carries the basis, where there is one, beside the rows."""
    if fmt == "parquet":
        from coopgraph.columns import parquet

        assert output is not None  # chosen_format has seen to it
        _whole(output, lambda unfinished: parquet.write(table, unfinished))
    elif fmt == "table":
        columns = [(name, is_number(table.schema.field(name))) for name in table.column_names]
        write_text(
            table_text(columns, [[shown(v) for v in row.values()] for row in table.to_pylist()]), output
        )
    elif fmt == "json":
        rows = [{name: plain(value) for name, value in row.items()} for row in table.to_pylist()]
        write_text(json_text(rows if basis is None else {"basis": dict(basis), "rows": rows}), output)
    else:
        write_text(separated(table, "\t" if fmt == "tsv" else ","), output)


def separated(table: pa.Table, delimiter: str) -> str:
    r"""Return CSV or TSV with a header: unknown is an empty cell, a list is joined by spaces.

    >>> import pyarrow as pa
    >>> separated(pa.table({"city": ["La Paz", None], "sdgs": [["11", "17"], []]}), ",")
    'city,sdgs\nLa Paz,11 17\n,\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.column_names)
    writer.writerows([_cell(value) for value in row.values()] for row in table.to_pylist())
    return text.getvalue()


def json_text(data: Any) -> str:
    """Return JSON as people can read it, in the order it was made."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=plain, allow_nan=False) + "\n"


def plain(value: Any) -> Any:
    """Return a value JSON knows: a decimal keeps its digits as text, a date is ISO 8601.

    >>> plain(Decimal("4759000.00")), plain(date(2017, 5, 31)), plain(["a"])
    ('4759000.00', '2017-05-31', ['a'])
    """
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, set, frozenset)):
        return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    return value


def write_text(text: str, output: Path | None) -> None:
    """Write text to stdout, or to a file in UTF-8."""
    if output is not None:
        write_bytes(text.encode(), output)
    elif sys.stdout.isatty():
        click.echo(text, nl=False)
    else:
        _write_all(text.encode(sys.stdout.encoding or "utf-8", sys.stdout.errors or "strict"))


def write_bytes(content: bytes, output: Path | None) -> None:
    """Write to stdout, or to a file that is complete or not there."""
    if output is None:
        _write_all(content)
    else:
        _whole(output, lambda unfinished: unfinished.write_bytes(content))


def write_lines(lines: Iterable[bytes], output: Path | None) -> None:
    """Write one line after the other, so that none are kept; a file is complete or not there."""
    if output is None:
        for line in lines:
            _write_all(line)
        return

    def write(unfinished: Path) -> None:
        with unfinished.open("wb") as stream:
            stream.writelines(lines)

    _whole(output, write)


def _write_all(content: bytes) -> None:
    """Write to stdout to the end: with PYTHONUNBUFFERED one write may take a part of it and not complain."""
    sys.stdout.flush()
    stream = sys.stdout.buffer
    rest = memoryview(content)
    while rest:
        rest = rest[stream.write(rest) :]
    stream.flush()


def _whole(output: Path, write: Callable[[Path], object]) -> None:
    """Write beside the file and rename; an error names the file the user named."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        write(unfinished)
        unfinished.replace(output)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(output)) from error
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def table_text(
    columns: Sequence[tuple[str, bool]],
    rows: Sequence[Sequence[str]],
    width: int | None = None,
    widths: Sequence[int] | None = None,
) -> str:
    """Return a table for people: columns are (name, is a number), numbers stand to the right.

    It is as wide as the terminal, as `width`, or without a terminal as wide as need be; long cells are
    folded. `widths` are those of the columns.

    >>> print(table_text([("city", False), ("given", True)], [["La Paz", "3"], ["Quito", "12"]]))
    city    given
    ──────────────
    La Paz      3
    Quito      12
    <BLANKLINE>
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    own: Sequence[int | None] = widths or [None] * len(columns)
    for (name, number), wide in zip(columns, own, strict=True):
        justify: Literal["right", "left"] = "right" if number else "left"
        table.add_column(Text(name), justify=justify, overflow="fold", no_wrap=False, width=wide)
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    screen = console(width=width)
    with screen.capture() as capture:
        screen.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def console(*, stderr: bool = False, width: int | None = None) -> Console:
    """Return a console as wide as the terminal, or as wide as need be when there is none."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    wide = width or (None if stream.isatty() else WHOLE)
    return Console(file=stream, width=wide, highlight=False, markup=False, emoji=False)


def visible(text: str) -> str:
    r"""Show control characters and marks of direction by their code, so that no cell can steer the terminal.

    >>> visible("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return _CONTROLS.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else plain(value)


def is_number(field: pa.Field[Any]) -> bool:
    """Tell whether a column holds numbers, so that they stand to the right."""
    import pyarrow.types as kinds

    return bool(kinds.is_integer(field.type) or kinds.is_floating(field.type) or kinds.is_decimal(field.type))
