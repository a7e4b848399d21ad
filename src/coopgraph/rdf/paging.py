"""Every row of a query of ours from a remote store, page by page: all of them, or an error.

In: a RemoteStore and a SELECT query. Out: an Answer without repeated rows. Pages follow the digest of the
first column: that order is the same whatever a store's collation, and the rows of one key are never parted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.errors import QueryError, StoreError
from coopgraph.rdf import endpoint
from coopgraph.rdf.client import Answer
from coopgraph.rdf.lexer import Token, after_prologue, tokens
from coopgraph.rdf.terms import plain_text
from coopgraph.settings.remote_store import RemoteStore

_QUERIES: Final = Path(__file__).parent / "queries"
_INNER: Final = "SELECT DISTINCT ?key WHERE { ?key ?p ?o }"
_COUNTING: Final = ("COUNT", "SUM", "AVG", "GROUP_CONCAT")


@dataclass(frozen=True)
class Question:
    """A SELECT query taken apart: its prologue, what follows, with DISTINCT, and the columns it names."""

    prologue: str
    select: str
    variables: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The query itself, each row once."""
        return f"{self.prologue}\n{self.select}"

    def count(self) -> str:
        """The query for the number of its rows."""
        return counting(self.prologue, self.select)

    def page(self, after: str, size: int) -> str:
        """The query for the rows whose first column has the digest `after` or a later one."""
        columns = " ".join(f"?{name}" for name in self.variables)
        places = {
            "?key": f"?{self.variables[0]}",
            "10000": str(size),
            '""': f'"{after}"',
            "SELECT *": f"SELECT {columns}",
        }
        head, tail = (_QUERIES / "page.rq").read_text(encoding="utf-8").split(_INNER)
        for old, new in places.items():
            head, tail = head.replace(old, new), tail.replace(old, new)
        return f"{self.prologue}\n{head}{self.select}\n{tail}"


def counting(prologue: str, select: str) -> str:
    """The query for the number of rows of another."""
    head, tail = (_QUERIES / "count.rq").read_text(encoding="utf-8").split(_INNER)
    return f"{prologue}\n{head}{select}\n{tail}"


def question(text: str) -> Question:
    """Take a query apart; raises QueryError for one whose rows a store may not give as they are.

    >>> asked = question("PREFIX ex: <urn:> SELECT ?city (STR(?t) AS ?label) WHERE { ?city ex:name ?t }")
    >>> asked.variables, asked.select[:30]
    (('city', 'label'), 'SELECT DISTINCT ?city (STR(?t)')
    """
    found = tokens(text)
    at = after_prologue(found)
    columns = tuple(_columns(found[at + 1 :]))
    if found[at].word != "SELECT" or not columns or _counts_rows(found):
        raise QueryError(
            "A remote store is asked for rows alone: by SELECT with named columns, without "
            f"{', '.join(_COUNTING)}, but for COUNT(DISTINCT ...). It may count what two graphs state twice."
        )
    rest = text[found[at].end :]
    again = found[at + 1].word == "DISTINCT"
    select = f"SELECT{rest}" if again else f"SELECT DISTINCT{rest}"
    return Question(text[: found[at].start], select, columns)


def _counts_rows(found: Sequence[Token]) -> bool:
    """Whether a row that comes twice would count twice; of COUNT(DISTINCT ...) it is one."""
    words = [token.text.upper() for token in found]
    return any(
        token.word in _COUNTING and words[at : at + 3] != ["COUNT", "(", "DISTINCT"]
        for at, token in enumerate(found)
    )


def _columns(found: Sequence[Token]) -> list[str]:
    """The columns between SELECT and WHERE: a variable, or the last one of `(... AS ?variable)`."""
    columns: list[str] = []
    depth = 0
    for at, token in enumerate(found):
        if token.text == "{" or token.word in ("WHERE", "FROM"):
            break
        depth += (token.text == "(") - (token.text == ")")
        named = depth == 0 or (depth == 1 and found[at - 1].word == "AS")
        if token.kind == "variable" and named:
            columns.append(token.text[1:])
    return columns


def count(store: RemoteStore, asked: Question) -> int:
    """How many different rows a query has now."""
    return counted(store, endpoint.rows(store, asked.count(), ["rows"]))


def counted(store: RemoteStore, found: Sequence[str]) -> int:
    """The number that a store gives for the rows of a query."""
    if len(found) != 1 or not found[0].isdecimal():
        raise StoreError(
            f"The store {store.shown} does not count the rows of a query. It must speak SPARQL 1.1."
        )
    return int(found[0])


def pull(store: RemoteStore, asked: Question) -> tuple[Answer, int]:
    """Return all rows and how many they are; raises StoreError where they are not all there."""
    expected = count(store, asked)
    rows = endpoint.rows(store, asked.whole, asked.variables) if expected <= store.page_rows else []
    if len(rows) < expected:  # more than a page, or the store gives less at a time than we ask for
        rows = _paged(store, asked, expected)
        expected = count(store, asked)
    if len(rows) != expected:
        raise changed(store)
    head = "\t".join(f"?{name}" for name in asked.variables)
    payload = "".join(f"{line}\n" for line in (head, *rows)).encode()
    return Answer("bindings", asked.variables, payload), expected


def changed(store: RemoteStore) -> StoreError:
    """Say that rows came or went while they were read."""
    return StoreError(
        f"The data of {store.shown} changed while they were read. Nothing of it is used; ask again."
    )


def unsorted(store: RemoteStore) -> StoreError:
    """Say that pages do not follow each other."""
    return StoreError(f"The store {store.shown} does not sort as asked. It must speak SPARQL 1.1.")


def place(row: str) -> str:
    """Where a row stands: the MD5 of its first column, which sorts alike in every store (decision 10).

    >>> place("<urn:a>\\t1") == place("<urn:a>\\t2")
    True
    """
    key = plain_text(row.split("\t", 1)[0])
    return hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()


def _paged(store: RemoteStore, asked: Question, expected: int) -> list[str]:
    """Rows in the order of their places; those of the last key of a page are asked for again, as a whole."""
    rows: list[str] = []
    after = ""
    while len(rows) < expected:
        page = endpoint.rows(store, asked.page(after, store.page_rows), asked.variables)
        places = [place(row) for row in page]
        if places != sorted(places) or (places and places[0] < after):
            raise unsorted(store)
        last = len(rows) + len(page) >= expected
        kept = page if last else [row for row, at in zip(page, places, strict=True) if at != places[-1]]
        if not kept:
            raise _stopped(store, len(rows), expected, len(page))
        rows += kept
        after = places[-1]
    return sorted(rows)  # as text: an order the query itself asks for is lost in pages


def _stopped(store: RemoteStore, got: int, expected: int, size: int) -> StoreError:
    if not size:
        return changed(store)
    return StoreError(
        f"The store {store.shown} gave {got:,} of {expected:,} rows and then no more: it gives {size:,} rows "
        "at a time, and one thing has as many, or its data changed meanwhile. Nothing of it is used. Ask "
        "again, or let it give more rows at a time (page_rows in [store]; ResultSetMaxRows of Virtuoso)."
    )
