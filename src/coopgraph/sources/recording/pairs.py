"""Files of pairs: each row is a city and the twin it names; as they are, whatever their columns are called.

In: TSV or CSV files with or without a header. Out: how each is read, as a section and a mapping.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from coopgraph.errors import ConfigError, Fault, SourceError
from coopgraph.sources.bytes_read import Bytes, look_at, reading
from coopgraph.sources.guided.bindings import bindings
from coopgraph.sources.guided.cells import look
from coopgraph.sources.guided.proposal import Proposal, propose
from coopgraph.sources.guided.section_text import ColumnSetting, column_settings
from coopgraph.sources.kinds import kind_of
from coopgraph.sources.places.setting import PlaceSetting
from coopgraph.sources.recording.pairs_header import (
    ADDRESS,
    ITEM,
    NAMES,
    NUMBER,
    SINCE,
    city_and_twin,
    folded,
    has_header,
)
from coopgraph.sources.recording.pairs_mapping import mapping_of
from coopgraph.sources.recording.sections import columns_of, places_of, section

_START: Final = 1 << 20


@dataclass(frozen=True)
class Pairs:
    """A file of pairs, or of names (`twin` is then empty and `city` names an id)."""

    path: Path
    kind: str  # csv | tsv
    delimiter: str
    encoding: str
    header: tuple[str, ...]  # of a file that has none
    columns: tuple[str, ...]
    city: str
    twin: str
    rows: int
    items: bool = False  # the cells are items of Wikidata, Q...
    since: str | None = None
    dates: ColumnSetting | None = None
    odd: tuple[str, ...] = ()  # cells of `since` that are no dates
    places: tuple[PlaceSetting, ...] = ()  # how the city and the twin are looked up, where they are names

    @property
    def taken(self) -> str:
        """Say what the first row was taken for, and what is in the columns."""
        file, what = self.path.name, "names" if not self.twin else "pairs"
        if self.header:
            return f"{file}: no header: {self.rows:,} {what}, from the first line on."
        columns = f"'{self.city}', '{self.twin}'" if self.twin else f"'{self.city}'"
        return f"{file}: the first line is the header ({columns}); {self.rows:,} {what} below it."

    def settings(self, name: str, own: str, place: str) -> str:
        """The section that reads it."""
        extra: dict[str, str | Sequence[str]] = {}
        if self.encoding != "utf-8":
            extra["encoding"] = self.encoding
        if self.kind == "csv" and self.delimiter != ",":
            extra["delimiter"] = self.delimiter
        if self.header:
            extra["header"] = list(self.header)
        head = section(
            own, path=place, kind=self.kind, mapping=f"mappings/{own}.yml", source_id=name, **extra
        )
        dated = {self.since: self.dates.written()} if self.since and self.dates else {}
        return "\n".join([head, *columns_of(own, dated), *places_of(own, self.places)])


def look_at_pairs(path: Path, columns: tuple[str, str] | None = None) -> Pairs:
    """Find out how a file of pairs is read; `columns` are those that name the city and the twin.

    Raises SourceError for what is no table of pairs, with its header.
    """
    known = kind_of(path)
    if known is not None and known.name not in ("csv", "tsv"):
        raise _no_pairs(
            path, f"is {known.name}, not CSV or TSV.", "Save it as .csv, or use: coopgraph import table."
        )
    seen = look_at(path)
    encoding, delimiter, table = _table(path, seen)
    kind = "tsv" if delimiter == "\t" else "csv"
    headed = columns is not None or has_header(table[0], table[1:])
    names = tuple(table[0]) if headed else _bare_names(path, table)
    body = table[1:] if headed else table
    if not body:
        raise _no_pairs(path, "has a header and no rows.", "Put the pairs below it.")
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise _no_pairs(path, f"has two columns called '{twice}'.", "Rename one.")
    rows = len(body) if seen.size <= _START else seen.lines - headed
    header = () if headed else names
    cells = {name: [row[n] if n < len(row) else "" for row in body] for n, name in enumerate(names)}
    city, twin = _chosen(path, cells, columns)
    pairs = Pairs(path, kind, delimiter, encoding, header, names, city, twin, rows)
    return _described(pairs, cells) if twin else pairs


def sections_of(name: str, files: Sequence[Pairs]) -> tuple[str, Mapping[str, bytes | Path]]:
    """The sections and files of all of them; the first gives the source's name."""
    sections: list[str] = []
    put: dict[str, bytes | Path] = {}
    named = any(not each.twin for each in files)
    for number, pairs in enumerate(files):
        own = name if number == 0 else f"{name}-{number + 1}"
        place = f"imported/{name}/{pairs.path.name}"
        if place in put:
            raise ConfigError(f"Two files are called {pairs.path.name}. Rename one.")
        sections.append(pairs.settings(name, own, place))
        put[place] = pairs.path
        put[f"mappings/{own}.yml"] = mapping_of(pairs, name, named=named).encode()
    return "\n\n".join(sections), put


