"""The columns of a sheet: those that hold anything, labels beside ids, texts in one language.

In: a table, what is filled, what is known of labels. Out: for each column its heading, width and text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from coopgraph.exports.classes import LANGUAGES, Column, Table, words
from coopgraph.exports.records import Ids, Record, Records

BETWEEN: Final = "; "
FONT: Final = "Calibri"
_WIDTHS: Final = {
    "date": 12, "day": 12, "decimal": 16, "integer": 16, "one": 24, "many": 30, "concept": 20, "concepts": 34,
    "country": 10, "sdgs": 14, "outside": 14, "rows": 28, "url": 44, "iri": 40, "words": 34,
}  # fmt: skip
_WIDE: Final = {"purpose": 70, "definition": 70, "note": 60, "title": 52, "name": 34, "measure": 44}


@dataclass(frozen=True)
class Shown:
    """A column as a sheet shows it; `text` gives a record's cell, empty where nothing is known.

    `names` are the columns of one text in several languages, of which one is shown.
    """

    heading: str
    kind: str
    width: int
    text: Callable[[Record], str]
    names: tuple[str, ...] = ()


def shown_columns(
    table: Table, filled: Collection[tuple[str, str]], records: Records, ids: Ids, lang: str
) -> tuple[Shown, ...]:
    """Return the columns that hold anything."""
    place = LANGUAGES.index(lang)
    head = words()["columns"]
    own = [column for column in table.columns if (table.name, column.name) in filled]
    found: list[Shown] = []
    if table.of:
        found.append(Shown(head["id"][place], "text", 26, lambda record: ids.of(record.iri, table.kind)))
    done: set[str] = set()
    for column in own:
        if column.group:
            if column.group not in done:
                done.add(column.group)
                found.append(_texts([each for each in own if each.group == column.group], lang))
        else:
            found.extend(_one(column, records, ids, lang))
    return tuple(found)


def _texts(columns: list[Column], lang: str) -> Shown:
    """Return one column of texts that there are in several languages: in the reader's, else in another."""
    order = sorted(columns, key=lambda column: (lang, "", *LANGUAGES).index(column.lang))
    first = columns[0]

    def text(record: Record) -> str:
        texts = next((record.cells[column.name] for column in order if column.name in record.cells), [])
        return (BETWEEN if first.is_list else "\n").join(texts)

    heading = words()["columns"][first.word][LANGUAGES.index(lang)]
    names = tuple(column.name for column in columns)
    return Shown(heading, first.kind, _WIDE.get(first.group, 34), text, names)


def _one(column: Column, records: Records, ids: Ids, lang: str) -> Iterator[Shown]:
    place = LANGUAGES.index(lang)
    heading = words()["columns"][column.word][place]
    prefix = column.prefix(records.prefixes)

    def label(term: str) -> str:
        return records.known.label(term, lang)

    def short(term: str) -> str:
        if column.kind in ("one", "many"):
            return ids.of(term, records.known.kinds.get(term, column.of))
        return term.removeprefix(prefix).removesuffix(column.after) if prefix else term

    def shown(name: str, width: int, of: Callable[[str], str], kind: str = column.kind) -> Shown:
        return Shown(
            name,
            kind,
            width,
            lambda record: BETWEEN.join(map(of, record.cells.get(column.name, ()))),
        )

    width = _WIDTHS.get(column.kind, 20)
    kind = "amount" if column.kind == "decimal" and column.name in ("amount", "value") else column.kind
    if column.name == "party_kind":
        yield shown(heading, width, lambda kind: words()["columns"][kind][place].lower())
    elif column.kind in ("concept", "concepts"):
        yield shown(heading, width, label)
    elif column.kind == "rows":
        yield shown(heading, width, _row_in_words(place, records, label))
    elif column.kind in ("one", "many", "country") and column.of != "money":
        yield shown(heading, 34, label, "label")
        yield shown(f"{heading}: id", width, short)
    else:
        yield shown(heading, width, short, kind)


def _row_in_words(place: int, records: Records, label: Callable[[str], str]) -> Callable[[str], str]:
    """Return what says `cities#row=13` in words: cities.csv, row 13; a sheet or an activity is named too."""

    def told(term: str) -> str:
        file, _, fragment = term.partition("#")
        said = [label(f"{records.base}id/file/{file}")]
        for part in filter(None, fragment.split("&")):
            unit, _, value = part.partition("=")
            said.append(
                f"{words()['words'][unit][place]} {value}" if unit in ("row", "line") else unquote(value)
            )
        return ", ".join(said)

    return told
