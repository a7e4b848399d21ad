"""The sheet of names that the cells of a form offer to choose from.

In: the words and things of the release, a `Form`. Out: a sheet, and the cells that are offered its columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.forms.fields import Field, form_sheets
from coopgraph.forms.form import Form
from coopgraph.forms.sheet_style import Page
from coopgraph.forms.vocabulary import Vocabulary
from coopgraph.forms.wording import say

if TYPE_CHECKING:
    from openpyxl import Workbook

_LISTS: Final = (
    ("form.cities", "city"),
    ("form.networks", "network"),
    ("form.organisations", "organisation"),
    ("form.programmes", "programme"),
)


class Lists:
    """The sheet of names to choose from, and the cells that are offered them."""

    def __init__(self, words: Vocabulary, form: Form) -> None:
        self._words, self._lang = words, form.lang
        self._title = say("form.lists", form.lang)
        things = [row.cells["title"].text for key in ("agreements", "actions") for row in form.rows[key]]
        columns: dict[str, tuple[str, list[str]]] = {
            kind: (say(key, form.lang), words.choices(kind)) for key, kind in _LISTS
        }
        columns["about"] = (say("form.things", form.lang), sorted(set(things)))
        columns["subject"] = (say("form.subjects", form.lang), words.choices("subject"))
        for sheet in form_sheets():
            for field in sheet.fields:
                if field.scheme and field.scheme not in columns:
                    head = f"{sheet.title[form.lang]}: {field.head[form.lang]}"
                    columns[field.scheme] = (head, words.choices(field.scheme))
        self._columns = columns

    def offer(self, page: Page, field: Field, column: int, first: int, last: int) -> None:
        """Offer a column's cells their list; only lists of concepts refuse other texts."""
        name = "city" if field.kind == "actor" else field.scheme or field.kind
        if not self._columns.get(name, ("", []))[1]:
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
