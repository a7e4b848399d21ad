"""Opening releases, RDF files and rdflib graphs; what is damaged is told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyoxigraph as ox
import pytest
import rdflib

from coopgraph.errors import ConfigError, QueryError, QueryTimeout, RdfSyntaxError, StoreError
from coopgraph.rdf import Limits
from coopgraph.rdf.engine import Engine
from coopgraph.release import Published
from coopgraph.release import open as open_release
from coopgraph.release.locate import find_workspace
from coopgraph.release.tables import make_table

ID = "https://w3id.org/coopgraph/id/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def only(folder: Path) -> Path:
    (found,) = (folder / ".coopgraph" / "releases").iterdir()
    return found


def test_a_workspace_its_release_and_a_folder_inside(world: Path) -> None:
    with open_release(world) as one, open_release(str(only(world))) as two:
        assert one.manifest == two.manifest
        assert repr(one) == f"<Release {one.manifest.id}: {one.manifest.quads} quads>"


def test_now_is_the_newest_retrieved(world: Path) -> None:
    with open_release(world) as release:
        assert release.now == "2026-11-22"


def test_queries_trusted_and_not_agree(world: Path) -> None:
    query = "SELECT ?city ?label { ?city a coop:City ; skos:prefLabel ?label } ORDER BY ?city ?label"
    with open_release(world) as release:
        assert release.query(query).payload == release.query(query, trusted=True).payload
        assert len(release.query(query)) == 3


def test_limits(world: Path) -> None:
    with open_release(world) as release:
        assert release.query("SELECT * { ?s ?p ?o }", limits=Limits(rows=2)).truncated
        assert not release.query("SELECT * { ?s ?p ?o }", trusted=True).truncated
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
        with pytest.raises(QueryTimeout):
            release.query(endless, limits=Limits(seconds=0.5))


def test_refusals_reach_both_ways(world: Path) -> None:
    with open_release(world) as release:
        for trusted in (True, False):
            with pytest.raises(QueryError, match="SERVICE"):
                release.query("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", trusted=trusted)


def test_text_with_parameters_and_now(world: Path) -> None:
    query = """# param: now date | Today
