"""All rows or an error: what an endpoint leaves out, repeats, reorders or changes meanwhile is noticed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

import coopgraph as cg
from coopgraph.rdf.paging import pull, question
from coopgraph.settings.remote_store import RemoteStore
from tests.remote.conftest import workspace
from tests.remote.endpoint import XML, Endpoint, Scripted, results

NAMES = "PREFIX ex: <urn:p:>\nSELECT ?thing (STR(?text) AS ?name) WHERE { ?thing ex:name ?text }  # the names"


def named(endpoint: Endpoint, counts: dict[str, int]) -> None:
    """Put things with so many names into the endpoint, each stated in two graphs."""
    for thing, names in counts.items():
        for number in range(names):
            for graph in ("urn:g:a", "urn:g:b"):
                endpoint.store.add(
                    ox.Quad(
                        ox.NamedNode(thing),
                        ox.NamedNode("urn:p:name"),
                        ox.Literal(f'{number}\t\n"é'),
                        ox.NamedNode(graph),
                    )
                )


def rows(endpoint: Endpoint, page_rows: int) -> list[str]:
    found, count = pull(RemoteStore(endpoint.url, page_rows=page_rows), question(NAMES))
    head, *lines = found.payload.decode().splitlines()
    assert head == "?thing\t?name"
    assert len(lines) == count
    return lines


@pytest.mark.parametrize("page_rows", [5, 6, 7, 10, 26, 27, 41])
def test_pages_of_any_size_give_every_row_once(endpoint: Endpoint, page_rows: int) -> None:
    """Thirteen things of one to four names: where a page ends it parts the rows of many."""
    counts = {f"urn:thing:ñ{n}": 4 if n == 6 else 1 + n % 3 for n in range(13)}
    named(endpoint, counts)
    found = rows(endpoint, page_rows)
    assert len(set(found)) == len(found) == sum(counts.values())
    assert page_rows >= len(found) or found == sorted(found)
    assert Counter(line.split(">")[0].removeprefix("<") for line in found) == counts


def test_a_page_full_of_one_thing(endpoint: Endpoint) -> None:
    """There is no telling whether it has more rows."""
    named(endpoint, {"urn:a": 4, "urn:b": 1})
    with pytest.raises(cg.StoreError, match="gives 4 rows at a time, and one thing has as many"):
        rows(endpoint, 4)


def test_a_silent_cap_below_the_page_is_outlived(endpoint: Endpoint) -> None:
    named(endpoint, {f"urn:thing:{n}": 3 for n in range(20)})
    endpoint.cap = 10
    assert len(set(rows(endpoint, 1000))) == 60


def test_nothing_is_asked_for_twice_where_one_page_holds_all(endpoint: Endpoint) -> None:
    named(endpoint, {"urn:thing:1": 3})
    assert len(rows(endpoint, 10)) == 3
    assert [query.split("WHERE")[0].split("\n")[-1] for query in endpoint.asked] == [
        "SELECT (COUNT(*) AS ?rows) ",
        "SELECT DISTINCT ?thing (STR(?text) AS ?name) ",
    ]


@pytest.mark.parametrize("count", ["COUNT(*)", "COUNT(?s)", "SUM(DISTINCT ?o)", "avg(?o)"])
def test_what_may_count_a_row_twice_is_refused(count: str) -> None:
    with pytest.raises(cg.QueryError, match="asked for rows alone"):
        question(f"SELECT ?s ({count} AS ?n) WHERE {{ ?s ?p ?o }} GROUP BY ?s")
    assert question("SELECT ?s (count ( DISTINCT ?o ) AS ?n) { ?s ?p ?o } GROUP BY ?s").variables == (
        "s",
        "n",
    )


def test_a_digest_is_put_in_as_it_is() -> None:
    """Some digests hold the digits that stand for the size in the template."""
    digest = "0010000f" * 4
    page = question(NAMES).page(digest, 500)
    assert f'"{digest}"' in page and "LIMIT 500\n" in page and "SELECT ?thing ?name WHERE" in page


def test_no_rows(endpoint: Endpoint) -> None:
    assert rows(endpoint, 10) == []


@pytest.mark.parametrize("change", ["more", "less"])
def test_a_change_between_pages_is_noticed(endpoint: Endpoint, change: str) -> None:
    named(endpoint, {f"urn:thing:{n}": 2 for n in range(20)})

    def meddle(query: str) -> None:
        if len(endpoint.asked) == 3:
            if change == "more":
                named(endpoint, {f"urn:new:{n}": 2 for n in range(20)})
            else:
                endpoint.store.clear()

    endpoint.before = meddle
    with pytest.raises(cg.StoreError, match="changed"):
        rows(endpoint, 10)


def page(*things: str) -> Scripted:
    rows = "".join(
        f'<result><binding name="thing"><uri>{thing}</uri></binding>'
        '<binding name="name"><literal>x</literal></binding></result>'
        for thing in things
    )
    return Scripted(body=results(["thing", "name"], rows), kind=XML)


NUMBER = '<literal datatype="http://www.w3.org/2001/XMLSchema#integer">4</literal>'
COUNT = Scripted(
    body=results(["rows"], f'<result><binding name="rows">{NUMBER}</binding></result>'), kind=XML
)


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([page("urn:a", "urn:b", "urn:c")], "does not sort as asked"),  # their digests are not in order
        ([page("urn:a", "urn:b")] * 3, "does not sort as asked"),  # always the first page
        ([page("urn:a", "urn:a", "urn:a")], "gave 0 of 4 rows and then no more"),
        ([page()], "changed while they were read"),
        ([page("urn:a", "urn:a", "urn:a", "urn:a", "urn:a")], "changed while they were read"),
    ],
)
def test_pages_that_cannot_be_right(endpoint: Endpoint, pages: list[Scripted], told: str) -> None:
    endpoint.script = [COUNT, *pages]
    with pytest.raises(cg.StoreError, match=told):
        rows(endpoint, 3)


def test_every_count_is_taken_again_at_the_end_of_a_table(endpoint: Endpoint, tmp_path: Path) -> None:
    world(endpoint)
    with cg.open(workspace(tmp_path / "ws", f'store = "{endpoint.url}"')) as release:
        assert release.table("cities")["city"].to_pylist() == ["urn:lima"]
        memberships = len(endpoint.asked)

        def meddle(query: str) -> None:
            if len(endpoint.asked) == memberships + 3:  # after the rows, before their roles
                endpoint.store.update(
                    "INSERT DATA { GRAPH <urn:g> { <urn:m2> a <http://www.w3.org/ns/org#Membership> ; "
                    "<http://www.w3.org/ns/org#member> <urn:lima> ; "
                    "<http://www.w3.org/ns/org#organization> <urn:net> } }"
                )

        endpoint.before = meddle
        with pytest.raises(cg.StoreError, match="changed while they were read"):
            release.table("memberships")
        endpoint.before = None
        assert len(release.table("memberships")) == 2  # asked again it is whole; the half was not kept


def world(endpoint: Endpoint) -> None:
    endpoint.store.load(
        b"""@prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix org: <http://www.w3.org/ns/org#> .
        <urn:g> { <urn:lima> a coop:City . <urn:m1> a org:Membership ; org:member <urn:lima> ;
        org:organization <urn:net> }""",
        format=ox.RdfFormat.TRIG,
    )


def test_a_default_graph_that_is_no_union(endpoint: Endpoint, tmp_path: Path) -> None:
    world(endpoint)
    endpoint.union = False
    with (
        cg.open(workspace(tmp_path / "ws", f'store = "{endpoint.url}"')) as release,
        pytest.raises(cg.StoreError, match="does not hold what its named graphs state"),
    ):
        release.table("cities")


def test_a_store_that_has_no_named_graphs(endpoint: Endpoint, tmp_path: Path) -> None:
    """Everything is there but who says it."""
    world(endpoint)
    endpoint.store.update("MOVE GRAPH <urn:g> TO DEFAULT")
    endpoint.union = False
    with cg.open(workspace(tmp_path / "ws", f'store = "{endpoint.url}"')) as release:
        (row,) = release.table("memberships").to_pylist()
    assert (row["city"], row["network"], row["source"]) == ("urn:lima", "urn:net", [])


def test_a_store_without_cooperation(endpoint: Endpoint, tmp_path: Path) -> None:
    named(endpoint, {"urn:thing:1": 1})
    with (
        cg.open(workspace(tmp_path / "ws", f'store = "{endpoint.url}"')) as release,
        pytest.raises(cg.StoreError, match="holds no cooperation"),
    ):
        cg.rank(release)


def test_another_major_version_of_the_ontology(endpoint: Endpoint, tmp_path: Path) -> None:
    world(endpoint)
    endpoint.store.update(
        "INSERT DATA { GRAPH <urn:g> { <https://w3id.org/coopgraph/ns> "
        '<http://www.w3.org/2002/07/owl#versionInfo> "7.1.0" } }'
    )
    with (
        cg.open(workspace(tmp_path / "ws", f'store = "{endpoint.url}"')) as release,
        pytest.raises(cg.StoreError, match=r"holds data of ontology 7\.1\.0, and this coopgraph has 0"),
    ):
        release.table("cities")


@pytest.mark.parametrize(
    "query",
    ["ASK {}", "SELECT * { ?s ?p ?o }", "SELECT (SUM(?o) AS ?all) { ?s ?p ?o }", "", "CONSTRUCT WHERE {}"],
)
def test_what_a_store_may_count_twice_is_not_asked(endpoint: Endpoint, tmp_path: Path, query: str) -> None:
    world(endpoint)
    with cg.open(workspace(tmp_path / "ws", f'store = "{endpoint.url}"')) as release:
        with pytest.raises(cg.QueryError):
            release.query(query, trusted=True)
        assert not any("SUM" in asked for asked in endpoint.asked)


def test_blank_nodes_are_refused(endpoint: Endpoint, tmp_path: Path) -> None:
    world(endpoint)
    endpoint.store.update("INSERT DATA { GRAPH <urn:g> { [] a <https://w3id.org/coopgraph/ns#City> } }")
    with (
        cg.open(workspace(tmp_path / "ws", f'store = "{endpoint.url}"')) as release,
        pytest.raises(cg.StoreError, match="that name holds for one answer alone"),
    ):
        release.table("cities")


def test_nothing_stays_and_nothing_is_asked_before_it_is_needed(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(endpoint)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    folder = workspace(tmp_path / "ws", f'store = "{endpoint.url}"')
    with cg.open(folder) as release:
        assert repr(release) == f"<Release of {endpoint.url}>"
        assert endpoint.asked == []
        path = release.table_path("cities")
        asked = len(endpoint.asked)
        assert release.table_path("cities") == path
        assert len(endpoint.asked) == asked > 0
        with pytest.raises(cg.StoreError, match=r"has no table 'positions'\. It has: agreements, cities, "):
            release.table("positions")
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [file.name for file in folder.iterdir()] == ["coopgraph.toml"]
