"""Measure what the explorer is given: the places at build time, the graph, a search, a saved view.

In: a built release, and how many names the search is tried on. Out: JSON with CPU seconds of each in one
process that has done each once, and sizes.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from measure import peak_mb

SYLLABLES = (
    "san",
    "ta",
    "ma",
    "lo",
    "que",
    "za",
    "po",
    "bel",
    "do",
    "vi",
    "lla",
    "al",
    "cor",
    "são",
    "ñu",
    "gar",
)
ASKED = ("a", "sa", "sao", "villa", "nowhere", "que za", "x")
TIMES = 3


def main(workspace: Path, names: int) -> dict[str, Any]:
    """Measure everything on a release and on invented names."""
    import coopgraph as cg
    from coopgraph.network import flows
    from coopgraph.views.explorer.graph import as_json, graph_of
    from coopgraph.views.explorer.places import positions_table

    with cg.open(workspace) as release:
        made = flows(release)
        graph = graph_of(release)
        written = as_json(graph)
        found = {
            "nodes": len(graph["nodes"]["iri"]),
            "links": len(graph["links"]["source"]),
            "places": _cpu(lambda: positions_table(release.table, made)),
            "graph": _cpu(lambda: graph_of(release)),
            "json": _cpu(lambda: gzip.compress(as_json(graph), 6)),
            "json MB": len(written) / 1e6,
            "gzipped MB": len(gzip.compress(written, 6)) / 1e6,
        }
    found |= _saved(workspace) | _searched(names)
    return found | {"peak_mb": peak_mb()}


def _saved(workspace: Path) -> dict[str, Any]:
    """A saved view of all nodes but one, so that it is a part of the graph, in a process that wrote one."""
    from starlette.requests import Request

    from coopgraph.release.served import Served
    from coopgraph.web.app import make_app
    from coopgraph.web.data import graph, saved

    with Served(workspace) as served:
        scope = {"type": "http", "app": make_app(served), "path": "/download/html", "method": "POST"}
        request = Request(scope | {"query_string": b"", "headers": [], "path_params": {}})
        sizes = graph.packed_graph(served, served.current_id).sizes
        whole = {"lang": "en", "title": "All"}
        part = whole | {name: list(range(size)) for name, size in sizes.items()}
        part["nodes"] = part["nodes"][1:]
        size = len(saved.made(request, whole).body)
        return {
            "saved whole": _cpu(lambda: saved.made(request, whole)),
            "saved part": _cpu(lambda: saved.made(request, part)),
            "saved MB": size / 1e6,
        }


def _searched(names: int) -> dict[str, Any]:
    """Milliseconds of the slowest search among so many cities, each with two names."""
    from coopgraph.views.explorer.search import Thing, find, index_from

    random = Random(1)
    things = []
    for i in range(names):
        called = [_name(random) for _ in range(2)]
        things += [(Thing(f"urn:{i:06}", "city", (called[0],) * 3, names - i), name) for name in called]
    start = time.process_time()
    index = index_from(things)
    made = time.process_time() - start
    slowest = max(_cpu(lambda asked=asked: find(index, asked)) for asked in ASKED)  # type: ignore[misc]
    return {"names": 2 * names, "index": made, "slowest search ms": 1000 * slowest}


def _name(random: Random) -> str:
    words = ("".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 4))) for _ in range(2))
    return " ".join(words).title()


def _cpu(work: Callable[[], object]) -> float:
    """The median CPU seconds of a few runs after one that is not counted."""
    work()
    found = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return median(found)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
