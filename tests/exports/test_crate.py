"""The open data release: what is not open is in no file of it, and what describes it is right."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib
from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]

import coopgraph as cg
from coopgraph.release import Release
from coopgraph.release.graph import read_graph
from coopgraph.resources import bundled as bundled_resource
from coopgraph.settings.export import ExportSpec, Publishing
from tests.exports.csvw_rdf import statements

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
BY = "https://creativecommons.org/licenses/by/4.0/"
WORKSPACE = f"""
[workspace]
title = "Open and closed"
licence = "{BY}"
[sources.all]
path = "all.trig"
"""
TRIG = f"""
@prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix source: <https://w3id.org/coopgraph/id/source/> .
@prefix city: <https://w3id.org/coopgraph/id/city/> .
@prefix graph: <https://w3id.org/coopgraph/graph/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix access: <https://w3id.org/coopgraph/concept/access/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix country: <https://w3id.org/coopgraph/country/> .
source:open a coop:Source ; dcterms:title "Open report" ; dcterms:license <{BY}> ;
  coop:retrieved "2026-01-31"^^xsd:date .
source:nc a coop:Source ; dcterms:title "Zebra NC" ;
  dcterms:license <https://creativecommons.org/licenses/by-nc/4.0/> .
source:inside a coop:Source ; dcterms:title "Zebra minutes" ; dcterms:license <{BY}> ;
  dcterms:accessRights access:non-public .
source:silent a coop:Source ; dcterms:title "Newspaper" .
city:lima a coop:City ; skos:prefLabel "Lima" ; coop:country country:PE .
<urn:mayor> a foaf:Person ; foaf:name "Zebra Person" .
graph:open {{ city:quito a coop:City ; skos:prefLabel "Quito" ; coop:country country:EC ;
  schema:email "zebra@example.org" ; dcterms:source source:inside ; dcterms:contributor <urn:mayor> .
  city:lima skos:note "open note" , "ask zebra@example.org" , "Zebra: +34 (91) 588-10 00" ;
    schema:contactPoint <urn:desk> . <urn:desk> schema:name "Zebra Desk" . }}
graph:nc {{ city:zebra-one a coop:City ; skos:prefLabel "Zebra One" ; coop:country country:EC . }}
graph:inside {{ city:zebra-two a coop:City ; skos:prefLabel "Zebra Two" ; coop:country country:EC .
  city:lima skos:note "zebra note" . }}
graph:silent {{ city:rumour a coop:City ; skos:prefLabel "Rumour" ; coop:country country:EC . }}
"""


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A workspace of open, closed and silent sources, with personal data."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "coopgraph.toml").write_text(WORKSPACE, encoding="utf-8")
    (home / "all.trig").write_text(TRIG, encoding="utf-8")
    cg.build(home)
    return home


@pytest.fixture(scope="module")
def crate(bundled: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled workspace as an open data release."""
    folder = tmp_path_factory.mktemp("crate") / "cooperation"
    publishing = Publishing("City of Northport", "data@example.org", "https://example.org/data", "include")
    cg.export(bundled, folder, "ro-crate", settings=ExportSpec(release=publishing))
    return folder


def number(term: object) -> int:
    """A whole number that a description states."""
    return int(str(term))


def everything(folder: Path) -> str:
    """All texts of all files, Parquet read as rows."""
    found = [str(pq.read_table(path).to_pylist()) for path in sorted(folder.rglob("*.parquet"))]
    plain = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".parquet"]
    return "\n".join([*found, *(path.read_text(encoding="utf-8") for path in plain)])


def test_what_is_not_open_is_in_no_file(closed: Path, tmp_path: Path) -> None:
    with cg.open(closed) as release:
        written = cg.export(release, tmp_path / "crate", "ro-crate")
    told = everything(tmp_path / "crate")
    assert "zebra" not in told.lower()
    assert "Rumour" not in told
    assert all(name in told for name in ("Quito", "Lima", "open note", "Open report"))
    reasons = {why: count for why, count in written.left_out.items() if not why.startswith("tables: ")}
    assert reasons["statements: personal data"] == 6
    why = "statements: texts that hold an e-mail address or an international telephone number"
    assert reasons[why] == 2
    assert reasons["statements: sources under a licence that is not known as open (nc)"] == 3
    assert reasons["statements: sources that are not public (inside)"] == 4
    assert reasons["statements: sources that state no licence (silent)"] == 3
    with cg.open(closed) as release:
        assert sum(reasons.values()) + written.counts["statements"] == release.manifest.quads


def test_no_file_names_a_source_that_is_left_out(closed: Path, tmp_path: Path) -> None:
    with cg.open(closed) as release:
        cg.export(release, tmp_path / "crate", "ro-crate")
    readme = (tmp_path / "crate" / "README.md").read_text(encoding="utf-8")
    assert "- 4 statements: sources that are not public (1 source)\n" in readme
    told = everything(tmp_path / "crate")
    assert not [name for name in ("source/inside", "graph/inside", "(inside)", "(nc)") if name in told]