def _table(path: Path, seen: Bytes) -> tuple[str, str, list[list[str]]]:
    """The encoding, the mark between columns, and the rows of the beginning of a file."""
    with reading(path), path.open("rb") as stream:
        start = stream.read(_START)
    whole = seen.size <= len(start)
    encoding, text = _decoded(path, start, seen, whole=whole)
    if "\0" in text:
        raise _no_pairs(path, "is no text but bytes of another kind.", "Save it as .csv.")
    delimiter = max("\t;,|", key=lambda mark: text.split("\n", 1)[0].count(mark))
    lines = io.StringIO(text if whole else text[: text.rfind("\n")], newline="")
    try:
        table = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise _no_pairs(path, f"is no table: {error}.") from error
    if not table or len(table[0]) < 2:
        raise _no_pairs(path, "has no two columns: a city, and the twin it names.")
    if not all(cell.isprintable() for cell in table[0]):
        raise _no_pairs(path, "has signs in its first line that are no text.", "Save it as .csv.")
    return encoding, delimiter, table


def _decoded(path: Path, start: bytes, seen: Bytes, *, whole: bool) -> tuple[str, str]:
    wide = seen.bom if seen.bom != "utf-8" else None
    wide = wide or ("utf-16-le" if seen.looks_utf16 else None)
    for encoding in (wide,) if wide else ("utf-8", "cp1252", "latin-1"):
        for less in range(1 if whole else 4):  # a cut in the middle of a letter is none of the file's
            try:
                return encoding, start[: len(start) - less].decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError:
                continue
    raise _no_pairs(path, "is in no encoding that is known.")


def _bare_names(path: Path, table: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Names for the columns of a file without a header: a city and its twin, or an item and its name."""
    first = table[0]
    second = "name" if ITEM.fullmatch(first[0]) and not ITEM.fullmatch(first[1]) else "twin"
    thirds = [row[2] for row in table if len(row) == 3 and row[2]]
    dated = len(first) == 3 and bool(look(thirds).date or not thirds)
    if not ITEM.fullmatch(first[0]) and len(first) > 2 and not dated:
        raise _no_pairs(
            path,
            "has no header that says which columns are the city and its twin.",
            "Put one into its first line, such as: city,country,twin,twin country,since",
        )
    return ("city", second, *("since" if dated else f"column{n}" for n in range(3, len(first) + 1)))


def _chosen(
    path: Path, cells: Mapping[str, Sequence[str]], columns: tuple[str, str] | None
) -> tuple[str, str]:
    """The columns of the city and of its twin; none for the twin where it is a name of an item."""
    names = tuple(cells)
    if columns:
        missing = [name for name in columns if name not in names]
        if missing:
            raise _no_pairs(path, f"has no column '{missing[0]}'. It has: {', '.join(names)}.")
    found = columns or city_and_twin(names) or (names if len(names) == 2 else None) or _proposed(cells)
    if found is None:
        raise _no_pairs(
            path,
            f"does not say which columns are the city and its twin: {', '.join(names)}.",
            "Say so: --columns CITY,TWIN.",
        )
    city, twin = found
    if not columns and folded(twin) in NAMES and _all(cells[city], ITEM) and not _all(cells[twin], ITEM):
        return city, ""
    for name in (city, twin):
        if not any(cells[name]) or _all(cells[name], NUMBER):
            what = f"has no names of cities in its column '{name}'."
            raise _no_pairs(path, what, "Say which columns are the city and its twin: --columns CITY,TWIN.")
    return city, twin


def _all(cells: Sequence[str], like: re.Pattern[str]) -> bool:
    return all(like.fullmatch(cell) for cell in cells if cell)


def _proposed(cells: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    """What `coopgraph import table` would take for the city and its twin."""
    try:
        found = _proposal(cells, {}).columns
    except ConfigError:
        return None
    return (found["city"], found["twin"]) if {"city", "twin"} <= found.keys() else None


def _proposal(cells: Mapping[str, Sequence[str]], given: Mapping[str, str]) -> Proposal:
    looks = {name: look([cell or None for cell in column]) for name, column in cells.items()}
    return propose(looks, kind="twinnings", given=given)


def _described(pairs: Pairs, cells: Mapping[str, Sequence[str]]) -> Pairs:
    """Add what the columns beside the city and its twin say: dates, and where names are looked up."""
    city, twin = pairs.city, pairs.twin
    since = next((name for name in cells if folded(name) in SINCE and name not in (city, twin)), None)
    given = {city: "city", twin: "twin"} | ({since: "signed"} if since else {})
    proposal = _proposal(cells, given)
    since = proposal.columns.get("signed")
    bound = bindings(proposal)
    items = _all(cells[city], ITEM) and _all(cells[twin], ITEM)
    coded = items or _all(cells[city], ADDRESS)
    return replace(
        pairs,
        items=items,
        since=since,
        dates=column_settings(proposal, frozenset()).get(since) if since else None,
        odd=bound.of["signed"].odd if since else (),
        places=() if coded else tuple(p for key in ("city", "twin") if (p := bound.of[key].place)),
    )


def _no_pairs(path: Path, what: str, fix: str | None = None) -> SourceError:
    return SourceError(f"{path.name} cannot be imported.", faults=[Fault(path.name, 1, None, what, fix)])
