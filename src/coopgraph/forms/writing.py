"""Forms as workbooks: one for a city, with lists to choose from, fixed cells, and a memory of what was sent.

In: an open release and cities by name. Out: XLSX files, the same bytes for the same release.
Standard: Office Open XML (ECMA-376).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import ProjectionError
from coopgraph.forms.fields import Field, FormSheet, form_sheets
from coopgraph.forms.form import VERSION, Form, FormRow, form_of
from coopgraph.forms.sheet_style import Page
from coopgraph.forms.vocabulary import Vocabulary, vocabulary_of
from coopgraph.forms.wording import keys, say
from coopgraph.network.cities import find_city, known_cities
from coopgraph.release.durable import whole_file
from coopgraph.sources.repeatable import same_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

    from coopgraph.release import Release

MEMORY: Final = "_coopgraph"  # the sheet that says what was sent
TECHNICAL: Final = (
    "#keys",
    "#about",
    "#head",
    "#hint",
)  # what stands in column A of the rows above the answers
CONTACT: Final = ("name", "office", "email", "filled")
_LISTS: Final = (
    ("form.cities", "city"),
    ("form.networks", "network"),
    ("form.organisations", "organisation"),
    ("form.programmes", "programme"),
)


def write_forms(
    release: Release,
    folder: Path | str,
    *cities: str,
    lang: str = "en",
    on_progress: Callable[[int, int], object] | None = None,
) -> tuple[Path, ...]:
    """Write a form for each city, filled in with what is known about it, and return the files.

    A form has a sheet for each kind of thing a city can state (itself, its networks, agreements, actions and
    money); beside each value stands who says so. What was sent is kept in a hidden sheet, so that a returned
    form can be compared with it.

    Parameters
    ----------
    folder
        Where to; it is made if it is not there. A form of the same city is replaced.
    cities
        Names, ids or IRIs; without any, every city of the release.
    lang
        The language of the form: en, es or pt.
    on_progress
        Told how many forms are written, of how many.

    Raises
    ------
    ProjectionError
        A name that no city has, or several have; all of them are told.

    Examples
    --------
    >>> import coopgraph as cg
    >>> from coopgraph.resources import bundled
    >>> import shutil, tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> _ = shutil.copytree(bundled("data"), place / "data", ignore=shutil.ignore_patterns(".coopgraph"))
    >>> _ = cg.build(place / "data")
    >>> release = cg.open(place / "data")
    >>> [path.name for path in cg.write_forms(release, place / "forms", "Lima", "Quito", lang="es")]
    ['lima.xlsx', 'quito.xlsx']
    >>> release.close()
    """
    found = cities_meant(release, cities)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    words = vocabulary_of(release, lang)
    written: list[Path] = []
    for city, name in file_names(found).items():
        target = place / name
        with whole_file(target) as draft:
            draft.write_bytes(form_workbook(form_of(release, city, words), words))
        written.append(target)
        if on_progress is not None:
            on_progress(len(written), len(found))
    return tuple(written)


def cities_meant(release: Release, names: Sequence[str]) -> list[str]:
    """Return the IRIs of cities by name, without names of all; raises ProjectionError for unknown ones."""
    known = known_cities(release)
    if not names:
        return sorted(known)
    found: list[str] = []
    wrong: list[ProjectionError] = []
    for name in names:
        try:
            found.append(find_city(known, name))
        except ProjectionError as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        faults = [fault for error in wrong for fault in error.faults]
        raise ProjectionError(" ".join(error.message for error in wrong), faults=faults)
    return list(dict.fromkeys(found))


def file_names(cities: Iterable[str]) -> dict[str, str]:
    """Return the name of each city's form: the end of its IRI, as far as a file may be called so.

    >>> file_names(["https://example.org/id/city/lima", "https://example.org/id/town/lima"])
    {'https://example.org/id/city/lima': 'lima.xlsx', 'https://example.org/id/town/lima': 'lima-2.xlsx'}
    """
    names: dict[str, str] = {}
    for city in cities:
        slug = "".join(c if c.isalnum() or c in "-_" else "-" for c in city.rstrip("/").rsplit("/", 1)[-1])
        alike = sum(name == slug or name.rsplit("-", 1)[0] == slug for name in names.values())
        names[city] = slug if not alike else f"{slug}-{alike + 1}"
    return {city: f"{name}.xlsx" for city, name in names.items()}


def form_workbook(form: Form, words: Vocabulary) -> bytes:
    """Return a form as a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = say("form.title", form.lang, city=form.name)
    book.properties.creator = "coopgraph"
    _instructions(book, form)
    _contact(book, form)
    lists = _Lists(words, form)
    for sheet in form_sheets():
        _sheet(book, sheet, form, lists)
    _sources(book, form)
    lists.write(book)
    _memory(book, form)
    return same_bytes(book)


