"""The errors coopgraph raises: one root, one level of children, and what they carry.

    CoopgraphError
    ├── ConfigError        the workspace file or a setting
    ├── SourceError        a file or endpoint that cannot be read
    ├── MappingError       a mapping file, or a mapping that does not fit its file
    ├── RdfSyntaxError     RDF that does not parse
    ├── ValidationError    data that break a shape or a datatype (`.report`)
    ├── QueryError         a query that is refused or fails
    ├── QueryTimeout       a query stopped by a limit
    ├── StoreError         a release that is locked, damaged or of another version
    ├── ProjectionError    a graph that cannot be made or drawn
    └── MeasureError       a measure that is not defined on its input

Libraries' own errors never leave the module that calls the library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


def unit_of(file: str | None) -> str:
    """What a file's faults are counted in: a sheet, told as `book.xlsx [sheet]`, has rows."""
    return "row" if (file or "").endswith("]") else "line"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where (`file`, `line`, `column`), what, and what to do.

    `line` is the physical line counted from 1 (for a spreadsheet the sheet's row); `column` is a column's
    name.
    """

    file: str | None
    line: int | None
    column: str | None
    what: str
    fix: str | None = None
    severity: str = "violation"  # violation | warning | info
    character: int | None = None  # in the line, from 1; where a text of one's own is looked at

    @property
    def unit(self) -> str:
        """What `line` counts."""
        return unit_of(self.file)

    def __str__(self) -> str:
        """The fault as one line; a `what` that is a sentence of its own comes after the column.

        >>> print(Fault("a.csv", 2, "start", "has '200l', expected a date."))
        a.csv, line 2: column 'start' has '200l', expected a date.
        >>> print(Fault("a.csv", 2, "start", "The agreement has no date."))
        a.csv, line 2, column 'start': The agreement has no date.
        >>> print(Fault("book.xlsx [cities]", 2, "start", "is empty."))
        book.xlsx [cities], row 2: column 'start' is empty.
        """
        column = f"column '{self.column}'" if self.column else ""
        sentence = self.what
        where = [self.file, f"{self.unit} {self.line}" if self.line else None]
        if self.character:
            where.append(f"character {self.character}")
        if self.what[:1].isupper():
            where.append(column)
        elif column:
            sentence = f"{column} {self.what}"
        place = ", ".join(part for part in where if part)
        told = f"{place}: {sentence}" if place else sentence
        return f"{told} {self.fix}" if self.fix else told


class CoopgraphError(Exception):
    """Anything coopgraph refuses. `faults` lists every single thing that is wrong, in order."""

    def __init__(self, message: str, *, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults: tuple[Fault, ...] = tuple(faults)

    def faults_of(self, file: str | None) -> tuple[Fault, ...]:
        """The faults, or what it says as one of a file: none is lost where errors are gathered.

        >>> CoopgraphError("The server said no.").faults_of("a.csv")[0].file
        'a.csv'
        """
        return self.faults or (Fault(file, None, None, self.message),)

    def __str__(self) -> str:
        return "\n".join([self.message, *map(str, self.faults)])


class ConfigError(CoopgraphError):
    """The workspace file, a parameter or a setting is wrong."""


class SourceError(CoopgraphError):
    """A source file cannot be read as what it is declared to be."""


class MappingError(CoopgraphError):
    """A mapping file is wrong, or does not fit the columns it is applied to."""


class RdfSyntaxError(CoopgraphError):
    """RDF text does not parse; the fault carries file and line."""


class ValidationError(CoopgraphError):
    """The data break a datatype or a shape; `report` is the same as plain data."""

    @property
    def report(self) -> list[dict[str, Any]]:
        return [vars(fault).copy() for fault in self.faults]


class QueryError(CoopgraphError):
    """A query is refused or does not parse."""


class QueryTimeout(CoopgraphError):
    """A query was stopped because it reached a limit.

    `reason` is time, memory, killed (its process was ended from outside) or busy (it was never begun, as too
    many were waiting). `wait` is the number of seconds after which to ask again, where that may help.
    """

    def __init__(
        self,
        message: str,
        *,
        faults: Sequence[Fault] = (),
        reason: str = "time",
        wait: float | None = None,
    ) -> None:
        super().__init__(message, faults=faults)
        self.reason = reason
        self.wait = wait


class StoreError(CoopgraphError):
    """A release or its store cannot be opened, locked or published."""


class ProjectionError(CoopgraphError):
    """A graph cannot be projected or drawn as asked."""


class MeasureError(CoopgraphError):
    """A measure is not defined on the graph it was given."""
