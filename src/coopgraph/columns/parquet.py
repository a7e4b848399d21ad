"""Parquet in and out, the same bytes for the same table; and what others wrote, in batches.

In: a pyarrow table. Out: a zstd-compressed file without a clock or a host in it, and the table read back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

ROWS_PER_GROUP = 131_072


def write(table: pa.Table, path: Path) -> None:
    """Write a table; the same table gives the same bytes, however it is chunked in memory.

    >>> import pyarrow as pa, tempfile
    >>> target = Path(tempfile.mkdtemp()) / "cities.parquet"
    >>> write(pa.table({"city": ["Madrid", "Panamá"]}), target)
    >>> read(target).to_pydict()
    {'city': ['Madrid', 'Panamá']}
    """
    import pyarrow.parquet as pq

    plain = table.replace_schema_metadata(None).combine_chunks()
    pq.write_table(
        plain, path, compression="zstd", row_group_size=ROWS_PER_GROUP, version="2.6", data_page_version="1.0"
    )


def read(path: Path) -> pa.Table:
    """Read a Parquet file that `write` made."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=False) as file:  # `read_table` imports pandas where it is installed
        return file.read(use_threads=False)


def rows(path: Path, at_a_time: int = 10_000) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file one after the other, so that memory is that of a few."""
    for batch in row_batches(path, at_a_time):
        yield from batch.to_pylist()


def row_batches(path: Path, at_a_time: int) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file, so many at a time."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=False) as file:
        yield from file.iter_batches(at_a_time, use_threads=False)


def schema(path: Path) -> pa.Schema:
    """Return the columns of a file and their types."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=False) as file:
        return file.schema_arrow


class Damaged(ValueError):
    """A file is no Parquet, or cannot be read to its end; in the words of its reader."""


@contextmanager
def opened(path: Path) -> Iterator[pq.ParquetFile]:
    """Open a file somebody else wrote; what is wrong with it, then or later, is `Damaged`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with path.open("rb") as stream, pq.ParquetFile(stream, pre_buffer=False) as file:
            yield file
    except (pa.ArrowException, MemoryError, OverflowError, UnicodeDecodeError) as error:
        raise Damaged(" ".join(str(error).split())[:200]) from error


def batches(file: pq.ParquetFile, columns: list[str], rows: int = 20_000) -> Iterator[pa.RecordBatch]:
    """Yield rows in their order, a few at a time; raises pyarrow's own errors, which `opened` turns round."""
    for batch in file.iter_batches(batch_size=rows, columns=columns, use_threads=False):
        batch.validate(full=True)
        yield batch
