"""Names of places matched, beside rapidfuzz alone within each country.

In: a context. Out: a row a gazetteer, and verdicts on CPU, ratio and how many matches are right.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from measure import HERE, Contender, compare
from topic import Context, Found, Row, Verdict, cpu_of

COUNT, TINY = 100_000, 200
LARGE = "GeoNames, 234,908 places"


def naming(size: str, context: Context) -> Found:
    """Match 100,000 names, half of them with a position, by the bundled and by a large gazetteer."""
    count = TINY if size == "tiny" else COUNT
    gazetteers = {"bundled": ""} if size == "tiny" else {"bundled": "", LARGE: str(_large(context))}
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for title, path in gazetteers.items():
        pair = [
            Contender(name, "naming.py", (name, str(count), path), context.python)
            for name in ("coopgraph", "rapidfuzz")
        ]
        timings = compare(pair, runs=context.runs)
        ours, theirs = timings["coopgraph"], timings["rapidfuzz"]
        row: Row = {
            "gazetteer": title,
            "names": count,
            **cpu_of("coopgraph", ours),
            **cpu_of("rapidfuzz", theirs),
        }
        row |= {"ratio": ours.cpu / theirs.cpu, "peak MB": ours.peak_mb}
        for name, timing in timings.items():
            one = timing.last
            row |= {f"{name}: taken": one["taken"], f"{name}: rightly, %": 100 * one["right"] / one["taken"]}
        rows.append(row)
        precision = row["coopgraph: rightly, %"]
        verdicts += [
            Verdict("names of places, CPU s", f"{count:,} names, {title}", ours.cpu, 60, "less"),
            Verdict("names of places taken rightly, %", title, precision, 99, "more"),
        ]
        if path:
            verdicts.append(Verdict("names of places beside rapidfuzz", title, row["ratio"], 1.0, "less"))
    return rows, verdicts


def _large(context: Context) -> Path:
    """A gazetteer of places from 500 inhabitants, made once."""
    path = context.work / "gazetteer.parquet"
    if not path.is_file():
        code = (
            f"import sys; sys.path.insert(0, {str(HERE.parent)!r})\n"
            "from gazetteer.build import packed; print(packed())"
        )
        found = subprocess.run(
            [context.python, "-c", code], check=True, capture_output=True, text=True,
            env={"PYTHONPATH": str(HERE.parent / "src")},
        )  # fmt: skip
        folder = Path(found.stdout.strip())
        files = [str(folder / f"{name}.json") for name in ("cities500", "countries", "us_states")]
        command = [context.python, "-m", "coopgraph", "gazetteer", "build", *files, "-o", str(path)]
        subprocess.run(command, check=True, env={"PYTHONPATH": str(HERE.parent / "src")}, stdout=sys.stderr)
    return path
