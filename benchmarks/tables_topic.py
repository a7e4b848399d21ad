"""Reading tables: rows a second of each kind, beside the libraries that read it.

In: a context. Out: rows of a table; a verdict for CSV, beside DuckDB that reads the same text.
"""

from __future__ import annotations

from pathlib import Path

from measure import Contender, compare, run
from topic import Context, Found, Row, Verdict, cpu_of

ROWS, TINY = 500_000, 200
PEERS = {
    "t.csv": ("duckdb", "pyarrow", "pandas"),
    "t.csv.gz": ("duckdb", "pandas"),
    "t.parquet": ("duckdb", "pyarrow"),
    "t.json": ("duckdb", "pandas"),
    "t.xlsx": ("pandas",),
    "t.ods": ("pandas",),
}
FEW = ("t.xlsx", "t.ods")  # a tenth of the rows


def tables(size: str, context: Context) -> Found:
    """Each kind of table, beside its peers."""
    count = TINY if size == "tiny" else ROWS
    folder = context.work / "tables"
    folder.mkdir(exist_ok=True)
    run(Contender("data", "tables.py", ("data", str(folder), str(count)), context.python))
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for file, peers in PEERS.items():
        found = compare([_contender(name, folder / file, context) for name in ("coopgraph", *peers)],
                        runs=context.runs)  # fmt: skip
        ours = found["coopgraph"]
        number = count // 10 if file in FEW else count
        row: Row = {
            "file": file.removeprefix("t"),
            "rows": number,
            "rows a second": number / max(ours.cpu, 1e-3),
        }
        row |= cpu_of("coopgraph", ours) | {"peak MB": ours.peak_mb}
        rows.append(row | {f"ratio to {peer}": ours.cpu / max(found[peer].cpu, 1e-3) for peer in peers})
        if file == "t.csv":
            verdicts.append(
                Verdict(
                    "reading CSV beside DuckDB", f"{number:,} rows", rows[-1]["ratio to duckdb"], 3.0, "less"
                )
            )
    return rows, verdicts


def _contender(name: str, file: Path, context: Context) -> Contender:
    return Contender(name, "tables.py", (name, str(file)), context.python)