# param: who iri | Who
SELECT ?now ?who { VALUES ?now { "2000-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }
VALUES ?who { <https://w3id.org/coopgraph/id/city/madrid> } }"""
    with open_release(world) as release:
        (row,) = release.query(query, who="lima")
        assert (str(row[0]), row[1]) == ("2026-11-22", f"{ID}city/lima")
        (row,) = release.query(query, now="2020-02-03")
        assert str(row[0]) == "2020-02-03"


def test_stored_queries(world: Path) -> None:
    with open_release(world) as release:
        assert release.queries()[0].name.startswith("cq-001")
        assert release.query("cq-001").variables
        with pytest.raises(QueryError, match="There is no stored query 'cq-999'"):
            release.query("cq-999")


def test_labels(world: Path) -> None:
    with open_release(world) as release:
        assert release.label(f"{ID}city/lima", "es") == "Lima"
        assert release.label(f"{ID}city/quito") == "Quito"
        assert release.label(f"{ID}action/visit", "pt") == "A visit"
        assert release.label("urn:unknown") == "urn:unknown"


def test_evidence(world: Path) -> None:
    with open_release(world) as release:
        found = release.evidence(f"{ID}city/lima")
    assert [(row.file, row.title, row.row) for row in found.rows] == [
        (f"{ID}file/cities", "cities.csv", 2),
        (f"{ID}file/more", "more", 7),
    ]
    kinds = [
        (one.object, one.graph, one.source) for one in found.statements if one.predicate.endswith("#type")
    ]
    city = "<https://w3id.org/coopgraph/ns#City>"
    graph = "https://w3id.org/coopgraph/graph/"
    assert kinds == [(city, f"{graph}one", f"{ID}source/one"), (city, f"{graph}two", None)]


def test_tables_by_name(world: Path) -> None:
    with open_release(world) as release:
        assert release.table("cities") is release.table("cities")
        with pytest.raises(StoreError, match=r"no table 'citys'.*agreements, cities"):
            release.table("citys")


def test_a_table_that_many_ask_for_at_once_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of RDF files tables are made when asked for: by pages and by what warms them up, in threads."""
    made = []

    def slowly(name: str, select: Any) -> pa.Table:
        made.append(name)
        time.sleep(0.05)
        return make_table(name, select)

    monkeypatch.setattr("coopgraph.release.opened.make_table", slowly)
    (tmp_path / "a.ttl").write_text("<urn:a> a <https://w3id.org/coopgraph/ns#City> .", encoding="utf-8")
    with open_release(tmp_path / "a.ttl") as release, ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(release.table_path, ["cities", "sources"] * 8))
        assert len(set(paths)) == 2 and sorted(made) == ["cities", "sources"]
        assert release.table("cities").num_rows == 1


def test_dataset(world: Path) -> None:
    with open_release(world) as release:
        dataset = release.dataset()
        names = dataset.query(
            "SELECT ?name { city:lima skos:prefLabel ?name }", initNs={"city": f"{ID}city/"}
        )
        assert len(list(names)) == 2
        with pytest.raises(StoreError):
            dataset.add((rdflib.URIRef("urn:a"), rdflib.URIRef("urn:p"), rdflib.Literal(1)))


def test_rdf_files(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 1 .", encoding="utf-8")
    (tmp_path / "b.nt").write_text("<urn:a> <urn:p> <urn:b> .\n", encoding="utf-8")
    with open_release([tmp_path / "a.ttl", tmp_path / "b.nt"], ontology=False) as release:
        assert [row[0] for row in release.query(COUNT)] == [2]
        graphs = [str(row[0]) for row in release.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")]
        assert graphs == [f"https://w3id.org/coopgraph/graph/file/{name}" for name in "ab"]
        folder = release.directory
    assert not folder.exists()


def test_rdf_files_beside_the_ontology(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "<urn:c> a <https://w3id.org/coopgraph/ns#City> ; <https://w3id.org/coopgraph/ns#country> "
        "<https://w3id.org/coopgraph/country/ES> .",
        encoding="utf-8",
    )
    with open_release(tmp_path / "a.ttl") as release:
        assert release.table("cities").column("country").to_pylist() == ["ES"]
        assert release.label("https://w3id.org/coopgraph/country/ES", "es") == "España"


def test_rdflib_graphs_and_datasets() -> None:
    graph = rdflib.Graph().parse(data='<urn:a> <urn:p> "007"^^<urn:t> , [] .', format="turtle")
    with open_release(graph, ontology=False) as release:
        assert [row[0] for row in release.query(COUNT)] == [2]
    dataset = rdflib.Dataset()
    a, p = rdflib.URIRef("urn:a"), rdflib.URIRef("urn:p")
    dataset.default_graph.add((a, p, rdflib.Literal(1)))
    for number in (1, 2):
        dataset.graph("urn:g").add((a, p, rdflib.Literal(number)))
    with open_release(dataset, ontology=False) as release:
        assert [row[0] for row in release.query(COUNT)] == [2], "a set, not a union"
        graphs = {str(row[0]) for row in release.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
        assert graphs == {"urn:g", "https://w3id.org/coopgraph/graph/file/rdflib"}


def test_what_rdflib_lets_pass_is_told() -> None:
    graph = rdflib.Graph()
    graph.add((rdflib.URIRef("urn:a b"), rdflib.URIRef("urn:p"), rdflib.Literal(1)))
    graph.add((rdflib.URIRef("urn:a"), rdflib.URIRef("relative"), rdflib.Literal(1)))
    with pytest.raises(RdfSyntaxError) as caught:
        open_release(graph)
    assert [fault.what for fault in caught.value.faults] == [
        "'relative' is not an absolute IRI.",
        "'urn:a b' is not an absolute IRI.",
    ]


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="coopgraph init"):
        open_release(tmp_path)
    (tmp_path / "coopgraph.toml").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="coopgraph build"):
        open_release(tmp_path)
    with pytest.raises(StoreError, match="There is no file"):
        open_release(tmp_path / "none.ttl")


def test_a_workspace_is_found_from_below(tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text("", encoding="utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_workspace(tmp_path / "a" / "b") == tmp_path


def damage_manifest(folder: Path, **changes: object) -> None:
    path = only(folder) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


def test_a_missing_file(copy: Path) -> None:
    (only(copy) / "tables" / "cities.parquet").unlink()
    with pytest.raises(StoreError, match=r"tables/cities\.parquet: is missing"):
        open_release(copy)


def test_another_size(copy: Path) -> None:
    with (only(copy) / "graph.nq.zst").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(StoreError, match=r"graph\.nq\.zst: has .* bytes instead of"):
        open_release(copy)


@pytest.mark.parametrize("name", ["graph.nq.zst", "tables/cities.parquet", "store/CURRENT", "store/*.sst"])
def test_one_flipped_byte_is_found(copy: Path, name: str) -> None:
    path = max(only(copy).glob(name), key=lambda found: found.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreError, match="its digest differs"):
        open_release(copy, verify=True)


def test_a_store_that_lost_rows(copy: Path) -> None:
    damage_manifest(copy, stored=1_000)
    with pytest.raises(StoreError, match="instead of 1000: it is damaged"):
        open_release(copy)


def test_another_major_version_says_how_to_rebuild(copy: Path) -> None:
    damage_manifest(copy, versions={"ontology": "7.0.0"})
    with pytest.raises(StoreError, match=r"made with ontology 7\.0\.0.*coopgraph build"):
        open_release(copy)


def test_a_broken_manifest(copy: Path) -> None:
    (only(copy) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="is damaged"):
        open_release(copy)


def test_verify_passes_on_a_whole_release(world: Path) -> None:
    with open_release(world, verify=True) as release:
        assert isinstance(release._engine, Engine)
        assert release.manifest.stored == len(release._engine)


def test_a_reader_survives_a_prune(tmp_path: Path, build: Callable[..., Published]) -> None:
    from coopgraph.release import manage

    build("<urn:a> <urn:p> 1 .")
    with open_release(tmp_path) as reader:
        before = reader.query(COUNT, trusted=True).payload
        build("<urn:a> <urn:p> 1, 2 .")
        assert len(manage.prune(tmp_path, keep=1)) == 1
        if sys.platform == "linux":
            assert reader.query(COUNT, trusted=True).payload == before
            assert [row[0] for row in reader.query("SELECT ?o { ?s ?p ?o }", trusted=True)] == [1]
        with pytest.raises(StoreError, match="pruned"):
            reader.query(COUNT)


def test_opening_starts_no_heavy_library(world: Path) -> None:
    code = (
        "import sys, coopgraph; r = coopgraph.open(sys.argv[1]); r.query('ASK {}'); r.close(); "
        "print({'rdflib', 'pyarrow', 'duckdb', 'ibis', 'pandas'} & set(sys.modules))"
    )
    source = str(Path(__file__).parents[2] / "src")
    run = subprocess.run(
        [sys.executable, "-c", code, str(world)], env={"PYTHONPATH": source}, capture_output=True, text=True
    )
    assert (run.stdout.strip(), run.stderr) == ("set()", "")


def test_several_files_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 1 .", encoding="utf-8")
    (tmp_path / "b.nq").write_text("<urn:a> <urn:p> <urn:b> <urn:g> .\n", encoding="utf-8")
    with open_release(str(tmp_path / "a.ttl"), tmp_path / "b.nq", ontology=False) as release:
        assert [row[0] for row in release.query(COUNT)] == [2]


@pytest.mark.parametrize("thing", [5, None, [], [5], {"a": 1}.values()])
def test_what_is_no_place(thing: Any) -> None:
    with pytest.raises(ConfigError, match=r"cannot be opened\. Give a workspace's folder"):
        open_release(thing)


def test_a_graph_and_a_file_are_not_one_release(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be opened"):
        open_release(rdflib.Graph(), tmp_path / "a.ttl")


def test_a_closed_release_says_so(world: Path) -> None:
    release = open_release(world)
    release.close()
    release.close()
    for ask in (lambda: release.query("ASK {}"), release.dataset, lambda: release.table("cities")):
        with pytest.raises(StoreError, match="The release is closed"):
            ask()


def test_a_star_keeps_the_order_of_the_query(world: Path) -> None:
    with open_release(world) as release:
        for trusted in (False, True):
            found = release.query("SELECT DISTINCT * { ?s a ?kind . $b skos:prefLabel ?a }", trusted=trusted)
            assert found.variables == ("s", "kind", "b", "a")
            named = release.query("SELECT ?z ?a { ?a a ?z }", trusted=trusted)
            assert named.variables == ("z", "a")
        one = release.query("SELECT * { ?s a coop:City }")
        assert (one.variables, len(one)) == (("s",), 2)


def test_a_dataset_without_the_merge(world: Path) -> None:
    with open_release(world) as release:
        whole, named = release.dataset(), release.dataset(merged=False)
        stated = release.manifest.quads
        assert len(list(whole.quads())) == release.manifest.stored
        assert len(list(named.quads())) == stated
        for form in ("nq", "trig"):
            back = list(
                ox.parse(
                    named.serialize(format=form.replace("nq", "nquads")), ox.RdfFormat.from_extension(form)
                )
            )
            assert len(back) == stated, form
            assert not any(isinstance(quad.graph_name, ox.DefaultGraph) for quad in back), form
        assert len(named) == len(whole) > 0, "queries and triples run on the merge"
