"""A form as a workbook: a sheet to answer in for each kind of thing, and what explains it.

In: a `Form`. Out: the bytes of an XLSX file, the same for the same form.
Standard: Office Open XML (ECMA-376).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.forms.fields import Field, FormSheet, form_sheet, form_sheets
from coopgraph.forms.form import Form, FormRow
from coopgraph.forms.lists import Lists
from coopgraph.forms.memory import write_memory
from coopgraph.forms.sheet_style import Page
from coopgraph.forms.vocabulary import Vocabulary
from coopgraph.forms.wording import keys, say
from coopgraph.sources.repeatable import same_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

# What stands in column A of the rows above the answers.
TECHNICAL: Final = ("#keys", "#about", "#head", "#hint")
CONTACT: Final = ("name", "office", "email", "filled")


def form_workbook(form: Form, words: Vocabulary) -> bytes:
    """Return a form as a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = say("form.title", form.lang, city=form.name)
    book.properties.creator = "coopgraph"
    _instructions(book, form)
    _contact(book, form)
    lists = Lists(words, form)
    for sheet in form_sheets():
        _sheet(book, sheet, form, lists)
    _sources(book, form)
    lists.write(book)
    write_memory(book, form)
    return same_bytes(book)


def _instructions(book: Workbook, form: Form) -> None:
    page = Page(book, say("form.instructions", form.lang))
    values = {
        "sources": say("form.sources", form.lang),
        "contact": say("form.contact", form.lang),
        "confirm": say("form.confirm", form.lang),
        "yes": say("form.yes", form.lang),
        "no": say("form.no", form.lang),
        "interests": form_sheet("interests").title[form.lang],
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


def _sheet(book: Workbook, sheet: FormSheet, form: Form, lists: Lists) -> None:
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
