"""Ibis expressions on DuckDB, embedded.

In: what `columns.engine` says. Out: Arrow tables. What does not fit in memory is spilled to a folder that
lives as long as the engine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.columns.engine import forgetting, named
from coopgraph.errors import ConfigError, ProjectionError

if TYPE_CHECKING:
    import duckdb
    import ibis.expr.types as ir
    import pyarrow as pa


class DuckEngine:
    """Ibis compiles, one DuckDB connection runs.

    Tables are unbound: Ibis 12 asks DuckDB for their columns by a call DuckDB 2 has deprecated, and its
    `cache()` and `to_pyarrow()` copy a result once more, which costs more than the queries do.
    """

    codes = True

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._made: list[tuple[str, str]] = []

    def table(self, rows: Path | str | pa.Table) -> ir.Table:
        """Return an expression over a Parquet file, a folder of them, or an Arrow table."""
        if isinstance(rows, str) and "://" in rows:
            raise ConfigError(f"DuckDB reads files of this machine, not {rows}. Use engine='spark'.")
        if isinstance(rows, (Path, str)):
            path = Path(rows)
            relation = self._connection.read_parquet(str(path / "*.parquet" if path.is_dir() else path))
            name = self._name("view")
            relation.create_view(name)
            return named(name, relation.limit(0).to_arrow_table().schema)
        name = self._name("view")
        self._connection.register(name, rows)
        return named(name, rows.schema)

    def keep(self, expression: ir.Table) -> ir.Table:
        """Work the expression out into a table of DuckDB's."""
        name = self._name("table")
        with _room():
            self._connection.sql(_compiled(expression.op())).create(name)
        return named(name, expression.schema())

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Bring the result home as Arrow."""
        with _room():
            found = self._connection.sql(_compiled(expression.op())).to_arrow_table()
        return found.cast(expression.schema().to_pyarrow())  # DuckDB adds integers up to a wider type

    def stream(self, expression: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Bring the result home in parts; nothing else may run on the connection meanwhile."""
        import pyarrow as pa

        schema = expression.schema().to_pyarrow()
        with _room():
            for batch in self._connection.sql(_compiled(expression.op())).to_arrow_reader(rows):
                table = pa.Table.from_batches([batch]).cast(schema)
                yield from table.combine_chunks().to_batches()

    def scope(self) -> AbstractContextManager[None]:
        """Drop afterwards what was named or kept within."""
        return forgetting(self._made, self._drop)

    def _name(self, kind: str) -> str:
        """Name it by its place, so that each scope names alike and what is compiled serves again."""
        name = f"kept_{len(self._made)}"
        self._made.append((kind, name))
        return name

    def _drop(self, made: tuple[str, str]) -> None:
        kind, name = made
        self._connection.execute(f"DROP {kind} IF EXISTS {name}")


@contextmanager
def open_duck(memory: str | None = None, allow: Sequence[Path] = ()) -> Iterator[DuckEngine]:
    """Open DuckDB in memory, with a folder to spill to that is removed afterwards."""
    from coopgraph.columns.duck import connect

    with tempfile.TemporaryDirectory(prefix="coopgraph-spill-") as folder:
        connection = connect(Path(folder), memory=memory, allow=allow)
        try:
            yield DuckEngine(connection)
        finally:
            connection.close()


@contextmanager
def _room() -> Iterator[None]:
    """Say in words that neither memory nor disk was enough."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        fix = "Give more memory, or more room in the folder for temporary files (TMPDIR)."
        raise ProjectionError(f"There was not enough room: {str(error).splitlines()[0]} {fix}") from error


@lru_cache(maxsize=128)
def _compiled(operation: Any) -> str:
    """Translate an expression once; to translate costs as much as to run it on a hundred thousand rows."""
    import ibis

    compiler: Any = ibis.duckdb
    return str(compiler.compile(operation.to_expr()))
