"""A release published to a small store on this machine: whole, or told, whatever breaks off and when."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import coopgraph as cg
from coopgraph.rdf import published
from coopgraph.release import compress, exchanging, read_graph, read_manifest
from coopgraph.release.to_store import publish_to
from coopgraph.settings.remote_store import RemoteStore
from tests.remote.endpoint import Endpoint, serving

BASE = "https://w3id.org/coopgraph/"
COUNT = "SELECT (COUNT(*) AS ?n) (SUM(?a) AS ?sum) WHERE { ?s <urn:amount> ?a }"
GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s <urn:amount> ?a } } ORDER BY ?g"
FOREIGN = ox.Quad(
    ox.NamedNode("urn:a"), ox.NamedNode("urn:amount"), ox.Literal(1000), ox.NamedNode("urn:foreign")
)


def built(folder: Path, name: str, files: dict[str, str], title: str = "Cities") -> Path:
    """A workspace with these files of Turtle, built; each is a graph."""
    place = folder / name
    place.mkdir()
    sources = "".join(f'[sources.{file}]\npath = "{file}.ttl"\n' for file in files)
    text = f'[workspace]\ntitle = "{title}"\ntitles = {{ es = "Ciudades" }}\nlicence = "CC0"\n{sources}'
    (place / "coopgraph.toml").write_text(text, encoding="utf-8")
    for file, turtle in files.items():
        (place / f"{file}.ttl").write_text(turtle, encoding="utf-8")
    cg.build(place)
    return place


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources that state the same of <urn:a>."""
    files = {
        "one": "<urn:a> <urn:amount> 7 .",
        "two": "<urn:a> <urn:amount> 7 . <urn:b> <urn:amount> 12.50 .",
    }
    return built(tmp_path_factory.mktemp("old"), "ws", files)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"one": "<urn:a> <urn:amount> 8 .", "three": "<urn:c> <urn:amount> 1 . <urn:c> <urn:amount> 01 ."}
    return built(tmp_path_factory.mktemp("new"), "ws", files)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A store whose default graph is what the standard says, with somebody else's graph in it."""
    with serving(Endpoint(union=False)) as served:
        served.store.add(FOREIGN)
        yield served


def release(workspace: Path) -> Path:
    (found,) = workspace.glob(".coopgraph/releases/*")
    return found


def trimmed(workspace: Path, folder: Path) -> Path:
    """A release with a few statements of its own alone, so that it is published in no time."""
    lines = b"".join(read_graph(release(workspace))).splitlines(keepends=True)
    kept = [line for line in lines if b"urn:amount" in line or b"primarySource" in line]
    target = folder / workspace.parent.name / release(workspace).name
    target.mkdir(parents=True)
    (target / "graph.nq").write_bytes(b"".join(kept))
    compress(target / "graph.nq", target / "graph.nq.zst")
    replace(read_manifest(release(workspace)), quads=len(kept), files={}).write(target)
    return target


def store(endpoint: Endpoint) -> RemoteStore:
    return RemoteStore(endpoint.url, update_url=endpoint.url)


