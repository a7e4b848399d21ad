"""The answer of any SPARQL 1.1 endpoint to a CONSTRUCT query, as one packed file of sorted N-Quads.

In: a RemoteStore and a query. Out: `statements.nq.zst`, the same bytes however many pages or runs it took.
"""

from __future__ import annotations

import pyarrow as pa

from coopgraph.errors import StoreError
from coopgraph.rdf.harvest import Manners, count, rows
from coopgraph.rdf.remote_construct import Harvest
from coopgraph.settings.remote_store import RemoteStore
from coopgraph.sources.recording.gathering import Told, listed
from coopgraph.sources.recording.unfinished import Unfinished


def constructed(
    store: RemoteStore,
    asked: Harvest,
    recording: Unfinished,
    manners: Manners,
    told: Told,
) -> list[str]:
    """Ask for everything, and return the statements as lines, sorted, each once."""
    found = (
        listed(store, asked.asked, "rows", recording, manners, told)
        if asked.paged
        else _at_once(store, asked, manners)
    )
    return sorted({line for row in found for line in asked.triples(row)})


def packed(lines: list[str]) -> bytes:
    """Pack lines with zstd."""
    target = pa.BufferOutputStream()
    with pa.CompressedOutputStream(target, "zstd") as stream:
        stream.write("".join(lines).encode())
    return bytes(target.getvalue().to_pybytes())


def _at_once(store: RemoteStore, asked: Harvest, manners: Manners) -> list[str]:
    """One answer, held against the count of its rows."""
    expected = count(store, asked.asked, manners)
    found = rows(store, asked.asked.whole, asked.asked.variables, manners)
    if len(found) != expected:
        raise StoreError(
            f"{store.shown} gave {len(found):,} of {expected:,} rows in one answer, without a word. Nothing "
            "is used. Name the variable to page by in the query: a line such as `# page: ?city`."
        )
    return found
