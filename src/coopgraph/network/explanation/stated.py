"""Which sources state a city's part in an event, and what they are called.

In: a source of tables. Out: sources by event, and titles and addresses by source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coopgraph.network.tables import Source, Tables, rows_of


def stated_by(source: Source, city: str, events: str) -> dict[str, tuple[str, ...]]:
    """Return for each event the sources that state the city's part in it, where the source has them."""
    found: dict[str, set[str]] = {}
    for name, event, who in (("participations", "event", "city"), ("agreements", "agreement", "party")):
        if events in ("all", "actions" if name == "participations" else name):
            for row in _rows_with_sources(source, name, event, who, city):
                found.setdefault(row[event], set()).update(row["source"] or ())
    return {event: tuple(sorted(sources)) for event, sources in found.items()}


def _rows_with_sources(source: Source, name: str, event: str, who: str, city: str) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    table = rows_of(source, name, (event, who))
    if "source" not in table.column_names:
        return []
    column = table.column("source")
    if not pa.types.is_list(column.type):  # one source as a plain text
        lists = pa.array(
            [None if text is None else [text] for text in column.to_pylist()], pa.list_(pa.string())
        )
        table = table.set_column(table.column_names.index("source"), "source", lists)
    theirs = table.filter(pc.equal(table.column(who), city))
    return list(theirs.select([event, "source"]).to_pylist())


def titles_of(source: Source) -> dict[str, tuple[str | None, str | None]]:
    """Return title and address of each source."""
    if not (isinstance(source, Tables) or (isinstance(source, Mapping) and "sources" in source)):
        return {}
    rows = rows_of(source, "sources", ("source", "title", "url")).to_pylist()
    return {row["source"]: (row["title"], row["url"]) for row in rows}
