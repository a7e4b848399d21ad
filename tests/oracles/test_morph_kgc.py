"""morph-kgc, another engine for RML, makes the same quads of the same YARRRML: sorted, the same bytes.

It needs old releases of rdflib and pyoxigraph, so it runs in an environment of its own, `.venv-morph/` in
the checkout, made the first time this test runs. Where the two differ on purpose
(docs/decisions/0002-mapping-subset.md) the data have neither: morph-kgc percent-encodes letters beyond
ASCII in IRIs, leaves tabs in literals as they are, writes integers anew (0 for -0), and drops a row without
a graph.
"""

from __future__ import annotations

import csv
import random
import subprocess
from pathlib import Path

import pytest
import yaml

from coopgraph.columns.duck import connect
from coopgraph.namespaces import workspace_prefixes
from coopgraph.sources.compile import map_records
from coopgraph.sources.mapping import load_mapping
from coopgraph.sources.quads import write_nquads
from coopgraph.sources.read import read
from coopgraph.sources.source_spec import SourceSpec
from tests.environments import python_of

pytestmark = [pytest.mark.oracle, pytest.mark.slow]
VERSION = "2.10.0"
BASE = "https://example.org/"
PREFIXES = workspace_prefixes(BASE)


@pytest.fixture(scope="session")
def morph(root: Path) -> Path:
    """The Python of an environment with morph-kgc in it."""
    return python_of(root, ".venv-morph", f"morph-kgc=={VERSION}")


def theirs(morph: Path, mapping: Path, table: Path, folder: Path) -> bytes:
    """Sorted lines of what morph-kgc makes of a mapping and a table."""
    text = yaml.safe_load(mapping.read_text(encoding="utf-8"))
    text["prefixes"] = PREFIXES
    for each in text["mappings"].values():
        each["sources"] = [[f"{table}~csv"]]
        each["graphs"] = each["graphs"].replace("graph:", PREFIXES["graph"])  # it knows no prefixes there
    (folder / "morph.yml").write_text(yaml.safe_dump(text, sort_keys=False), encoding="utf-8")
    (folder / "morph.ini").write_text(
        f"[CONFIGURATION]\noutput_format: N-QUADS\noutput_file: {folder / 'morph.nq'}\nna_values: ,\n"
        f"number_of_processes: 1\nlogging_level: ERROR\n[DS]\nmappings: {folder / 'morph.yml'}\n"
    )
    command = [str(morph), "-m", "morph_kgc", str(folder / "morph.ini")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return b"".join(sorted((folder / "morph.nq").read_bytes().splitlines(keepends=True)))


def ours(mapping: Path, table: Path, folder: Path) -> bytes:
    spec = SourceSpec("t", (table,), "csv")
    with connect(folder, allow=[table]) as connection:
        records = read(spec, connection)
        assert map_records(records, load_mapping(mapping, PREFIXES), spec, BASE, connection) == []
        write_nquads(connection, folder / "ours.zst", folder / "ours.nq", folder / "ours.nt")
    return (folder / "ours.nq").read_bytes()


MAPPING = """
mappings:
  thing:
    graphs: graph:$(g)
    s: id:thing/$(id)
    po:
      - [a, coop:Agreement]
      - [skos:prefLabel, $(name), es~lang]
      - [coop:note, $(name)]
      - [coop:agreementKind, "concept:agreement-kind/$(kind)~iri"]
      - [coop:of, "id:thing/$(kind)/$(id)~iri"]
      - ["https://schema.org/startDate", $(since), xsd:date]
      - ["https://schema.org/value", $(amount), xsd:decimal]
      - [coop:count, $(count), xsd:integer]
      - ["https://schema.org/url", $(url)~iri]
      - p: coop:both
        o: { value: "$(id) & $(kind)", type: literal }
  other:
    graphs: graph:other
    s: id:kind/$(kind)
    po:
      - [a, coop:Kind]
"""


def test_a_table_of_hostile_texts(morph: Path, tmp_path: Path) -> None:
    chosen = random.Random(11)
    texts = [
        "La Paz",
        'q"uote',
        "back\\slash",
        "two\nlines",
        "ü é ñ 日本 🏙",
        "'single'",
        "<b>&amp;",
        "",
        "a,b;c|d",
        "%20 +",
    ]
    kinds = ["memorandum", "a/b c", "100%", "x?y#z", "(1)", "a&b=c", "", "~._-"]
    rows = [
        (
            f"{n}/{chosen.choice(['a', 'b c', '!*'])}",
            chosen.choice(texts),
            chosen.choice(kinds),
            chosen.choice(["2017-05-31", "", "1999-12-01"]),
            chosen.choice(["1.50", "007", "-3", ""]),
            chosen.choice(["12", "-4", ""]),
            chosen.choice(["https://example.org/p?q=1#f", "urn:isbn:0", ""]),
            chosen.choice(["seed", "s2"]),
        )
        for n in range(2_000)
    ]
    table, mapping = tmp_path / "t.csv", tmp_path / "m.yml"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "name", "kind", "since", "amount", "count", "url", "g"])
        writer.writerows(rows)
    mapping.write_text(MAPPING, encoding="utf-8")
    made = ours(mapping, table, tmp_path)
    assert made.count(b"\n") > 10_000
    assert made == theirs(morph, mapping, table, tmp_path)


@pytest.mark.parametrize("name", ["cities", "participations"])
def test_the_bundled_tables(morph: Path, root: Path, tmp_path: Path, name: str) -> None:
    mapping, table = root / "data" / "mappings" / f"{name}.yml", root / "data" / f"{name}.csv"
    assert ours(mapping, table, tmp_path) == theirs(morph, mapping, table, tmp_path)
