"""A DuckDB connection that reaches nothing but what it is given.

In: a folder to spill to, a memory limit, the files and folders that may be read. Out: an in-memory DuckDB.
Extensions are never fetched or loaded; no other file, and no network, can be opened, not even by a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    FunctionExpression,
    LambdaExpression,
)

# What the layers above build their columns from, so that DuckDB itself is known here alone.
Connection = duckdb.DuckDBPyConnection
Relation = duckdb.DuckDBPyRelation
Expression = duckdb.Expression
DuckError = duckdb.Error
column = ColumnExpression
constant = ConstantExpression
function = FunctionExpression
each = LambdaExpression
case = CaseExpression
coalesce = CoalesceOperator

__all__ = [
    "Connection",
    "DuckError",
    "Expression",
    "Relation",
    "case",
    "coalesce",
    "column",
    "connect",
    "constant",
    "each",
    "function",
]

_LOCKED_IN: dict[str, str | bool] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "preserve_insertion_order": True,  # `_record` is the order of the file
    "allocator_background_threads": True,  # gives freed memory back; without it a sort keeps hundreds of MB
}


def connect(
    directory: Path | None = None,
    *,
    memory: str | None = None,
    allow: Sequence[Path] = (),
    threads: int | None = None,
) -> Connection:
    """Open an in-memory DuckDB that may read `allow` and spill to `directory`, and touch nothing else.

    Parameters
    ----------
    directory
        An existing folder for what does not fit in memory, read and written. None: nothing is spilled.
    memory
        DuckDB's limit, as ``"2GB"``; None leaves DuckDB's own share of the machine.
    allow
        Files and folders that may be read.
    threads
        Threads to use; None uses what the machine has.

    >>> connect().sql("SELECT 6 * 7").fetchall()
    [(42,)]
    >>> connect().sql("FROM read_csv('/etc/hostname')")
    Traceback (most recent call last):
        ...
    _duckdb.PermissionException: Permission Error: Cannot access file "/etc/hostname" ...
    """
    config: dict[str, str | bool | int | float | list[str]] = dict(_LOCKED_IN)
    config["temp_directory"] = str(directory.resolve()) if directory else ""
    if memory:
        config["memory_limit"] = memory
    if threads:
        config["threads"] = threads
    connection = duckdb.connect(":memory:", config=config)
    _restrict(connection, ([directory] if directory else []) + list(allow))
    return connection


def _restrict(connection: Connection, allow: Sequence[Path]) -> None:
    """Name what may be opened, then shut the door: DuckDB refuses to open it again while it runs."""
    resolved = [path.resolve() for path in allow]
    folders = [str(path) for path in resolved if path.is_dir()]
    files = [str(path) for path in resolved if not path.is_dir()]
    connection.execute("SET allowed_directories = ?", [folders])
    connection.execute("SET allowed_paths = ?", [files])
    connection.execute("SET enable_external_access = false")
