"""The real events the partner finder is held against, straight from the files; or made up.

In: a folder with the files. Out: pairs (event, city).
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

CITY = "https://w3id.org/coopgraph/id/city/"


def urbact(data: Path) -> list[tuple[str, str]]:
    """172 networks of 591 cities."""
    path = data / "urbact" / "URBACT_Membership_GNidCorr_complete_V2.csv"
    with path.open(encoding="utf-8") as file:
        return [
            (row["Code_Network"], f"{CITY}geonames-{row['geonameId']}")
            for row in csv.DictReader(file, delimiter=";")
        ]


def twins(data: Path) -> list[tuple[str, str]]:
    """34,178 statements of 10,055 places, each an event of two."""
    text = (data / "sister_cities" / "L3viathan_relations.tsv").read_text(encoding="utf-8")
    statements = [line.split("\t") for line in text.splitlines()]
    return [(f"{one} {other}", f"{CITY}wikidata-{end}") for one, other in statements for end in (one, other)]


def made_up() -> list[tuple[str, str]]:
    """200 events of 60 cities in four groups, with a seed: to see that it runs."""
    chosen = random.Random(20261127)
    pairs = []
    for event in range(200):
        first = chosen.randrange(60)
        for _ in range(chosen.randrange(2, 5)):
            pairs.append((str(event), f"{CITY}{(first + 4 * chosen.randrange(6)) % 60}"))
    return pairs