def _instructions(book: Workbook, form: Form) -> None:
    page = Page(book, say("form.instructions", form.lang))
    values = {
        "sources": say("form.sources", form.lang),
        "contact": say("form.contact", form.lang),
        "confirm": say("form.confirm", form.lang),
        "yes": say("form.yes", form.lang),
        "no": say("form.no", form.lang),
        "licence": form.licence,
        "now": form.now,
        "release": form.release,
    }
    page.widths({1: 100})
    page.title(1, 1, say("form.title", form.lang, city=form.name))
    told = [key for key in keys("instructions") if key != "licence" or form.licence]
    for row, key in enumerate(told, start=3):
        page.fixed(row, 1, say(f"instructions.{key}", form.lang, **values), plain=True)
        page.height(row, 36)
    page.close()


def _contact(book: Workbook, form: Form) -> None:
    page = Page(book, say("form.contact", form.lang))
    page.widths({2: 34, 3: 60})
    page.hide_column(1)
    page.fixed(1, 1, "#contact")
    page.fixed(1, 2, say("contact.about", form.lang), plain=True, across=2)
    page.height(1, 36)
    for row, key in enumerate(CONTACT, start=3):
        page.fixed(row, 1, key)
        page.fixed(row, 2, say(f"contact.{key}", form.lang), bold=True)
        page.open(row, 3)
    page.close()


@dataclass(frozen=True)
class _Place:
    """Where a column of a sheet stands: its value, and who says so beside it."""

    field: Field
    value: int
    beside: int


def _places(sheet: FormSheet) -> list[_Place]:
    return [_Place(field, 2 + 2 * n, 3 + 2 * n) for n, field in enumerate(sheet.fields)]


def _sheet(book: Workbook, sheet: FormSheet, form: Form, lists: _Lists) -> None:
    page = Page(book, sheet.title[form.lang])
    places = _places(sheet)
    confirm = places[-1].beside + 1
    _head(page, sheet, places, confirm, form.lang)
    first = len(TECHNICAL) + 1
    rows = form.rows[sheet.key]
    for number, row in enumerate(rows, start=first):
        _row(page, number, row, places, confirm)
        page.fit(number)
    last = first + len(rows) + sheet.new_rows - 1
    for number in range(first + len(rows), last + 1):
        for place in places:
            page.open(number, place.value)
            page.fixed(number, place.beside, "")
        page.fixed(number, confirm, "")
        page.open(number, confirm + 1)
    for place in places:
        lists.offer(page, place.field, place.value, first, last)
    page.choice(
        confirm, first, last, f'"{say("form.yes", form.lang)},{say("form.no", form.lang)}"', form.lang
    )
    page.freeze(first, 4)
    page.close()


def _head(page: Page, sheet: FormSheet, places: list[_Place], confirm: int, lang: str) -> None:
    """Write the rows above the answers: hidden keys, what the sheet is for, heads and hints."""
    for row, key in enumerate(TECHNICAL, start=1):
        page.fixed(row, 1, key)
    page.hide_column(1)
    page.hide_row(1)
    page.fixed(2, 2, sheet.about[lang], plain=True, across=8)
    page.height(2, 24)
    page.widths({confirm: 16, confirm + 1: 40})
    for place in places:
        page.bare(1, place.value, place.field.key)
        page.bare(1, place.beside, f"{place.field.key}#source")
        page.head(3, place.value, place.field.head[lang] + (" *" if place.field.required else ""))
        page.head(3, place.beside, say("form.source", lang), small=True)
        page.fixed(4, place.value, place.field.hint[lang], small=True)
        page.fixed(4, place.beside, "", small=True)
        page.widths({place.value: place.field.width, place.beside: 9})
    for column, key in ((confirm, "confirm"), (confirm + 1, "remark")):
        page.fixed(1, column, f"#{key}")
        page.head(3, column, say(f"form.{key}", lang))
        page.fixed(4, column, say(f"form.{key}_hint", lang), small=True)
    page.fit(3)
    page.fit(4)


