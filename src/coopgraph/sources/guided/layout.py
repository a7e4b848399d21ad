"""How a table nobody has described is written: its kind, encoding, delimiter, and where its header is.

In: a file. Out: a `SourceSpec` that reads it, with everything found out stated in it. A description beside
the file (CSVW) goes before what is found out.
Standards: RFC 4180; CSVW beside it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from coopgraph.columns.duck import Connection
from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import look_at, reading
from coopgraph.sources.delimited_text import LONGEST_CELL
from coopgraph.sources.guided.cells import is_of, look
from coopgraph.sources.guided.described import described_beside
from coopgraph.sources.guided.words import is_header_word
from coopgraph.sources.header import header_names
from coopgraph.sources.kinds import kind_of, kinds
from coopgraph.sources.packed import unpacked
from coopgraph.sources.read import read
from coopgraph.sources.records import Records
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.workbook import refused

_SHEETS: Final = ("xlsx", "ods", "xls", "xlsb")
_MARKS: Final = (",", ";", "\t", "|")
_HEAD: Final = 1 << 18
_MOST_ABOVE: Final = 12
_DATA: Final = re.compile(r"[+-]?\d[\d.,]*|\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?|https?://\S+")


def laid_out(
    path: Path, name: str, connection: Connection, *, sheet: str | None = None
) -> tuple[SourceSpec, Records]:
    """Return a source that reads a file, and its records.

    Raises SourceError, with what is wrong and where, when nothing reads it.
    """
    spec = SourceSpec(name, (path,), _kind(path), sheet=sheet)
    if spec.kind in _SHEETS:
        return _below_titles(spec, connection)
    if spec.kind in ("csv", "tsv"):
        spec = _delimited(spec, connection)
        beside = described_beside(path)
        spec = beside.applied(spec) if beside else spec
    return spec, read(spec, connection)


def _kind(path: Path) -> str:
    """Return the kind the ending says, or the first bytes where it says none."""
    found = kind_of(path)
    if found is not None and found.reader is not None:
        return found.name
    if found is not None:
        raise refused(path, "is RDF, no table.", f'Name it in coopgraph.toml: path = "{path.name}".')
    with reading(path), path.open("rb") as stream:
        start = stream.read(400)
    if start.startswith(b"PK"):
        return "ods" if b"opendocument.spreadsheet" in start else "xlsx"
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.lstrip()[:1] in (b"[", b"{"):
        return "json"
    return "xls" if start.startswith(b"\xd0\xcf\x11\xe0") else "csv"


def _below_titles(spec: SourceSpec, connection: Connection) -> tuple[SourceSpec, Records]:
    """Read a sheet; where rows stand above its table, from below them."""
    first: SourceError | None = None
    for skip in range(_MOST_ABOVE):
        tried = replace(spec, skip=skip)
        try:
            records = read(tried, connection)
        except SourceError as error:
            if not any(
                "without a name" in f.what or "the header has" in f.what or "has no name" in f.what
                for f in error.faults
            ):
                raise
            first = first or error
        else:
            return tried, records
    assert first is not None, "the loop ended without a table"
    raise first


def _delimited(spec: SourceSpec, connection: Connection) -> SourceSpec:
    plain, _ = unpacked(spec, connection)
    (path,) = plain.files
    encoding = _encoding(path)
    with reading(path), path.open(encoding=encoding, errors="replace", newline="") as stream:
        head = stream.read(_HEAD).removeprefix("\ufeff")
        whole = not stream.read(1)
    lines = head if whole else head[: head.rfind("\n") + 1] or head
    if not lines.strip():
        fault = Fault(path.name, None, None, "is empty.", "Put a header in its first line.")
        raise SourceError(f"{path.name} cannot be read.", faults=[fault])
    marks = ("\t",) if spec.kind == "tsv" else _MARKS
    delimiter = max(marks, key=lambda mark: _evenness(lines, mark))
    return _with_header(replace(spec, encoding=encoding, delimiter=delimiter), lines)


def _encoding(path: Path) -> str:
    """UTF-8 where it is, UTF-16 by its mark or its zeros, else Windows' or Latin letters."""
    seen = look_at(path)
    if seen.bom:
        return seen.bom
    if seen.looks_utf16:
        return "utf-16-le"
    high: set[int] = set()
    try:
        with reading(path), path.open(encoding="utf-8") as stream:
            for _ in iter(lambda: stream.read(1 << 20), ""):
                pass
        return "utf-8"
    except UnicodeDecodeError:
        with path.open("rb") as stream:
            for chunk in iter(lambda: stream.read(1 << 20), b""):
                high |= {byte for byte in set(chunk) if 0x80 <= byte < 0xA0}
    return "cp1252" if high and not high & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "latin-1"