def answers(endpoint: Endpoint) -> tuple[str, list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What a reader who opens the store is told now."""
    with cg.open(endpoint.url) as there:
        return there.manifest.id, list(there.query(COUNT)), list(there.query(GRAPHS))


def kept(endpoint: Endpoint) -> set[str]:
    """The graphs there that are no release's."""
    return {name for name in names_of(endpoint) if "/graph/" not in name}


def names_of(endpoint: Endpoint) -> set[str]:
    return {str(graph.value) for graph in endpoint.store.named_graphs() if isinstance(graph, ox.NamedNode)}


def test_what_was_published_is_what_is_answered(endpoint: Endpoint, old: Path) -> None:
    done = cg.publish(old, to=endpoint.url)
    with cg.open(old) as here, cg.open(endpoint.url) as there:
        assert dict(done.graphs) == here.manifest.counts["graphs"]
        assert done.merged == here.manifest.stored - here.manifest.quads == done.quads - 1
        assert there.manifest.id == here.manifest.id == done.release
        for name in ("title", "titles", "licence", "base"):
            assert there.manifest.workspace[name] == here.manifest.workspace[name], name
        assert there.languages == here.languages
        assert (there.manifest.quads, there.manifest.stored) == (here.manifest.quads, here.manifest.stored)
        for query in (COUNT, GRAPHS):
            assert list(there.query(query)) == list(here.query(query))
        assert [row[1] for row in there.query(COUNT)] == [pytest.approx(19.5)]  # 7 once
        mentioned = (
            there.unknown_things("cq-021", city="nowhere"),
            here.unknown_things("cq-021", city="nowhere"),
        )
        assert mentioned == (["id:city/nowhere"], ["id:city/nowhere"])
    assert kept(endpoint) == {"urn:foreign", f"{BASE}published", f"{BASE}published/merged"}


def test_the_next_release_takes_its_place_and_nothing_else(endpoint: Endpoint, old: Path, new: Path) -> None:
    cg.publish(old, to=endpoint.url)
    with cg.open(endpoint.url) as reader:
        assert len(reader.query("SELECT * { <urn:b> ?p ?o }")) == 1
        done = cg.publish(new, to=endpoint.url)
        with pytest.raises(cg.StoreError, match=rf"and release {done.release} is published there now"):
            reader.query(COUNT)
    assert [graph.rsplit("/", 1)[-1] for graph in done.dropped] == ["two"]
    identity, (row,), graphs = answers(endpoint)
    assert identity == done.release
    assert row == (2, 9)
    assert [str(graph[0]).rsplit("/", 1)[-1] for graph in graphs] == ["one", "three"]
    assert FOREIGN in endpoint.store
    assert kept(endpoint) == {"urn:foreign", f"{BASE}published", f"{BASE}published/merged"}


def test_broken_off_anywhere_it_is_whole_or_told_and_goes_on(
    endpoint: Endpoint, old: Path, new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store fails at the first update, the second, and so on: what a kill at that moment leaves."""
    monkeypatch.setattr(exchanging, "LINES", 2)
    first_one, second_one = trimmed(old, tmp_path / "a"), trimmed(new, tmp_path / "b")
    endpoint.most_copies = 1  # so that the graphs are exchanged one by one
    publish_to(second_one, store(endpoint))
    after = answers(endpoint)
    publish_to(first_one, store(endpoint))
    before = answers(endpoint)
    told: list[str] = []
    at = 0
    while not told or told[-1] != "done":
        at += 1
        told.append(broken_off(endpoint, second_one, at, before))
        publish_to(second_one, store(endpoint))
        assert answers(endpoint) == after
        publish_to(first_one, store(endpoint))
        assert answers(endpoint) == before
        assert kept(endpoint) == {"urn:foreign", f"{BASE}published", f"{BASE}published/merged"}
    first, last = told.index("half"), len(told) - 1 - told[::-1].index("half")
    assert told[:first] == ["whole"] * first and told[first : last + 1] == ["half"] * (last + 1 - first)
    assert first > 3 and last - first > 5
    assert set(told[last + 1 :]) == {"new", "done"}  # all is there, and not all is cleared away


def broken_off(endpoint: Endpoint, directory: Path, at: int, before: object) -> str:
    """Publish to a store that fails at an update, and look at what stands there then."""
    endpoint.updates, endpoint.fails_at = [], at
    try:
        publish_to(directory, store(endpoint))
        return "done"
    except cg.StoreError as error:
        assert "gone" in str(error)
    finally:
        endpoint.updates, endpoint.fails_at = [], None
    try:
        found = answers(endpoint)
    except cg.StoreError as error:
        assert "is half published: its graphs are being exchanged for those of release" in str(error)
        return "half"
    if found == before:
        return "whole"
    assert found[0] == directory.name
    return "new"


def test_it_goes_on_where_the_exchange_broke_off(endpoint: Endpoint, old: Path, new: Path) -> None:
    """What was sent is not sent again, and what a third release finds half way is cleared away."""
    publish_to(release(old), store(endpoint))
    publish_to(release(new), store(endpoint))
    whole = len(endpoint.updates)
    publish_to(release(old), store(endpoint))
    exchange = next(n for n, text in enumerate(endpoint.updates[whole:], 1) if text.startswith("COPY"))
    endpoint.updates, endpoint.fails_at = [], exchange
    with pytest.raises(cg.StoreError, match="gone"):
        publish_to(release(new), store(endpoint))
    half = dict.fromkeys(
        graph.value for graph in endpoint.store.named_graphs() if isinstance(graph, ox.NamedNode)
    )
    assert any("staging" in graph for graph in half)
    endpoint.updates, endpoint.fails_at = [], None
    publish_to(release(new), store(endpoint))
    assert len(endpoint.updates) < whole
    assert answers(endpoint)[1] == [(2, 9)]
    assert kept(endpoint) == {"urn:foreign", f"{BASE}published", f"{BASE}published/merged"}


@pytest.mark.parametrize("again", ["old", "new"])
def test_broken_off_while_it_was_cleared_away(
    endpoint: Endpoint, request: pytest.FixtureRequest, again: str, old: Path
) -> None:
    """The release stands there whole, and some of what it was prepared in is left."""
    cg.publish(old, to=endpoint.url)
    left = f"{BASE}published/staging/{release(old).name}/0"
    endpoint.store.update(
        f"COPY <{BASE}published> TO <{BASE}published/next> ; COPY <{BASE}published/merged> TO <{left}>"
    )
    assert answers(endpoint)[0] == release(old).name
    place: Path = request.getfixturevalue(again)
    cg.publish(place, to=endpoint.url)
    assert answers(endpoint)[0] == release(place).name
    assert kept(endpoint) == {"urn:foreign", f"{BASE}published", f"{BASE}published/merged"}


def test_two_who_publish_at_once(endpoint: Endpoint, old: Path, new: Path) -> None:
    """The one that began last ends; the other is told, and leaves nothing behind."""
    endpoint.on_update = 5, lambda: cg.publish(new, to=endpoint.url)
    with pytest.raises(cg.StoreError, match=r"Somebody else published to .* meanwhile. Nothing was"):
        cg.publish(old, to=endpoint.url)
    assert answers(endpoint)[0] == release(new).name
    assert kept(endpoint) == {"urn:foreign", f"{BASE}published", f"{BASE}published/merged"}


def test_a_store_that_cannot_copy(endpoint: Endpoint, old: Path, new: Path) -> None:
    """QLever knows no COPY; what it is told to do instead comes to the same."""
    endpoint.most_copies = 0
    cg.publish(old, to=endpoint.url)
    cg.publish(new, to=endpoint.url)
    assert answers(endpoint)[1] == [(2, 9)]
    assert kept(endpoint) == {"urn:foreign", f"{BASE}published", f"{BASE}published/merged"}


def test_another_workspace_is_left_alone(endpoint: Endpoint, old: Path, tmp_path: Path) -> None:
    other = built(tmp_path, "other", {"one": "<urn:x> <urn:amount> 1 ."}, title="Others")
    cg.publish(old, to=endpoint.url)
    with pytest.raises(cg.StoreError, match=r"holds a release of another workspace, 'Cities' .* --replace"):
        cg.publish(other, to=endpoint.url)
    assert answers(endpoint)[0] == release(old).name
    cg.publish(other, to=endpoint.url, replacing=True)
    assert answers(endpoint)[1] == [(1, 1)]


def test_somebody_elses_publication_is_left_alone(endpoint: Endpoint, old: Path, new: Path) -> None:
    endpoint.fails_at = 3
    with pytest.raises(cg.StoreError):
        cg.publish(old, to=endpoint.url)
    endpoint.fails_at = None
    begun = published.read(store(endpoint), f"{BASE}published/next", BASE)
    assert begun is not None and begun.release == release(old).name
    exchanging.write_record(store(endpoint), f"{BASE}published/next", replace(begun, by="ana on ñandú"))
    with pytest.raises(cg.StoreError, match=r"is being published to .* by ana on ñandú since .*--take-over"):
        cg.publish(new, to=endpoint.url)
    assert cg.publish(new, to=endpoint.url, take_over=True).merged > 0


def test_a_store_that_loses_statements_is_told(endpoint: Endpoint, old: Path) -> None:
    def lose(query: str) -> None:
        if "VALUES ?graph" in query:
            for quad in list(endpoint.store.quads_for_pattern(ox.NamedNode("urn:b"), None, None)):
                endpoint.store.remove(quad)

    endpoint.before = lose
    with pytest.raises(cg.StoreError, match="does not hold what was sent") as caught:
        cg.publish(old, to=endpoint.url)
    said = [str(fault) for fault in caught.value.faults]
    assert any("two" in fault and "has 1 statements there, and 2 were sent." in fault for fault in said), said
    assert not any("two" in name for name in names_of(endpoint)), "nothing was exchanged"


def test_values_that_a_store_takes_for_one(endpoint: Endpoint, tmp_path: Path) -> None:
    """Turtle's 12.5 and 12.50 are two statements; a store that keeps values keeps one, and that is said."""
    place = built(tmp_path, "ws", {"one": "<urn:a> <urn:amount> 12.5, 12.50, 3 ."})
    done = cg.publish(place, to=endpoint.url)
    assert sum((done.fewer or {}).values()) in (0, 2)  # graph and merge, where the store has one


def test_nothing_is_published_without_an_address_for_it(old: Path, endpoint: Endpoint) -> None:
    with pytest.raises(cg.ConfigError, match="has no 'update_url'"):
        publish_to(release(old), RemoteStore(endpoint.url))
    with pytest.raises(cg.ConfigError, match="names no store to publish to"):
        cg.publish(old)
    with pytest.raises(cg.ConfigError, match="No release begins with 'zz'"):
        cg.publish(old, "zz", to=endpoint.url)


def test_a_record_that_is_no_record(endpoint: Endpoint, old: Path) -> None:
    cg.publish(old, to=endpoint.url)
    endpoint.store.update(
        f"DELETE WHERE {{ GRAPH <{BASE}published> {{ ?s <http://purl.org/dc/terms/identifier> ?o }} }}"
    )
    with pytest.raises(cg.StoreError, match="says of its release what cannot be understood"):
        answers(endpoint)
    cg.publish(old, to=endpoint.url)
    assert answers(endpoint)[0] == release(old).name


def test_a_copy_of_the_release_elsewhere(old: Path, tmp_path: Path, endpoint: Endpoint) -> None:
    """A folder that is a release alone, moved out of its workspace."""
    shutil.copytree(release(old), tmp_path / "moved")
    publish_to(tmp_path / "moved", store(endpoint))
    assert answers(endpoint)[0] == release(old).name


def test_what_coopgraph_asks_itself_is_whole(endpoint: Endpoint, tmp_path: Path) -> None:
    """Where a store holds rows back it is asked page by page; somebody's own query is cut, and says so."""
    many = "".join(f"<urn:thing:{n}> <urn:amount> {n} . " for n in range(400))
    cg.publish(built(tmp_path, "many", {"one": many}), to=endpoint.url)
    endpoint.cap = 150
    text = "SELECT ?s ?a WHERE { ?s <urn:amount> ?a }"
    with cg.open(endpoint.url) as there:
        whole, cut = there.query(text, trusted=True), there.query(text)
        assert len(whole) == 400 and not whole.truncated
        assert len(cut) == 150 and cut.reason == "the remote store gives no more rows at a time"
