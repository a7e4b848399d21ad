"""Files of pairs: each row is a city and the twin it names; as they are, whatever their columns are called.

In: TSV or CSV files with or without a header. Out: how each is read, as a section and a mapping.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.errors import ConfigError, Fault, SourceError
from coopgraph.letters import plain_letters
from coopgraph.sources.bytes_read import look_at, reading
from coopgraph.sources.kinds import kind_of
from coopgraph.sources.recording.sections import MAPPINGS, section

_ITEM: Final = re.compile(r"Q\d+")
_START: Final = 1 << 16
_CITY: Final = (
    *("city", "ciudad", "cidade", "town", "municipality", "municipio", "place", "a", "city1", "citya"),
    *("from", "source", "item", "citylabel", "city1label", "name", "name1"),
)
_TWIN: Final = (
    *(
        "twin",
        "twintown",
        "twincity",
        "sister",
        "sistercity",
        "partner",
        "partnercity",
        "b",
        "city2",
        "cityb",
    ),
    *("hermana", "ciudadhermana", "hermanada", "gemea", "cidadegemea", "geminada", "to", "target"),
    *("twinlabel", "sisterlabel", "sistercitylabel", "city2label", "name2"),
)
_SINCE: Final = ("since", "year", "start", "startdate", "desde", "ano", "fecha", "data", "date", "inception")


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
    since: str | None
    items: bool  # the cells are items of Wikidata, Q...
    rows: int

    def settings(self, name: str, own: str, place: str) -> str:
        """The section that reads it."""
        extra: dict[str, str | Sequence[str]] = {}
        if self.encoding != "utf-8":
            extra["encoding"] = self.encoding
        if self.kind == "csv" and self.delimiter != ",":
            extra["delimiter"] = self.delimiter
        if self.header:
            extra["header"] = list(self.header)
        return section(
            own, path=place, kind=self.kind, mapping=f"mappings/{own}.yml", source_id=name, **extra
        )

    def mapping(self, name: str, *, named: bool) -> bytes:
        """The mapping that makes statements of its rows; `named`: another file has the names."""
        return (_names(self) if not self.twin else _statements(self, name, named=named)).encode()


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
    with reading(path), path.open("rb") as stream:
        start = stream.read(_START)
    encoding, text = _decoded(path, start, whole=seen.size <= len(start))
    delimiter = max("\t;,|", key=lambda mark: text.split("\n", 1)[0].count(mark))
    lines = io.StringIO(text if seen.size <= len(start) else text[: text.rfind("\n")], newline="")
    try:
        table = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise _no_pairs(path, f"is no table: {error}.") from error
    if not table or len(table[0]) < 2:
        raise _no_pairs(path, "has no two columns: a city, and the twin it names.")
    first = table[0]
    bare = columns is None and bool(_ITEM.fullmatch(first[0]))
    names = _bare_names(first) if bare else tuple(first)
    city, twin = _chosen(path, names, columns, bare=bare)
    body = table if bare else table[1:]
    column = names.index(city)
    items = bool(body) and all(_ITEM.fullmatch(row[column]) for row in body[:200] if len(row) > column)
    since = next((name for name in names if _folded(name) in _SINCE), None)
    kind = "tsv" if delimiter == "\t" else "csv"
    header = names if bare else ()
    return Pairs(
        path, kind, delimiter, encoding, header, names, city, twin, since, items, seen.lines - (not bare)
    )


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
        put[f"mappings/{own}.yml"] = pairs.mapping(name, named=named)
    return "\n\n".join(sections), put


def _decoded(path: Path, start: bytes, *, whole: bool) -> tuple[str, str]:
    for encoding in ("utf-8", "cp1252", "latin-1"):
        for less in range(1 if whole else 4):  # a cut in the middle of a letter is none of the file's
            try:
                return encoding, start[: len(start) - less].decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError:
                continue
    raise _no_pairs(path, "is in no encoding that is known.")


def _bare_names(first: Sequence[str]) -> tuple[str, ...]:
    """Names for the columns of a file without a header: an item and an item, or an item and its name."""
    second = "twin" if _ITEM.fullmatch(first[1]) else "name"
    return ("city", second, *(f"column{n}" for n in range(3, len(first) + 1)))


def _chosen(
    path: Path, names: Sequence[str], columns: tuple[str, str] | None, *, bare: bool
) -> tuple[str, str]:
    if columns:
        missing = [name for name in columns if name not in names]
        if missing:
            raise _no_pairs(path, f"has no column '{missing[0]}'. It has: {', '.join(names)}.")
        return columns
    if bare:
        return "city", "twin" if names[1] == "twin" else ""
    folded = [_folded(name) for name in names]
    city = next((names[folded.index(word)] for word in _CITY if word in folded), None)
    twin = next((names[folded.index(word)] for word in _TWIN if word in folded), None)
    if city and twin and city != twin:
        return city, twin
    if len(names) == 2:
        return names[0], names[1]
    raise _no_pairs(
        path,
        f"does not say which columns are the city and its twin: {', '.join(names)}.",
        "Say so: --columns CITY,TWIN.",
    )


def _folded(text: str) -> str:
    """Letters and digits alone, without accents and case."""
    return "".join(c for c in plain_letters(text) if c.isalnum() and c.isascii())


def _no_pairs(path: Path, what: str, fix: str | None = None) -> SourceError:
    return SourceError(f"{path.name} cannot be imported.", faults=[Fault(path.name, 1, None, what, fix)])


def _reference(column: str) -> str:
    if not column.isprintable() or set('()$\\"') & set(column):
        raise ConfigError(f"A mapping cannot name the column '{column}'. Rename it in the file.")
    return f"$({column})"


def _statements(pairs: Pairs, name: str, *, named: bool) -> str:
    city, twin = _reference(pairs.city), _reference(pairs.twin)
    start = f"names-{city}" if pairs.items else f"{name}-{city}"
    since = f"\n      - [schema:startDate, {_reference(pairs.since)}, dcterms:W3CDTF]" if pairs.since else ""
    return _filled(
        "pairs",
        {
            "KEY": f"{start}-{twin}",
            "PLACE": "id:city/wikidata-" if pairs.items else "id:city/",
            "SINCE": since,
            "CITY-KNOWN": _known(pairs, pairs.city, named=named),
            "TWIN-KNOWN": _known(pairs, pairs.twin, named=named),
            "CITY": city,
            "TWIN": twin,
        },
    )


def _known(pairs: Pairs, column: str, *, named: bool) -> str:
    """What a row says of a place: its item, and its name unless another file has it."""
    lines = []
    if pairs.items:
        lines.append(f'[skos:exactMatch, "http://www.wikidata.org/entity/{_reference(column)}~iri"]')
    if not (pairs.items and named):
        labels = [f"{_folded(column)}{word}" for word in ("label", "name", "nombre", "nome")]
        label = next((name for name in pairs.columns if _folded(name) in labels), column)
        lines.append(f'[skos:prefLabel, "{_reference(label)}"]')
    return "".join(f"      - {line}\n" for line in lines)


def _names(pairs: Pairs) -> str:
    return _filled("names", {"CITY": _reference(pairs.city), "NAME": _reference(pairs.columns[1])})


def _filled(mapping: str, words: Mapping[str, str]) -> str:
    text = (MAPPINGS / f"{mapping}.yml").read_text(encoding="utf-8")
    for place, word in words.items():
        text = text.replace(f"<<{place}>>", word)
    return text
