"""Small tables to make flows from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

YES, NO, UNKNOWN = True, False, None
Rows = list[tuple[str, str, bool | None, bool | None]]

# e1 A,B both; e2 A,B,C both; e3 A gives to B and C; e4 B and C give to A.
EVENTS: Rows = [
    ("e1", "A", YES, YES),
    ("e1", "B", YES, YES),
    ("e2", "A", YES, YES),
    ("e2", "B", YES, YES),
    ("e2", "C", YES, YES),
    ("e3", "A", YES, NO),
    ("e3", "B", NO, YES),
    ("e3", "C", NO, YES),
    ("e4", "B", YES, NO),
    ("e4", "C", YES, NO),
    ("e4", "A", NO, YES),
]

PARTICIPATIONS = pa.schema(
    [
        ("event", pa.string()),
        ("city", pa.string()),
        ("contributes", pa.bool_()),
        ("benefits", pa.bool_()),
        ("amount", pa.decimal128(18, 2)),
        ("currency", pa.string()),
        ("start", pa.string()),
        ("end", pa.string()),
        ("programme", pa.string()),
        ("strategic_line", pa.list_(pa.string())),
        ("sdgs", pa.list_(pa.string())),
    ]
)
AGREEMENTS = pa.schema(
    [
        ("agreement", pa.string()),
        ("kind", pa.string()),
        ("party", pa.string()),
        ("party_is_city", pa.bool_()),
        ("payer", pa.bool_()),
        ("payee", pa.bool_()),
        ("signed", pa.string()),
        ("start", pa.string()),
        ("end", pa.string()),
        ("part_of", pa.list_(pa.string())),
        ("renews", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("currency", pa.string()),
    ]
)


@pytest.fixture
def four_events() -> Rows:
    """The events table of the definition."""
    return EVENTS


@pytest.fixture
def participations() -> Callable[..., pa.Table]:
    """Make a table of rows (event, city, contributes, benefits); more columns by name, others unknown."""

    def make(rows: Rows, **columns: list[Any]) -> pa.Table:
        names = ("event", "city", "contributes", "benefits")
        whole = columns | {name: [row[place] for row in rows] for place, name in enumerate(names)}
        arrays = {
            field.name: pa.array(whole.get(field.name, [None] * len(rows)), field.type)
            for field in PARTICIPATIONS
        }
        return pa.table(arrays)

    return make


@pytest.fixture
def agreements() -> Callable[..., pa.Table]:
    """Make a table of rows with the columns that matter; parties are cities unless stated."""

    def make(*rows: dict[str, Any]) -> pa.Table:
        return pa.Table.from_pylist([{"party_is_city": True, **row} for row in rows], schema=AGREEMENTS)

    return make


@dataclass(frozen=True)
class ParquetRelease:
    """Stands for a Release: tables by name, as Arrow and as Parquet."""

    directory: Path

    def table(self, name: str) -> pa.Table:
        return pq.read_table(self.table_path(name))

    def table_path(self, name: str) -> Path:
        return self.directory / f"{name}.parquet"


@pytest.fixture
def on_disk(tmp_path: Path) -> Callable[..., ParquetRelease]:
    """Write tables as a release has them."""

    def write(**tables: pa.Table) -> ParquetRelease:
        for name, table in tables.items():
            pq.write_table(table, tmp_path / f"{name}.parquet")
        return ParquetRelease(tmp_path)

    return write
