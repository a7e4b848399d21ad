"""The topics of graphs: centralities beside scipy, networkit, igraph and networkx; graphs made from edges.

In: a size and a context. Out: rows of a table, and verdicts. Scores are held against a reference, so two
libraries are compared only where both are right.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import graph_data
import numpy as np
from measure import Contender, run
from topic import Context, Found, Row, Verdict

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
    """One library on one measure: median CPU seconds, and how far its scores are from the reference."""

    library: str
    cpu: float
    conversion: float
    peak_mb: float
    finished: bool
    error: float | None


def graphs(size: str, context: Context) -> Found:
    """Every centrality by every library that has it, one thread each."""
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for measure, libraries in BY_MEASURE.items():
        path = _graph(size, measure, context.work)
        found = {library: _measured(library, measure, path, context) for library in libraries}
        _refuse(measure, found)
        rows += [_row(measure, path, each, found["coopgraph"]) for each in found.values()]
        verdicts += _verdicts(measure, found)
    return rows, verdicts


def _graph(size: str, measure: str, work: Path) -> Path:
    sizes = graph_data.EXACT_SIZES if measure == "betweenness" else graph_data.SIZES
    return graph_data.graph(work, *sizes["tiny" if size == "tiny" else "whole"])


def _measured(library: str, measure: str, path: Path, context: Context) -> Measured:
    """Run one library as often as asked, networkx once."""
    contender = Contender(
        library, "graph_measures.py", (library, measure, str(path), str(LIMIT)), context.python
    )
    found = [run(contender) for _ in range(1 if library == "networkx" else context.runs)]
    finished = all(each["finished"] for each in found)
    middle = {
        name: statistics.median(each[name] for each in found) for name in ("cpu", "conversion", "peak_mb")
    }
    error = _error(library, measure, path) if finished else None
    return Measured(library, **middle, finished=finished, error=error)


def _error(library: str, measure: str, path: Path) -> float | None:
    """L1 distance from the reference; modularity, of communities; None where nothing is the same for all."""
    scores = np.load(path.with_name(f"{library}-{measure}.npy"))
    if measure == "communities":
        return graph_data.modularity(graph_data.read(path), scores.astype(int))
    if measure == "sampled betweenness" and library == "networkit":
        return None  # it draws sources of its own
    expected = graph_data.reference(path, measure)
    return float(np.abs(scores / scores.sum() - expected).sum())


def _refuse(measure: str, found: dict[str, Measured]) -> None:
    """Stop where our own scores are not those of the reference."""
    ours = found["coopgraph"].error
    if measure != "communities" and (ours is None or ours > PRECISE.get(measure, ALLOWED)):
        raise SystemExit(f"{measure}: coopgraph is {ours} away from the reference.")


def _row(measure: str, path: Path, each: Measured, ours: Measured) -> Row:
    size = " nodes, ".join(f"{int(part):,}" for part in path.parent.name.split("-")[1:]) + " edges"
    more = "" if each.finished else "more than "
    error = "" if each.error is None else float(f"{each.error:.3g}")
    told = {"modularity": error} if measure == "communities" else {"L1 error": error}
    return {
        "measure": measure,
        "graph": size,
        "library": each.library,
        "CPU s": f"{more}{each.cpu:.3g}",
        "of coopgraph's": f"{more}{each.cpu / ours.cpu:.3g}",
        **told,
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
    return measure == "communities" or each.error is None or each.error <= ALLOWED


def exchange(size: str, context: Context) -> Found:
    """Graphs made from edges: ours from Flows, and what other libraries take."""
    path = _graph(size, "pagerank", context.work)
    found: dict[str, Any] = {}
    for name in CONVERSIONS:
        contender = Contender(name, "graph_conversions.py", (name, str(path)), context.python)
        runs = [run(contender) for _ in range(context.runs)]
        found[name] = {"cpu": statistics.median(each["cpu"] for each in runs)} | {
            key: runs[-1][key] for key in ("peak_mb", "check")
        }
    if len({str(each["check"]) for each in found.values()}) > 1:
        raise SystemExit(f"The graphs differ: { {name: each['check'] for name, each in found.items()} }")
    rows = [
        {
            "from": CONVERSIONS[name][0],
            "to": CONVERSIONS[name][1],
            "CPU s": each["cpu"],
            "peak MB": each["peak_mb"],
        }
        for name, each in found.items()
    ]
    ratio = found["exchange"]["cpu"] / found["networkx"]["cpu"]
    return rows, [Verdict("networkx from flows", "the same edges", ratio, 1.3, "less")]


CONVERSIONS = {
    "exchange": ("Flows", "networkx DiGraph, by `exchange_graph`: weight, events and distance"),
    "networkx": ("Flows", "networkx DiGraph, by its `add_weighted_edges_from`: weight"),
    "adjacency": ("Flows", "coopgraph's matrix"),
    "back": ("networkx DiGraph", "coopgraph's matrix"),
    "scipy": ("arrays", "scipy CSR"),
    "networkit": ("arrays", "networkit"),
    "igraph": ("arrays", "igraph"),
}
