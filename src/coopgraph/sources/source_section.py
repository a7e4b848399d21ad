"""A `[sources.NAME]` table of a workspace file, read and checked.

In: the section and the places its paths may lead to. Out: a `SourceSpec`, and a fault for whatever does not
fit together. Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

import codecs
import re
from datetime import date
from pathlib import Path
from typing import Final

from coopgraph.rdf.parse import FORMATS
from coopgraph.settings.section import Section, nearest
from coopgraph.sources.cell_formats import CellFormat, read_cell_format
from coopgraph.sources.kinds import KEYS, kind_of, kinds
from coopgraph.sources.paths import PathRefused, Places, expand
from coopgraph.sources.places.setting import read_places
from coopgraph.sources.source_spec import Lookup, SourceSpec

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SLUG: Final = re.compile(r"[A-Za-z0-9._~-]+")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_OF_WORKSPACE: Final = ("judgements", "gazetteer", "rules", "queries")  # not keys of a source
_RECORDS: Final = re.compile(r"\$(\.[^.\[\]*\s]+)*\[\*\]")


def read_source(section: Section, places: Places) -> SourceSpec | None:
    """Return the source a table declares; None when its files or kind cannot be told."""
    name = section.at[-1]
    if not _NAME.fullmatch(name):
        section.fault((), "is not a source's name.", "Use lower-case letters, digits, - and _.")
    files = _files(section, places)
    kind = _kind(section, files)
    spec = SourceSpec(
        name=name,
        files=files,
        kind=kind or "csv",
        mapping=_mapping(section, places, kind),
        source_id=_source_id(section),
        encoding=_encoding(section),
        delimiter="\t" if kind == "tsv" else _delimiter(section),
        header=section.texts("header"),
        skip=section.number("skip", 0),
        sheet=section.text("sheet"),
        records=_records(section),
        format=_format(section),
        null=section.texts("null"),
        trim=section.flag("trim", True),
        key=section.texts("key"),
        row_name=section.texts("row_name"),
        separators=_column_settings(section, "separator"),
        decimals=_column_settings(section, "decimal"),
        formats=_check_columns(section),
        lookups=tuple(_lookup(table) for table in section.sections("lookup")),
        places=read_places(section),
        mappings=_mappings(section, places),
        codelists=_codelists(section, places),
        urls=_addresses(section, len(files)),
        retrieved=_retrieved(section),
        licence=_licence(section),
    )
    _refuse_foreign_keys(section, kind)
    _refuse_workspace_keys(section)
    section.close()
    return spec if files and kind else None


def _refuse_workspace_keys(section: Section) -> None:
    """Say where keys belong that hold for all sources."""
    for key in _OF_WORKSPACE:
        if key in section.table:
            section.asked.add(key)
            value = 'judgements = ["review.xlsx"]' if key == "judgements" else f"{key} = ..."
            section.fault((key,), "stands below a source.", f"Write it under [workspace]: {value}")


def _files(section: Section, places: Places) -> tuple[Path, ...]:
    texts = section.texts("path")
    if not texts and "path" not in section.table:
        section.fault((), "has no 'path'.", 'Add: path = "file.csv"')
    found: list[Path] = []
    for text in texts:
        found += _expanded(section, "path", text, places)
    return tuple(dict.fromkeys(found))


def _expanded(section: Section, key: str, text: str, places: Places) -> tuple[Path, ...]:
    try:
        return expand(text, places)
    except PathRefused as refused:
        section.fault((key,), refused.what, refused.fix)
        return ()


def _first(section: Section, key: str, text: str, places: Places) -> Path | None:
    return next(iter(_expanded(section, key, text, places)), None)


def _kind(section: Section, files: tuple[Path, ...]) -> str | None:
    kind = section.text("kind")
    if kind in kinds():
        return kind
    if kind is not None:
        section.fault(("kind",), f"has '{kind}', which is not a kind.", nearest(kind, list(kinds())))
        return None
    names = {found.name if (found := kind_of(path)) else None for path in files}
    if len(names) > 1:
        section.fault(("path",), "names files of different kinds.", "Make one source for each kind.")
    elif names == {None}:
        ending = files[0].suffix or files[0].name
        fix = f'Add kind = "...", one of {", ".join(kinds())}.'
        section.fault(("path",), f"names '{files[0].name}': '{ending}' does not say what kind it is.", fix)
    return names.pop() if len(names) == 1 else None


def _mapping(section: Section, places: Places, kind: str | None) -> Path | None:
    text = section.text("mapping")
    if text is None:
        needed = kind not in (None, "rdf") and "mapping" in kinds()[kind or ""].keys
        if needed and "mapping" not in section.table:
            section.fault((), "has no 'mapping'.", 'Add: mapping = "mappings/NAME.yml"')
        return None
    if kind and (kind == "rdf") != text.endswith(".rq"):
        fix = "RDF is mapped by a CONSTRUCT query, mappings/NAME.rq; tables by YARRRML, mappings/NAME.yml."
        section.fault(("mapping",), f"has '{text}', which is no mapping for kind = \"{kind}\".", fix)
        return None
    return _first(section, "mapping", text, places)


def _mappings(section: Section, places: Places) -> dict[str, Path]:
    """The mappings of single tables, by the table's name."""
    inner = section.section("mappings")
    found = {
        name: path
        for name in section.text_table("mappings")
        if (path := _first(inner, name, inner.text(name) or "", places))
    }
    inner.close()
    return found