def _rows(lines: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each of the first rows with the number of lines above it; broken quotes end it."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=mark)
    above = 0
    try:
        for row in reader:
            if row:
                yield above, row
            above = reader.line_num
            if above > 500:
                return
    except csv.Error:
        return


def _evenness(lines: str, mark: str) -> tuple[int, int]:
    """How many rows have the commonest number of cells, if that is above one; and that number."""
    widths = Counter(len(row) for _, row in _rows(lines, mark) if len(row) > 1)
    if not widths:
        return (0, 1)
    width, count = max(widths.items(), key=lambda each: (each[1], each[0]))
    return (count, width)


def _with_header(spec: SourceSpec, lines: str) -> SourceSpec:
    """Find the header: the first row that is nearly as full as the fullest. Name what has no name."""
    rows = list(_rows(lines, spec.delimiter))
    fullest = max((sum(bool(cell.strip()) for cell in row) for _, row in rows), default=0)
    if not fullest:
        return spec
    above, header = next((a, row) for a, row in rows if sum(bool(c.strip()) for c in row) >= 0.6 * fullest)
    if above > _MOST_ABOVE * 3:
        above, header = rows[0]
    if any(_DATA.fullmatch(cell.strip()) for cell in header if cell.strip()):
        names = tuple(f"column {number}" for number in range(1, len(header) + 1))
        return replace(spec, skip=above, header=names)
    names = tuple(_distinct(header_names(header)))
    if list(names) == header_names(header):
        return replace(spec, skip=above)
    next_row = next((a for a, _ in rows if a > above), above + 1)
    return replace(spec, skip=next_row, header=names)


def below_second_header(
    spec: SourceSpec, records: Records, columns: Mapping[str, Sequence[str | None]]
) -> tuple[SourceSpec, Fault] | None:
    """Return the source read from below a second header, in another language, if its first row is one.

    A sheet's columns are called by the second header then: a workbook cannot be told names of its own.
    """
    row = [cells[0] or "" for cells in columns.values()]
    known = [is_header_word(cell) for cell in row if cell]
    if spec.kind not in (*_SHEETS, "csv", "tsv") or sum(known) < max(2, 0.6 * len(known)):
        return None
    title, line = records.locate(1)
    told = Fault(title, line, None, "is a second header, and is passed over.", None, "info")
    if spec.kind not in _SHEETS:
        return replace(spec, header=tuple(columns), skip=line), told
    names = header_names(row)
    return (replace(spec, skip=line - 1), told) if all(names) and len(set(names)) == len(names) else None


def _distinct(names: Sequence[str]) -> Iterator[str]:
    """Give a name to each column that has none, and a number to what is there twice."""
    used: Counter[str] = Counter()
    for number, name in enumerate(names, 1):
        own = name or f"column {number}"
        used[own] += 1
        yield own if used[own] == 1 else f"{own} {used[own]}"


def nothing_words(columns: Mapping[str, Sequence[str | None]], known: Sequence[str]) -> tuple[str, ...]:
    """Return the words that stand for nothing in these cells; NA is Namibia in a column of countries."""
    found: dict[str, None] = {}
    for cells in columns.values():
        distinct = set(cells)
        here = [word for word in known if word in distinct]
        if here and not (here == ["NA"] and _names_countries(cells)):
            found |= dict.fromkeys(here)
    return tuple(found)


def _names_countries(cells: Sequence[str | None]) -> bool:
    """Tell whether a column in which NA stands is one of countries."""
    rest = look([cell for cell in cells if cell != "NA"])
    return bool(rest.filled) and is_of("country", rest)


def settings_of(spec: SourceSpec) -> dict[str, object]:
    """Return what is to be written of a source beside its path, in the words of the workspace file."""
    said: dict[str, object] = {}
    found = kind_of(spec.files[0])
    if found is None or found.name != spec.kind:
        said["kind"] = spec.kind
    if spec.encoding not in ("utf-8", "utf-8-sig"):
        said["encoding"] = spec.encoding
    if spec.kind == "csv" and spec.delimiter != ",":
        said["delimiter"] = spec.delimiter
    keys = kinds()[spec.kind].keys
    said |= {"skip": spec.skip} if spec.skip and "skip" in keys else {}
    said |= {"header": list(spec.header)} if spec.header else {}
    said |= {"sheet": spec.sheet} if spec.sheet else {}
    return said | ({"null": list(spec.null)} if spec.null else {})
