"""A dossier written in a language: its words, the names of its things, its numbers as texts.

In: a `Dossier`, the names of the release, a language. Out: `Written`, which the shell, pages, workbooks and
the year book lay out without knowing what is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from coopgraph.secretariat.dossier import Column, Dossier, Interval, Money, Row, Said, Table
from coopgraph.secretariat.wording import word
from coopgraph.views.drawing import clean, in_language
from coopgraph.views.names import Names, name_of
from coopgraph.views.plot_foot import number

UNKNOWN = "–"
_PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "money": {"currency": "text"},
    "interval": {"low": "number", "high": "number"},
}


@dataclass(frozen=True)
class Cell:
    """A cell: its text, the things it names (IRI and label), and a number to sort and draw by, if any.

    `parts` are what a sheet keeps in columns of their own: an amount and its currency, or an estimate and
    the ends of its range.
    """

    text: str
    things: tuple[tuple[str, str], ...] = ()
    value: float | None = None
    parts: tuple[float | str | None, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known here."""
        return self.text == UNKNOWN and not self.things


@dataclass(frozen=True)
class WrittenColumn:
    """A column's key, its head, whether it holds numbers and these are without a unit, or dates.

    `parts` are the columns that a sheet has for it, where these are several: heads, and what they hold.
    """

    key: str
    head: str
    is_number: bool
    is_plain: bool
    is_day: bool = False
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class WrittenRow:
    """Cells as texts, with the sources and the things that prove the row."""

    cells: tuple[Cell, ...]
    sources: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class WrittenTable:
    """A table in one language; `empty` is what is said where it has no rows."""

    key: str
    title: str
    columns: tuple[WrittenColumn, ...]
    rows: tuple[WrittenRow, ...]
    notes: tuple[str, ...]
    empty: str


@dataclass(frozen=True)
class Written:
    """A dossier in one language."""

    name: str
    lang: str
    title: str
    lead: str
    tables: tuple[WrittenTable, ...]
    rests_on: tuple[str, ...]
    unknown: tuple[str, ...]
    release: str
    now: str


def written(dossier: Dossier, names: Names, lang: str) -> Written:
    """Write a dossier in one of `LANGUAGES`."""
    say = Wording(dossier.name, names, lang)
    return Written(
        dossier.name,
        lang,
        say.word("title"),
        say.word("lead"),
        tuple(map(say.table, dossier.tables)),
        tuple(map(say.sentence, dossier.rests_on)),
        tuple(map(say.sentence, dossier.unknown)),
        dossier.release,
        dossier.now,
    )


@dataclass(frozen=True)
class Wording:
    """The words of one answer in one language, and what things are called in it."""

    name: str
    names: Names
    lang: str

    def word(self, key: str, values: Mapping[str, Any] | None = None) -> str:
        """Return the text under a key."""
        return word(self.name, key, self.lang, values)

    def called(self, iri: str) -> str:
        """Return what a thing is called, or the nearest to it."""
        return in_language(name_of(iri, self.names).texts, self.lang)

    def sentence(self, said: Said) -> str:
        """Return a sentence with its blanks filled."""
        named = {key: self.called(iri) for key, iri in said.things.items()}
        return self.word(f"said.{said.key}", {**said.values, **named})

    def table(self, table: Table) -> WrittenTable:
        """Write a table."""
        columns = tuple(
            WrittenColumn(
                column.key,
                self.word(f"column.{column.key}"),
                column.kind in ("number", "share", "money", "interval"),
                column.kind in ("number", "share"),
                column.kind == "day",
                self.parts(column),
            )
            for column in table.columns
        )
        return WrittenTable(
            table.key,
            self.word(f"table.{table.key}"),
            columns,
            tuple(self.row(row, table.columns) for row in table.rows),
            tuple(map(self.sentence, table.notes)),
            self.word(f"said.{table.empty}"),
        )

    def parts(self, column: Column) -> tuple[tuple[str, str], ...]:
        """Return the columns that a sheet has for this one, where these are several."""
        head = self.word(f"column.{column.key}")
        more = _PARTS.get(column.kind, {})
        beside = ((self.word(f"part.{part}", {"head": head}), kind) for part, kind in more.items())
        return ((head, "number"), *beside) if more else ()

    def row(self, row: Row, columns: Iterable[Column]) -> WrittenRow:
        """Write a row."""
        cells = tuple(self.cell(value, column) for value, column in zip(row.cells, columns, strict=True))
        return WrittenRow(cells, row.sources, row.evidence)

    def cell(self, value: Any, column: Column) -> Cell:
        """Write a value of a column; what is not known is a dash, a sentence stays one."""
        if value is None or value == ():
            return Cell(UNKNOWN)
        if isinstance(value, Said):
            return Cell(self.sentence(value))
        if column.kind in ("thing", "things"):
            iris = (value,) if isinstance(value, str) else tuple(value)
            things = tuple((iri, self.called(iri)) for iri in iris)
            return Cell(", ".join(label for _, label in things), things)
        if column.kind in ("word", "words"):
            keys = (value,) if isinstance(value, str) else tuple(value)
            return Cell(", ".join(self.word(f"word.{key}") for key in keys))
        if column.kind == "flag":
            return Cell(self.word("word.yes" if value else "word.no"))
        if column.kind in ("text", "day"):
            return Cell(clean(value))
        return self.quantity(value, column)

    def quantity(self, value: Any, column: Column) -> Cell:
        """Write a number, with its unit where it has one."""
        if isinstance(value, Money):
            text = f"{number_text(value.amount, self.lang)}\u00a0{value.currency}"
            whole = value.amount == value.amount.to_integral_value()
            exact = int(value.amount) if whole else float(value.amount)
            return Cell(text, value=float(value.amount), parts=(exact, value.currency))
        if isinstance(value, Interval):
            text = number(value.value, self.lang)
            if value.low is not None and value.high is not None:
                text += f" [{number(value.low, self.lang)}; {number(value.high, self.lang)}]"
            return Cell(text, value=value.value, parts=(value.value, value.low, value.high))
        if column.kind == "share":
            space = "\u00a0" if self.lang == "es" else ""
            return Cell(f"{number(100 * value, self.lang, 1)}{space}%", value=float(value))
        return Cell(number_text(value, self.lang), value=value if isinstance(value, int) else float(value))


def number_text(value: float | Decimal, lang: str) -> str:
    """Return a number as the language writes it: cents where there are any, else at most three decimals."""
    return number(value, lang, 2 if isinstance(value, Decimal) else 3)  # type: ignore[arg-type]
