"""A query's answer as people read it: names instead of IRIs, numbers as numbers, what is unknown left open.

In: the terms of `Solutions`, and what things are called. Out: `Answer`: typed columns and cells. A column
that only repeats what the thing before it is called is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from coopgraph.namespaces import XSD
from coopgraph.rdf.terms import plain_text, python_value, short_iri, split_literal
from coopgraph.views.answer.things import Things
from coopgraph.views.drawing import clean, in_language, language_of, web_address

if TYPE_CHECKING:
    from coopgraph.rdf.solutions import Solutions

_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_DATES: Final = frozenset(f"{XSD}{name}" for name in ("date", "gYear", "gYearMonth"))


@dataclass(frozen=True)
class Cell:
    """One value: its text, and what it is beyond that. `language` is the text's, where it is known."""

    text: str = ""
    kind: str = ""  # thing, number, date, boolean, text; empty where nothing is known
    number: Decimal | int | float | None = None
    iri: str = ""
    page: str = ""
    url: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind)


@dataclass(frozen=True)
class Column:
    """A column: the variable it stands for and the kind all of its cells share, `text` where they do not."""

    name: str
    kind: str


@dataclass(frozen=True)
class Answer:
    """Rows of cells; `cut` names the limit that cut them (rows, bytes), if one did."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cut: str = ""

    def column(self, name: str) -> list[Cell]:
        """Return the cells of one column."""
        at = [column.name for column in self.columns].index(name)
        return [row[at] for row in self.rows]


def answer_of(solutions: Solutions, things: Things, prefixes: Mapping[str, str], lang: str) -> Answer:
    """Return an answer in a language.

    >>> from coopgraph.rdf.client import Answer as Raw
    >>> from coopgraph.rdf.solutions import Solutions
    >>> raw = Raw("bindings", ("city", "people"), b'?city\\t?people\\n<urn:quito>\\t1763275\\n')
    >>> answer = answer_of(Solutions(raw), Things({}), {}, "en")
    >>> [column.kind for column in answer.columns], answer.rows[0][1].number
    (['thing', 'number'], 1763275)
    """
    names = solutions.variables or ("subject", "predicate", "object")
    known: dict[str, Cell] = {}
    rows = [
        tuple(_cell(term, known, things, prefixes, lang) for term in terms) for terms in solutions.terms()
    ]
    kept = _kept(names, rows)
    columns = tuple(Column(names[at], _kind([row[at] for row in rows])) for at in kept)
    reason = (
        ("bytes" if solutions.reason and "bytes" in solutions.reason else "rows")
        if solutions.truncated
        else ""
    )
    return Answer(columns, tuple(tuple(row[at] for at in kept) for row in rows), reason)


def _cell(term: str, known: dict[str, Cell], things: Things, prefixes: Mapping[str, str], lang: str) -> Cell:
    if term not in known:
        known[term] = _thing(term, things, prefixes, lang) if term[:1] in "<_" and term else _value(term)
    return known[term]


def _thing(term: str, things: Things, prefixes: Mapping[str, str], lang: str) -> Cell:
    iri = plain_text(term)
    found = things.get(iri)
    if found is None:
        inner = iri.startswith(tuple(prefixes.values())) or not web_address(iri)
        return Cell(
            clean(short_iri(iri, prefixes)), "thing", None, iri, "thing", "" if inner else web_address(iri)
        )
    text, language = in_language(found.texts, lang), language_of(found.texts, lang)
    return Cell(text, "thing", None, iri, found.page, "", language)


def _value(term: str) -> Cell:
    if not term:
        return Cell()
    value = python_value(term)
    if isinstance(value, bool):
        return Cell(str(value).lower(), "boolean")
    if isinstance(value, int | float | Decimal):
        return Cell(plain_text(term), "number", value)
    text, language, datatype = split_literal(term)
    if datatype in _DATES and _is_date(text):
        return Cell(text, "date")
    url = web_address(text) if datatype == f"{XSD}anyURI" else ""
    return Cell(clean(text), "text", None, "", "", url, (language or "").split("-")[0])


def _is_date(text: str) -> bool:
    """Whether a year, a month or a day stands there that the calendar has."""
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat((text + "-01-01")[:10]))
    except ValueError:
        return False


def _kept(names: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> list[int]:
    """Leave out each column that says no more than what a thing before it is called."""
    kept: list[int] = []
    for at in range(len(names)):
        if not any(_repeats([(row[other], row[at]) for row in rows]) for other in kept):
            kept.append(at)
    return kept


def _repeats(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether each second cell is but the name of the first; at least one must be."""
    said = [(thing, text) for thing, text in pairs if thing or text]
    return bool(said) and all(
        thing.kind == "thing" and text.kind == "text" and thing.text == text.text for thing, text in said
    )


def _kind(cells: Sequence[Cell]) -> str:
    kinds = {cell.kind for cell in cells if cell}
    return kinds.pop() if len(kinds) == 1 else "text"
