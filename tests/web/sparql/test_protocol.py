"""The SPARQL 1.1 Protocol: the W3C's cases of it by their names, and what it leaves to the server."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.conftest import serving
from tests.web.sparql.conftest import COUNT, G1, G2, Ask, number, running

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
ASK = "ASK {}"
IN_GRAPHS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <https://example.org/p> ?o } }"


def form(**fields: Any) -> dict[str, Any]:
    return {"content": str(httpx.QueryParams(fields)), "headers": FORM}


class TestQueries:
    """Those that must be answered."""

    def test_query_get(self, ask: Ask) -> None:
        answer = ask("GET", query=ASK)
        assert answer.json() == {"head": {}, "boolean": True}

    def test_query_post_form(self, ask: Ask) -> None:
        assert ask("POST", **form(query=ASK)).json()["boolean"] is True

    def test_query_post_direct(self, ask: Ask) -> None:
        assert ask("POST", content=ASK, headers=DIRECT).json()["boolean"] is True

    def test_the_type_of_a_post_may_have_a_charset_and_capitals(self, ask: Ask) -> None:
        headers = {"Content-Type": 'Application/SPARQL-query; Charset="UTF-8"'}
        assert ask("POST", content=ASK, headers=headers).status_code == 200

    @pytest.mark.parametrize("method", ["GET", "form", "direct"])
    @pytest.mark.parametrize(
        "default, named, merged, apart",
        [
            ((), (), 2, 3),  # the whole: :a :p :b is stated in two graphs and counts once
            ((G1,), (), 2, 0),
            ((G2,), (), 1, 0),
            ((G1, G2), (), 2, 0),  # merged as sets: three statements, two different
            ((), (G2,), 0, 1),
            ((), (G1, G2), 0, 3),
            ((G2,), (G1,), 1, 2),
            ((G1, G2), (G1, G2), 2, 3),
        ],
    )
    def test_query_dataset(
        self,
        ask: Ask,
        method: str,
        default: tuple[str, ...],
        named: tuple[str, ...],
        merged: int,
        apart: int,
    ) -> None:
        """query_dataset_default_graph, _default_graphs, _named_graphs, _full: by each way of asking."""
        graphs: dict[str, Any] = {"default-graph-uri": list(default), "named-graph-uri": list(named)}
        for query, expected in ((COUNT, merged), (IN_GRAPHS, apart)):
            if method == "GET":
                answer = ask("GET", params={"query": query, **graphs})
            elif method == "form":
                answer = ask("POST", **form(query=query, **graphs))
            else:
                answer = ask("POST", content=query, headers=DIRECT, params=graphs)
            assert number(answer) == expected

    def test_query_multiple_dataset(self, ask: Ask) -> None:
        """The protocol's graphs stand before those of the query."""
        query = COUNT.replace(" {", f" FROM <{G1}> {{", 1)
        assert number(ask("GET", query=query)) == 2
        assert number(ask("GET", params={"query": query, "default-graph-uri": G2})) == 1

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_head_says_what_get_says(self, ask: Ask, method: str) -> None:
        head, get = ask("HEAD", query=ASK), ask("GET", query=ASK)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "content-length", "coopgraph-limits"):
            assert head.headers[name] == get.headers[name]

    def test_options_says_what_there_is(self, ask: Ask) -> None:
        answer = ask("OPTIONS")
        assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
        assert "access-control-allow-origin" not in answer.headers

    def test_describe_and_construct(self, ask: Ask) -> None:
        accept = {"Accept": "application/n-triples"}
        made = ask(
            "GET",
            query="CONSTRUCT { ?o <urn:of> ?s } WHERE { ?s <https://example.org/p> ?o }",
            headers=accept,
        )
        assert made.text.splitlines() == [
            "<https://example.org/b> <urn:of> <https://example.org/a> .",
            "<https://example.org/c> <urn:of> <https://example.org/b> .",
        ]
        told = ask("GET", query="DESCRIBE <https://example.org/x>", headers=accept)
        assert told.text.splitlines() == [
            '<https://example.org/x> <https://example.org/name> "La Paz"@es .',
            "<https://example.org/x> <https://example.org/q> "
            '"5"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        ]

    def test_columns_of_a_star_stand_as_the_query_names_them(self, ask: Ask) -> None:
        query = "SELECT * { ?z <https://example.org/p> ?a } ORDER BY ?z"
        for accept in ("application/sparql-results+json", "text/csv"):
            text = ask("GET", query=query, headers={"Accept": accept}).text
            assert re.search("z.{1,3}a", text.partition("head")[2] or text)


class TestBadRequests:
    """Those that must not."""

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_bad_query_method(self, ask: Ask, method: str) -> None:
        answer = ask(method, query=ASK)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")

    def test_bad_multiple_queries(self, ask: Ask) -> None:
        twice = ask("GET", params={"query": [ASK, ASK]})
        assert twice.status_code == 400 and "2 times" in twice.text
        both = ask("POST", content=ASK, headers=DIRECT, params={"query": ASK})
        assert both.status_code == 400 and "Two queries" in both.text
        assert ask("POST", **form(query=[ASK, ASK])).status_code == 400

    def test_bad_query_wrong_media_type(self, ask: Ask) -> None:
        answer = ask("POST", content=ASK, headers={"Content-Type": "text/plain"})
        assert answer.status_code == 415
        assert "application/sparql-query" in answer.headers["accept-post"]

    def test_bad_query_missing_form_type(self, ask: Ask) -> None:
        assert ask("POST", content="query=ASK%20%7B%7D").status_code == 415

    def test_bad_query_missing_direct_type(self, ask: Ask) -> None:
        assert ask("POST", content=ASK).status_code == 415

    def test_bad_query_non_utf8(self, ask: Ask) -> None:
        said = ask("POST", content=ASK.encode("utf-16"), headers=DIRECT)
        assert said.status_code == 400 and "is not UTF-8" in said.text
        headers = {"Content-Type": "application/sparql-query; charset=UTF-16"}
        assert ask("POST", content=ASK.encode("utf-16"), headers=headers).status_code == 415
        assert ask("POST", content=b"query=%FF", headers=FORM).status_code == 400
        assert ask("POST", content=b"query=\xff", headers=FORM).status_code == 400

    def test_bad_query_syntax(self, ask: Ask) -> None:
        answer = ask("GET", query="SELECT * {\n ?s ?p }")
        assert answer.status_code == 400
        assert "query, line 2, character 8: unexpected '}'" in answer.text
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"

    def test_a_fault_is_told_to_programs_with_its_line_and_character(self, ask: Ask) -> None:
        query = "SELECT * {\n ?s nope:a ?o }"
        answer = ask("GET", query=query, headers={"Accept": "application/sparql-results+json"})
        assert answer.headers["content-type"] == "application/problem+json"
        (fault,) = answer.json()["errors"]
        assert (answer.json()["status"], fault["line"], fault["character"]) == (400, 2, 5)

    @pytest.mark.parametrize(
        "sent",
        [
            {"params": {"update": "CLEAR ALL"}},
            {"params": {"query": ASK, "using-graph-uri": G1}},
            {"params": {"query": ASK, "release": ["live", "live"]}},
            {"params": {"query": "DELETE WHERE { ?s ?p ?o }"}},
            {"params": {"query": "LOAD <https://example.org/x>"}},
            {"params": {"query": ""}},
            {"params": {"query": "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }"}},
            {"params": {"query": "SELECT * { \\u0053ERVICE <https://example.org/> { ?s ?p ?o } }"}},
            {"params": {"query": f"SELECT * FROM <{G1}> FROM <{G2}> {{ ?s ?p ?o }}"}},
            {"params": {"query": ASK, "default-graph-uri": "https://example.org/nowhere"}},
            {"params": {"query": ASK, "named-graph-uri": "no iri"}},
            {"params": {"query": "SELECT * {" + "{" * 200 + "}" * 200 + "}"}},
        ],
    )
    def test_what_is_refused(self, ask: Ask, sent: dict[str, Any]) -> None:
        answer = ask("GET", **sent)
        assert answer.status_code == 400 and answer.text.strip(), answer.text

    def test_bad_update(self, ask: Ask) -> None:
        answer = ask("POST", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"})
        assert answer.status_code == 415 and "only reads" in answer.text
        assert ask("POST", **form(update="CLEAR ALL")).status_code == 400
        assert ask("POST", **form(nothing="x")).status_code == 400

    @pytest.mark.parametrize(
        "query, said",
        [
            ("SELECT * { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", "sub-select"),
            ("SELECT * { GRAPH ?g { ?s ?p ?o MINUS { ?s ?p ?o } } }", "MINUS"),
            ('SELECT (BNODE("x") AS ?b) {}', "BNODE"),
            ("SELECT * { <https://example.org/gone> <https://example.org/p>* ?y }", "length zero"),
        ],
    )
    def test_what_the_engine_answers_wrongly_is_explained(self, ask: Ask, query: str, said: str) -> None:
        answer = ask("GET", query=query)
        assert answer.status_code == 400 and said in answer.text

    def test_a_path_is_looked_up_in_the_graph_the_protocol_names(self, ask: Ask) -> None:
        """:x stands in :g2 alone, so its path of length zero is answered rightly there and nowhere else."""
        query = "SELECT ?y { <https://example.org/x> <https://example.org/p>* ?y }"
        assert ask("GET", params={"query": query, "default-graph-uri": G2}).status_code == 200
        assert ask("GET", params={"query": query, "default-graph-uri": G1}).status_code == 400
        assert ask("GET", params={"query": query, "named-graph-uri": G2}).status_code == 400
        assert ask("GET", params={"query": query, "default-graph-uri": [G1, G2]}).status_code == 200

    def test_too_much_is_refused_before_it_is_read(self, ask: Ask) -> None:
        assert ask("POST", content=b"ASK {} #" + b"x" * 100_000, headers=DIRECT).status_code == 413
        assert ask("POST", content=b"x" * 3_000_000, headers=DIRECT).status_code == 413

        def endless() -> Any:
            for _ in range(300):
                yield b"x" * 10_000

        assert ask("POST", content=endless(), headers=DIRECT).status_code == 413  # nothing is announced
        many = ask("POST", **form(query=ASK, **{f"f{n}": "" for n in range(1_000)}))
        assert many.status_code == 400 and "more than 1,000 fields" in many.text

    def test_a_release_that_is_gone_is_told(self, ask: Ask) -> None:
        assert ask("GET", params={"query": ASK, "release": "0123456789abcdef"}).status_code == 410
        assert ask("GET", params={"query": ASK, "release": "live"}).status_code == 200


def test_a_connection_that_closes_too_soon_is_no_fault_of_the_server(trig: Path, tmp_path: Path) -> None:
    """What was promised never comes: nothing is written to standard error, and the next is answered."""
    with running(trig, tmp_path / "errors") as server:
        host, port = server.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            head = f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\n"
            connection.sendall(f"{head}Content-Length: 100\r\n\r\nASK".encode())
        assert httpx.get(f"{server.address}/sparql", params={"query": ASK}, timeout=30).status_code == 200
        assert server.errors.read_text() == ""


def test_a_remote_store_that_does_not_answer(tmp_path: Path) -> None:
    """The site stands, and says why it has no answer."""
    (tmp_path / "coopgraph.toml").write_text(
        'store = "http://127.0.0.1:9/sparql"\n[workspace]\ntitle = "Elsewhere"\n', encoding="utf-8"
    )
    with serving(tmp_path) as address:
        answer = httpx.get(f"{address}/sparql", params={"query": ASK}, timeout=30)
    assert answer.status_code == 503
    assert "The store http://127.0.0.1:9/sparql cannot be asked: nothing answers" in answer.text
