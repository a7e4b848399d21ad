"""RDF files to canonical N-Quads: every format, every fault told, nothing changed and nothing fetched."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyoxigraph as ox
import pytest

from coopgraph.errors import RdfSyntaxError
from coopgraph.rdf import skolem
from coopgraph.rdf.parse import parse_rdf

LINE = (
    '<https://example.org/a> <https://example.org/p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> {} .\n'
)
DEFAULT = "<https://example.org/graph/file/x>"
FILES = {
    "x.ttl": '@prefix : <> . :a :p "007"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    "x.nt": LINE.format(""),
    "x.nq": LINE.format(""),
    "x.trig": '{ <a> <p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> }',
    "x.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="https://example.org/">'
    '<rdf:Description rdf:about="a"><p rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">007</p>'
    "</rdf:Description></rdf:RDF>",
    "x.jsonld": '{"@id": "a", "https://example.org/p": '
    '{"@value": "007", "@type": "http://www.w3.org/2001/XMLSchema#integer"}}',
}


def lines(path: Path) -> list[str]:
    base = "https://example.org/"
    return list(parse_rdf(path, graph=f"{base}graph/file/x", base=base, genid=f"{base}.well-known/genid"))


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", FILES)
def test_formats_give_the_same_line_and_keep_lexical_forms(tmp_path: Path, name: str) -> None:
    assert lines(write(tmp_path, name, FILES[name])) == [LINE.format(DEFAULT)]


@pytest.mark.parametrize("name", ["x.ttl.gz", "x.ttl.zst"])
def test_packed_files(tmp_path: Path, name: str) -> None:
    content = FILES["x.ttl"].encode()
    if name.endswith("gz"):
        (tmp_path / name).write_bytes(gzip.compress(content))
    else:
        with pa.CompressedOutputStream(pa.OSFile(str(tmp_path / name), "wb"), "zstd") as stream:
            stream.write(content)
    assert lines(tmp_path / name) == [LINE.format(DEFAULT)]


def test_a_broken_packed_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.ttl.gz").write_bytes(gzip.compress(b"<urn:a> <urn:p> 1 .")[:-12])
    with pytest.raises(RdfSyntaxError, match="cannot be read"):
        lines(tmp_path / "x.ttl.gz")


def test_named_graphs_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "x.trig", "<a> <p> 1 . <g> { <a> <p> 2 }")
    assert [line.split()[-2] for line in lines(path)] == [DEFAULT, "<https://example.org/g>"]


def test_every_fault_is_told_with_line_and_place(tmp_path: Path) -> None:
    text = '<urn:a> <urn:p> "x" .\n<urn:a b> <urn:p> "y" .\n<urn:a> <urn:p> "z" .\n<urn:c> <p> "z" .\n'
    with pytest.raises(RdfSyntaxError) as caught:
        lines(write(tmp_path, "places.nt", text))
    found = [(fault.file, fault.line) for fault in caught.value.faults]
    assert found == [("places.nt", 2), ("places.nt", 4)]
    assert "Invalid IRI code point ' '" in caught.value.faults[0].what


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'
)


@pytest.mark.parametrize("name", ["bomb.rdf", "bomb.owl", "bomb.xml"])
def test_entities_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RdfSyntaxError, match="entities"):
        lines(write(tmp_path, name, BOMB))


def test_a_doctype_without_entities_passes(tmp_path: Path) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE rdf>' + FILES["x.rdf"]
    assert lines(write(tmp_path, "x.rdf", text)) == [LINE.format(DEFAULT)]


def test_xml_faults_carry_their_line(tmp_path: Path) -> None:
    with pytest.raises(RdfSyntaxError) as caught:
        lines(write(tmp_path, "x.rdf", "<a>\n<b></a>"))
    assert caught.value.faults[0].line == 2


@pytest.mark.parametrize("encoding", ["utp-8", "shift_jis", "base64", "idna", "u" + 500 * "9"])
def test_an_encoding_nobody_reads_is_told(tmp_path: Path, encoding: str) -> None:
    text = FILES["x.rdf"]
    with pytest.raises(RdfSyntaxError, match=r"says an encoding that cannot be read: .*Write it as UTF-8"):
        lines(write(tmp_path, "x.rdf", f'<?xml version="1.0" encoding="{encoding}"?>{text}'))


def test_remote_contexts_are_not_fetched(tmp_path: Path) -> None:
    text = '{"@context": "https://example.org/context.jsonld", "@id": "urn:a", "p": 1}'
    with pytest.raises(RdfSyntaxError):
        lines(write(tmp_path, "x.jsonld", text))


def test_unknown_ending(tmp_path: Path) -> None:
    with pytest.raises(RdfSyntaxError, match=r"Use one of \.ttl"):
        lines(write(tmp_path, "x.docx", ""))


def test_triple_terms_are_refused(tmp_path: Path) -> None:
    text = "<urn:a> <urn:p> <<( <urn:a> <urn:p> 1 )>> ."
    with pytest.raises(RdfSyntaxError, match=r"RDF 1\.2"):
        lines(write(tmp_path, "x.ttl", text))


def test_blank_nodes_do_not_depend_on_labels_or_order(tmp_path: Path) -> None:
    one = "_:x <urn:p> _:y . _:y <urn:q> 1 . <urn:a> <urn:p> _:x ."
    two = "<urn:a> <urn:p> _:n . _:m <urn:q> 1 . _:n <urn:p> _:m ."

    def shape(text: str) -> set[str]:
        found = lines(write(tmp_path, "x.ttl", text))
        return {line.replace(line.split("genid/")[1][:16], "D") for line in found}

    assert shape(one) == shape(two)
    assert any("<https://example.org/.well-known/genid/D/c14n" in line for line in shape(one))


def test_blank_nodes_of_two_files_never_merge(tmp_path: Path) -> None:
    first = lines(write(tmp_path, "x.ttl", "[] <urn:p> 1 ."))
    second = lines(write(tmp_path, "y.ttl", "[] <urn:p> 2 ."))
    assert first[0].split()[0] != second[0].split()[0]


def clique(size: int) -> str:
    return "".join(f"_:n{i} <urn:p> _:n{j} .\n" for i in range(size) for j in range(size) if i != j)


def test_alike_blank_nodes_are_named_in_a_process(tmp_path: Path) -> None:
    found = lines(write(tmp_path, "x.nt", clique(6)))
    assert len(found) == 30
    assert len({line.split()[0] for line in found}) == 6


def test_a_poison_graph_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skolem, "SECONDS", 0.5)
    with pytest.raises(RdfSyntaxError, match=r"too alike.*0\.5 seconds"):
        lines(write(tmp_path, "poison.nt", clique(12)))


def test_the_library_itself_would_hang() -> None:
    """Seven alike nodes take ten times as long as six: why the process above exists."""
    import time

    def seconds(size: int) -> float:
        dataset = ox.Dataset(ox.parse(clique(size), ox.RdfFormat.N_QUADS))
        begun = time.process_time()
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        return time.process_time() - begun

    assert seconds(7) > 3 * seconds(6)
