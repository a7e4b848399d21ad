"""Twin towns of an endpoint, recorded: all that it says, however it answers and however often we stop."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import coopgraph as cg
import coopgraph.sources.recording.gathering as gathering
from coopgraph.errors import ConfigError, StoreError
from coopgraph.namespaces import XSD
from coopgraph.rdf import harvest, http
from coopgraph.sources.recording.twins import Wanted
from tests.remote.endpoint import XML, Endpoint, Scripted, results, serving
from tests.sources.recording.conftest import Pair, Record, content
from tests.sources.recording.wikidata import country, filled, statement, year

PROPERTY = "http://www.wikidata.org/prop/"


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "THINGS_AT_ONCE", 40)
    monkeypatch.setattr(http, "sleep", lambda seconds: None)


def table(workspace: Path, name: str) -> list[dict[str, str]]:
    with (workspace / "recorded" / "twins" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_the_recording_is_what_the_endpoint_says(
    tmp_path: Path, wikidata: Endpoint, pairs: list[Pair], record: Record
) -> None:
    found = record(tmp_path, wikidata)
    rows = table(tmp_path, "statements")
    assert found.counts["statements"] == len(rows) == len(pairs)
    assert {(row["city"], row["twin"]): (row["statement"], row["since"]) for row in rows} == {
        pair: (statement(*pair), str(year(*pair) or "")) for pair in pairs
    }
    ends = {row["statement"]: row["until"] for row in rows if row["until"]}
    assert ends == {
        statement(*pair): f"{when + 20}-05"
        for pair in pairs
        if int(pair[0][1:]) % 7 == 0 and (when := year(*pair)) is not None
    }
    assert {row["statement"] for row in table(tmp_path, "references") if row["url"]} == {
        statement(*pair) for pair in pairs if int(pair[0][1:]) % 2 == 0
    }
    places = {row["place"]: row for row in table(tmp_path, "places")}
    assert places.keys() == {place for pair in pairs for place in pair}
    assert all(row["country"] == country(place) for place, row in places.items())
    assert places["Q656"]["name_es"] == "Lugar Q656"
    assert (places["Q656"]["lat"], places["Q656"]["long"]) == ("-26.25", "116.5")
    assert not (tmp_path / "recorded" / "twins.unfinished").exists()


def test_a_build_of_it_needs_no_endpoint(
    tmp_path: Path, wikidata: Endpoint, pairs: list[Pair], record: Record
) -> None:
    record(tmp_path, wikidata)
    asked = len(wikidata.asked)
    cg.build(tmp_path)
    assert len(wikidata.asked) == asked
    with cg.open(tmp_path) as release:
        assert cg.flows(release).basis.selected_events == len(pairs)
        (source,) = release.query("SELECT ?day { ?s a coop:Source ; coop:retrieved ?day }")
        assert str(source[0]) == "2026-11-26"
        lisbon = "https://w3id.org/coopgraph/id/city/wikidata-Q597"
        assert release.label(lisbon, "pt") == "Lugar Q597"


def test_it_asks_politely(tmp_path: Path, wikidata: Endpoint, record: Record) -> None:
    record(tmp_path, wikidata, contact="mailto:office@example.org")
    agents = {headers["User-Agent"] for headers in wikidata.headers}
    assert agents == {f"coopgraph/{cg.__version__} (+https://w3id.org/coopgraph/; mailto:office@example.org)"}


FAULTS: dict[str, Scripted] = {
    "too many requests": Scripted(429, (("Retry-After", "3"),)),
    "busy": Scripted(503),
    "failed": Scripted(500),
    "late": Scripted(body=b"<", pause=0.4, kind=XML),
    "cut": Scripted(body=b"<sparql", cut=500, kind=XML),
    "cut without a word": Scripted(body=results(["rows"], "")[:-12], kind=XML),
    "a page of Java": Scripted(
        body=results(["rows"], "")[:-9] + b"java.util.concurrent.TimeoutException", kind=XML
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("at", [1, 2, 5, 9])
def test_what_goes_wrong_now_and_then_changes_nothing(
    tmp_path: Path, wikidata: Endpoint, record: Record, fault: str, at: int
) -> None:
    record(tmp_path / "plain", wikidata)
    wikidata.asked.clear()

    def spoil(query: str) -> None:
        if len(wikidata.asked) == at:
            wikidata.script.append(FAULTS[fault])

    wikidata.before = spoil
    record(tmp_path / "other", wikidata, seconds=1 if fault == "late" else 5)
    assert len(wikidata.asked) > at
    assert content(tmp_path / "plain") == content(tmp_path / "other")


def test_an_endpoint_that_answers_json_is_read_too(
    tmp_path: Path, wikidata: Endpoint, record: Record
) -> None:
    record(tmp_path / "plain", wikidata)
    kind = "application/sparql-results+json"

    def as_json(query: str) -> None:
        found = wikidata.store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        cut = body[:-2] if len(wikidata.asked) % 5 == 0 else body
        wikidata.script.append(Scripted(body=cut, kind=kind))

    wikidata.before = as_json
    record(tmp_path / "other", wikidata)
    assert content(tmp_path / "plain") == content(tmp_path / "other")


def test_silent_caps_of_rows_lose_nothing(tmp_path: Path, wikidata: Endpoint, record: Record) -> None:
    record(tmp_path / "plain", wikidata)
    wikidata.cap = 17
    record(tmp_path / "capped", wikidata)
    assert content(tmp_path / "plain") == content(tmp_path / "capped")


def test_a_cap_below_what_one_thing_has_is_told(tmp_path: Path, wikidata: Endpoint, record: Record) -> None:
    wikidata.cap = 2
    with pytest.raises(StoreError, match="cuts what it says of"):
        record(tmp_path, wikidata)
    assert not (tmp_path / "coopgraph.toml").exists()


class Killed(BaseException):
    """What a kill looks like from inside."""


@pytest.mark.parametrize("at", [1, 2, 4, 7, 11, 14])
def test_a_run_that_was_stopped_is_gone_on_with(
    tmp_path: Path, wikidata: Endpoint, record: Record, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    record(tmp_path / "plain", wikidata)
    whole = len(wikidata.asked)
    wikidata.asked.clear()
    ask = harvest.about

    def until(*words: Any, **more: Any) -> Any:
        if len(wikidata.asked) >= at:
            raise Killed
        return ask(*words, **more)

    monkeypatch.setattr(gathering, "about", until)
    with pytest.raises(Killed):
        record(tmp_path / "other", wikidata)
    monkeypatch.setattr(gathering, "about", ask)
    before = len(wikidata.asked)
    assert not (tmp_path / "other" / "recorded" / "twins").exists()
    record(tmp_path / "other", wikidata)
    assert content(tmp_path / "plain") == content(tmp_path / "other")
    assert len(wikidata.asked) - before <= whole - before + 4, "what is there is not asked for again"


def test_a_real_kill_in_the_middle(tmp_path: Path, wikidata: Endpoint, root: Path) -> None:
    """The process is killed while it waits for a page; the same command goes on to the same bytes."""
    command = [
        sys.executable,
        "-m",
        "coopgraph",
        "import",
        "twins",
        wikidata.url,
        "--pause",
        "0",
        "--page-rows",
        "30",
    ]
    env = {**os.environ, "PYTHONPATH": str(root / "src")}
    running: list[subprocess.Popen[bytes]] = []

    def kill(query: str) -> None:
        if running and len(wikidata.asked) == 6:
            running.pop().send_signal(signal.SIGKILL)

    wikidata.before = kill
    first = subprocess.Popen([*command, "-w", str(tmp_path / "one")], env=env, stderr=subprocess.DEVNULL)
    running.append(first)
    assert first.wait(60) == -signal.SIGKILL
    left = sorted(path.name for path in (tmp_path / "one" / "recorded").iterdir())
    assert left == ["twins.unfinished"]
    for name in ("one", "other"):
        done = subprocess.run(
            [*command, "-w", str(tmp_path / name)],
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )
        assert done.returncode == 0, done.stderr
    assert content(tmp_path / "one") == content(tmp_path / "other")


def test_countries_and_cities_take_both_sides(
    tmp_path: Path, wikidata: Endpoint, pairs: list[Pair], record: Record
) -> None:
    record(tmp_path / "c", wikidata, Wanted(countries=("PT",)))
    assert {(row["city"], row["twin"]) for row in table(tmp_path / "c", "statements")} == {
        pair for pair in pairs if "PT" in map(country, pair)
    }
    record(tmp_path / "q", wikidata, Wanted(cities=("Q597",)))
    found = {(row["city"], row["twin"]) for row in table(tmp_path / "q", "statements")}
    assert found == {pair for pair in pairs if "Q597" in pair}
    assert {"Q597"} < {city for city, _ in found}


def test_since_leaves_a_pair_out_as_a_whole(
    tmp_path: Path, wikidata: Endpoint, pairs: list[Pair], record: Record
) -> None:
    found = record(tmp_path, wikidata, Wanted(since=1990))
    early = {frozenset(pair) for pair in pairs if (year(*pair) or 9999) < 1990}
    kept = {pair for pair in pairs if frozenset(pair) not in early}
    assert {(row["city"], row["twin"]) for row in table(tmp_path, "statements")} == kept
    assert (
        found.remarks[0]
        == f"{len(pairs) - len(kept)} statements of pairs that one side dates before 1990 were left out."
    )


def test_a_deprecated_statement_and_an_unknown_twin_are_none(tmp_path: Path, record: Record) -> None:
    more = """
    wd:Q1 p:P190 s:old , s:open . s:old ps:P190 wd:Q2 ; wikibase:rank wikibase:DeprecatedRank .
    s:open ps:P190 [] ; wikibase:rank wikibase:NormalRank ."""
    with serving(Endpoint(store=filled([("Q1", "Q3")], more))) as endpoint:
        assert record(tmp_path, endpoint).counts["statements"] == 1


def test_the_same_command_refreshes_and_only_by_what_is_complete(
    tmp_path: Path, wikidata: Endpoint, pairs: list[Pair], record: Record
) -> None:
    record(tmp_path, wikidata)
    before = content(tmp_path)
    (tmp_path / "mappings" / "twins-places.yml").write_text("# ours now\nmappings: {}\n")
    wikidata.store = filled(pairs[:-20])
    wikidata.cap = 2
    with pytest.raises(StoreError):
        record(tmp_path, wikidata)
    changed = {name for name, text in content(tmp_path).items() if before.get(name) != text}
    assert {name for name in changed if "unfinished" not in name} == {"mappings/twins-places.yml"}
    wikidata.cap = None
    record(tmp_path, wikidata)
    assert len(table(tmp_path, "statements")) == len(pairs) - 20
    assert (tmp_path / "mappings" / "twins-places.yml").read_text().startswith("# ours now")
    assert sorted(path.name for path in (tmp_path / "recorded").iterdir()) == ["twins"]


def test_rows_that_are_lost_are_noticed(
    tmp_path: Path, wikidata: Endpoint, pairs: list[Pair], record: Record
) -> None:
    """An endpoint that gives less than it counts, and the same count before and after."""
    truth = wikidata.truth

    def lossy(query: str) -> bytes:
        body = truth(query)
        first = f"{PROPERTY}P190" in query or "p:P190" in query
        return (
            body.replace(b"<result>", b"<!--", 1).replace(b"</result>", b"-->", 1)
            if first and "MD5" in query
            else body
        )

    wikidata.truth = lossy  # type: ignore[method-assign]
    with pytest.raises(StoreError, match="something was lost, or changed meanwhile"):
        record(tmp_path, wikidata)
    assert content(tmp_path) == {}


def test_what_changes_meanwhile_is_no_fault(
    tmp_path: Path, wikidata: Endpoint, pairs: list[Pair], record: Record
) -> None:
    """A public endpoint is edited all day."""
    more = filled([("Q656", "Q999999")])

    def edit(query: str) -> None:
        if len(wikidata.asked) == 2:
            wikidata.store.bulk_extend(iter(more))

    wikidata.before = edit
    assert record(tmp_path, wikidata).counts["statements"] in (len(pairs), len(pairs) + 1)


def test_an_endpoint_without_twin_towns_is_told(tmp_path: Path, record: Record) -> None:
    with (
        serving(Endpoint()) as endpoint,
        pytest.raises(StoreError, match="has no statement of twin towns that is wanted"),
    ):
        record(tmp_path, endpoint)
    assert content(tmp_path) == {}


def test_an_endpoint_of_another_shape_is_told(tmp_path: Path, wikidata: Endpoint, record: Record) -> None:
    one = f'<result><binding name="rows"><literal datatype="{XSD}integer">1</literal></binding></result>'
    row = '<result><binding name="statement"><literal>x</literal></binding></result>'
    count, columns = Scripted(body=results(["rows"], one), kind=XML), ["statement", "city", "twin"]
    page, end = (Scripted(body=results(columns, rows), kind=XML) for rows in (row, ""))
    wikidata.script[:] = [count, page, end, count]
    with pytest.raises(StoreError, match="has not Wikidata's shape"):
        record(tmp_path, wikidata)
    assert content(tmp_path) == {}


def test_a_source_that_is_not_recorded_is_left_alone(
    tmp_path: Path, wikidata: Endpoint, record: Record
) -> None:
    (tmp_path / "coopgraph.toml").write_text('[workspace]\ntitle = "A"\n[sources.twins]\npath = "a.csv"\n')
    with pytest.raises(ConfigError, match="Choose another: --name NAME"):
        record(tmp_path, wikidata)
    assert not wikidata.asked


@pytest.mark.oracle
def test_every_shared_statement_is_recorded(
    tmp_path: Path, all_pairs: list[Pair], record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "THINGS_AT_ONCE", 2000)
    with serving(Endpoint(store=filled(all_pairs))) as endpoint:
        found = record(tmp_path, endpoint, page_rows=10_000, seconds=60)
    assert found.counts["statements"] == 34_178
    assert {(row["city"], row["twin"]) for row in table(tmp_path, "statements")} == set(all_pairs)
