"""Parquet: the same table gives the same bytes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from coopgraph.columns.parquet import read, write

TABLE = pa.table(
    {
        "city": ["Madrid", "Panamá", None],
        "amount": pa.array([Decimal("1.50"), None, Decimal("-2.00")], pa.decimal128(18, 2)),
        "source": [["a", "b"], [], None],
    }
)


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    write(TABLE, tmp_path / "t.parquet")
    assert read(tmp_path / "t.parquet").equals(TABLE)


def test_chunks_and_metadata_do_not_change_the_bytes(tmp_path: Path) -> None:
    chunked = pa.concat_tables([TABLE.slice(0, 1), TABLE.slice(1)]).replace_schema_metadata({"made": "now"})
    write(TABLE, tmp_path / "a.parquet")
    write(chunked, tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
