"""The answer of an endpoint to a CONSTRUCT query: what the engine itself makes, with texts as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyoxigraph as ox
import pytest

import coopgraph as cg
from coopgraph.errors import QueryError, StoreError
from coopgraph.rdf import http
from coopgraph.rdf.harvest import Manners
from coopgraph.settings.remote_store import RemoteStore
from coopgraph.sources.recording.recorded import Asking, Recorded, record_construct
from tests.remote.endpoint import Endpoint, serving
from tests.sources.recording.conftest import content

DATA = "PREFIX s: <https://schema.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" + "".join(
    f'<https://example.org/{n}> a s:City; s:name "C \\"{n}\\"\\t"@es, "Cidade\u2028\u0085{n}"@pt ; s:rate 1;'
    f'  s:area "0{n}"^^xsd:integer ; s:big {str(n % 2 == 0).lower()} ; s:e {n}e3 ; s:note "n" .\n'
    for n in range(60)
)
QUERY = """PREFIX s: <https://schema.org/>
# page: ?city
CONSTRUCT {
  ?city a coop:City ; skos:prefLabel ?name ; s:rate ?rate ; s:area ?area .
  ?city s:big ?big ; s:e ?e ; s:none ?none .
  ?name s:is "a name" .
}
WHERE {
  ?city a s:City ; s:name ?name ; s:rate ?rate ; s:area ?area ; s:big ?big ; s:e ?e .
  OPTIONAL { ?city s:x ?none }
}
"""


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setattr(http, "sleep", lambda seconds: None)
    store = ox.Store()
    store.bulk_load(DATA.encode(), ox.RdfFormat.TURTLE)
    with serving(Endpoint(store=store)) as served:
        yield served


def record(folder: Path, endpoint: Endpoint, query: str = QUERY, **more: Any) -> Recorded:
    file = folder.parent / "query.rq"
    file.write_text(query, encoding="utf-8")
    store = RemoteStore(endpoint.url, **{"page_rows": 25, "seconds": 5, **more})
    asking = Asking(store, Manners(pause=0), date(2026, 11, 26))
    return record_construct(folder, "ours", asking, file, lambda what, done, of: None)


def lines(folder: Path) -> list[str]:
    with (
        pa.OSFile(str(folder / "recorded" / "ours" / "statements.nq.zst")) as file,
        pa.CompressedInputStream(file, "zstd") as stream,
    ):
        return bytes(stream.read()).decode().split("\n")[:-1]


def test_it_is_what_the_engine_makes_with_texts_as_they_stand(tmp_path: Path, endpoint: Endpoint) -> None:
    found = record(tmp_path / "w", endpoint)
    prefixes = {"coop": "https://w3id.org/coopgraph/ns#", "skos": "http://www.w3.org/2004/02/skos/core#"}
    made = endpoint.store.query(QUERY, prefixes=prefixes)
    assert isinstance(made, ox.QueryTriples)
    expected = sorted({f"{triple} ." for triple in made})
    recorded = lines(tmp_path / "w")
    assert found.counts == {"statements": len(recorded)}
    stored = ox.parse("\n".join(recorded), ox.RdfFormat.N_TRIPLES)
    store = ox.Store()
    store.extend(stored)
    assert sorted(f"{quad.triple} ." for quad in store) == expected
    assert recorded == sorted(set(recorded))


def test_a_build_reads_it_offline(tmp_path: Path, endpoint: Endpoint) -> None:
    record(tmp_path / "w", endpoint)
    asked = len(endpoint.asked)
    cg.build(tmp_path / "w")
    assert len(endpoint.asked) == asked
    with cg.open(tmp_path / "w") as release:
        assert release.label("https://example.org/7", "pt") == "Cidade\u2028\u00857"
        (statement,) = {each.source for each in release.evidence("https://example.org/7").statements}
        assert statement == "https://w3id.org/coopgraph/id/source/ours"


@pytest.mark.parametrize("cap", [None, 3, 17])
def test_the_bytes_do_not_depend_on_pages(tmp_path: Path, endpoint: Endpoint, cap: int | None) -> None:
    record(tmp_path / "a", endpoint, page_rows=1000)
    endpoint.cap = cap
    record(tmp_path / "b", endpoint)
    other, one = content(tmp_path / "b"), content(tmp_path / "a")
    assert one == other


def test_an_answer_that_was_cut_is_noticed(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.cap = 50
    with pytest.raises(StoreError, match=r"gave 50 of 120 rows in one answer.*# page: \?city"):
        record(tmp_path / "w", endpoint, QUERY.replace("# page: ?city\n", ""))
    assert not (tmp_path / "w" / "coopgraph.toml").exists()


def test_only_a_complete_answer_replaces_the_one_before(tmp_path: Path, endpoint: Endpoint) -> None:
    record(tmp_path / "w", endpoint)
    before = lines(tmp_path / "w")
    endpoint.store.update("DELETE WHERE { <https://example.org/7> ?p ?o }")
    endpoint.cap = 1
    with pytest.raises(StoreError):
        record(tmp_path / "w", endpoint)
    assert lines(tmp_path / "w") == before
    endpoint.cap = None
    record(tmp_path / "w", endpoint)
    assert not [line for line in lines(tmp_path / "w") if "<https://example.org/7>" in line]


def test_the_short_form(tmp_path: Path, endpoint: Endpoint) -> None:
    record(
        tmp_path / "w", endpoint, "CONSTRUCT WHERE { ?city <https://schema.org/note> ?note }", page_rows=100
    )
    assert len(lines(tmp_path / "w")) == 60


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?s ?p ?o }", "query.rq, line 1: is no CONSTRUCT query."),
        ("\nINSERT DATA { <urn:a> <urn:b> 1 }", "query.rq, line 2: is no CONSTRUCT query."),
        ("", "query.rq, line 1: is no CONSTRUCT query."),
        (
            "# page: ?x\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
            "names ?x to page by, which the template has not.",
        ),
        ("CONSTRUCT { ?s ?p [] } { ?s ?p ?o }", "makes blank nodes"),
        ("CONSTRUCT { <urn:a> <urn:b> 1 } { ?s ?p ?o }", "has a template without a variable."),
        ("CONSTRUCT { ?s ?p } { ?s ?p ?o }", "its template does not parse"),
        ("CONSTRUCT", "has no template"),
    ],
)
def test_what_is_no_such_query_is_refused_before_anything_is_asked(
    tmp_path: Path, endpoint: Endpoint, query: str, told: str
) -> None:
    with pytest.raises(QueryError) as caught:
        record(tmp_path / "w", endpoint, query)
    assert told in str(caught.value)
    assert not endpoint.asked
    assert not (tmp_path / "w").exists()


def test_blank_nodes_and_nothing_are_told(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.store.update("INSERT DATA { [] <urn:knows> <urn:b> }")
    with pytest.raises(StoreError, match="names a blank node"):
        record(tmp_path / "w", endpoint, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s <urn:knows> ?o }")
    with pytest.raises(StoreError, match=r"has nothing that query\.rq asks for"):
        record(tmp_path / "w", endpoint, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s <urn:nothing> ?o }")
