"""Inside a process: names of places matched by coopgraph, or each by rapidfuzz within its country.

In: `coopgraph` or `rapidfuzz`, how many names, a gazetteer. Out: one JSON line: CPU seconds, memory, how
many names; and beside it how many were taken, and rightly. The names are made with a seed from the
gazetteer's own.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from measure import peak_mb

Asked = tuple[str, str, float | None, float | None]  # name, country, latitude, longitude
CLOSE = 90  # of 100: what the peer takes for the same


def names(gazetteer: Any, count: int) -> tuple[list[Asked], list[int]]:
    """Names with what stands beside them, and the row of the place each was made from."""
    chosen = random.Random(20261126)
    asked, rows = [], []
    for _ in range(count):
        row = chosen.randrange(len(gazetteer))
        name = _written(chosen, gazetteer, row)
        lat, lon = (gazetteer.of(of, row) + chosen.uniform(-0.02, 0.02) for of in ("lat", "lon"))
        placed = chosen.random() < 0.5
        asked.append((name, gazetteer.of("country", row), lat if placed else None, lon if placed else None))
        rows.append(row)
    return asked, rows


def _written(chosen: random.Random, gazetteer: Any, row: int) -> str:
    """A name as lists have it: its own or another, in capitals, with its office, or with a slip."""
    name: str = gazetteer.of("name", row)
    kind = chosen.random()
    if kind < 0.2:
        name = chosen.choice(gazetteer.keys(row))
    elif kind < 0.3:
        name = name.upper()
    elif kind < 0.4:
        name = f"{chosen.choice(('Municipality of', 'Ayuntamiento de', 'Stadt'))} {name}"
    elif kind < 0.6 and len(name) > 4:
        place = chosen.randrange(1, len(name) - 1)
        name = name[:place] + chosen.choice(("", name[place] * 2)) + name[place + 1 :]
    return name


def coopgraph(gazetteer: Any, asked: list[Asked]) -> list[int | None]:
    from coopgraph.sources.places.matching import match_names

    return [match.row for match in match_names(gazetteer, *map(list, zip(*asked, strict=True)))]


def rapidfuzz(gazetteer: Any, asked: list[Asked]) -> list[int | None]:
    """The most alike name of the country, if it is alike enough: what one writes in an afternoon."""
    from rapidfuzz import fuzz, process, utils

    blocks: dict[str, dict[int, str]] = defaultdict(dict)
    for row in range(len(gazetteer)):
        blocks[gazetteer.of("country", row)][row] = utils.default_process(gazetteer.of("name", row))
    found = []
    for name, country, _, _ in asked:
        text = utils.default_process(name)
        best = process.extractOne(text, blocks[country], scorer=fuzz.ratio, score_cutoff=CLOSE)
        found.append(best[2] if best else None)
    return found


def main(name: str, count: int, path: str) -> None:
    import time

    from coopgraph.sources.places.gazetteer import load_gazetteer

    asked, right = names(load_gazetteer(Path(path) if path else None), count)
    start = time.process_time()
    found = {"coopgraph": coopgraph, "rapidfuzz": rapidfuzz}[name](
        load_gazetteer(Path(path) if path else None), asked
    )
    cpu = time.process_time() - start
    taken = sum(row is not None for row in found)
    rightly = sum(one == other for one, other in zip(found, right, strict=True))
    told = {"cpu": cpu, "peak_mb": peak_mb(), "check": len(found), "taken": taken, "right": rightly}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
