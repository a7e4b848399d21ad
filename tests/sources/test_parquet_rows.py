"""Parquet: typed values as the texts of a CSV file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coopgraph.errors import SourceError
from coopgraph.sources import parquet_rows
from coopgraph.sources.read import read


def parquet(table: pa.Table, **settings: Any) -> bytes:
    written = io.BytesIO()
    pq.write_table(table, written, **settings)
    return written.getvalue()


TYPED = pa.table(
    {
        "id": pa.array(["a", "b"]),
        "decimal": pa.array([Decimal("1.50"), None], pa.decimal128(18, 2)),
        "double": [0.1 + 0.2, float("nan")],
        "large": [1e21, -1e-7],
        "year": [2017.0, None],
        "whole": pa.array([2**62, None]),
        "yes": [True, False],
        "day": [date(2017, 5, 31), None],
        "moment": pa.array([datetime(2017, 5, 31, 9, 30), datetime(2017, 5, 31)], pa.timestamp("ns")),
        "zoned": pa.array([datetime(2017, 5, 31, 9, 30, tzinfo=UTC), None], pa.timestamp("ms", "UTC")),
        "time": [time(9, 30), None],
        "kind": pa.array(["x", None]).dictionary_encode(),
        "sdgs": [[11, 17], None],
        "nothing": pa.nulls(2),
    }
)


def test_values_become_the_texts_of_a_csv_file(bench: Any) -> None:
    records = bench.read("a.parquet", parquet(TYPED))
    assert bench.rows(records) == [
        {
            "id": "a", "decimal": "1.50", "double": "0.30000000000000004", "large": "1000000000000000000000",
            "year": "2017", "whole": "4611686018427387904", "yes": "true", "day": "2017-05-31",
            "moment": "2017-05-31T09:30:00", "zoned": "2017-05-31T09:30:00Z", "time": "09:30:00", "kind": "x",
            "sdgs": ["11", "17"], "nothing": None,
        },
        {
            "id": "b", "decimal": None, "double": None, "large": "-0.0000001", "year": None, "whole": None,
            "yes": "false", "day": None, "moment": "2017-05-31", "zoned": None, "time": None, "kind": None,
            "sdgs": None, "nothing": None,
        },
    ]  # fmt: skip
    assert records.lists == {"sdgs"}
    assert records.locate(2) == ("a.parquet", 2)


def test_rows_of_several_batches_keep_their_order(bench: Any) -> None:
    count = 45_000
    records = bench.read("a.parquet", parquet(pa.table({"n": range(count)}), row_group_size=7_000))
    assert [row["n"] for row in bench.rows(records)] == [str(number) for number in range(count)]


def test_what_has_no_text_is_told_and_left_out(bench: Any) -> None:
    table = pa.table({"id": ["a"], "place": [{"lat": 1.0}], "shape": [b"\x01"]})
    records = bench.read("a.parquet", parquet(table))
    assert list(records.columns) == ["id"]
    assert [str(fault) for fault in records.faults] == [
        "a.parquet: the column 'place' holds struct<lat: double>, which is no plain value: it is not read. "
        "Write it as text if it is needed.",
        "a.parquet: the column 'shape' holds binary, which is no plain value: it is not read. "
        "Write it as text if it is needed.",
    ]
    assert bench.refused("b.parquet", parquet(table.select(["shape"]))) == [
        "b.parquet: has no column of plain values. Write it again with one value in each cell."
    ]


def test_files_of_one_source_have_the_same_columns(bench: Any) -> None:
    one = bench.write("a.parquet", parquet(pa.table({"id": [1], "name": ["x"]})))
    other = bench.write("b.parquet", parquet(pa.table({"name": ["y"], "id": [2]})))
    spec = bench.spec("c.parquet", parquet(pa.table({"other": [1]})))
    records = read(replace(spec, files=(one, other)), bench.connection)
    assert bench.rows(records) == [{"id": "1", "name": "x"}, {"id": "2", "name": "y"}]
    with pytest.raises(SourceError) as caught:
        read(replace(spec, files=(one, *spec.files)), bench.connection)
    assert [str(fault) for fault in caught.value.faults] == [
        "c.parquet: has other columns than a.parquet. Make it a source of its own."
    ]


def test_no_rows_and_no_file(bench: Any) -> None:
    records = bench.read("a.parquet", parquet(pa.table({"id": pa.array([], pa.string())})))
    assert (records.count, [str(fault) for fault in records.faults]) == (
        0,
        ["a.parquet: has a header and no rows."],
    )
    (sentence,) = bench.refused("b.parquet", b"id,name\n")
    assert sentence.startswith("b.parquet: is not a whole Parquet file: ")
    (sentence,) = bench.refused("c.parquet", parquet(TYPED)[:-30])
    assert sentence.startswith("c.parquet: is not a whole Parquet file: ")


def test_a_text_that_is_not_utf8_is_told(bench: Any) -> None:
    content = parquet(pa.table({"id": ["Panama!!"]}), compression="none", use_dictionary=False)
    (sentence,) = bench.refused("a.parquet", content.replace(b"Panama!!", b"Panam\xe1!!"))
    assert sentence.startswith("a.parquet: is not a whole Parquet file: ")


def test_repeated_values_that_unfold_to_too_much_are_refused(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_rows, "MOST_CELLS", 100_000)
    content = parquet(pa.table({"n": pa.array([1]).take(pa.array([0] * 1_000_000))}))
    assert bench.refused("a.parquet", content) == [
        f"a.parquet: would unfold to 1,000,000 cells, from {len(content):,} bytes. "
        "If it is really that large, split it into several files."
    ]
