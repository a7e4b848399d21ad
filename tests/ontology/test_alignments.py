"""The SSSOM tables parse, their subjects exist, and so do their objects where their vocabulary is at hand."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from rdflib import ORG, PROV, SDO, SKOS, Graph, URIRef
from rdflib.namespace import DefinedNamespace

from .conftest import ONTOLOGY

TABLES = sorted(ONTOLOGY.glob("alignments/*.sssom.tsv"))
REQUIRED = {
    "mapping_set_id",
    "mapping_set_version",
    "mapping_set_title",
    "license",
    "mapping_date",
    "curie_map",
}
PREDICATES = {f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
PREDICATES |= {"rdfs:subClassOf", "rdfs:subPropertyOf"}


@dataclass(frozen=True)
class Table:
    header: dict[str, object]
    rows: list[dict[str, str]]

    def iri(self, curie: str) -> URIRef:
        prefix, _, local = curie.partition(":")
        prefixes = self.header["curie_map"]
        assert isinstance(prefixes, dict)
        return URIRef(prefixes[prefix] + local)


def read(path: Path) -> Table:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line[1:] for line in lines if line.startswith("#")]
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return Table(yaml.safe_load("\n".join(header)), list(rows))


@pytest.fixture(params=TABLES, ids=lambda path: path.name.removesuffix(".sssom.tsv"))
def table(request: pytest.FixtureRequest) -> Table:
    return read(request.param)


def test_metadata(table: Table) -> None:
    assert set(table.header) >= REQUIRED
    assert table.header["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(table.header["mapping_set_version"]))
    assert "Left out" in str(table.header["mapping_set_description"])


def test_rows(table: Table, modules: Graph, schemes: Graph) -> None:
    assert table.rows
    for row in table.rows:
        subject = table.iri(row["subject_id"])
        assert (subject, None, None) in modules or (subject, None, None) in schemes, subject
        assert row["predicate_id"] in PREDICATES
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        if row.get("object_type") == "rdfs literal":
            assert row["object_label"]
            assert row["object_source"]
        else:
            assert table.iri(row["object_id"])


def test_no_mapping_twice(table: Table) -> None:
    keys = [
        tuple(row.get(k) for k in ("subject_id", "object_id", "object_source", "object_label"))
        for row in table.rows
    ]
    assert len(set(keys)) == len(keys)


def test_axioms_agree_with_the_ontology(table: Table, modules: Graph) -> None:
    for row in table.rows:
        if row["predicate_id"].startswith("rdfs:"):
            triple = (
                table.iri(row["subject_id"]),
                table.iri(row["predicate_id"]),
                table.iri(row["object_id"]),
            )
            assert triple in modules


@pytest.mark.parametrize(("name", "namespace"), [("org", ORG), ("prov", PROV), ("schema", SDO)])
def test_objects_exist(name: str, namespace: type[DefinedNamespace]) -> None:
    table = read(ONTOLOGY / "alignments" / f"{name}.sssom.tsv")
    for row in table.rows:
        assert table.iri(row["object_id"]) in namespace, row["object_id"]


SLIPPED = {"sdg:8.10": "sdg:8.1", "sdg:16.10": "sdg:16.1", "sdg:17.10": "sdg:17.1"}  # the final 0 lost there


def test_un_matches_are_as_the_united_nations_state_them(shared_data: Path) -> None:
    stated = Graph().parse(shared_data / "un_sdg" / "sdg-kos-goals-targets-indicators.ttl")
    table = read(ONTOLOGY / "alignments" / "un-sdg.sssom.tsv")
    for row in table.rows:
        if row["subject_id"].startswith("sdg:"):
            subject = table.iri(SLIPPED.get(row["subject_id"], row["subject_id"]))
            assert (
                subject,
                SKOS[row["predicate_id"].removeprefix("skos:")],
                table.iri(row["object_id"]),
            ) in stated
            assert ("by an error" in row["comment"]) == (row["subject_id"] in SLIPPED)


def test_each_goal_and_target_has_one_match_in_sdgio(schemes: Graph) -> None:
    table = read(ONTOLOGY / "alignments" / "un-sdg.sssom.tsv")
    matched = [table.iri(row["subject_id"]) for row in table.rows if row["object_id"].startswith("sdgio:")]
    assert len(matched) == len(set(matched)) == 17 + 169
    assert set(matched) == set(schemes.subjects(SKOS.inScheme, URIRef("http://metadata.un.org/sdg")))


# Not among the shared lists; https://iatistandard.org/en/iati-standard/203/codelists/resulttype/ has these.
BY_HAND = {"resulttype": {"1": "Output", "2": "Outcome", "3": "Impact", "9": "Other"}}


def test_iati_codes_exist(shared_data: Path) -> None:
    files = {
        path.stem.removeprefix("emb_").casefold(): path
        for path in (shared_data / "iati_codelists").glob("*.xml")
    }
    for row in read(ONTOLOGY / "alignments" / "iati.sssom.tsv").rows:
        codelist = row["object_source"].removeprefix("iati:").rstrip("/")
        if codelist in BY_HAND:
            assert BY_HAND[codelist][row["object_label"]] == row["comment"]
            continue
        text = re.sub(r"\s+", " ", files[codelist].read_text(encoding="utf-8"))
        name = re.escape(row["comment"].split(": ")[0])
        assert re.search(rf"<code>{row['object_label']}</code> <name> <narrative>{name}</narrative>", text), (
            row
        )