def _codelists(section: Section, places: Places) -> Path | None:
    text = section.text("codelists")
    folder = _first(section, "codelists", text, places) if text else None
    if folder is not None and not folder.is_dir():
        section.fault(("codelists",), f"names '{folder.name}', which is not a folder.", "Name the folder.")
        return None
    return folder


def is_address(text: str) -> bool:
    """Say whether a text is an address of the web."""
    return _ADDRESS.fullmatch(text) is not None


def _addresses(section: Section, files: int) -> tuple[str, ...]:
    """Where the files are from: one address of all, or one for each."""
    urls = section.texts("url")
    for url in urls:
        if not is_address(url):
            section.fault(("url",), f"has '{url}', expected an address like https://example.org/aid.xml.")
    if len(urls) > 1 and len(urls) != files:
        section.fault(("url",), f"has {len(urls)} addresses for {files} files.", "Give one, or one for each.")
    return urls


def _retrieved(section: Section) -> str | None:
    text = section.text("retrieved")
    try:
        return None if text is None else date.fromisoformat(text).isoformat()
    except ValueError:
        section.fault(("retrieved",), f"has '{text}', expected a day like 2026-11-26.")
        return None


def _licence(section: Section) -> str | None:
    text = section.text("licence")
    if text is not None and not is_address(text):
        fix = "Write one like https://creativecommons.org/licenses/by/4.0/."
        section.fault(("licence",), f"has '{text}', which is no address.", fix)
        return None
    return text


def _source_id(section: Section) -> str | None:
    value = section.text("source_id")
    if value is not None and not _SLUG.fullmatch(value):
        section.fault(("source_id",), f"has '{value}', expected letters, digits and . _ ~ - only.")
        return None
    return value


def _encoding(section: Section) -> str:
    name = section.text("encoding", "utf-8") or "utf-8"
    try:
        codec = codecs.lookup(name)
        "a".encode(name)
    except (LookupError, UnicodeError):
        known = ("utf-8", "utf-16", "latin-1", "cp1252", "cp850", "mac-roman")
        section.fault(("encoding",), f"has '{name}', which is not a text encoding.", nearest(name, known))
        return "utf-8"
    return codec.name


def _delimiter(section: Section) -> str:
    value = section.text("delimiter", ",") or ""
    if len(value) != 1 or value in '"\r\n' or not value.isascii():
        section.fault(("delimiter",), f'has {value!r}, expected one character like ";".')
        return ","
    return value


def _records(section: Section) -> str:
    value = section.text("records", "$[*]") or ""
    if not _RECORDS.fullmatch(value):
        section.fault(("records",), f"has '{value}', expected a path like $[*] or $.items[*].")
        return "$[*]"
    return value


def _format(section: Section) -> str | None:
    value = section.text("format")
    if value is not None and value not in FORMATS:
        section.fault(("format",), f"has '{value}', which is not a syntax of RDF.", nearest(value, FORMATS))
        return None
    return value


def _column_settings(section: Section, key: str) -> dict[str, str]:
    """Return one setting of every column that has it."""
    columns = section.section("columns")
    found = {}
    for name, table in columns.table.items():
        if isinstance(table, dict) and isinstance(table.get(key), str):
            found[name] = table[key]
    return found


def _check_columns(section: Section) -> dict[str, CellFormat]:
    """Check what is said of columns, and return how the cells of some of them are written."""
    columns = section.section("columns")
    formats = {}
    for name in columns.table:
        column = columns.section(name)
        separator, decimal = column.text("separator"), column.text("decimal")
        if separator == "":
            column.fault(("separator",), 'is empty, expected a text like ";".')
        if decimal not in (None, ",", "."):
            column.fault(("decimal",), f'has \'{decimal}\', expected "," or ".".')
        form = read_cell_format(column)
        if form and separator:
            column.fault(
                (), "is a list, and lists are taken as they are written.", "Remove the other settings."
            )
        elif form:
            formats[name] = form
        column.close()
    return formats


def _lookup(table: Section) -> Lookup:
    source = table.text("source", required=True) or ""
    on = table.text_table("on")
    columns = table.texts("columns")
    if not table.table.get("on"):
        table.fault((), "has no 'on'.", 'Add: on = { "column here" = "column there" }')
    if not table.table.get("columns"):
        table.fault((), "has no 'columns'.", 'Add: columns = ["column there"]')
    table.close()
    return Lookup(source, tuple(on.items()), columns)


def _refuse_foreign_keys(section: Section, kind: str | None) -> None:
    """A key that has no meaning for this kind of file would otherwise be ignored in silence."""
    known = kinds()[kind].keys if kind else KEYS
    for key in KEYS:
        if key in section.table and key not in known:
            section.fault((key,), f'means nothing for kind = "{kind}".', "Remove it.")
