"""A release as one DuckDB file: exact amounts, dates, lists, comments, and the views SQLite has too.

In: a release. Out: `x.duckdb`. Standard: DuckDB's own file format, which DuckDB 1.2 and newer read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.columns.duck_file import duck_file, explain, fill
from coopgraph.exports.about import About, lines
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.sqlite import VIEWS
from coopgraph.exports.tables import meaning_in, tables_of

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.release import Release


def write(release: Release, target: Path, options: Options) -> Written:
    """Write a release as one DuckDB file."""
    counts: dict[str, int] = {}
    with tables_of(release, options) as tables, duck_file(target) as connection:
        for held in tables.all():
            options.on_progress(f"Writing {held.name}")
            counts[f"rows of {held.name}"] = fill(connection, held.name, held.schema, held.batches())
            meant = held.meaning.columns_in(options.lang)
            explain(connection, held.name, meaning_in(held.meaning.about, options.lang), meant)
        about = _about(tables.network.about)
        fill(connection, "about", about.schema, iter([about]))
        for view in _views():
            connection.execute(view)
    return Written((target,), counts)


def _about(told: About) -> pa.RecordBatch:
    import pyarrow as pa

    words, texts = zip(*lines(told), strict=True)
    return pa.RecordBatch.from_pydict({"word": list(words), "text": list(texts)})


def _views() -> Iterator[str]:
    """Yield the views that SQLite has too; DuckDB has no rows' numbers and another search of texts."""
    for statement in VIEWS.read_text("utf-8").split("\n\n"):
        if statement.startswith("CREATE VIEW"):
            yield statement.replace(", p.row_number", "").replace(", g.row_number", "")
