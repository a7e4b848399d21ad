"""The topics of graphs: centralities beside scipy, networkit, igraph and networkx; graphs made from edges.

In: a size and a context. Out: rows of a table, and verdicts. Scores are held against a reference, so two
libraries are compared only where both are right.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from measure import Contender, Timing, compare, run
from topic import Context, Found, Row, Verdict, cpu_of

LIMIT = 30  # CPU seconds after which a measure is stopped
ALLOWED = 1e-9  # L1 distance from the reference, of scores that add up to 1
BY_MEASURE: dict[str, tuple[str, ...]] = {
    "pagerank": ("coopgraph", "scipy", "networkit", "igraph", "networkx"),
    "hits": ("coopgraph", "scipy", "igraph", "networkx"),
    "eigenvector": ("coopgraph", "scipy", "networkit", "igraph", "networkx"),
    "k-core": ("coopgraph", "networkit", "igraph", "networkx"),
    "communities": ("coopgraph", "networkit", "igraph", "networkx"),
    "sampled betweenness": ("coopgraph", "networkit", "igraph", "networkx"),
    "betweenness": ("coopgraph", "networkit", "igraph"),
}
PRECISE = {"pagerank": 1e-12}


@dataclass(frozen=True)
class Measured:
    """One library on one measure: median CPU seconds; `told` is the L1 error, or the modularity."""

    library: str
    cpu: float
    conversion: float
    peak_mb: float
    finished: bool
    told: float | None


def graphs(size: str, context: Context) -> Found:
    """Every centrality by every library that has it, one thread each."""
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for measures in _together(size):
        runs = _runs(measures, size, context)
        for measure in measures:
            found = {
                library: _measured(library, [one[measure] for one in runs[library]])
                for library in BY_MEASURE[measure]
            }
            _refuse(measure, found)
            rows += [_row(measure, each, found["coopgraph"]) for each in found.values()]
            verdicts += _verdicts(measure, found)
    return rows, verdicts


def _together(size: str) -> list[tuple[str, ...]]:
    """The measures of one process: one; at the tiny size, where only the answers count, all."""
    return [tuple(BY_MEASURE)] if size == "tiny" else [(measure,) for measure in BY_MEASURE]


def _runs(measures: Sequence[str], size: str, context: Context) -> dict[str, list[dict[str, Any]]]:
    """Run the libraries in turn, as often as asked, networkx once; return what each run said by measure."""
    found: dict[str, list[dict[str, Any]]] = {}
    for turn in range(context.runs):
        for library in dict.fromkeys(library for measure in measures for library in BY_MEASURE[measure]):
            if turn and library == "networkx":
                continue
            asked = ",".join(measure for measure in measures if library in BY_MEASURE[measure])
            arguments = (library, asked, str(context.work), _whole(size), str(LIMIT))
            contender = Contender(library, "graph_measures.py", arguments, context.python)
            found.setdefault(library, []).append(run(contender))
    return found


def _measured(library: str, found: Sequence[dict[str, Any]]) -> Measured:
    """The medians of a library's runs."""
    middle = {
        name: statistics.median(each[name] for each in found) for name in ("cpu", "conversion", "peak_mb")
    }
    finished = all(each["finished"] for each in found)
    return Measured(library, **middle, finished=finished, told=found[-1]["told"] if finished else None)


def _whole(size: str) -> str:
    return "tiny" if size == "tiny" else "whole"


def _refuse(measure: str, found: dict[str, Measured]) -> None:
    """Stop where our own scores are not those of the reference."""
    ours = found["coopgraph"].told
    if measure != "communities" and (ours is None or ours > PRECISE.get(measure, ALLOWED)):
        raise SystemExit(f"{measure}: coopgraph is {ours} away from the reference.")


def _row(measure: str, each: Measured, ours: Measured) -> Row:
    more = "" if each.finished else "more than "
    told = "" if each.told is None else f"{each.told:.3g}"
    return {
        "measure": measure,
        "library": each.library,
        "CPU s": f"{more}{each.cpu:.3g}",
        "of coopgraph's": f"{more}{each.cpu / ours.cpu:.3g}",
        "L1 error": "" if measure == "communities" else told,
        "modularity": told if measure == "communities" else "",
        "its graph from arrays, s": each.conversion,
        "peak MB": each.peak_mb,
    }


def _verdicts(measure: str, found: dict[str, Measured]) -> list[Verdict]:
    """Beside the best peer that is right, and beside networkx, or how long it had run when it was stopped."""
    ours = found["coopgraph"].cpu
    right = [
        each.cpu
        for library, each in found.items()
        if library not in ("coopgraph", "networkx") and each.finished and _is_right(measure, each)
    ]
    made = [Verdict("graphs beside the best peer", measure, ours / min(right), 1.1, "less")]
    if "networkx" in found:
        made.append(Verdict("graphs beside networkx", measure, found["networkx"].cpu / ours, 10.0, "more"))
    return made


def _is_right(measure: str, each: Measured) -> bool:
    """Communities and samples drawn otherwise differ by chance; the table says by how much."""
    return measure == "communities" or each.told is None or each.told <= ALLOWED


def exchange(size: str, context: Context) -> Found:
    """Graphs made from edges: ours from Flows, and what other libraries take."""
    arguments = (str(context.work), _whole(size))
    contenders = [
        Contender(name, "graph_conversions.py", (name, *arguments), context.python) for name in CONVERSIONS
    ]
    timings = compare(contenders, runs=context.runs)
    ratio = timings["exchange"].cpu / timings["networkx"].cpu
    rows = [_conversion(name, timing) for name, timing in timings.items()]
    return rows, [Verdict("networkx from flows", "the same edges", ratio, 1.3, "less")]


def _conversion(name: str, timing: Timing) -> Row:
    given, made = CONVERSIONS[name]
    return {"from": given, "to": made, **cpu_of("", timing), "peak MB": timing.peak_mb}


CONVERSIONS = {
    "exchange": ("Flows", "networkx DiGraph, by `exchange_graph`: weight, events and distance"),
    "networkx": ("Flows", "networkx DiGraph, by its `add_weighted_edges_from`: weight"),
    "adjacency": ("Flows", "coopgraph's matrix"),
    "back": ("networkx DiGraph", "coopgraph's matrix"),
    "scipy": ("arrays", "scipy CSR"),
    "networkit": ("arrays", "networkit"),
    "igraph": ("arrays", "igraph"),
}
