"""What the explorer is given: places, the graph, a saved view, search; each in a process of its own.

In: a context. Out: rows of a table, and verdicts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from explorer_data import write_network
from measure import Contender, run
from topic import Context, Found, Row, Verdict

SIZES = ((10_000, 30_000), (50_000, 150_000))
TINY = ((50, 100),)
NAMED = 50_000  # cities a search is tried on


def explorer(size: str, context: Context) -> Found:
    """Measure networks of each size once, on a release built without the shapes."""
    rows: list[Row] = []
    for cities, links in TINY if size == "tiny" else SIZES:
        folder = _built(context, cities, links)
        names = 100 if size == "tiny" else NAMED
        found = run(Contender("explorer", "explorer.py", (str(folder), str(names)), context.python))
        rows.append(_row(found))
    return rows, _verdicts(rows[0])


def _built(context: Context, cities: int, links: int) -> Path:
    folder = context.work / f"network-{cities}-{links}"
    if not (folder / ".coopgraph" / "current").is_file():
        write_network(folder, cities, links)
        run(Contender("build", "building.py", ("unchecked", str(folder)), context.python))
    return folder


def _row(found: dict[str, Any]) -> Row:
    return {
        "nodes": found["nodes"],
        "links": found["links"],
        "places, CPU s": found["places"],
        "graph, CPU s": found["graph"],
        "packed, CPU s": found["json"],
        "MB": found["json MB"],
        "gzipped MB": found["gzipped MB"],
        "saved view, CPU s": found["saved whole"],
        "saved part, CPU s": found["saved part"],
        "slowest search, ms": found["slowest search ms"],
        "peak MB": found["peak_mb"],
    }


def _verdicts(row: Row) -> list[Verdict]:
    case = f"{row['nodes']:,} nodes, {row['links']:,} links"
    return [
        Verdict("explorer's places, CPU s", case, row["places, CPU s"], 3.0, "less"),
        Verdict("explorer's saved view, CPU s", case, row["saved view, CPU s"], 0.25, "less"),
        Verdict("explorer's search, ms", "50,000 cities", row["slowest search, ms"], 50.0, "less"),
    ]
