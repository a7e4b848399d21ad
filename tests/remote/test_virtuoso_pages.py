"""More rows than Virtuoso gives at a time: every one of them, once, in two graphs that state much alike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

import coopgraph as cg
from coopgraph.rdf.store import create, open_read_only
from coopgraph.release.tables import make_tables
from tests.remote.conftest import workspace
from tests.remote.virtuoso import Virtuoso

pytestmark = [pytest.mark.virtuoso, pytest.mark.xdist_group("virtuoso")]
BASE = "https://w3id.org/coopgraph/"
GRAPHS = (f"{BASE}graph/crowd", f"{BASE}graph/again")
EVENTS, CITIES = 2_600, 10


def crowd() -> str:
    """26,000 participations, a third of them stated again; IRIs that are not ASCII; actions with two sdgs."""
    chance = random.Random(7)
    lines = []
    for event in range(EVENTS):
        action = f"<{BASE}id/action/reunião-{event}>"
        goals = f"sdg:11, sdg:{event % 17 + 1}"
        year = f'"20{event % 20:02}"^^xsd:gYear'
        lines.append(f"{action} a coop:Action ; coop:sdg {goals} ; schema:startDate {year} .")
        for city in chance.sample(range(500), CITIES):
            answers = " ; ".join(
                f"coop:{flag} answer:{chance.choice(['yes', 'no', 'unknown'])}"
                for flag in ("contributes", "benefits")
            )
            part = f"<{BASE}id/participation/reunião-{event}/ciudad-{'ñéz'[city % 3]}{city}>"
            who = f"<{BASE}id/city/{city}>"
            lines.append(f"{part} coop:event {action} ; coop:participant {who} ; {answers} .")
    return "\n".join(lines)


PREFIXES = f"""
@prefix coop: <{BASE}ns#> . @prefix answer: <{BASE}concept/answer/> . @prefix schema: <https://schema.org/> .
@prefix sdg: <http://metadata.un.org/sdg/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="module")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    import pyoxigraph as ox

    told = crowd()
    again = "\n".join(line for at, line in enumerate(told.splitlines()) if at % 3 == 0)
    trig = PREFIXES + f"<{GRAPHS[0]}> {{ {told} }} <{GRAPHS[1]}> {{ {again} }}"
    quads = ox.parse(trig, format=ox.RdfFormat.TRIG)
    return b"".join(sorted(f"{quad} .\n".encode() for quad in quads))


@pytest.fixture(scope="module")
def expected(nquads: bytes, tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    folder = tmp_path_factory.mktemp("crowd")
    (folder / "graph.nq").write_bytes(nquads)
    create(folder / "store", folder / "graph.nq")
    return make_tables(open_read_only(folder / "store")).tables["participations"]


@pytest.fixture(scope="module")
def url(virtuoso: Virtuoso, nquads: bytes) -> Iterator[str]:
    """The address of these two graphs alone, as the SPARQL protocol has it."""
    virtuoso.load(nquads)
    graphs = [f"{kind}-graph-uri={graph}" for kind in ("default", "named") for graph in GRAPHS]
    yield f"{virtuoso.url}?{'&'.join(graphs)}"
    for graph in GRAPHS:
        virtuoso.clear(graph)


def test_every_row_once(url: str, expected: pa.Table, tmp_path: Path) -> None:
    assert len(expected) == EVENTS * CITIES
    with cg.open(workspace(tmp_path / "ws", f'store = "{url}"')) as release:
        found = release.table("participations")
        assert found.equals(expected)
        assert sum(len(sources) for sources in found["source"].to_pylist()) > EVENTS * CITIES  # two graphs
        ranked = cg.rank(release)
    here = cg.rank({"participations": expected})
    assert ranked.table["peer_exchange"].to_pylist() == pytest.approx(
        here.table["peer_exchange"].to_pylist(), abs=1e-12, rel=0
    )
    assert ranked.basis.participations == EVENTS * CITIES


def test_more_rows_than_it_sorts(url: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "ws", f'store.url = "{url}"\nstore.page_rows = 20_000')
    with cg.open(folder) as release, pytest.raises(cg.StoreError) as caught:
        release.table("participations")
    assert "cannot sort as many rows (HTTP 500). Lower page_rows in [store]" in str(caught.value)
    assert "SR353" in str(caught.value)
