"""Invent a small world of cooperation in which everybody's role is known: donors, learners, peers and a ring.

    python examples/roles/generate.py --seed 2026

In: a seed. Out: cities.csv, actions.csv and participations.csv beside this file (or in --to DIR). The same seed gives the
same bytes. Nothing here is real: names, dates and actions are drawn at random. Only the standard library is used.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from pathlib import Path

GROUPS = {"donor": 4, "learner": 8, "peer": 6, "ring": 5}
THEMES = ("drainage", "libraries", "street markets", "tree care", "bus lanes", "open budgets", "night shelters")
STARTS, MIDDLES, ENDS = ("Ab", "Bre", "Cor", "Dal", "El", "Fen", "Gar", "Hol"), ("va", "mi", "so", "ne"), ("ra", "lund", "tia", "mar")
Row = dict[str, str]
Part = tuple[str, str, str, str]  # city, contributes, benefits, role


def invented_names(chance: random.Random) -> list[str]:
    """Draw as many different names as there are cities."""
    every = [f"{start}{middle}{end}" for start in STARTS for middle in MIDDLES for end in ENDS]
    return chance.sample(every, sum(GROUPS.values()))


def cities(chance: random.Random) -> list[Row]:
    """Return one row for each city with its group and a place drawn at random."""
    groups = [group for group, size in GROUPS.items() for _ in range(size)]
    return [
        {
            "id": name.lower(),
            "name": name,
            "group": group,
            "lat": f"{chance.uniform(-35, 45):.3f}",
            "long": f"{chance.uniform(-90, 10):.3f}",
            "note": f"synthetic: an invented city that plays the part of {ARTICLE[group]}",
        }
        for name, group in zip(invented_names(chance), groups, strict=True)
    ]


ARTICLE = {"donor": "a donor", "learner": "a learner", "peer": "a peer", "ring": "a link in a ring"}


def donations(donors: list[str], learners: list[str], chance: random.Random) -> Iterator[list[Part]]:
    """Each donor helps two or three learners six times and learns nothing from them."""
    for donor in donors:
        for _ in range(6):
            helped = chance.sample(learners, chance.choice((2, 3)))
            yield [(donor, "yes", "no", "donor"), *((city, "no", "yes", "learner") for city in helped)]


def exchanges(peers: list[str], chance: random.Random) -> Iterator[list[Part]]:
    """Peers give and gain: once all together, ten times in small circles, and six visits go one way only."""
    yield [(city, "yes", "yes", "peer") for city in peers]
    for _ in range(10):
        yield [(city, "yes", "yes", "peer") for city in chance.sample(peers, chance.choice((2, 3, 4)))]
    for _ in range(6):
        host, visitor = chance.sample(peers, 2)
        yield [(host, "yes", "no", "host"), (visitor, "no", "yes", "visitor")]


def ring(links: list[str]) -> Iterator[list[Part]]:
    """Each city helps the next, and the last the first: everybody gives and receives, nobody to each other."""
    for giver, taker in zip(links, links[1:] + links[:1], strict=True):
        yield [(giver, "yes", "no", "giver"), (taker, "no", "yes", "taker")]


def actions(places: list[Row], chance: random.Random) -> Iterator[tuple[Row, list[Part]]]:
    """Return all actions with their participations; titles and dates are drawn at random."""
    of = {group: [row["id"] for row in places if row["group"] == group] for group in GROUPS}
    kinds = {
        "donation": donations(of["donor"], of["learner"], chance),
        "exchange": exchanges(of["peer"], chance),
        "help-in-a-ring": ring(of["ring"]),
    }
    for kind, events in kinds.items():
        for number, parts in enumerate(events, start=1):
            year, month = chance.randint(2015, 2024), chance.randint(1, 12)
            title = f"Synthetic {kind.replace('-', ' ')} {number} on {chance.choice(THEMES)}"
            yield {"id": f"{kind}-{number:02}", "title": title, "start": f"{year}-{month:02}", "end": ""}, parts


def write(path: Path, rows: list[Row]) -> None:
    """Write rows as CSV, the same bytes on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    """Read the options and write the three tables."""
    options = argparse.ArgumentParser(description="Invent the tables of this example.")
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--to", type=Path, default=Path(__file__).parent)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    places = cities(chance)
    done = list(actions(places, chance))
    write(chosen.to / "cities.csv", places)
    write(chosen.to / "actions.csv", [action for action, _ in done])
    columns = ("city", "contributes", "benefits", "role")
    parts = [
        {"action": action["id"], **dict(zip(columns, part, strict=True))} for action, found in done for part in found
    ]
    write(chosen.to / "participations.csv", parts)


if __name__ == "__main__":
    main()
