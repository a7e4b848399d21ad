"""The rows of an endpoint, gathered into an unfinished recording: by pages, or about some things at a time.

In: a RemoteStore and queries of ours. Out: rows that are all there, or an error that says what is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from coopgraph.errors import StoreError
from coopgraph.rdf.harvest import Manners, about, count, pages
from coopgraph.rdf.paging import Question, place
from coopgraph.settings.remote_store import RemoteStore
from coopgraph.sources.recording.unfinished import Unfinished

_QUERIES: Final = Path(__file__).parent / "queries"
COLUMNS: Final = ("thing", "what", "value", "detail")
THINGS_AT_ONCE: Final = 500
Told = Callable[[int, int], None]


def query_text(name: str) -> str:
    """One of our queries."""
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def listed(
    store: RemoteStore, asked: Question, part: str, recording: Unfinished, manners: Manners, told: Told
) -> list[str]:
    """All rows of a query, sorted, page by page; what is there is not asked for again.

    They are counted before and after. What did not change meanwhile must be there to the last row; what did
    (a public endpoint is edited all day) must lie between the two.
    """
    before = recording.number(part, lambda: count(store, asked, manners))
    have = recording.rows(part)
    after = max(map(place, have), default="")
    done = len(have)
    for page in pages(store, asked, after, manners):
        recording.add(part, page)
        done += len(page)
        told(done, before)
    found = sorted(set(recording.rows(part)))
    now = count(store, asked, manners)
    if not min(before, now) <= len(found) <= max(before, now):
        recording.forget()
        raise StoreError(
            f"{store.shown} gave {len(found):,} rows of {before:,} (and counts {now:,} now): something was "
            "lost, or changed meanwhile. Nothing of it is used; import again."
        )
    return found


def detailed(
    store: RemoteStore,
    query: str,
    things: Sequence[str],
    part: str,
    recording: Unfinished,
    manners: Manners,
    told: Told,
) -> list[str]:
    """All rows about some things, sorted; `query` is the name of one of ours that has an end."""
    text = query_text(query)
    for at in range(recording.pages(part) * THINGS_AT_ONCE, len(things), THINGS_AT_ONCE):
        some = things[at : at + THINGS_AT_ONCE]
        recording.add(part, about(store, text, COLUMNS, some, manners))
        told(at + len(some), len(things))
    return sorted(recording.rows(part))
