"""200 mutants of a table of each kind: read, or refused in words with the file; no traceback, no hang."""

from __future__ import annotations

import io
import json
import random
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from coopgraph.columns.duck import connect
from coopgraph.errors import ConfigError, SourceError
from coopgraph.sources.guided.guiding import plan, read_table
from coopgraph.sources.read import read
from coopgraph.sources.source_spec import SourceSpec
from tests.robustness.mutations import mutant
from tests.sources.ods_files import ods as written_ods
from tests.sources.ods_files import text

HEADER = ("id", "city", "country", "joined", "members", "note")
ROWS: list[tuple[str | int, ...]] = [
    (f"m{n}", f'Città {n} "{"x" * (n % 7)}"', "IT", f"2017-05-{n % 28 + 1:02}", n * 1000, "=1+1")
    for n in range(40)
]
SECONDS = 60


def delimited(mark: str) -> bytes:
    lines = [HEADER, *ROWS]
    return "\n".join(
        mark.join('"' + str(c).replace('"', '""') + '"' for c in line) for line in lines
    ).encode()


def xlsx() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, *ROWS):
        sheet.append([f"'{cell}" if str(cell).startswith("=") else cell for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def ods() -> bytes:
    def cell(value: str | int) -> dict[str, str]:
        return {"valuetype": "float", "value": str(value)} if isinstance(value, int) else text(value)

    return written_ods(*([cell(value) for value in row] for row in [HEADER, *ROWS]))


def parquet() -> bytes:
    written = io.BytesIO()
    rows = [dict(zip(HEADER, row, strict=True)) | {"sdgs": [11, 17]} for row in ROWS]
    pq.write_table(pa.Table.from_pylist(rows), written)
    return written.getvalue()


WHOLE = {
    "csv": delimited(","),
    "tsv": delimited("\t"),
    "json": json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS], indent=1).encode(),
    "xlsx": xlsx(),
    "ods": ods(),
    "xls": (Path(__file__).parents[1] / "sources" / "sheets" / "cities.xls").read_bytes(),
    "parquet": parquet(),
}


def inside(content: bytes, number: int) -> tuple[str, bytes]:
    """Spoil one member of a zip, and leave the zip sound."""
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        members = {name: before.read(name) for name in before.namelist()}
    hearts = [name for name in members if name.endswith(("sheet1.xml", "content.xml"))]
    chosen = random.Random(number)
    spoilt = hearts[0] if chosen.random() < 0.7 else chosen.choice(sorted(members))
    words, members[spoilt] = mutant(members[spoilt], number)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for name, member in members.items():
            after.writestr(name, member)
    return f"{words} in {spoilt}", written.getvalue()


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in what hangs."""

    def late(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.parametrize("kind", WHOLE)
def test_mutants_are_read_or_refused_in_words(kind: str, tmp_path: Path) -> None:
    read_through = 0
    with connect(tmp_path, allow=[tmp_path], threads=1) as connection:
        for number in range(200):
            spoilt_inside = kind in ("xlsx", "ods") and number % 2
            words, content = (inside if spoilt_inside else mutant)(WHOLE[kind], number)
            path = tmp_path / f"mutant-{number}.{kind}"
            path.write_bytes(content)
            spec = SourceSpec(f"s{number}", (path,), kind, delimiter="\t" if kind == "tsv" else ",")
            with within(SECONDS):
                try:
                    records = read(spec, connection)
                    read_through += 1
                except SourceError as error:
                    assert error.faults, words
                    assert all((fault.file or "").startswith(path.name) for fault in error.faults), words
                    assert all(fault.what for fault in error.faults), words
                else:
                    assert records.count >= 0
                    assert all((fault.file or "").startswith(path.name) for fault in records.faults), words
    assert 0 < read_through < 200, "some mutants are harmless, and some are not"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "xlsx", "parquet"])
def test_mutants_are_proposed_or_refused_in_words(kind: str, tmp_path: Path) -> None:
    """`import table`: whatever a file is, a proposal or a sentence."""
    proposed = 0
    for number in range(200):
        words, content = (inside if kind == "xlsx" and number % 2 else mutant)(WHOLE[kind], number)
        path = tmp_path / f"mutant-{number}.{kind}"
        path.write_bytes(content)
        with within(SECONDS):
            try:
                plan(read_table(path), tmp_path / "w", kind="cities")
                proposed += 1
            except SourceError as error:
                assert error.faults, words
                assert all((fault.file or "").startswith(path.name) for fault in error.faults), words
            except ConfigError as error:
                assert "It is not clear" in error.message, words
    assert 0 < proposed < 200, "some mutants are harmless, and some are not"
