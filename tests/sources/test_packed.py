"""Packed text tables: read as their plain files are, named as the user knows them, bombs stopped."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.sources import packed
from coopgraph.sources.kinds import kind_of

TABLE = b"id,name\n1,Lisboa\n2,Panam\xc3\xa1\n"
READ = [{"id": "1", "name": "Lisboa"}, {"id": "2", "name": "Panamá"}]


def zstd(content: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return bytes(sink.getvalue())


@pytest.mark.parametrize(
    ("file", "kind", "content"),
    [
        ("a.csv.gz", "csv", gzip.compress(TABLE, mtime=0)),
        ("a.csv.gz", "csv", gzip.compress(TABLE[:9], mtime=0) + gzip.compress(TABLE[9:], mtime=0)),
        ("a.csv.zst", "csv", zstd(TABLE)),
        ("A.TSV.GZ", "tsv", gzip.compress(TABLE.replace(b",", b"\t"), mtime=0)),
        (
            "a.json.gz",
            "json",
            gzip.compress('[{"id":1,"name":"Lisboa"},\n{"id":2,"name":"Panamá"}]'.encode(), mtime=0),
        ),
    ],
)
def test_a_packed_table_is_read(bench: Any, file: str, kind: str, content: bytes) -> None:
    found = kind_of(Path(file))
    assert found is not None
    assert found.name == kind
    records = bench.read(file, content, kind=kind, delimiter="\t" if kind == "tsv" else ",")
    assert bench.rows(records) == READ
    (piece,) = records.pieces
    assert (piece.path, piece.sha256) == (bench.folder / file, hashlib.sha256(content).hexdigest())
    assert records.locate(2) == (file, 2 if kind == "json" else 3)


def test_a_fault_names_the_file_the_user_knows_and_its_line(bench: Any) -> None:
    assert bench.refused("a.csv.gz", gzip.compress(TABLE + b"3\n", mtime=0), kind="csv") == [
        "a.csv.gz, line 4: the row has 1 cell, the header has 2. "
        "Add the missing delimiters, or close the quote of a cell before."
    ]


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        (
            "a.csv.gz",
            gzip.compress(TABLE, mtime=0)[:-9],
            "Compressed file ended before the end-of-stream marker was reached",
        ),
        ("a.csv.gz", TABLE, "Not a gzipped file (b'id')"),
        ("a.csv.zst", zstd(TABLE)[:-3], "Truncated compressed stream"),
        ("a.csv.zst", TABLE, "ZSTD decompress failed: Unknown frame descriptor"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_told_in_words(bench: Any, file: str, content: bytes, why: str) -> None:
    assert bench.refused(file, content, kind="csv") == [
        f"{file}: is damaged or cut off: {why}. Pack it again."
    ]


@pytest.mark.parametrize("file", ["a.csv.gz", "a.csv.zst"])
def test_a_bomb_is_stopped_while_it_unpacks(bench: Any, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 10 << 20)
    content = b"id,name\n" + b"1,xxxxxx\n" * 2_000_000
    assert bench.refused(
        file, gzip.compress(content, mtime=0) if file.endswith("gz") else zstd(content), kind="csv"
    ) == [
        f"{file}: unpacks to more than 200 times its size. "
        "If it is really that large, unpack it and name the unpacked file."
    ]
    left = sum(path.stat().st_size for path in bench.folder.rglob("unpacked/**/*") if path.is_file())
    assert left < 8 << 20
