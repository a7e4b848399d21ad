"""Write a workspace whose network has so many cities and links, most of them within communities.

In: a folder, how many cities and links. Out: a folder that `coopgraph build` takes, an action of two cities
for each link. Everything in it is invented and marked synthetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from picture_data import graph
from synthetic import ACTIONS, CITIES, COUNTRIES, LINES, PARTICIPATIONS, WORKSPACE, write_rows

Rows = Iterable[Sequence[object]]


def write_network(directory: Path, cities: int, links: int, seed: int = 1) -> None:
    """Write the workspace; the same arguments give the same bytes."""
    random = Random(seed)
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "coopgraph.toml": WORKSPACE,
        "cities.yml": CITIES,
        "actions.yml": ACTIONS,
        "participations.yml": PARTICIPATIONS,
    }.items():
        (directory / name).write_text(text, encoding="utf-8")
    drawn = graph(cities, links, seed)["links"]
    dyads = list(zip(drawn["source"], drawn["target"], strict=True))
    _write(directory, "cities", ("id", "name", "country", "lat", "long"), _cities(random, cities))
    _write(directory, "actions", ("id", "title", "start", "end", "line", "goal"), _actions(random, links))
    heading = ("action", "city", "contributes", "benefits", "role", "note")
    _write(directory, "participations", heading, _participations(random, dyads))


def _write(directory: Path, name: str, header: Sequence[str], rows: Rows) -> None:
    write_rows(directory / f"{name}.csv", header, rows)


def _cities(random: Random, count: int) -> Iterator[Sequence[object]]:
    for i in range(count):
        lat, long = random.uniform(-50, 50), random.uniform(-120, 30)
        yield f"c{i}", f"Synthetic city {i}", random.choice(COUNTRIES), f"{lat:.5f}", f"{long:.5f}"


def _actions(random: Random, count: int) -> Iterator[Sequence[object]]:
    for i in range(count):
        start = random.randint(1995, 2024)
        yield f"a{i}", f"Synthetic action {i}", start, start + 2, random.choice(LINES), random.randint(1, 17)


def _participations(random: Random, dyads: Sequence[tuple[int, int]]) -> Iterator[Sequence[object]]:
    """Yield both cities of each action: one in two is mutual, of the others one city gives."""
    for i, (a, b) in enumerate(dyads):
        mutual = random.random() < 0.5
        yield f"a{i}", f"c{a}", "yes", "yes" if mutual else "no", "partner", f"synthetic row of action {i}"
        yield f"a{i}", f"c{b}", "yes" if mutual else "no", "yes", "partner", f"synthetic row of action {i}"
