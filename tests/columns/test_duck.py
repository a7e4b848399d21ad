"""The connection reaches what it is given and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from coopgraph.columns.duck import connect


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "outside" / "secret.csv"
    path.parent.mkdir()
    path.write_text("a\n1\n")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "FROM 'https://example.org/a.csv'",
        "FROM read_csv('https://example.org/a.csv')",
        "FROM read_csv('s3://bucket/a.csv')",
        "FROM read_text('{secret}')",
        "FROM read_csv('{secret}')",
        "FROM '{secret}'",
        "FROM glob('{folder}/*')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{secret}'",
        "SET enable_external_access = true",
    ],
)
def test_nothing_outside_is_reached(text: str, secret: Path) -> None:
    with connect() as connection, pytest.raises(duckdb.Error):
        connection.execute(text.format(secret=secret, folder=secret.parent)).fetchall()


def test_extensions_are_not_loaded_by_themselves() -> None:
    with connect() as connection:
        names = ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions")
        for name in names:
            assert connection.execute("SELECT current_setting(?)", [name]).fetchall() == [(False,)]


def test_a_named_file_and_a_named_folder_are_reached(secret: Path) -> None:
    for allowed in (secret, secret.parent):
        with connect(allow=[allowed]) as connection:
            assert connection.read_csv(str(secret)).fetchall() == [(1,)]


def test_a_neighbour_of_a_named_file_is_not(secret: Path, tmp_path: Path) -> None:
    neighbour = secret.with_name("other.csv")
    neighbour.write_text("a\n1\n")
    with connect(allow=[secret]) as connection, pytest.raises(duckdb.PermissionException):
        connection.read_csv(str(neighbour)).fetchall()


def test_what_does_not_fit_is_spilled(tmp_path: Path) -> None:
    with connect(tmp_path, memory="60MB", threads=1) as connection:
        connection.execute(
            "CREATE TABLE t AS SELECT i, repeat('x', 100) || i AS x FROM range(1_000_000) r(i)"
        )
        assert connection.execute("SELECT count(*) FROM t").fetchall() == [(1_000_000,)]
        assert (
            connection.execute("SELECT x FROM t ORDER BY x DESC LIMIT 1").fetchall()[0][0].endswith("999999")
        )


def test_what_was_translated_serves_the_next_scope() -> None:
    from coopgraph.columns.duck_engine import _compiled
    from coopgraph.columns.opening import open_engine

    cities = pa.table({"city": ["Quito", "Lima"]})
    with open_engine() as engine:
        for _ in range(2):
            misses = _compiled.cache_info().misses
            with engine.scope():
                assert len(engine.fetch(engine.keep(engine.table(cities)).order_by("city"))) == 2
    assert _compiled.cache_info().misses == misses
