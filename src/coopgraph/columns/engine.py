"""Where Ibis expressions run.

In: Parquet files or Arrow tables under names, and Ibis expressions over them. Out: Arrow tables. The
expressions themselves know no engine (see `coopgraph.network`), so another one needs these three methods
only.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import accumulate, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import duckdb
    import ibis.expr.schema as sch
    import ibis.expr.types as ir
    import pyarrow as pa


class Engine(Protocol):
    """What the network layer asks of whatever runs its expressions."""

    def table(self, rows: Path | pa.Table) -> ir.Table:
        """Return an expression over a Parquet file or an Arrow table."""

    def keep(self, expression: ir.Table) -> ir.Table:
        """Work the expression out once and return an expression over the result."""

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Work the expression out and bring the result home."""


class DuckEngine:
    """Ibis compiles, one DuckDB connection runs.

    Tables are unbound: Ibis 12 asks DuckDB for their columns by a call DuckDB 2 has deprecated, and its
    `cache()` and `to_pyarrow()` copy a result once more, which costs more than the queries do.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._names = (f"kept_{number}" for number in count())

    def table(self, rows: Path | pa.Table) -> ir.Table:
        name = next(self._names)
        if isinstance(rows, Path):
            relation = self._connection.read_parquet(str(rows))
            relation.create_view(name)
            return _named(name, relation.limit(0).to_arrow_table().schema)
        self._connection.register(name, rows)
        return _named(name, rows.schema)

    def keep(self, expression: ir.Table) -> ir.Table:
        name = next(self._names)
        self._connection.sql(_compiled(expression.op())).create(name)
        return _named(name, expression.schema())

    def fetch(self, expression: ir.Table) -> pa.Table:
        found = self._connection.sql(_compiled(expression.op())).to_arrow_table()
        return found.cast(expression.schema().to_pyarrow())  # DuckDB adds integers up to a wider type


def text_column(texts: Sequence[str]) -> pa.Array:
    """Return texts as an Arrow array; `pa.array` would import pandas, where it is installed, for a second.

    >>> text_column(["Brasília", "Quito"]).to_pylist()
    ['Brasília', 'Quito']
    """
    import pyarrow as pa

    encoded = [text.encode() for text in texts]
    ends = array("i", accumulate(map(len, encoded), initial=0))
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


@lru_cache(maxsize=128)
def _compiled(operation: Any) -> str:
    """Translate an expression once; to translate costs as much as to run it on a hundred thousand rows."""
    import ibis

    compiler: Any = ibis.duckdb
    return str(compiler.compile(operation.to_expr()))


def _named(name: str, schema: pa.Schema | sch.Schema) -> ir.Table:
    import ibis

    return ibis.table(ibis.schema(schema), name=name)


@contextmanager
def open_engine(*, allow: Sequence[Path] = ()) -> Iterator[DuckEngine]:
    """Open DuckDB in memory, allowed to read these folders and nothing else, and close it afterwards.

    >>> import pyarrow as pa
    >>> with open_engine() as engine:
    ...     cities = engine.table(pa.table({"city": ["Quito", "Lima"]}))
    ...     engine.fetch(cities.order_by("city")).to_pydict()
    {'city': ['Lima', 'Quito']}
    """
    from coopgraph.columns.duck import connect

    connection = connect(allow=allow)
    try:
        yield DuckEngine(connection)
    finally:
        connection.close()
