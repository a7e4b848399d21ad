"""The columns of triples that the shapes are checked on: the synthetic workspace with faults.

In: the quads of a build, how many agreements, and a seed. Out: a Parquet file of s, p, o as a build has them,
without provenance. Agreements and amounts of money (invented) are added; then there is a fault of each kind
for each hundred agreements.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

COOP = "https://w3id.org/coopgraph/ns#"
CONCEPT = "https://w3id.org/coopgraph/concept/"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
START = f"<{SCHEMA}startDate>"
ILL_TYPED = (
    f'"2017-02-30"^^<{XSD}date>',
    f'"17"^^<{XSD}gYear>',
    f'"2017-5"^^<{XSD}gYearMonth>',
    '"last spring"',
)
FAULTS = {"missing labels": "label", "ill-typed dates": "start-date"}
FAULTS |= {"agreements with one party": "agreement-parties", "negative amounts": "money-value"}

Triple = tuple[str, str, str]


def write(quads: Path, target: Path, agreements: int, seed: int = 3) -> None:
    """Write the columns; the same arguments give the same bytes."""
    import pyarrow as pa
    from pyarrow import parquet

    random = Random(seed)
    triples = list(_read(quads))
    cities = sorted({s for s, p, o in triples if (p, o) == (TYPE, f"<{COOP}City>")})
    triples += _agreements(random, agreements, cities)
    columns = zip(*_spoilt(random, triples, max(3, agreements // 100)), strict=True)
    parquet.write_table(pa.table([pa.array(column) for column in columns], names=["s", "p", "o"]), target)


def _read(quads: Path) -> Iterator[Triple]:
    with quads.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.endswith("graph/provenance> .\n"):
                s, p, rest = line.split(" ", 2)
                yield s, p, rest[: rest.rindex(" <")]


def _agreements(random: Random, count: int, cities: list[str]) -> Iterator[Triple]:
    """Each with two parties, a year and two amounts of money."""
    for i in range(count):
        agreement = f"<https://example.org/id/agreement/{i}>"
        yield agreement, TYPE, f"<{COOP}Agreement>"
        yield agreement, LABEL, f'"Synthetic agreement {i}"@en'
        yield agreement, f"<{COOP}agreementKind>", f"<{CONCEPT}agreement-kind/memorandum>"
        yield agreement, START, f'"{random.randint(1995, 2024)}"^^<{XSD}gYear>'
        for city in random.sample(cities, 2):
            yield agreement, f"<{COOP}party>", city
        for kind in ("planned", "spent"):
            money = f"<https://example.org/id/money/{i}-{kind}>"
            yield money, TYPE, f"<{COOP}Money>"
            yield money, f"<{COOP}about>", agreement
            yield money, f"<{COOP}amountKind>", f"<{CONCEPT}money-kind/{kind}>"
            yield money, f"<{SCHEMA}currency>", '"EUR"'
            yield money, f"<{SCHEMA}value>", f'"{random.randint(0, 10**8)}.{i % 100:02}"^^<{XSD}decimal>'


def _spoilt(random: Random, triples: list[Triple], each: int) -> list[Triple]:
    """Take away labels and parties, and change dates and amounts: `each` of every kind."""
    places: dict[str, list[int]] = {LABEL: [], START: [], f"<{COOP}party>": [], f"<{SCHEMA}value>": []}
    for i, (s, p, _) in enumerate(triples):
        if p in places and s.startswith("<https://example.org/"):
            places[p].append(i)
    chosen = {p: random.sample(found, each) for p, found in places.items()}
    for i in chosen[START]:
        triples[i] = (*triples[i][:2], random.choice(ILL_TYPED))
    for i in chosen[f"<{SCHEMA}value>"]:
        s, p, o = triples[i]
        triples[i] = (s, p, o.replace('"', '"-1', 1))
    gone = {*chosen[LABEL], *chosen[f"<{COOP}party>"]}
    return [triple for i, triple in enumerate(triples) if i not in gone]


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps({"cpu": 0, "peak_mb": 0, "check": None}))
