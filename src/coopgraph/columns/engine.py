"""Where Ibis expressions run.

In: Parquet files or Arrow tables under names, and Ibis expressions over them. Out: Arrow tables. The
expressions themselves know no engine (see `coopgraph.network`), so another one needs these few methods only.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    import ibis.expr.schema as sch
    import ibis.expr.types as ir
    import pyarrow as pa

Made = TypeVar("Made")


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

    def stream(self, expression: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Work the expression out and bring the result home a part at a time."""

    def scope(self) -> AbstractContextManager[None]:
        """Forget afterwards what was named or kept within."""


def named(name: str, schema: pa.Schema | sch.Schema) -> ir.Table:
    """Return an expression over a table the engine knows by this name."""
    import ibis

    return ibis.table(ibis.schema(schema), name=name)


@contextmanager
def forgetting(made: list[Made], forget: Callable[[Made], object]) -> Iterator[None]:
    """Forget afterwards what was made within, the last first.

    >>> made = ["kept"]
    >>> with forgetting(made, print):
    ...     made += ["view", "table"]
    table
    view
    >>> made
    ['kept']
    """
    before = len(made)
    try:
        yield
    finally:
        for one in reversed(made[before:]):
            forget(one)
        del made[before:]


def text_column(texts: Sequence[str]) -> pa.Array:
    """Return texts as an Arrow array; `pa.array` would import pandas, where it is installed, for a second.

    >>> text_column(["Brasília", "Quito"]).to_pylist()
    ['Brasília', 'Quito']
    """
    import pyarrow as pa

    encoded = [text.encode() for text in texts]
    ends = array("i", accumulate(map(len, encoded), initial=0))
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))
