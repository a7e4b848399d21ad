"""Contenders of reading a table of each kind into memory: how many rows it has.

In: `coopgraph`, `pandas`, `pyarrow` or `duckdb`, and a file. Out: the number of rows. coopgraph's are text,
trimmed, NFC and numbered in a table of DuckDB, as a build maps them; the others' are as the library makes
them. `data` writes one table of memberships as every kind, `data FOLDER ROWS`.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
import tempfile
from pathlib import Path

from measure import peak_mb, timed

HEADER = ("id", "city", "country", "network", "since", "lat", "lon", "population")


def write(folder: Path, count: int) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P
    from openpyxl import Workbook

    rows = [
        (f"m{n}", f"Città {n % 997}", "IT", f"net-{n % 59}", f"{1990 + n % 30}-{n % 12 + 1:02}",
         f"{n % 90}.25", f"{n % 180}.75", str(n * 7 % 900_000)) for n in range(count)
    ]  # fmt: skip
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    (folder / "t.csv.gz").write_bytes(gzip.compress((folder / "t.csv").read_bytes(), 6, mtime=0))
    table = pa.Table.from_pylist([dict(zip(HEADER, row, strict=True)) for row in rows])
    pq.write_table(table, folder / "t.parquet")
    (folder / "t.json").write_text(json.dumps([dict(zip(HEADER, row, strict=True)) for row in rows]))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("t")
    for row in (HEADER, *rows[: count // 10]):
        sheet.append(row)
    book.save(folder / "t.xlsx")
    document, made = OpenDocumentSpreadsheet(), Table(name="t")
    for row in (HEADER, *rows[: count // 10]):
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        made.addElement(line)
    document.spreadsheet.addElement(made)
    document.save(str(folder / "t.ods"))
    return count


def coopgraph(file: Path) -> int:
    from coopgraph.columns.duck import connect
    from coopgraph.sources.kinds import kind_of
    from coopgraph.sources.read import read
    from coopgraph.sources.source_spec import SourceSpec

    kind = kind_of(file)
    assert kind is not None, "written above"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with connect(folder, allow=[folder, file]) as connection:
            return read(SourceSpec("t", (file,), kind.name), connection).count


def pandas(file: Path) -> int:
    import pandas as pd

    if file.suffix in (".xlsx", ".ods"):
        engine = "openpyxl" if file.suffix == ".xlsx" else "calamine"
        return len(pd.read_excel(file, dtype=str, engine=engine))
    if file.suffix == ".parquet":
        return len(pd.read_parquet(file))
    return len(pd.read_json(file, dtype=False) if file.suffix == ".json" else pd.read_csv(file, dtype=str))


def pyarrow(file: Path) -> int:
    import pyarrow.csv as pc
    import pyarrow.parquet as pq

    table = pq.read_table(file) if file.suffix == ".parquet" else pc.read_csv(file)
    return int(table.num_rows)


def duckdb(file: Path) -> int:
    import duckdb as dd

    with dd.connect() as connection:
        read = {".parquet": connection.read_parquet, ".json": connection.read_json}
        read.get(file.suffix, lambda path: connection.read_csv(path, all_varchar=True))(str(file)).create("t")
        return int(connection.table("t").count("*").fetchall()[0][0])


CONTENDERS = {"coopgraph": coopgraph, "pandas": pandas, "pyarrow": pyarrow, "duckdb": duckdb}

if __name__ == "__main__":
    name, place = sys.argv[1], Path(sys.argv[2])
    if name == "data":
        timed(lambda: write(place, int(sys.argv[3])))
    else:
        with tempfile.TemporaryDirectory() as small:
            write(Path(small), 20)  # what is imported is not timed
            CONTENDERS[name](Path(small) / place.name)
        before = os.times()
        rows = CONTENDERS[name](place)
        cpu = sum(os.times()[:4]) - sum(before[:4])  # what reads ODS is a process of its own, and counts
        print(json.dumps({"cpu": cpu, "peak_mb": peak_mb(), "check": rows}))