def _row(page: Page, number: int, row: FormRow, places: list[_Place], confirm: int) -> None:
    page.bare(number, 1, row.iri)
    for place in places:
        cell = row.cells[place.field.key]
        number_kind = place.field.kind in ("whole", "amount")
        if place.field.fixed:
            page.fixed(number, place.value, cell.text)
        else:
            page.open(number, place.value, cell.text, is_number=number_kind)
        page.fixed(number, place.beside, cell.beside, small=True)
    page.open(number, confirm)
    page.open(number, confirm + 1)


def _sources(book: Workbook, form: Form) -> None:
    page = Page(book, say("form.sources", form.lang))
    page.widths({1: 6, 2: 70, 3: 34, 4: 12, 5: 60})
    for column, key in enumerate(("number", "source_title", "publisher", "date", "address"), start=1):
        page.head(1, column, say(f"form.{key}", form.lang))
    for row, cited in enumerate(form.sources, start=2):
        told = (f"[{row - 1}]", cited.title, cited.publisher, cited.date, cited.url)
        for column, text in enumerate(told, start=1):
            page.fixed(row, column, text)
        page.fit(row)
    page.freeze(2, 1)
    page.close()


class _Lists:
    """The sheet of names to choose from, and the cells that are offered them."""

    def __init__(self, words: Vocabulary, form: Form) -> None:
        self._words, self._lang = words, form.lang
        self._title = say("form.lists", form.lang)
        things = [row.cells["title"].text for key in ("agreements", "actions") for row in form.rows[key]]
        columns: dict[str, tuple[str, list[str]]] = {
            kind: (say(key, form.lang), words.choices(kind)) for key, kind in _LISTS
        }
        columns["about"] = (say("form.things", form.lang), sorted(set(things)))
        for sheet in form_sheets():
            for field in sheet.fields:
                if field.scheme and field.scheme not in columns:
                    head = f"{sheet.title[form.lang]}: {field.head[form.lang]}"
                    columns[field.scheme] = (head, words.choices(field.scheme))
        self._columns = columns

    def offer(self, page: Page, field: Field, column: int, first: int, last: int) -> None:
        """Offer a column's cells their list; only lists of concepts refuse other texts."""
        name = {"network": "network", "programme": "programme", "about": "about", "actor": "city"}.get(
            field.kind, field.scheme
        )
        if name is None or not self._columns[name][1]:
            return
        letter = Page.letter(list(self._columns).index(name) + 1)
        cells = f"'{self._title}'!${letter}$2:${letter}${len(self._columns[name][1]) + 1}"
        page.choice(column, first, last, cells, self._lang, strict=field.scheme is not None)

    def write(self, book: Workbook) -> None:
        page = Page(book, self._title)
        for column, (head, texts) in enumerate(self._columns.values(), start=1):
            page.head(1, column, head)
            page.widths({column: min(46, max(map(len, [head, *texts])) + 3)})
            for row, text in enumerate(texts, start=2):
                page.fixed(row, column, text, plain=True)
        page.freeze(2, 1)
        page.close()


def _memory(book: Workbook, form: Form) -> None:
    """Keep what was sent: the form's head, then a line for each row and for each cell that was filled in."""
    page = Page(book, MEMORY)
    for row, line in enumerate(memory_lines(form), start=1):
        for column, text in enumerate(line, start=1):
            page.bare(row, column, text)
    page.close(hidden=True)


def memory_lines(form: Form) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the hidden sheet."""
    head: Mapping[str, Any] = {
        "form": "coopgraph self-declaration",
        "version": str(VERSION),
        "city": form.city,
        "name": form.name,
        "lang": form.lang,
        "release": form.release,
        "base": form.base,
        "now": form.now,
        "licence": form.licence,
    }
    yield from head.items()
    for key, rows in form.rows.items():
        for row in rows:
            yield ("row", key, row.iri, row.other or "")
            for field, cell in row.cells.items():
                if cell.text:
                    codes = json.dumps(cell.codes, ensure_ascii=False)
                    yield ("cell", key, row.iri, field, cell.text, codes)
