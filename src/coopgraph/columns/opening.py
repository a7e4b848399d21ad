"""Open the engine that is asked for: DuckDB in this process, or Spark.

In: what the settings or a user say. Out: an Engine, closed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.settings.engine import EngineSpec, engine_spec

if TYPE_CHECKING:
    from coopgraph.columns.engine import Engine


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
