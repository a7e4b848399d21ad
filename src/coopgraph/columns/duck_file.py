"""A DuckDB file filled table by table.

In: a file to make, and Arrow batches. Out: the file, closed. DuckDB gives each file an identifier of its own,
so the same tables give another file each time, with the same content.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb

from coopgraph.columns.duck import Connection
from coopgraph.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

_MEMORY: Final = "256MB"


@contextmanager
def duck_file(path: Path) -> Iterator[Connection]:
    """Open a new file, and write everything to it at the end; no extension is loaded, nothing is fetched.

    Raises OSError where the disk is full, StoreError where the file cannot be written otherwise.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": _MEMORY,
    }
    try:
        with closing(duckdb.connect(path, config=settings)) as connection:
            yield connection
            connection.execute("CHECKPOINT")
    except (duckdb.OperationalError, duckdb.FatalException, duckdb.InternalException) as error:
        told = str(error).splitlines()[0]
        if "No space left on device" in told:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        raise StoreError(f"DuckDB cannot write the file: {told} Look after the disk and memory.") from error
    finally:
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)  # these stay where writing ended early
        shutil.rmtree(path.with_name(f"{path.name}.tmp"), ignore_errors=True)


def fill(connection: Connection, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Make a table of batches; return how many rows it has."""
    import pyarrow as pa

    connection.register("incoming", pa.RecordBatchReader.from_batches(schema, batches))
    connection.table("incoming").create(name)
    connection.unregister("incoming")
    return len(connection.table(name))


def explain(connection: Connection, name: str, about: str, columns: Mapping[str, str]) -> None:
    """Say what a table and its columns mean, as comments that every client shows.

    >>> with closing(duckdb.connect()) as connection:
    ...     _ = connection.execute('CREATE TABLE t ("end" INTEGER)')
    ...     explain(connection, "t", "It's a table", {"end": "when"})
    ...     connection.sql("SELECT comment FROM duckdb_tables()").fetchall()
    [("It's a table",)]
    """
    connection.execute(f"COMMENT ON TABLE {_quoted(name)} IS {_text(about)}")
    for column, meaning in columns.items():
        connection.execute(f"COMMENT ON COLUMN {_quoted(name)}.{_quoted(column)} IS {_text(meaning)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
