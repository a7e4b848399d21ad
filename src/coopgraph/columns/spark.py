"""The same Ibis expressions on Spark: on this machine, or on a cluster.

In: what `columns.engine` says, and a master. Out: Arrow tables. Apache Spark 4 in ANSI mode, which refuses
overflow and bad casts as DuckDB does. Tables in between stay with the executors.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.columns.engine import forgetting, named
from coopgraph.errors import ConfigError, ProjectionError
from coopgraph.settings.engine import EngineSpec, size_in_bytes

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_PLAIN: Final = {
    "spark.app.name": "coopgraph",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
}
_LOOPBACK: Final = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_PARTITIONS_A_CORE: Final = 4


class SparkEngine:
    """Ibis compiles, one Spark session runs."""

    codes = False

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._made: list[tuple[str, DataFrame]] = []

    def table(self, rows: Path | str | pa.Table) -> ir.Table:
        """Return an expression over Parquet that every executor can read, or over an Arrow table."""
        import pyarrow as pa

        with _told():
            if isinstance(rows, pa.Table):
                frame = self._session.createDataFrame(_plain(rows))
                return self._named(frame, rows.schema)
            frame = self._session.read.parquet(str(rows))
            return self._named(frame, frame.limit(0).toArrow().schema)

    def keep(self, expression: ir.Table) -> ir.Table:
        """Work the expression out when first needed, and keep it in the executors' memory or on disk."""
        with _told():
            return self._named(self._session.sql(_compiled(expression.op())).persist(), expression.schema())

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Bring the result home as Arrow."""
        with _told():
            found = self._session.sql(_compiled(expression.op())).toArrow()
        return found.cast(expression.schema().to_pyarrow())

    def stream(self, expression: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Bring the result home at once, as Spark sends Arrow, and hand it on in parts."""
        yield from self.fetch(expression).to_batches(rows)

    def scope(self) -> AbstractContextManager[None]:
        """Forget afterwards what was named or kept within."""
        return forgetting(self._made, self._drop)

    def _named(self, frame: DataFrame, schema: Any) -> ir.Table:
        name = f"coopgraph_{len(self._made)}"
        frame.createOrReplaceTempView(name)
        self._made.append((name, frame))
        return named(name, schema)

    def _drop(self, made: tuple[str, DataFrame]) -> None:
        name, frame = made
        self._session.catalog.dropTempView(name)
        frame.unpersist()


@contextmanager
def open_spark(spec: EngineSpec) -> Iterator[SparkEngine]:
    """Start Spark and stop it afterwards; a session the program has already is used and left running."""
    with _quiet():
        running = _pyspark().getActiveSession()
        if running is not None:
            engine = SparkEngine(running)
            with engine.scope():
                yield engine
            return
        temporary = tempfile.TemporaryDirectory(prefix="coopgraph-spark-", ignore_cleanup_errors=True)
        with temporary as folder, _started(spec, Path(folder)) as session:
            yield SparkEngine(session)


def _pyspark() -> type[SparkSession]:
    try:
        import_module("ibis.backends.pyspark")
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        what = f"The Spark engine needs {error.name}, which is not installed."
        raise ConfigError(f"{what} Install it with: pip install 'coopgraph[spark]'") from error
    return SparkSession


@contextmanager
def _started(spec: EngineSpec, folder: Path) -> Iterator[SparkSession]:
    """Start a Java process with a session in it; both end."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if not submitted:
        _require_java()
    conf = SparkConf().setAll(list(_settings(spec, folder, submitted=submitted).items()))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        launch: Any = launch_gateway
        gateway = launch(conf, popen_kwargs=quiet)
        context = SparkContext(conf=conf, gateway=gateway)
    except (PySparkException, Py4JError, OSError) as error:
        raise ConfigError(f"Spark could not be started: {_first_line(error)}") from error
    session = SparkSession(context)
    try:
        yield session
    finally:
        session.stop()
        if not submitted:
            _end(gateway, SparkContext)


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").exists())):
        fix = "Install a Java runtime of 17 or newer (Debian: openjdk-17-jre-headless), or set JAVA_HOME."
        raise ConfigError(f"The Spark engine needs Java, and there is no 'java' here. {fix}")


def _settings(spec: EngineSpec, folder: Path, *, submitted: bool) -> dict[str, str]:
    """On one machine nothing is reachable from outside; what spark-submit says of a cluster stands."""
    settings = dict(_PLAIN)
    if submitted and spec.master is None:
        return settings
    master = spec.master or "local[*]"
    settings["spark.master"] = master
    if memory := size_in_bytes(spec.memory or ""):
        settings["spark.driver.memory"] = f"{max(memory >> 20, 512)}m"
    if master.startswith("local"):
        places = {"spark.local.dir": str(folder), "spark.sql.warehouse.dir": str(folder / "warehouse")}
        partitions = str(_PARTITIONS_A_CORE * _cores(master))
        settings |= _LOOPBACK | places | {"spark.sql.shuffle.partitions": partitions}
    return settings


def _cores(master: str) -> int:
    """Return how many cores a local master uses."""
    stated = master.removeprefix("local").strip("[]").split(",")[0]
    return int(stated) if stated.isdigit() else 1 if master == "local" else os.cpu_count() or 1


def _end(gateway: Any, context_class: Any) -> None:
    """End the Java process; pyspark would keep it, and its memory, until Python ends."""
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    context_class._gateway = context_class._jvm = None


@contextmanager
def _told() -> Iterator[None]:
    """Say Spark's errors in one line, without Java's stack."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise ProjectionError(f"Spark could not work this out: {_first_line(error)}") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave out what PySpark says of pandas 3, of which nothing is used here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


def _first_line(error: Exception) -> str:
    told = getattr(error, "java_exception", None)
    return (str(told.toString()) if told is not None else str(error)).strip().splitlines()[0]


def _plain(rows: pa.Table) -> pa.Table:
    """Return the table without dictionaries and nulls of no type, which Spark does not take."""
    import pyarrow as pa

    def plain(kind: pa.DataType) -> pa.DataType:
        if pa.types.is_dictionary(kind):
            return plain(kind.value_type)
        return pa.string() if pa.types.is_null(kind) else kind

    return rows.cast(pa.schema([(field.name, plain(field.type)) for field in rows.schema]))


@lru_cache(maxsize=128)
def _compiled(operation: Any) -> str:
    import ibis

    compiler: Any = ibis.pyspark
    return str(compiler.compile(operation.to_expr()))
