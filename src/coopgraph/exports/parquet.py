"""A release as Parquet, each file with title, date, licence and sources inside.

In: a release. Out: a folder with a file for each table of decision 4, for what every IRI is called
(`things`), and for the nodes (`actors`) and edges (`links`) of the network. Standard: Apache Parquet 2.6,
with zstd.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.exports.about import as_values
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.tables import Held, meaning_in, tables_of

if TYPE_CHECKING:
    from coopgraph.release import Release

_ROWS: Final = 131_072  # of a row group


def write(release: Release, target: Path, options: Options) -> Written:
    """Write each table to a file of its name."""
    target.mkdir()
    counts: dict[str, int] = {}
    with tables_of(release, options) as tables:
        told = as_values(tables.network.about)
        for held in tables.all():
            options.on_progress(f"Writing {held.name}")
            meant = held.meaning.columns_in(options.lang)
            about = told | {"table": meaning_in(held.meaning.about, options.lang), "columns": meant}
            inside = {"coopgraph": json.dumps(about, ensure_ascii=False)}
            counts[f"rows of {held.name}"] = _write(held, target / f"{held.name}.parquet", inside)
    return Written(tuple(sorted(target.iterdir())), counts)


def _write(held: Held, target: Path, inside: dict[str, str]) -> int:
    """Write batch by batch; row groups are of equal size, however the batches come."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    plain = held.schema.remove_metadata()
    waiting: list[pa.RecordBatch] = []
    count = 0
    with pq.ParquetWriter(target, plain, compression="zstd", version="2.6", store_schema=False) as writer:
        for batch in held.batches():
            waiting.append(batch.replace_schema_metadata(None))
            count += batch.num_rows
            if sum(each.num_rows for each in waiting) >= _ROWS:
                writer.write_table(pa.Table.from_batches(waiting, plain).combine_chunks(), _ROWS)
                waiting = []
        if waiting or not count:
            writer.write_table(pa.Table.from_batches(waiting, plain).combine_chunks(), _ROWS)
        writer.add_key_value_metadata(inside)
    return count
