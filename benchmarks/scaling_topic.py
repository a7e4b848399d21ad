"""How time and memory grow with participations: the embedded engine, and the distributed one on one machine.

In: a context. Out: rows of a table, and verdicts on how CPU time and memory grow.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from measure import Contender, run
from topic import Context, Found, Row, Verdict

MEMORY = {"duckdb": "2GB", "spark": "4GB"}
SIZES = {"duckdb": (1_000_000, 10_000_000, 100_000_000), "spark": (1_000_000, 10_000_000)}
TINY = {"duckdb": (3_000,), "spark": ()}  # Spark takes a minute of CPU at any size; its own tests run it


def scaling(size: str, context: Context) -> Found:
    """Measure each engine at each of its sizes, once: they take minutes, and CPU time is what is compared."""
    sizes = TINY if size == "tiny" else SIZES
    folder = context.work / "scaling"
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    for count in sizes["duckdb"]:
        file = _participations(folder, count, context)
        engines = ["duckdb", *(["spark:local[1]", "spark:local[2]"] if count in sizes["spark"] else [])]
        told = {name: run(_contender(name, file, folder, context)) for name in engines}
        _equal(told)
        rows += [_row(count, name, one) for name, one in told.items()]
        file.unlink()
    return rows, _verdicts([row for row in rows if row["engine"] == "duckdb"])


def _verdicts(rows: list[Row]) -> list[Verdict]:
    """Ten times as much may take half as much again as ten times as long, and must stay near its limit."""
    found = []
    for less, more in pairwise(rows):
        case = f"{more['M participations']:g} M beside {less['M participations']:g} M"
        found.append(Verdict("scaling, CPU for each participation", case, *_each(less, more), "less"))
    if found:
        case = f"{rows[-1]['M participations']:g} M within {MEMORY['duckdb']}, MB"
        found.append(Verdict("scaling, memory", case, rows[-1]["peak MB"], 3000.0, "less"))
    return found


def _each(less: Row, more: Row) -> tuple[float, float]:
    each = [row["CPU s"] / row["M participations"] for row in (less, more)]
    return each[1] / each[0], 1.5


def _participations(folder: Path, count: int, context: Context) -> Path:
    """Write so many participations, the same each time, in a process of their own."""
    file = folder / f"{count}.parquet"
    run(Contender("data", "scaling_data.py", (str(file), str(count)), context.python))
    return file


def _contender(name: str, file: Path, folder: Path, context: Context) -> Contender:
    memory = MEMORY[name.partition(":")[0]]
    return Contender(name, "scaling.py", (name, str(file), memory, str(folder / "spill")), context.python)


def _equal(told: dict[str, dict[str, Any]]) -> None:
    checks = [one["check"] for one in told.values()]
    if any(check != checks[0] for check in checks):
        raise SystemExit(f"The engines disagree: {dict(zip(told, checks, strict=True))}")


def _row(count: int, name: str, one: dict[str, Any]) -> Row:
    return {
        "M participations": count / 1e6,
        "engine": name,
        "cities": one["check"][1],
        "CPU s": one["cpu"],
        "elapsed s": one["elapsed"],
        "limit": MEMORY[name.partition(":")[0]],
        "peak MB": one["peak_mb"],
        "spilled MB": one["spilled_mb"],
    }
