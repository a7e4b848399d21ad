"""RDF files: other readers find every statement of the release in them, with its lexical form."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyoxigraph as ox
import pytest
import rdflib

import coopgraph as cg
from coopgraph.exports.formats import Options, format_of
from coopgraph.release import Release
from coopgraph.release.graph import NAME, read_graph

FORMS = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nt": ox.RdfFormat.N_TRIPLES,
         "nq": ox.RdfFormat.N_QUADS, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
DATASETS = ("trig", "nq", "jsonld")
XSD = "http://www.w3.org/2001/XMLSchema#"
HOSTILE = rf"""
<urn:s> <urn:p#p> "007"^^<{XSD}integer> <urn:g> .
<urn:s> <urn:p#p> "1.10"^^<{XSD}decimal> <urn:g> .
<urn:s> <urn:p#p> "5"^^<{XSD}nonNegativeInteger> <urn:h> .
<urn:s> <urn:p#p> "2017-05"^^<{XSD}gYearMonth> <urn:g> .
<urn:s> <urn:p#p> "a\"b\\c\nd\te <&>]]> ü 🏙"@pt-BR <urn:g> .
<urn:s> <urn:p#p> <urn:o> <urn:g> .
<urn:s> <urn:p#p> <urn:o> <urn:h> .
<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:C> <urn:h> .
<https://schema.org//a> <urn:p#a.b-c> "" <urn:g> .
"""
XML_CANNOT = r"""
<urn:s> <urn:p#p> "bell\u0007" <urn:g> .
<urn:s> <urn:p#1> "a property that ends in no XML name" <urn:g> .
"""


def graph(release: Release) -> bytes:
    return b"".join(read_graph(release.directory))


def read(path: Path, form: str) -> set[str]:
    """The statements of a file as pyoxigraph reads them: quads, or triples of a format without graphs."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    elif path.suffix == ".zst":
        content = pa.CompressedInputStream(pa.BufferReader(content), "zstd").read()
    quads = ox.parse(content, FORMS[form], lenient=True)
    return {str(quad) if form in DATASETS else str(quad.triple) for quad in quads}


def expected(nquads: bytes, form: str) -> set[str]:
    quads = ox.parse(nquads, ox.RdfFormat.N_QUADS, lenient=True)
    return {str(quad) if form in DATASETS else str(quad.triple) for quad in quads}


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize("form", FORMS)
def test_every_statement_of_the_bundled_release_is_read_back(
    bundled: Release, tmp_path: Path, form: str, ending: str
) -> None:
    path = tmp_path / f"data.{form}{ending}"
    written = format_of(path).write(bundled, path, Options())
    found = read(path, form)
    assert found == expected(graph(bundled), form)
    assert written.counts["statements"] == len(found) > 14_000
    assert not written.left_out
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_release_gives_the_same_bytes(bundled: Release, tmp_path: Path, form: str) -> None:
    paths = [tmp_path / f"{name}.{form}.gz" for name in "ab"]
    for path in paths:
        format_of(path).write(bundled, path, Options())
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_nquads_are_the_graph_of_the_release_byte_for_byte(bundled: Release, tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    format_of(path).write(bundled, path, Options())
    assert path.read_bytes() == graph(bundled)


@pytest.mark.parametrize("form", FORMS)
def test_texts_numbers_and_dates_keep_how_they_are_written(tmp_path: Path, form: str) -> None:
    (tmp_path / "in.nq").write_text(HOSTILE, encoding="utf-8")
    with cg.open(tmp_path / "in.nq", ontology=False) as release:
        path = tmp_path / f"out.{form}"
        format_of(path).write(release, path, Options())
        assert read(path, form) == expected(HOSTILE.encode(), form)
        assert len(read(path, form)) == (9 if form in DATASETS else 8)


def test_what_xml_cannot_hold_is_left_out_and_counted(tmp_path: Path) -> None:
    (tmp_path / "in.nq").write_text(HOSTILE + XML_CANNOT, encoding="utf-8")
    with cg.open(tmp_path / "in.nq", ontology=False) as release:
        path = tmp_path / "out.rdf"
        written = format_of(path).write(release, path, Options())
    assert written.left_out == {"statements that XML cannot hold": 2}
    assert read(path, "rdf") == expected(HOSTILE.encode(), "rdf")
    assert len(rdflib.Graph().parse(path, format="xml")) == 8


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib_reads_the_same(bundled: Release, tmp_path: Path) -> None:
    """Another parser, other code: as many statements, and a Turtle file's are those of the N-Triples."""
    counts = {}
    for form, name in {"ttl": "turtle", "nt": "nt", "rdf": "xml"}.items():
        path = tmp_path / f"data.{form}"
        counts[form] = format_of(path).write(bundled, path, Options()).counts["statements"]
        assert len(rdflib.Graph().parse(path, format=name)) == counts[form]
    dataset = rdflib.Dataset().parse(format="trig", data=_text(bundled, tmp_path, "trig"))
    assert len(list(dataset.quads())) == bundled.manifest.quads


def _text(release: Release, folder: Path, form: str) -> str:
    path = folder / f"data.{form}"
    format_of(path).write(release, path, Options())
    return path.read_text(encoding="utf-8")


def test_trig_has_a_block_for_each_graph_and_jsonld_its_context(bundled: Release, tmp_path: Path) -> None:
    trig = _text(bundled, tmp_path, "trig")
    graphs = len(bundled.manifest.counts["graphs"])
    assert sum(line.endswith("{") for line in trig.splitlines()) == graphs
    told = json.loads(_text(bundled, tmp_path, "jsonld"))
    assert len(told["@graph"]) == graphs
    assert told["@context"]["coop"] == "https://w3id.org/coopgraph/ns#"
    assert "id:city/lima" in {thing["@id"] for part in told["@graph"] for thing in part["@graph"]}


def test_turtle_is_pretty(bundled: Release, tmp_path: Path) -> None:
    text = _text(bundled, tmp_path, "ttl")
    assert "\ncity:lima a coop:City ;\n" in text
    assert "\tcoop:agreementKind agreement-kind:twinning ;\n" in text
    assert 'skos:prefLabel "Lisboa"@es , "Lisboa"@pt , "Lisbon"@en' in text


def test_graphs_are_left_out_when_asked_and_counted(bundled: Release, tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    written = format_of(path).write(bundled, path, Options(without=("ontology", "provenance")))
    found = read(path, "nq")
    assert not [quad for quad in found if "/graph/ontology" in quad.rsplit(" ", 1)[1]]
    assert sum(written.left_out.values()) + written.counts["statements"] == bundled.manifest.quads
    assert set(written.left_out) == {"statements of the ontology graph", "statements of the provenance graph"}


def test_a_graph_that_is_not_here_is_not_exported(tmp_path: Path) -> None:
    """A release of a remote store has its folder, and no graph in it."""
    (tmp_path / "in.nq").write_text(HOSTILE, encoding="utf-8")
    with cg.open(tmp_path / "in.nq", ontology=False) as release:
        (release.directory / NAME).unlink()
        with pytest.raises(cg.ConfigError, match="remote store"):
            cg.export(release, tmp_path / "a.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["in.nq"]


def test_lines_cut_by_a_block_are_whole(bundled: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    from coopgraph.exports import statements

    content = graph(bundled)
    pieces = [content[at : at + 7] for at in range(0, 70_000, 7)]
    monkeypatch.setattr(statements, "read_graph", lambda directory: iter(pieces))
    assert b"".join(statements.lines_of(bundled)) == content[:70_000]
    assert io.BytesIO(content).readline() == next(statements.lines_of(bundled))
