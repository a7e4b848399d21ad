"""A release in two real stores, Virtuoso 7 and Oxigraph, in the place of the embedded one: all is equal."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

import coopgraph as cg
from coopgraph.cli import main
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.update import insert_data, update
from coopgraph.release.tables import TABLES
from coopgraph.settings.remote_store import RemoteStore
from tests.remote import oxigraph_server, virtuoso
from tests.remote.conftest import built_data

pytestmark = [pytest.mark.virtuoso, pytest.mark.xdist_group("published")]
NUMBERS = ("integer", "decimal", "double", "nonNegativeInteger", "int", "long")
ORDERED_BY_TEXTS = ("cq-020",)  # Virtuoso sorts "Sur-Sur" and "Sur: " the other way round
FOREIGN = "urn:somebody:else"


@dataclass(frozen=True)
class Store:
    """A store, the workspace that publishes to it, and one without sources that asks it."""

    kind: str
    url: str
    publishes: Path
    asks: Path


def stores(root: Path, folder: Path) -> Iterator[dict[str, str]]:
    with virtuoso.running(folder) as one, oxigraph_server.running(root) as other:
        foreign = insert_data({FOREIGN: ["<urn:a> <urn:b> <urn:c>"]})
        one.run(f"sparql {foreign}")
        update(RemoteStore(f"{other}/query", update_url=f"{other}/update"), foreign)
        user = 'user_variable = "STORE_USER"\npassword_variable = "STORE_PASSWORD"'
        auth = f"http://127.0.0.1:{one.http}/sparql-auth"
        graphs = f'graph_store_url = "{other}/store"'
        yield {
            "virtuoso": f'[store]\nurl = "{one.url}"\nupdate_url = "{auth}"\n{user}\n',
            "oxigraph": f'[store]\nurl = "{other}/query"\nupdate_url = "{other}/update"\n{graphs}\n',
        }


@pytest.fixture(scope="module")
def both(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """The bundled workspace, published to both."""
    patch = pytest.MonkeyPatch()
    patch.setenv("STORE_USER", "dba")
    patch.setenv("STORE_PASSWORD", "dba")
    folder = tmp_path_factory.mktemp("stores")
    for sections in stores(root, folder):
        found = {}
        for kind, section in sections.items():
            place = built_data(root, tmp_path_factory.mktemp(kind) / "data")
            file = place / "coopgraph.toml"
            file.write_text(section + file.read_text(encoding="utf-8"), encoding="utf-8")
            asks = tmp_path_factory.mktemp(f"asks-{kind}")
            (asks / "coopgraph.toml").write_text(f'{section}[workspace]\ntitle = "T"\n', encoding="utf-8")
            cg.publish(place)
            found[kind] = Store(kind, section.split('"')[1], place, asks)
        yield found
    patch.undo()


@pytest.fixture(params=["virtuoso", "oxigraph"])
def store(request: pytest.FixtureRequest, both: dict[str, Store]) -> Store:
    return both[request.param]


def values(found: cg.Solutions) -> list[tuple[object, ...]]:
    """Rows as values: 12.50 is 12.5, @pt-BR is @pt-br."""
    rows = ox.parse_query_results(found.payload, format=ox.QueryResultsFormat.TSV)
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    return [tuple(_value(row[name]) for name in names) for row in rows]


def _value(term: object) -> object:
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term)
    kind = term.datatype.value.rpartition("#")[2]
    return float(term.value) if kind in NUMBERS else (term.value, kind, (term.language or "").lower())


def test_every_competency_question(store: Store) -> None:
    with cg.open(store.publishes) as here, cg.open(store.asks) as there:
        asked = [query.name for query in here.queries() if query.name.startswith("cq-")]
        assert len(asked) >= 62
        for name in asked:
            expected, found = here.query(name), there.query(name)
            assert found.variables == expected.variables, name
            assert Counter(values(found)) == Counter(values(expected)), name
            if not (store.kind == "virtuoso" and name.startswith(ORDERED_BY_TEXTS)):
                assert values(found) == values(expected), name
            assert found.reason == expected.reason, name


def test_every_table_and_measure(store: Store) -> None:
    with cg.open(store.publishes) as here, cg.open(store.asks) as there:
        for name in TABLES:
            assert there.table(name).to_pylist() == here.table(name).to_pylist(), name
        assert there.manifest.id == here.manifest.id
        assert there.now == here.now
        assert there.evidence("https://w3id.org/coopgraph/id/city/madrid").rows


@pytest.mark.parametrize(
    "words",
    [
        ["rank", "--format", "csv"],
        ["explain", "lima", "--format", "json"],
        ["dependence", "--each", "networks", "--format", "csv"],
        ["trend", "--format", "csv"],
        ["query", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a coop:City } } GROUP BY ?g ORDER BY ?g"],
        ["query", "ASK { ?city a coop:City }"],
        ["query", "CONSTRUCT { ?city a coop:City } WHERE { ?city a coop:City }", "--format", "nt"],
        ["query", "SELECT (SUM(?v) AS ?all) { ?m a coop:Money ; schema:value ?v ; schema:currency 'EUR' }"],
    ],
)
def test_commands_say_the_same(store: Store, words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    told = []
    for place in (store.publishes, store.asks):
        assert main([*words, "-w", str(place)]) == 0
        told.append(capfd.readouterr().out)
    assert told[1] == told[0]
    assert len(told[0]) > 3


def test_a_form_and_a_year_book_are_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what the validation remarked: a store does not know, which is said, and no zero is made up.

    Of the answers it carries, which `test_virtuoso` holds against one another, the book takes one here.
    """
    monkeypatch.setattr("coopgraph.yearbook.answers.CARRIED", {"lifecycle": ("states",)})
    made: list[tuple[bytes, list[str]]] = []
    for place, flags in ((store.publishes, []), (store.publishes, ["--store"])):
        out = tmp_path / f"made{len(flags)}"
        out.mkdir()
        assert main(["forms", "write", "madrid", "-o", str(out), "-w", str(place), *flags]) == 0
        assert main(["report", "2018", "-o", str(out / "2018.html"), "-w", str(place), *flags]) == 0
        book = (out / "2018.html").read_text(encoding="utf-8").splitlines()
        made.append(((out / "madrid.xlsx").read_bytes(), book))
    assert made[0][0] == made[1][0] and len(made[0][1]) == len(made[1][1]) > 500
    ((here, there),) = [lines for lines in zip(made[0][1], made[1][1], strict=True) if lines[0] != lines[1]]
    assert "Remarks of the validation when the release was built: 20; rows left out: 0." in here
    assert "is not known here: only the workspace that built it keeps that." in there


