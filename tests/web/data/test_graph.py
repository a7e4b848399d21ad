"""The addresses scripts ask: the graph, names, one thing."""

from __future__ import annotations

import gzip

from coopgraph.release.served import Served
from coopgraph.views.explorer.graph import as_json, graph_of
from coopgraph.web.data.graph import packed_graph
from tests.web.data.conftest import Ask

MADRID = "https://w3id.org/coopgraph/id/city/madrid"


def test_the_graph_is_packed_once_and_told_apart_by_its_etag(ask: Ask, served: Served) -> None:
    answer = ask("/data/graph.json")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == as_json(graph_of(served.current))
    assert answer.headers["cache-control"] == "private, no-cache"  # RDF files have no id
    again = ask("/data/graph.json", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert gzip.decompress(packed_graph(served, "live").packed) == answer.content


def test_who_takes_no_gzip_gets_it_plain(ask: Ask) -> None:
    answer = ask("/data/graph.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.json()["kinds"] == ["city", "network", "organisation", "agreement"]


def test_search_answers_in_the_readers_language(ask: Ask) -> None:
    answer = ask("/data/search", params={"q": "lisb", "lang": "pt"})
    assert answer.json() == {
        "q": "lisb",
        "found": [
            {
                "iri": MADRID.replace("madrid", "lisboa"),
                "label": "Lisboa",
                "kind": "city",
                "name": "Lisboa",
                "country": "Portugal",
            }
        ],
        "more": 0,
    }


def test_wrong_questions_are_told(ask: Ask) -> None:
    for query in ("kind=village", "limit=0", "limit=1e3", "limit=101"):
        answer = ask(f"/data/search?q=a&{query}")
        assert answer.status_code == 400 and query.split("=")[0] in answer.json()["error"]
    assert ask("/data/thing?iri=urn:nothing").status_code == 404
    assert ask("/data/thing?iri=nothing").status_code == 400
    assert ask("/data/graph.json?release=gone").status_code == 410


def test_a_thing_with_its_measures_and_sources(ask: Ask) -> None:
    told = ask("/data/thing", params={"iri": MADRID, "lang": "es"}).json()
    assert (told["label"], told["kind"], told["measures"]["given"]) == ("Madrid", "city", 2.0)
    assert len(told["agreements"]) == 3
    assert ask("/data/thing", params={"iri": MADRID.replace("madrid", "recife")}).json()["measures"] is None
