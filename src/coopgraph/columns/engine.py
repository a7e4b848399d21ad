"""Where Ibis expressions run.

In: Parquet files or Arrow tables under names, and Ibis expressions over them. Out: Arrow tables. The
expressions themselves know no engine (see `coopgraph.network`), so another one needs these few methods only.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from coopgraph.settings.engine import EngineSpec, engine_spec

if TYPE_CHECKING:
    import ibis.expr.schema as sch
    import ibis.expr.types as ir
    import pyarrow as pa


@runtime_checkable
class Engine(Protocol):
    """What the network layer asks of whatever runs its expressions.

    `codes` says whether small integers in place of IRIs pay: they do within one process, while to number
    all IRIs in their order would bring a cluster's rows to one machine.
    """

    codes: bool

    def table(self, rows: Path | str | pa.Table) -> ir.Table:
        """Return an expression over Parquet (a file, a folder, an address) or an Arrow table."""

    def keep(self, expression: ir.Table) -> ir.Table:
        """Work the expression out once and return an expression over the result."""

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Work the expression out and bring the result home."""

    def scope(self) -> AbstractContextManager[None]:
        """Forget afterwards what was named or kept within."""


@contextmanager
def open_engine(
    spec: EngineSpec | str = "duckdb", *, memory: str | None = None, allow: Sequence[Path] = ()
) -> Iterator[Engine]:
    """Open an engine, for several calls if need be, and close it afterwards.

    DuckDB runs in this process, may read the folders of `allow` and nothing else, and spills what does not
    fit in `memory` to a folder of its own, which is removed. Spark is started, or used as it is where the
    program has a session already; see docs/scaling.md.

    Raises
    ------
    ConfigError
        Where Spark cannot be started.

    Examples
    --------
    >>> import pyarrow as pa
    >>> with open_engine() as engine:
    ...     cities = engine.table(pa.table({"city": ["Quito", "Lima"]}))
    ...     engine.fetch(cities.order_by("city")).to_pydict()
    {'city': ['Lima', 'Quito']}
    """
    wanted = engine_spec(spec, memory) if isinstance(spec, str) else spec
    if wanted.kind == "spark":
        from coopgraph.columns.spark import open_spark

        with open_spark(wanted) as spark:
            yield spark
        return
    from coopgraph.columns.duck_engine import open_duck

    with open_duck(wanted.memory, allow) as duck:
        yield duck


def named(name: str, schema: pa.Schema | sch.Schema) -> ir.Table:
    """Return an expression over a table the engine knows by this name."""
    import ibis

    return ibis.table(ibis.schema(schema), name=name)


def text_column(texts: Sequence[str]) -> pa.Array:
    """Return texts as an Arrow array; `pa.array` would import pandas, where it is installed, for a second.

    >>> text_column(["Brasília", "Quito"]).to_pylist()
    ['Brasília', 'Quito']
    """
    import pyarrow as pa

    encoded = [text.encode() for text in texts]
    ends = array("i", accumulate(map(len, encoded), initial=0))
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))