def test_a_query_may_only_read_this_release(store: Store) -> None:
    with cg.open(store.asks) as there:
        graphs = there.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        assert {row[0] for row in graphs} == set(there.manifest.counts["graphs"])
        for pattern in (
            f"VALUES ?g {{ <{FOREIGN}> }} GRAPH ?g {{ ?s ?p ?o }}",
            "FILTER EXISTS { GRAPH e:else { ?s ?p ?o } }",
            "GRAPH ?g { ?s ?p ?o } FILTER (?g = e:else)",
        ):  # Virtuoso 7 itself would answer yes
            with pytest.raises(cg.QueryError, match=rf"There is no graph <{FOREIGN}>"):
                there.query(f"PREFIX e: <urn:somebody:> ASK {{ {pattern} }}")
        with pytest.raises(cg.QueryError, match="There is no graph <else>"):
            there.query("BASE <urn:somebody:> ASK { GRAPH <else> { ?s ?p ?o } }")
        assert not there.query("ASK { <urn:a> ?p ?o }")
        with pytest.raises(cg.QueryError, match=rf"There is no graph <{FOREIGN}>"):
            there.query(f"ASK FROM <{FOREIGN}> {{ ?s ?p ?o }}")
        with pytest.raises(cg.QueryError, match="line 1, character 8"):
            there.query("SELECT SELECT { ?s ?p ?o }")
        with pytest.raises(cg.QueryError, match="SERVICE would send data"):
            there.query("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
        with pytest.raises(cg.QueryError, match="is a function of one kind of store"):
            there.query("SELECT (<bif:sys_stat>('st_has_vdb') AS ?x) { }")
        with pytest.raises(cg.QueryError, match="DROP would change"):
            there.query(f"DROP GRAPH <{FOREIGN}>")
        cut = there.query("SELECT * { ?s ?p ?o }", limits=Limits(rows=5))
        assert len(cut) == 5 and cut.reason == "the limit of rows was reached"


def test_rows_that_virtuoso_holds_back_are_told(both: dict[str, Store]) -> None:
    """It gives 10,000 rows at a time, and says nothing."""
    with cg.open(both["virtuoso"].asks) as there:
        found = there.query("SELECT * { ?s ?p ?o }")
        assert len(found) == 10_000
        assert found.reason == "the remote store gives no more rows at a time"


def test_killed_at_any_moment(store: Store, both: dict[str, Store]) -> None:
    """A reader gets the release, or is told that it is half published; done again, it is whole."""
    chance = random.Random(5)
    command = [sys.executable, "-m", "coopgraph", "release", "publish", "-w", str(store.publishes)]
    environment = {**os.environ, "PYTHONPATH": str(Path(cg.__file__).parents[1])}
    began = time.monotonic()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    takes = time.monotonic() - began
    with cg.open(store.publishes) as here:
        expected = values(here.query("cq-011"))
    for _ in range(5):
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.3, 1.0) * takes)
        process.send_signal(signal.SIGKILL)
        process.wait()
        try:
            with cg.open(store.asks) as there:
                assert values(there.query("cq-011")) == expected
        except cg.StoreError as error:
            assert "is half published" in str(error)
    subprocess.run(command, env=environment, check=True, capture_output=True)
    with cg.open(store.asks) as there:
        assert values(there.query("cq-011")) == expected


def test_a_wrong_password_is_told_and_not_shown(
    both: dict[str, Store], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STORE_PASSWORD", "s3cr-et")
    assert main(["release", "publish", "-w", str(both["virtuoso"].publishes)]) == 1
    told = capfd.readouterr().err
    assert "does not accept the user and the password" in told
    assert "s3cr-et" not in told


def test_a_real_network_in_the_place_of_another(
    both: dict[str, Store], root: Path, shared_data: Path, tmp_path: Path
) -> None:
    """URBACT takes the place of the bundled release where that is said; its tables and ranks are equal."""
    place = tmp_path / "urbact"
    shutil.copytree(root / "examples" / "urbact", place, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(place, settings={"data": str(shared_data / "urbact")})
    file = place / "coopgraph.toml"
    for store in both.values():
        section = (store.asks / "coopgraph.toml").read_text(encoding="utf-8").split("[workspace]")[0]
        own = (root / "examples" / "urbact" / "coopgraph.toml").read_text(encoding="utf-8")
        file.write_text(section + own, encoding="utf-8")
        with pytest.raises(cg.StoreError, match="holds a release of another workspace"):
            cg.publish(place)
        done = cg.publish(place, replacing=True)
        assert len(done.dropped) > 100
        with cg.open(place) as here, cg.open(place, store=True) as there:
            for name in TABLES:
                assert there.table(name).equals(here.table(name)), name
            ranks = [cg.rank(release).table.to_pylist() for release in (here, there)]
            assert ranks[1] == ranks[0]
            assert len(ranks[0]) == 591
