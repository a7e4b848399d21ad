"""A description beside a table, by CSV on the Web: what it says goes before what is found out.

In: a CSV or TSV file, and `FILE-metadata.json` beside it (`members.csv-metadata.json`). Out: the same source
with delimiter, encoding, lines to skip, words for nothing, separators and the way dates and numbers are
written as described; and the looks of columns by their declared types.
Standard: W3C Metadata Vocabulary for Tabular Data (the parts named here; others mean nothing for reading).
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import reading
from coopgraph.sources.guided.cells import Look
from coopgraph.sources.source_spec import SourceSpec

_DATES: Final = {
    "dd/MM/yyyy": "dd/mm/yyyy", "d/M/yyyy": "dd/mm/yyyy", "dd.MM.yyyy": "dd/mm/yyyy",
    "dd-MM-yyyy": "dd/mm/yyyy", "MM/dd/yyyy": "mm/dd/yyyy", "M/d/yyyy": "mm/dd/yyyy",
}  # fmt: skip


@dataclass(frozen=True)
class Described:
    """What a description says of a file: settings of its source, and of its columns by their titles."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    null: tuple[str, ...] = ()
    separators: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    decimals: Mapping[str, str] = field(default_factory=dict)
    thousands: Mapping[str, str] = field(default_factory=dict)

    def seen(self, title: str, found: Look) -> Look:
        """Return a look at a column with what is said of it."""
        return replace(
            found,
            separator=self.separators.get(title, found.separator),
            date=self.dates.get(title, found.date),
            decimal=self.decimals.get(title, found.decimal),
            thousands=self.thousands.get(title, found.thousands),
            either_date=() if title in self.dates else found.either_date,
            either_number=() if title in {**self.decimals, **self.thousands} else found.either_number,
        )

    def applied(self, spec: SourceSpec) -> SourceSpec:
        """Return a source that is read as described."""
        return replace(spec, **self.settings, null=tuple(dict.fromkeys([*spec.null, *self.null])))


def described_beside(file: Path) -> Described | None:
    """Return what is said of a file beside it, or None.

    Raises SourceError when the description cannot be read.
    """
    path = file.with_name(f"{file.name}-metadata.json")
    if not path.is_file():
        return None
    try:
        with reading(path):
            content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _refused(path, f"is not JSON: {error}.") from error
    if not isinstance(content, dict):
        raise _refused(path, "describes no table.")
    table = next((t for t in _list(content.get("tables")) if _named(t, file)), content)
    return _described({**content, **table}, path)


def _named(table: object, file: Path) -> bool:
    return isinstance(table, dict) and str(table.get("url", "")).rpartition("/")[2] == file.name


def _described(table: Mapping[str, Any], path: Path) -> Described:
    schema = table.get("tableSchema")
    columns = [
        c for c in _list(schema.get("columns") if isinstance(schema, dict) else None) if isinstance(c, dict)
    ]
    settings = _settings(table.get("dialect"), columns, path)
    by_title = {_title(column): {**table, **column} for column in columns}
    formats = {title: form for title, each in by_title.items() if (form := _format(each.get("datatype")))}
    return Described(
        settings,
        tuple(dict.fromkeys(word for each in [table, *columns] for word in _list(each.get("null")) if word)),
        {
            title: each["separator"]
            for title, each in by_title.items()
            if isinstance(each.get("separator"), str)
        },
        {title: _DATES[form] for title, form in formats.items() if isinstance(form, str) and form in _DATES},
        _marks(formats, "decimalChar"),
        _marks(formats, "groupChar"),
    )


def _settings(dialect: object, columns: list[dict[str, Any]], path: Path) -> dict[str, Any]:
    """Settings of the source; a table said to have no header takes the names of the description."""
    said = dialect if isinstance(dialect, dict) else {}
    found: dict[str, Any] = {}
    if isinstance(mark := said.get("delimiter"), str):
        if len(mark) != 1:
            raise _refused(path, f"has the delimiter {mark!r}, expected one character.")
        found["delimiter"] = mark
    if isinstance(encoding := said.get("encoding"), str):
        found["encoding"] = _codec(encoding, path)
    if isinstance(skip := said.get("skipRows"), int):
        found["skip"] = max(0, skip)
    if said.get("header") is False or said.get("headerRowCount") == 0:
        found["header"] = tuple(_title(column) for column in columns)
    return found


def _codec(name: str, path: Path) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise _refused(path, f"has '{name}', which is not a text encoding.") from error


def _title(column: Mapping[str, Any]) -> str:
    titles = column.get("titles", column.get("name", ""))
    if isinstance(titles, dict):
        titles = next(iter(titles.values()), "")
    return str(titles[0] if isinstance(titles, list) and titles else titles)


def _format(datatype: object) -> object:
    return datatype.get("format") if isinstance(datatype, dict) else None


def _marks(formats: Mapping[str, object], key: str) -> dict[str, str]:
    return {
        t: form[key]
        for t, form in formats.items()
        if isinstance(form, dict) and isinstance(form.get(key), str)
    }


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _refused(path: Path, what: str) -> SourceError:
    fix = "Correct it, or take it away: the file is understood without it."
    return SourceError(f"{path.name} cannot be read.", faults=[Fault(path.name, None, None, what, fix)])
