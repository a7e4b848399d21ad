"""Two releases compared, beside `comm` and `diff` on the same quads as plain sorted files.

In: a size and a context. Out: rows of a table, and verdicts.
"""

from __future__ import annotations

from pathlib import Path

from measure import Contender, compare, run
from topic import Context, Found, Row, Verdict, cpu_of
from workspaces import built

NAMES = ("comm", "diff", "things", "patch")
CASES = {"one statement in a hundred": 100, "every third statement": 3}


def comparing(size: str, context: Context) -> Found:
    """Compare a release with itself after changes, few and many; all contenders count the same."""
    quads = built(context.work, size, context.python).quads / "graph.nq"
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for name, every in CASES.items():
        folder = _pair(quads, every, context.work / f"compare-{size}-{every}", context)
        contenders = [Contender(n, "comparing.py", (n, str(folder)), context.python) for n in NAMES]
        timings = compare(contenders, runs=context.runs)
        ours = timings["things"]
        row: Row = {"M triples": size, "changed": name, "added, removed": str(ours.check)}
        for contender in NAMES:
            row |= cpu_of(contender, timings[contender])
            row |= {f"{contender} peak MB": timings[contender].peak_mb}
        rows.append(row | {"ratio to comm": ours.cpu / timings["comm"].cpu})
        case = f"{name}, {size} M"
        verdicts.append(Verdict("compare's memory, MB", case, ours.peak_mb, 250, "less"))
        verdicts.append(Verdict("compare beside diff", case, ours.cpu / timings["diff"].cpu, 5.0, "less"))
    return rows, verdicts


def _pair(quads: Path, every: int, folder: Path, context: Context) -> Path:
    """The two sides, made by a process of its own: memory this one has held counts for its children."""
    if not (folder / "after" / "graph.nq.zst").is_file():
        run(Contender("pair", "comparing_data.py", (str(quads), str(every), str(folder)), context.python))
    return folder
