"""Write a seeded synthetic workspace of any size: cities, actions and participations as CSV, with mappings.

In: the number of participations and a seed. Out: a folder that `coopgraph build` takes. About eleven
triples for each participation, provenance included, so 10,000, 100,000 and 1,000,000 make roughly 0.1, 1.1
and 11 million triples. Everything in it is invented and marked synthetic.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

PER_ACTION = 5
ANSWERS = ("yes", "no", "unknown")
COUNTRIES = ("AR", "BO", "BR", "CL", "CO", "ES", "MX", "PE", "PT", "UY")
LINES = (
    "green-urban-networks",
    "inclusive-social-development",
    "institutional-strengthening",
    "gender-equality",
    "global-dialogue",
)

WORKSPACE = """\
[workspace]
title = "Synthetic benchmark workspace (invented)"
base = "https://example.org/"

[sources.cities]
path = "cities.csv"
mapping = "cities.yml"

[sources.actions]
path = "actions.csv"
mapping = "actions.yml"

[sources.participations]
path = "participations.csv"
mapping = "participations.yml"
"""

CITIES = """\
mappings:
  city:
    s: id:city/$(id)
    po:
      - [a, coop:City]
      - [skos:prefLabel, $(name), en~lang]
      - [coop:country, country:$(country)~iri]
      - [wgs84:lat, $(lat), xsd:decimal]
      - [wgs84:long, $(long), xsd:decimal]
"""

ACTIONS = """\
mappings:
  action:
    s: id:action/$(id)
    po:
      - [a, coop:Action]
      - [skos:prefLabel, $(title), en~lang]
      - [schema:startDate, $(start), dcterms:W3CDTF]
      - [schema:endDate, $(end), dcterms:W3CDTF]
      - [coop:strategicLine, concept:strategic-line/$(line)~iri]
      - [coop:sdg, sdg:$(goal)~iri]
"""

PARTICIPATIONS = """\
mappings:
  participation:
    s: id:participation/$(action)/$(city)
    po:
      - [a, coop:Participation]
      - [coop:event, id:action/$(action)~iri]
      - [coop:participant, id:city/$(city)~iri]
      - [coop:contributes, concept:answer/$(contributes)~iri]
      - [coop:benefits, concept:answer/$(benefits)~iri]
      - [coop:role, concept:role/partner~iri]
      - [coop:statedRole, $(role), en~lang]
      - [skos:note, $(note), en~lang]
      - [coop:certainty, concept:certainty/stated~iri]
"""


def write_workspace(directory: Path, participations: int, seed: int = 1) -> None:
    """Write the workspace; the same arguments give the same bytes."""
    random = Random(seed)
    directory.mkdir(parents=True, exist_ok=True)
    cities = max(50, participations // 40)
    actions = participations // PER_ACTION
    write_mappings(directory)
    write_rows(directory / "cities.csv", ("id", "name", "country", "lat", "long"), city_rows(random, cities))
    write_rows(
        directory / "actions.csv",
        ("id", "title", "start", "end", "line", "goal"),
        action_rows(random, actions),
    )
    write_rows(
        directory / "participations.csv",
        ("action", "city", "contributes", "benefits", "role", "note"),
        _participations(random, actions, cities),
    )


def write_mappings(directory: Path) -> None:
    """Write the workspace file and its mappings."""
    for name, text in {
        "coopgraph.toml": WORKSPACE,
        "cities.yml": CITIES,
        "actions.yml": ACTIONS,
        "participations.yml": PARTICIPATIONS,
    }.items():
        (directory / name).write_text(text, encoding="utf-8")


def city_rows(random: Random, count: int) -> Iterable[Sequence[object]]:
    """Yield invented cities: id, name, country, lat, long."""
    for i in range(count):
        lat, long = random.uniform(-50, 50), random.uniform(-120, 30)
        yield f"c{i}", f"Synthetic city {i}", random.choice(COUNTRIES), f"{lat:.5f}", f"{long:.5f}"


def action_rows(random: Random, count: int) -> Iterable[Sequence[object]]:
    """Yield invented actions: id, title, start, end, line, goal."""
    for i in range(count):
        start = random.randint(1995, 2024)
        end = start + random.randint(0, 4)
        yield f"a{i}", f"Synthetic action {i}", start, end, random.choice(LINES), random.randint(1, 17)


def _participations(random: Random, actions: int, cities: int) -> Iterable[Sequence[object]]:
    for i in range(actions):
        for city in random.sample(range(cities), PER_ACTION):
            contributes, benefits = random.choices(ANSWERS, (6, 1, 3), k=2)
            yield f"a{i}", f"c{city}", contributes, benefits, "partner", f"synthetic row of action {i}"


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--participations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write_workspace(arguments.directory, arguments.participations, arguments.seed)
