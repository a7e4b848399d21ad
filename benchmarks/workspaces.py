"""What the contenders work on: synthetic workspaces, their releases and quads, a mapping task.

In: a folder and a size. Out: paths, made once. Sizes are named after their millions of triples.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from measure import Contender, run
from synthetic import write_workspace

PARTICIPATIONS = {"tiny": 300, "0.1": 10_000, "1.1": 100_000, "11": 1_000_000}
MAPPED_ROWS = {"tiny": 200, "0.1": 20_000, "1.1": 200_000, "11": 200_000}

MAPPING = """\
mappings:
  row:
    {graph}s: {id}row/$(id)
    po:
      - [a, {coop}Action]
      - [{skos}prefLabel, $(name), en~lang]
      - [{coop}participant, {id}city/$(city)~iri]
      - [{schema}startDate, $(start), {xsd}date]
      - [{schema}value, $(amount), {xsd}decimal]
"""
SHORT = {"id": "id:", "coop": "coop:", "skos": "skos:", "schema": "schema:", "xsd": "xsd:", "graph": ""}
LONG = {
    "id": "https://example.org/id/",
    "coop": "https://w3id.org/coopgraph/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "graph": "graphs: https://example.org/graph/file/t\n    ",
}
SETTINGS = """\
[CONFIGURATION]
output_format: N-QUADS
output_file: TARGET
na_values: ,
number_of_processes: 1
logging_level: ERROR
[DS]
mappings: {mapping}
"""


@dataclass(frozen=True)
class Built:
    """A workspace with a release, and the folder of its quads as plain files."""

    workspace: Path
    release: Path
    quads: Path


def workspace(work: Path, size: str) -> Path:
    """The synthetic workspace of a size."""
    folder = work / f"synthetic-{size}"
    if not (folder / "coopgraph.toml").is_file():
        write_workspace(folder, PARTICIPATIONS[size])
    return folder


def built(work: Path, size: str, python: str) -> Built:
    """The workspace with its release, built without the shapes where there is none, and its quads."""
    folder = workspace(work, size)
    if not (folder / ".coopgraph" / "current").is_file():
        run(Contender("build", "building.py", ("unchecked", str(folder)), python))
    release = folder / ".coopgraph" / "releases" / (folder / ".coopgraph" / "current").read_text().strip()
    quads = folder / "quads"
    if not (quads / "everything.nq").is_file():
        run(Contender("quads", "plain_quads.py", (str(release), str(quads)), python))
    return Built(folder, release, quads)


def faulty_triples(work: Path, size: str, python: str) -> Path:
    """The quads of a size with agreements, money and faults, as columns; no release is made of them."""
    data = built(work, size, python)
    target = data.quads / "faulty.parquet"
    if not target.is_file():
        arguments = (str(data.quads / "graph.nq"), str(target), str(PARTICIPATIONS[size] // 20))
        run(Contender("faulty", "faulty.py", arguments, python))
    return target


def mapping_task(work: Path, size: str) -> Path:
    """One CSV file, and the same mapping for coopgraph and for morph-kgc."""
    folder = work / f"mapping-{size}"
    if not (folder / "morph.ini").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _write_rows(folder / "t.csv", MAPPED_ROWS[size])
        (folder / "t.yml").write_text(MAPPING.format(**SHORT), encoding="utf-8")
        sources = f"    sources: [[{json.dumps(str(folder / 't.csv') + '~csv')}]]\n    "
        theirs = MAPPING.format(**LONG).replace("  row:\n    ", f"  row:\n{sources}")
        (folder / "morph.yml").write_text(theirs, encoding="utf-8")
        (folder / "morph.ini").write_text(SETTINGS.format(mapping=folder / "morph.yml"), encoding="utf-8")
    return folder


def _write_rows(path: Path, rows: int) -> None:
    random = Random(2)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "name", "city", "start", "amount"))
        for i in range(rows):
            start = f"{random.randint(1995, 2024)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
            amount = f"{random.randint(1, 999_999)}.{random.randint(0, 99):02}"
            writer.writerow((f"a{i}", f"Synthetic action {i}", f"c{random.randint(0, 999)}", start, amount))
