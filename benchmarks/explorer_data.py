"""Write a workspace whose network has so many cities and links, most of them within communities.

In: a folder, how many cities and links. Out: a folder that `coopgraph build` takes, an action of two cities
for each link. Everything in it is invented and marked synthetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from picture_data import graph
from synthetic import action_rows, city_rows, write_mappings, write_rows

Rows = Iterable[Sequence[object]]


def write_network(directory: Path, cities: int, links: int, seed: int = 1) -> None:
    """Write the workspace; the same arguments give the same bytes."""
    random = Random(seed)
    directory.mkdir(parents=True, exist_ok=True)
    write_mappings(directory)
    drawn = graph(cities, links, seed)["links"]
    dyads = list(zip(drawn["source"], drawn["target"], strict=True))
    _write(directory, "cities", ("id", "name", "country", "lat", "long"), city_rows(random, cities))
    _write(directory, "actions", ("id", "title", "start", "end", "line", "goal"), action_rows(random, links))
    heading = ("action", "city", "contributes", "benefits", "role", "note")
    _write(directory, "participations", heading, _participations(random, dyads))


def _write(directory: Path, name: str, header: Sequence[str], rows: Rows) -> None:
    write_rows(directory / f"{name}.csv", header, rows)


def _participations(random: Random, dyads: Sequence[tuple[int, int]]) -> Iterator[Sequence[object]]:
    """Yield both cities of each action: one in two is mutual, of the others one city gives."""
    for i, (a, b) in enumerate(dyads):
        mutual = random.random() < 0.5
        yield f"a{i}", f"c{a}", "yes", "yes" if mutual else "no", "partner", f"synthetic row of action {i}"
        yield f"a{i}", f"c{b}", "yes" if mutual else "no", "yes", "partner", f"synthetic row of action {i}"
