"""The explorer's drawing beside a page with sigma as it comes: the first picture, and frames while it moves.

In: a context. Out: rows of a table, and verdicts on time, ratio and frames.
"""

from __future__ import annotations

from typing import Any

from measure import Contender, run
from topic import Context, Found, Row, Verdict

SIZES = ((10_000, 30_000), (30_000, 100_000))
TINY = ((300, 900),)
PAGES = {"bare": "sigma as it comes", "ours": "the drawing alone", "page": "the whole Explore page"}


def picture(size: str, context: Context) -> Found:
    """Measure each page at each size."""
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for nodes, links in TINY if size == "tiny" else SIZES:
        demo = str(context.work / "demo")
        sizes = ("--nodes", str(nodes), "--links", str(links), "--runs", str(context.runs), "--demo", demo)
        found = run(Contender("picture", "picture.py", sizes, context.python))
        rows += [_row(nodes, links, name, found[name], found["bare"]) for name in PAGES]
        case = f"{nodes:,} nodes, {links:,} links"
        ratio = found["ours"]["first"] / found["bare"]["first"]
        verdicts.append(Verdict("first picture beside bare sigma", case, ratio, 1.0, "less"))
        if links <= 30_000:
            verdicts.append(Verdict("first picture, ms", case, found["page"]["first"], 700, "less"))
        verdicts.append(
            Verdict("frames a second", f"{case}, communities closed", found["ours"]["fps"], 10, "more")
        )
        verdicts.append(Verdict("frames a second", f"{case}, all open", found["ours"]["allFps"], 10, "more"))
    return rows, verdicts


def _row(nodes: int, links: int, name: str, one: dict[str, Any], bare: dict[str, Any]) -> Row:
    row: Row = {"nodes": nodes, "links": links, "page": PAGES[name], "first picture ms": one["first"]}
    row |= {
        "ratio": one["first"] / bare["first"],
        "CPU ms": one["cpu"],
        "ratio of CPU": one["cpu"] / bare["cpu"],
    }
    row |= {"frames/s": one["fps"], "longest frame ms": one["longest"]}
    if "allFps" in one:
        row |= {"all open: nodes": int(one["allNodes"]), "links drawn": int(one["allLinks"])}
        row |= {"all open: frames/s": one["allFps"], "all open: longest frame ms": one["allLongest"]}
    return row
