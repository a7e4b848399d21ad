"""A release as one SQLite file: tables with keys, views for common questions, search by name.

In: a release. Out: `x.sqlite`, or for Datasette a folder with the file and what Datasette shows beside it.
Standard: SQLite 3 with FTS5, by the standard library. Lists are JSON arrays, dates ISO 8601, booleans 0 and
1, amounts 64-bit numbers; the same release gives the same bytes with the same SQLite.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import StoreError
from coopgraph.exports.about import About, about_release, lines
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.tables import Held, meaning_in, meanings, tables_of

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.release import Release

VIEWS: Final = Path(__file__).parent / "views.sql"
_ABOUT: Final = (
    "CREATE TABLE about (word TEXT NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE about_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, about TEXT NOT NULL, "
    "PRIMARY KEY (table_name, column_name)) WITHOUT ROWID",
)


def write(release: Release, target: Path, options: Options) -> Written:
    """Write a release as one SQLite file."""
    return Written((target,), _write(release, target, options))


def write_datasette(release: Release, target: Path, options: Options) -> Written:
    """Write a folder to be opened by `datasette FOLDER`."""
    target.mkdir()
    database, metadata = target / "coopgraph.db", target / "metadata.json"
    counts = _write(release, database, options)
    told = _metadata(about_release(release, options.lang), options.lang)
    metadata.write_text(f"{json.dumps(told, ensure_ascii=False, indent=1)}\n", "utf-8", newline="\n")
    return Written((database, metadata), counts)


@contextmanager
def writing(target: Path) -> Iterator[sqlite3.Connection]:
    """Open a new database for one writer: no journal, for nobody sees the file before it is whole."""
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as database:
            for setting in (
                "page_size = 4096",
                "journal_mode = OFF",
                "synchronous = OFF",
                "cache_size = -20000",
            ):
                database.execute(f"PRAGMA {setting}")
            database.execute("BEGIN")
            yield database
            database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
        raise StoreError(f"SQLite cannot write the file: {error}. Look after the disk.") from error


def run(database: sqlite3.Connection, script: Path) -> None:
    """Run the statements of a file, which empty lines part."""
    for statement in script.read_text("utf-8").split("\n\n"):
        database.execute(statement)


def insert(database: sqlite3.Connection, held: Held, name: str | None = None) -> int:
    """Fill a table; return how many rows it has."""
    marks = ", ".join("?" * len(held.schema.names))
    columns = ", ".join(quoted(column) for column in held.schema.names)
    count = 0
    for batch in held.batches():
        rows = zip(*map(_values, batch.columns), strict=True)
        database.executemany(f"INSERT INTO {quoted(name or held.name)} ({columns}) VALUES ({marks})", rows)
        count += batch.num_rows
    return count


def quoted(name: str) -> str:
    """Return a name as SQL takes any.

    >>> print(quoted('a "b" c'))
    "a ""b"" c"
    """
    return '"' + name.replace('"', '""') + '"'


def sql_type(kind: pa.DataType) -> str:
    """Return the SQLite type of an Arrow type."""
    import pyarrow as pa

    if pa.types.is_boolean(kind) or pa.types.is_integer(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) or pa.types.is_decimal(kind) else "TEXT"


def _write(release: Release, target: Path, options: Options) -> dict[str, int]:
    counts: dict[str, int] = {}
    with tables_of(release, options) as tables, writing(target) as database:
        for held in tables.all():
            options.on_progress(f"Writing {held.name}")
            database.execute(_create(held))
            counts[f"rows of {held.name}"] = insert(database, held)
            for column in held.meaning.refers:
                if (column,) != held.meaning.key:
                    index = quoted(f"{held.name}_{column}")
                    database.execute(f"CREATE INDEX {index} ON {quoted(held.name)} ({quoted(column)})")
            _explain(database, held, options.lang)
        database.executemany("INSERT INTO about VALUES (?, ?)", lines(tables.network.about))
        run(database, VIEWS)
    return counts


def _create(held: Held) -> str:
    """Return the statement that makes a table; rows of two tables are told apart by their number alone."""
    alone = held.name in ("participations", "agreements")
    columns = ["row_number INTEGER PRIMARY KEY"] if alone else []
    for field in held.schema:
        refers = f" REFERENCES things ({quoted('iri')})" if field.name in held.meaning.refers else ""
        columns.append(f"{quoted(field.name)} {sql_type(field.type)}{refers}")
    if not alone:
        columns.append(f"PRIMARY KEY ({', '.join(map(quoted, held.meaning.key))})")
    return f"CREATE TABLE {quoted(held.name)} ({', '.join(columns)})"


def _explain(database: sqlite3.Connection, held: Held, lang: str) -> None:
    if held.name == "things":
        for statement in _ABOUT:
            database.execute(statement)
    told = [(held.name, "", meaning_in(held.meaning.about, lang))]
    told += [(held.name, name, text) for name, text in held.meaning.columns_in(lang).items()]
    database.executemany("INSERT INTO about_columns VALUES (?, ?, ?)", told)


def _values(column: pa.Array) -> list[Any]:
    """Return the values of a column as SQLite holds them."""
    import pyarrow as pa

    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    values: list[Any] = column.to_pylist()
    if pa.types.is_list(column.type):
        return [None if value is None else _as_json(value) for value in values]
    if pa.types.is_decimal(column.type):
        return [None if value is None else float(value) for value in values]
    return values


def _as_json(items: list[str]) -> str:
    return json.dumps(items, ensure_ascii=False) if items else "[]"


def _metadata(told: About, lang: str) -> dict[str, Any]:
    """Return what Datasette shows beside the tables."""
    tables = {
        name: {
            "description": meaning_in(each.about, lang),
            "columns": each.columns_in(lang),
        }
        for name, each in meanings().items()
    }
    tables["things"] |= {"label_column": "label", "fts_table": "things_fts", "fts_pk": "rowid"}
    said = lines(told)[: -len(told.sources) or None]
    licence = {"license": told.licence, "license_url": told.licence} if told.licence else {}
    return {
        "title": told.title,
        "description": "; ".join(f"{word}: {text}" for word, text in said[1:]),
        **licence,
        "source": f"{len(told.sources)}: table sources",
        "databases": {"coopgraph": {"tables": tables}},
    }
