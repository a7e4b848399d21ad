"""A release published to Virtuoso and to Oxigraph beside their own loaders; the questions asked there.

In: a size and a context. Out: rows of a table, and verdicts. Each run has a fresh server.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from measure import HERE, Contender, Timing, compare, run
from topic import Context, Found, Row, Verdict, cpu_of
from workspaces import built

SENDS = {"virtuoso": ("bulk", "updates"), "oxigraph": ("bulk", "updates", "posted")}
TOOLS = {"virtuoso": "isql, bulk loader", "oxigraph": "curl, one file"}
WAYS = {"updates": "coopgraph, by updates", "posted": "coopgraph, by the graph store protocol"}


def publishing(size: str, context: Context) -> Found:
    """Send a release; then ask the 62 questions of the bundled one."""
    data = built(context.work, size, context.python)
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for kind, ways in SENDS.items():
        scratch = context.work / f"publishing-{kind}"
        place = (kind, str(data.release), str(data.quads / "graph.nq"), str(scratch))
        contenders = [Contender(way, "publishing.py", (way, *place), context.python) for way in ways]
        timings = compare(contenders, runs=context.runs)
        bulk = timings["bulk"]
        for way in ways:
            sent = _row(f"{size} M triples to {kind}", WAYS.get(way, TOOLS[kind]), timings[way], bulk)
            rows.append(sent | {"statements or rows": timings[way].check})
        for way in ways[1:]:
            case = f"{WAYS[way]}, to {kind}, {size} M"
            verdicts.append(
                Verdict("publishing beside bulk", case, timings[way].cpu / bulk.cpu, 10.0, "less")
            )
            verdicts.append(Verdict("publishing, MB", case, timings[way].peak_mb, 250, "less"))
    asked = _questions(context) if size in ("tiny", "0.1") else []  # of the same data at any size
    return rows + asked, verdicts


def _questions(context: Context) -> list[Row]:
    """The questions asked here and there; both must give as many rows."""
    folder = context.work / "bundled"
    if not (folder / ".coopgraph" / "current").is_file():
        data = HERE.parent / "data"
        shutil.copytree(data, folder, ignore=shutil.ignore_patterns(".coopgraph"), dirs_exist_ok=True)
        run(Contender("build", "building.py", ("unchecked", str(folder)), context.python))
    release = folder / ".coopgraph" / "releases" / (folder / ".coopgraph" / "current").read_text().strip()
    place = (str(release), str(Path("/dev/null")), str(context.work / "publishing-questions"))
    kinds = ("embedded", *SENDS)
    contenders = [
        Contender(kind, "publishing.py", ("questions", kind, *place), context.python) for kind in kinds
    ]
    timings = compare(contenders, runs=context.runs)
    here = timings["embedded"]
    return [
        _row("62 questions", kind, timings[kind], here) | {"statements or rows": timings[kind].check}
        for kind in kinds
    ]


def _row(work: str, contender: str, timing: Timing, beside: Timing) -> Row:
    row: Row = {"work": work, "contender": contender, **cpu_of("", timing)}
    return row | {"ratio": timing.cpu / beside.cpu, "peak MB": timing.peak_mb}
