"""How time and memory of an export grow with edges, beside networkx, which holds the graph it writes.

In: a context. Out: rows of a table, and verdicts on memory and CPU time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from measure import Contender, run
from topic import Context, Found, Row, Verdict

SIZES = (100_000, 1_000_000)
TINY = (300,)
OURS = ("gexf", "graphml", "geojson", "geopackage", "neo4j", "sqlite")
PEERS = ("gexf", "graphml")


def exporting(size: str, context: Context) -> Found:
    """Measure each format at each size, once: memory is what is compared, and it does not vary."""
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for edges in TINY if size == "tiny" else SIZES:
        tables = context.work / "exporting" / str(edges)
        run(Contender("data", "exporting_data.py", (str(tables), str(edges)), context.python))
        ours = {kind: _one("ours", kind, tables, context) for kind in OURS}
        theirs = {kind: _one("networkx", kind, tables, context) for kind in PEERS}
        rows += [_row(edges, kind, "coopgraph", one) for kind, one in ours.items()]
        rows += [_row(edges, kind, "networkx", one) for kind, one in theirs.items()]
        for kind, one in theirs.items():
            if one["check"] != ours[kind]["check"]:
                raise SystemExit(f"{kind}: {one['check']} edges by networkx, {ours[kind]['check']} by us.")
            if edges == SIZES[-1]:  # of few edges, memory is that of the libraries
                case, ratio = f"{kind}, {edges:,} edges", ours[kind]["peak_mb"] / one["peak_mb"]
                verdicts.append(Verdict("export's memory beside networkx", case, ratio, 1.0, "less"))
        for kind, one in ours.items():
            case = f"{kind}, {edges:,} edges"
            verdicts.append(Verdict("export's memory, MB", case, one["peak_mb"], 700.0, "less"))
    return rows, verdicts


def _one(who: str, kind: str, tables: Path, context: Context) -> dict[str, Any]:
    return run(Contender(f"{who} {kind}", "exporting.py", (who, kind, str(tables)), context.python))


def _row(edges: int, kind: str, who: str, one: dict[str, Any]) -> Row:
    return {"edges": edges, "format": kind, "by": who, "CPU s": one["cpu"], "peak MB": one["peak_mb"]}
