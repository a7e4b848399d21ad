"""Starting, stopping and failing: Spark leaves nothing behind, and says in one sentence what it lacks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import coopgraph as cg
from coopgraph.columns.engine import Engine
from coopgraph.columns.opening import open_engine
from coopgraph.columns.spark import SparkEngine
from coopgraph.errors import ConfigError, ProjectionError

TABLE = pa.table({"event": ["e", "e"], "city": ["a", "b"], "contributes": [True] * 2, "benefits": [True] * 2})
on_spark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]


def test_without_java_one_sentence(tmp_path: Path) -> None:
    """In a process of its own: where a session runs already, no Java is looked for."""
    pq.write_table(TABLE, tmp_path / "events.parquet")
    script = "import coopgraph as cg, sys; cg.flows(sys.argv[1], engine='spark')"
    bare = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"}
    command = [sys.executable, "-c", script, str(tmp_path / "events.parquet")]
    ended = subprocess.run(
        command, env=bare | {"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "ConfigError: The Spark engine needs Java, and there is no 'java' here" in ended.stderr


def test_without_pyspark_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ConfigError, match=r"pip install 'coopgraph\[spark\]'"), open_engine("spark"):
        pass


@pytest.mark.parametrize(
    ("options", "said"),
    [({"engine": "flink"}, "no engine 'flink'"), ({"memory": "lots"}, "memory='lots' is no size")],
)
def test_what_is_no_engine(options: dict[str, str], said: str) -> None:
    with pytest.raises(ProjectionError, match=said):
        cg.flows(TABLE, **options)  # type: ignore[arg-type]


class TestRunning:
    """With the one session of the test run."""

    pytestmark = on_spark

    def test_nothing_listens_beyond_this_machine(self, spark: Engine) -> None:
        assert isinstance(spark, SparkEngine)
        settings = dict(spark._session.sparkContext.getConf().getAll())
        assert settings["spark.driver.host"] == settings["spark.driver.bindAddress"] == "127.0.0.1"
        assert settings["spark.ui.enabled"] == "false"
        assert Path(settings["spark.local.dir"]).name.startswith("coopgraph-spark-")

    def test_a_call_forgets_what_it_kept(self, spark: Engine) -> None:
        assert isinstance(spark, SparkEngine)
        cg.flows(TABLE, engine=spark)
        assert spark._session.catalog.listTables() == []

    def test_the_session_of_a_program_is_used_and_left_running(self, spark: Engine) -> None:
        assert isinstance(spark, SparkEngine)
        assert cg.flows(TABLE, engine="spark:local[7]") == cg.flows(TABLE)
        assert spark._session.getActiveSession() is not None

    def test_parquet_is_read_where_it_lies_and_checked(self, spark: Engine, tmp_path: Path) -> None:
        pq.write_table(TABLE, tmp_path / "p.parquet")
        assert cg.flows(tmp_path / "p.parquet", engine=spark) == cg.flows(TABLE)
        holes = pa.table({"event": [None, "e"], "city": ["a", "b"], "contributes": ["yes", "si"],
                          "benefits": [True] * 2})  # fmt: skip
        pq.write_table(holes, tmp_path / "q.parquet")
        for engine in (spark, None):
            with pytest.raises(ProjectionError) as caught:
                cg.flows(tmp_path / "q.parquet", engine=engine)
            told = [str(fault) for fault in caught.value.faults]
            assert any("is empty in 1 rows" in one for one in told), told
            assert any("'si'" in one for one in told), told

    def test_sparks_own_errors_are_one_sentence(self, spark: Engine, tmp_path: Path) -> None:
        with pytest.raises(
            ProjectionError, match=r"Spark could not work this out: .*PATH_NOT_FOUND"
        ) as caught:
            cg.flows(tmp_path / "nothing.parquet", engine=spark)
        assert "\n" not in str(caught.value)