def test_the_bundled_mapping_reads_who_may_see_a_source(tmp_path: Path) -> None:
    home = tmp_path / "data"
    shutil.copytree(bundled_resource("data"), home, ignore=shutil.ignore_patterns(".coopgraph"))
    with (home / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["access"] = {"mc17": "non-public", "seed": "restricted"}.get(row["id"], "")
    with (home / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    cg.build(home)
    with cg.open(home) as release:
        written = cg.export(release, tmp_path / "crate", "ro-crate")
    assert written.left_out["statements: sources that are not public (mc17)"] > 0
    assert written.left_out["statements: sources that are not public (seed)"] > 0
    told = everything(tmp_path / "crate")
    assert not [name for name in ("mc17", "graph/seed", "source/seed") if name in told]


def test_silent_sources_are_in_it_when_the_workspace_says_so_and_persons_never(
    closed: Path, tmp_path: Path
) -> None:
    settings = ExportSpec(release=Publishing(unlicensed_sources="include"))
    with cg.open(closed) as release:
        cg.export(release, tmp_path / "a", "ro-crate", settings=settings)
        cg.export(release, tmp_path / "b", "ro-crate", open_only=False)
    told = everything(tmp_path / "a")
    assert "Rumour" in told
    assert "zebra" not in told.lower()
    told = everything(tmp_path / "b")
    assert "Zebra Two" in told
    assert not [word for word in ("zebra@example.org", "Zebra Person", "urn:mayor") if word in told]


def test_a_workspace_without_a_licence_publishes_nothing(closed: Path, tmp_path: Path) -> None:
    (closed / "coopgraph.toml").write_text(WORKSPACE.replace(f'licence = "{BY}"', ""), encoding="utf-8")
    shutil.rmtree(closed / ".coopgraph")
    cg.build(closed)
    with cg.open(closed) as release, pytest.raises(cg.ConfigError, match="needs a licence"):
        cg.export(release, tmp_path / "crate", "ro-crate")
    assert not (tmp_path / "crate").exists()


def test_nothing_open_is_told_with_its_reasons(closed: Path, tmp_path: Path) -> None:
    (closed / "coopgraph.toml").write_text(WORKSPACE.replace("[sources.all]", "[sources.all]\n"
                                           'source_id = "silent"'), encoding="utf-8")  # fmt: skip
    trig = TRIG.replace(BY, "https://example.org/closed")
    (closed / "all.trig").write_text(trig, encoding="utf-8")
    cg.build(closed)
    with cg.open(closed) as release, pytest.raises(cg.ConfigError, match="may be published") as caught:
        cg.export(release, tmp_path / "crate", "ro-crate")
    assert any("no licence" in fault.what for fault in caught.value.faults)


def test_the_statements_are_those_of_the_release(bundled: Release, crate: Path) -> None:
    def kept(line: bytes) -> bool:
        graph = line.rsplit(b" ", 2)[1]
        return not graph.endswith((b"/inferred>", b"/provenance>")) or b"hadPrimarySource" in line

    lines = b"".join(read_graph(bundled.directory)).splitlines(keepends=True)
    assert (crate / "data" / "graph.nq").read_bytes() == b"".join(line for line in lines if kept(line))
    assert len({each[:2] for each in statements(crate / "tables") if each[1].endswith("#type")}) == 1136
    ours = pq.read_table(crate / "parquet" / "participations.parquet").select(["event", "city", "benefits"])
    assert ours == bundled.table("participations").select(["event", "city", "benefits"])


def test_void_counts_what_there_is(crate: Path) -> None:
    void = rdflib.Graph().parse(crate / "void.ttl")
    quads = list(ox.parse(path=crate / "data" / "graph.nq", lenient=True))
    (data,) = void.subjects(VOID.triples, rdflib.Literal(len({quad.triple for quad in quads})))
    assert number(void.value(data, VOID.distinctSubjects)) == len({quad.subject for quad in quads})
    kinds = {quad.triple for quad in quads if quad.predicate.value.endswith("#type")}
    entities = sum(number(count) for count in void.objects(None, VOID.entities))
    assert entities == len(kinds)
    links = list(void.subjects(rdflib.RDF.type, VOID.Linkset))
    assert [number(void.value(link, VOID.triples)) for link in links] == [156]
    assert len(list(void.objects(data, VOID.exampleResource))) == 3


def test_dcat_names_every_file_with_its_size_and_digest(crate: Path) -> None:
    dcat = rdflib.Graph().parse(crate / "dcat.ttl", publicID="https://example.org/x/dcat.ttl")
    (data,) = dcat.subjects(rdflib.RDF.type, DCAT.Dataset)
    named = {}
    for part in dcat.objects(data, DCAT.distribution):
        path = str(dcat.value(part, DCAT.downloadURL)).removeprefix("https://example.org/x/")
        digest = dcat.value(dcat.value(part, SPDX.checksum), SPDX.checksumValue)
        named[path] = (number(dcat.value(part, DCAT.byteSize)), str(digest).lower())
    files = {path for folder in ("data", "tables", "parquet") for path in (crate / folder).iterdir()}
    assert named == {
        path.relative_to(crate).as_posix(): (
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in files
    }
    assert dcat.value(data, DCAT.landingPage) == rdflib.URIRef("https://example.org/data")
    shares = {
        float(str(value)) for value in dcat.objects(None, rdflib.URIRef("http://www.w3.org/ns/dqv#value"))
    }
    assert shares == {round(248 / 354, 4), 0.94}


def test_rocrate_reads_it(crate: Path) -> None:
    read = ROCrate(crate)
    assert read.name == "Ibero-American city cooperation"
    assert {entity.id for entity in read.data_entities} == {
        path.relative_to(crate).as_posix()
        for path in crate.rglob("*")
        if path.is_file() and path.name != "ro-crate-metadata.json"
    }
    told = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert told["@context"] == "https://w3id.org/ro/crate/1.1/context"


def test_the_same_release_gives_the_same_bytes_also_as_a_zip(bundled: Release, tmp_path: Path) -> None:
    settings = ExportSpec(release=Publishing(unlicensed_sources="include"))
    for name in ("a.zip", "b.zip"):
        cg.export(bundled, tmp_path / name, settings=settings)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    cg.export(bundled, tmp_path / "a", "ro-crate", settings=settings)
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            path.relative_to(tmp_path / "a").as_posix(): path.read_bytes()
            for path in (tmp_path / "a").rglob("*")
            if path.is_file()
        }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "a.zip", "b.zip"]
