"""Agreements and memberships as edges, each with its dates, money, certainty and sources.

In: the tables of a release, row by row. Out: `Edge`s, and the agreements that are nodes. An agreement of two
or three parties is an edge between any two of them; any other is a node joined to each, for pairs of them
would claim what nobody signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from coopgraph.columns import parquet
from coopgraph.exports.network.model import Edge, Span
from coopgraph.exports.network.told import text_of
from coopgraph.release.columns_of import first_day, last_day
from coopgraph.views.drawing import clean, in_language
from coopgraph.views.names import Names, name_of
from coopgraph.views.relations import MANY_PARTIES

Row = Mapping[str, Any]


class Agreement(NamedTuple):
    """What the rows of one agreement say."""

    iri: str
    parties: tuple[str, ...]
    payers: frozenset[str]
    payees: frozenset[str]
    kind: str
    start: str
    end: str
    spans: tuple[Span, ...]
    money: str
    certainty: str | None
    sources: str

    @property
    def is_node(self) -> bool:
        """Whether it is a node that its parties are joined to."""
        return not 1 < len(self.parties) < MANY_PARTIES


def agreements(path: Path) -> Iterator[Agreement]:
    """Yield each agreement of a table, which is in their order."""
    for iri, rows in groupby(parquet.rows(path), key=itemgetter("agreement")):
        yield _agreement(iri, list(rows))


def _agreement(iri: str, rows: list[Row]) -> Agreement:
    start = min(filter(None, (row["start"] or row["signed"] for row in rows)), default="")
    end = max(filter(None, (row["end"] for row in rows)), default="")
    return Agreement(
        iri,
        tuple(sorted({row["party"] for row in rows})),
        frozenset(row["party"] for row in rows if row["payer"]),
        frozenset(row["party"] for row in rows if row["payee"]),
        min(filter(None, (row["kind"] for row in rows)), default=""),
        clean(start),
        clean(end),
        span(start, end),
        "; ".join(
            sorted({f"{row['amount']} {row['currency']}" for row in rows if row["amount"] is not None})
        ),
        _weakest(rows),
        _sources(rows),
    )


def joined(agreement: Agreement, names: Names, lang: str) -> Iterator[Edge]:
    """Yield the edges of an agreement: from payer to payee where it says who pays whom."""
    kind = called(agreement.kind, names, lang) if agreement.kind else ""
    label = called(agreement.iri, names, lang)
    pairs: Iterable[tuple[str, str]] = (
        ((party, agreement.iri) for party in agreement.parties)
        if agreement.is_node
        else combinations(agreement.parties, 2)
    )
    for source, target in pairs:
        ends, directed = _towards(agreement, source, target)
        values = ("agreement", kind, directed, None, None, agreement.start, agreement.end, agreement.iri,
                  agreement.money, agreement.certainty, agreement.sources)  # fmt: skip
        yield Edge(*ends, 1.0, directed, label, agreement.spans, values)


def _towards(agreement: Agreement, a: str, b: str) -> tuple[tuple[str, str], bool]:
    """Return the ends, from who pays to who is paid, and whether anybody is said to pay."""
    pays, paid = agreement.payers, agreement.payees
    if (a in pays and b not in pays) or (b in paid and a not in paid):
        return (a, b), True
    if (b in pays and a not in pays) or (a in paid and b not in paid):
        return (b, a), True
    return (a, b), False


def memberships(path: Path, names: Names, lang: str) -> Iterator[Edge]:
    """Yield an edge from each city to each network it belongs to, one for each membership."""
    for row in parquet.rows(path):
        role = called(row["role"], names, lang) if row["role"] else ""
        since, until = clean(row["since"] or ""), clean(row["until"] or "")
        values = ("membership", role, False, None, None, since, until, row["membership"], "",
                  row.get("certainty"), _sources([row]))  # fmt: skip
        yield Edge(row["city"], row["network"], 1.0, False, role, span(since, until), values)


def called(iri: str, names: Names, lang: str) -> str:
    """Return what a thing is called in a language."""
    return text_of(in_language(name_of(iri, names).texts, lang))


def span(start: str | None, end: str | None) -> tuple[Span, ...]:
    """Return the days that dates as precise as stated can mean; nothing where neither is a date.

    >>> span("2016-02", None), span(None, "2016"), span("", "")
    ((('2016-02-01', ''),), (('', '2016-12-31'),), ())
    """
    first = first_day(start) if start else None
    last = last_day(end) if end else None
    if first is None and last is None:
        return ()
    return ((first.isoformat() if first else "", last.isoformat() if last else ""),)


def _weakest(rows: Iterable[Row]) -> str | None:
    said = {str(row["certainty"]) for row in rows if row.get("certainty")}
    return min(said, default=None)  # "derived" before "stated"


def _sources(rows: Iterable[Row]) -> str:
    return " ".join(sorted({source for row in rows for source in row["source"] or ()}))
