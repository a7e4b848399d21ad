"""Many rows of an endpoint, asked for politely and so that a later run can go on where one stopped.

In: a RemoteStore, and a query that is paged by its first column or asked about some things at a time. Out:
rows as lines of SPARQL TSV, page by page, each page whole. Standard: SPARQL 1.1 Protocol.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import sleep
from typing import Final

from coopgraph.errors import StoreError
from coopgraph.rdf import endpoint
from coopgraph.rdf.http_failures import Passing
from coopgraph.rdf.paging import Question, counted, place, unsorted
from coopgraph.rdf.terms import iri_term
from coopgraph.settings.remote_store import RemoteStore

END: Final = "<urn:coopgraph:end>"


@dataclass(frozen=True)
class Manners:
    """How politely: seconds of pause before each request, and how often what failed is asked again."""

    pause: float = 1.0
    attempts: int = 3


def rows(store: RemoteStore, query: str, variables: Sequence[str], manners: Manners) -> list[str]:
    """Ask once, and again where the answer was cut, late or failed; one request at a time, with pauses."""
    for attempt in range(1, manners.attempts + 1):
        sleep(manners.pause)
        try:
            return endpoint.rows(store, query, variables)
        except Passing:
            if attempt == manners.attempts:
                raise
            sleep(manners.pause * 2**attempt)
    raise AssertionError("the last attempt answers or raises")


def count(store: RemoteStore, asked: Question, manners: Manners) -> int:
    """How many different rows a query has now."""
    return counted(store, rows(store, asked.count(), ["rows"], manners))


def pages(store: RemoteStore, asked: Question, after: str, manners: Manners) -> Iterator[list[str]]:
    """Yield the rows whose place comes after `after`, page by page, those of one key never parted.

    A short page is not taken for the last one, an empty one is: a store that gives fewer rows at a time than
    asked for loses nothing.
    """
    while True:
        begin = f"{after}0" if after else ""  # a digest and one more digit: beyond it, and before any other
        page = rows(store, asked.page(begin, store.page_rows), asked.variables, manners)
        if not page:
            return
        places = [place(row) for row in page]
        if places != sorted(places) or places[0] <= after:
            raise unsorted(store)
        kept = [row for row, at in zip(page, places, strict=True) if at != places[-1]] or page
        if len(kept) >= store.page_rows:
            raise StoreError(
                f"One thing has {len(kept):,} rows of {store.shown}, a whole page. Raise --page-rows."
            )
        yield kept
        after = place(kept[-1])


def about(
    store: RemoteStore, query: str, variables: Sequence[str], keys: Sequence[str], manners: Manners
) -> list[str]:
    """Ask about some things at once; where the answer is cut or late, about half as many.

    The query has `VALUES ?thing { <urn:coopgraph:end> }`, where the things' IRIs are put before the end; it
    gives a row for the end and sorts it last, so an answer without it was cut.
    """
    things = "".join(f"{iri_term(key)} " for key in keys)
    try:
        found = rows(store, query.replace(END, things + END, 1), variables, manners)
        if found and found[-1].split("\t", 1)[0] == END:
            return sorted(row for row in found if not row.startswith(END))
    except Passing:
        if len(keys) == 1:
            raise
    if len(keys) == 1:
        raise StoreError(
            f"{store.shown} cuts what it says of {keys[0]}, without a word. Nothing of it is used."
        )
    half = len(keys) // 2
    return sorted(
        row for part in (keys[:half], keys[half:]) for row in about(store, query, variables, part, manners)
    )
