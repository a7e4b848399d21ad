"""The tables of a release as Parquet, each with title, date, licence and sources inside.

In: a release. Out: a folder with a file for each table of decision 4. Standard: Apache Parquet 2.6, zstd.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.exports.about import about_release, as_values
from coopgraph.exports.formats import Options, Written
from coopgraph.release.tables import TABLES

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from coopgraph.release import Release

NAMES = (*TABLES, "positions")


def write(release: Release, target: Path, options: Options) -> Written:
    """Write each table to a file of its name."""
    told = json.dumps(as_values(about_release(release, options.lang)), ensure_ascii=False)
    target.mkdir()
    files, counts = [], {}
    for name in NAMES:
        options.on_progress(f"Writing {name}")
        path = target / f"{name}.parquet"
        counts[f"rows of {name}"] = _copy(release.table_path(name), path, told)
        files.append(path)
    return Written(tuple(files), counts)


def _copy(source: Path, target: Path, told: str) -> int:
    """Copy row group by row group, so that memory is that of one."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(source, memory_map=False) as file:
        plain = file.schema_arrow.remove_metadata()
        with pq.ParquetWriter(target, plain, compression="zstd", version="2.6", store_schema=False) as writer:
            for group in _groups(file):
                writer.write_table(group.replace_schema_metadata(None))
            writer.add_key_value_metadata({"coopgraph": told})
        return int(file.metadata.num_rows)


def _groups(file: pq.ParquetFile) -> Iterator[pa.Table]:
    for number in range(file.num_row_groups):
        yield file.read_row_group(number, use_threads=False)
