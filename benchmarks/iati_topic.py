"""Reading IATI activities: MB a second beside bare parsers, and that memory does not grow with the file.

In: a size and a context. Out: rows of a table, and verdicts on speed and memory.
"""

from __future__ import annotations

from pathlib import Path

from measure import Contender, Timing, compare, run, summary
from topic import Context, Found, Row, Verdict, cpu_of

NAMES = {
    "rows": "coopgraph: every row of every table, as import counts them",
    "tables": "coopgraph: the rows as tables within 128 MB, as a build has them",
    "lxml": "lxml alone: activities and transactions counted",
    "etree": "ElementTree.iterparse: the same",
}
MEGABYTES, LARGE = 100, 1000


def iati(size: str, context: Context) -> Found:
    """One file for all contenders, and one ten times as large for the rows alone."""
    tiny = size == "tiny"
    file = _file(context, 1 if tiny else MEGABYTES)
    found = compare([_contender(name, file, context) for name in NAMES], runs=context.runs)
    rows = [_row(name, found[name], file) for name in NAMES]
    speed = rows[0]["MB a second"]
    verdicts = [Verdict("reading IATI, MB a second", f"{MEGABYTES} MB", speed, 20.0, "more")]
    large = _file(context, 2 if tiny else LARGE)
    once = summary("rows", [run(_contender("rows", large, context))])
    rows.append(_row("rows", once, large))
    verdicts.append(Verdict("reading IATI, memory", "1 GB, MB", once.peak_mb, 300.0, "less"))
    for each in (file, large):
        each.unlink()
    return rows, verdicts


def _file(context: Context, megabytes: int) -> Path:
    file = context.work / f"iati-{megabytes}.xml"
    run(Contender("data", "iati.py", ("data", str(file), str(megabytes)), context.python))
    return file


def _contender(name: str, file: Path, context: Context) -> Contender:
    return Contender(name, "iati.py", (name, str(file)), context.python)


def _row(name: str, timing: Timing, file: Path) -> Row:
    megabytes = file.stat().st_size / 1e6
    return {
        "MB": round(megabytes),
        "reader": NAMES[name],
        **cpu_of("", timing),
        "MB a second": megabytes / timing.cpu,
        "peak MB": timing.peak_mb,
    }
