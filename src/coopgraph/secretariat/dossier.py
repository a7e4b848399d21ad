"""A dossier: the answer to a question of a secretariat, before it is written in a language.

In: nothing. Out: the types that every answer is made of. Values stay values (IRIs, dates as stated,
decimals); words are keys of the answer's catalogue (`words/<name>.toml`). What no source says is None, never
zero and never "".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES

if TYPE_CHECKING:
    from coopgraph.secretariat.written import Written
    from coopgraph.views.names import Name

# thing, things: IRIs.  word, words: keys `word.<key>` of the catalogue.  text: as a source states it.
# day: a date as stated (2016, 2013-05, 2017-05-31).  share: 0 to 1.  money: `Money`.  interval: `Interval`.
Kind = Literal[
    "thing", "things", "word", "words", "text", "day", "number", "share", "money", "interval", "flag"
]


@dataclass(frozen=True)
class Money:
    """An amount in one currency, as ISO 4217 names it."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Interval:
    """A number with the ends of its range; None where there is no range."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Said:
    """A sentence `said.<key>` of the catalogue with its blanks filled; `n` chooses between one and many.

    A value that is an IRI in `things` is written as what the thing is called.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column `column.<key>` of the catalogue."""

    key: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Row:
    """One row: a cell for each column, the sources it rests on, and the things whose rows prove it."""

    cells: Sequence[Any]
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table `table.<key>` of the catalogue; an empty one is written as the sentence `said.<empty>`."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Said, ...] = ()
    empty: str = "nothing"


@dataclass(frozen=True)
class Dossier:
    """The answer to one question: its tables, what they rest on, and what is not known.

    Attributes
    ----------
    name
        The answer's name in the catalogue, as in the command and the address of its page.
    asked
        The arguments it was asked with.
    tables
        The answer.
    rests_on
        How it was worked out, as sentences.
    unknown
        What is not known, as sentences; never empty without saying so.
    release, now
        The release it was read from, and the day it speaks of.
    names
        What the things in it are called.
    """

    name: str
    asked: Mapping[str, Any]
    tables: tuple[Table, ...]
    rests_on: tuple[Said, ...]
    unknown: tuple[Said, ...]
    release: str
    now: str
    names: Mapping[str, Name] = field(default_factory=dict, repr=False, compare=False)

    def to(self, lang: str) -> Written:
        """Write it in a language: en, es or pt."""
        from coopgraph.secretariat.written import written

        if lang not in LANGUAGES:
            raise ProjectionError(f"There is no language '{lang}'. Choose one of: {', '.join(LANGUAGES)}.")
        return written(self, self.names, lang)

    def __str__(self) -> str:
        from coopgraph.secretariat.markdown import as_markdown

        return as_markdown(self.to("en"))

    def _repr_html_(self) -> str:
        from coopgraph.secretariat.notebook import as_html

        return as_html(self.to("en"))

    def iris(self) -> set[str]:
        """Return every IRI in its cells and sentences."""
        cells = (cell for table in self.tables for row in table.rows for cell in row.cells)
        found = {
            iri
            for cell in cells
            for iri in ((cell,) if isinstance(cell, str) else cell if isinstance(cell, tuple) else ())
        }
        notes = (note for table in self.tables for note in table.notes)
        said = (*self.rests_on, *self.unknown, *notes)
        return {iri for iri in found if isinstance(iri, str)} | {
            iri for one in said for iri in one.things.values()
        }

    def table(self, key: str) -> Table:
        """Return the table of this key; raises ProjectionError for one the answer does not have."""
        known = {table.key: table for table in self.tables}
        if key not in known:
            raise ProjectionError(f"There is no table '{key}'. Choose one of: {', '.join(known)}.")
        return known[key]

    def records(self, key: str) -> list[dict[str, Any]]:
        """Return the rows of a table as dictionaries by the keys of its columns."""
        table = self.table(key)
        names = [column.key for column in table.columns]
        return [dict(zip(names, row.cells, strict=True)) for row in table.rows]
