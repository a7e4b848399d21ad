"""A form before it is a workbook: what stands in each cell, and who says so.

In: an open release, a city, a language. Out: a `Form`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from coopgraph.forms.fields import Field, FormSheet, form_sheets
from coopgraph.forms.known import KnownRow, Value, known_of
from coopgraph.forms.vocabulary import Vocabulary
from coopgraph.forms.wording import say
from coopgraph.views.drawing import clean

if TYPE_CHECKING:
    from coopgraph.release import Release

VERSION = 1


@dataclass(frozen=True)
class FormCell:
    """A cell as it is sent: its text, the values of the data behind it, and what stands beside it."""

    text: str
    codes: tuple[str, ...]
    beside: str


@dataclass(frozen=True)
class FormRow:
    """A row as it is sent; `iri` is its technical id, `other` the second node it speaks of."""

    iri: str
    other: str | None
    cells: Mapping[str, FormCell]


@dataclass(frozen=True)
class Cited:
    """A source as the sheet of sources names it."""

    iri: str
    title: str
    publisher: str
    date: str
    url: str


@dataclass(frozen=True)
class Form:
    """What is sent to one city."""

    city: str
    name: str
    lang: str
    release: str
    base: str
    now: str
    licence: str
    rows: Mapping[str, tuple[FormRow, ...]]
    sources: tuple[Cited, ...]


def form_of(release: Release, city: str, words: Vocabulary) -> Form:
    """Fill in the form of a city with what is known about it."""
    known = known_of(release, city)
    cites = _Cites(release, words.lang)
    rows = {
        sheet.key: tuple(_row(sheet, row, words, cites) for row in _in_order(sheet, known[sheet.key], words))
        for sheet in form_sheets()
    }
    workspace = release.manifest.workspace
    return Form(
        city,
        words.titles.get(city) or words.called(city),
        words.lang,
        release.manifest.id or "",
        str(workspace.get("base") or ""),
        str(release.now or ""),
        str(workspace.get("licence") or ""),
        rows,
        cites.listed(),
    )


def shown(field: Field, row: KnownRow, codes: tuple[str, ...], words: Vocabulary) -> str:
    """Return what a cell shows for values: one, or of a list all."""
    if field.fixed and field.kind == "text":
        return _fit(words.titles.get(row.iri) or "; ".join(codes))
    if field.kind in ("whole", "amount"):
        return "; ".join(format(Decimal(code).normalize(), "f") for code in codes)
    return _fit(words.text(field, codes))


class _Cites:
    """Numbers the sources in the order in which they are first cited."""

    def __init__(self, release: Release, lang: str) -> None:
        self._known = {row["source"]: row for row in release.table("sources").to_pylist()}
        self._lang = lang
        self._numbers: dict[str, int] = {}

    def __call__(self, values: tuple[Value, ...]) -> str:
        found = {source for value in values for source in value.sources}
        numbers = sorted(self._numbers.setdefault(iri, len(self._numbers) + 1) for iri in sorted(found))
        return "".join(f"[{number}]" for number in numbers)

    def listed(self) -> tuple[Cited, ...]:
        return tuple(map(self._cited, self._numbers))

    def _cited(self, iri: str) -> Cited:
        row = self._known.get(iri)
        if row is None:
            return Cited(iri, f"{say('form.file_row', self._lang)}: {iri.rsplit('/', 1)[-1]}", "", "", "")
        told = [_fit(str(row[name] or "")) for name in ("title", "publisher", "date", "url")]
        return Cited(iri, told[0] or iri, *told[1:])


def _row(sheet: FormSheet, row: KnownRow, words: Vocabulary, cites: _Cites) -> FormRow:
    return FormRow(row.iri, row.other, {field.key: _cell(field, row, words, cites) for field in sheet.fields})


def _cell(field: Field, row: KnownRow, words: Vocabulary, cites: _Cites) -> FormCell:
    """Show one value, or all of a list; what others say of it stands beside it."""
    values = row.values.get(field.key, ())
    here, others = (values, ()) if field.is_list or field.fixed else (values[:1], values[1:])
    codes = tuple(value.code for value in here)
    told = [cites(here)] if here else []
    told += [
        say("form.also", words.lang, value=shown(field, row, (value.code,), words), cites=cites((value,)))
        for value in others
    ]
    return FormCell(shown(field, row, codes, words), codes, "; ".join(told))


def _in_order(sheet: FormSheet, rows: tuple[KnownRow, ...], words: Vocabulary) -> list[KnownRow]:
    first = sheet.fields[0]

    def place(row: KnownRow) -> tuple[bool, str, str]:
        text = shown(first, row, row.codes(first.key), words).casefold()
        return not text, text, row.iri

    return sorted(rows, key=place)


def _fit(text: str) -> str:
    """Return a text as a cell may hold it."""
    return clean(text, limit=4000)
