"""Virtuoso 7 in the place of the embedded store: the same tables, ranks, graphs and labels, and a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

import coopgraph as cg
from coopgraph.cli import main
from coopgraph.rdf.terms import plain_text
from coopgraph.release import Evidence
from coopgraph.release.tables import TABLES
from coopgraph.secretariat.money import stated
from tests.remote.conftest import Pair, told_of
from tests.remote.virtuoso import Virtuoso

pytestmark = [pytest.mark.virtuoso, pytest.mark.xdist_group("virtuoso")]
MADRID = "https://w3id.org/coopgraph/id/city/madrid"


@pytest.fixture(scope="module")
def here(pair: Pair) -> Iterator[cg.Release]:
    with cg.open(pair.built) as release:
        yield release


@pytest.fixture(scope="module")
def there(pair: Pair) -> Iterator[cg.Release]:
    with cg.open(pair.remote) as release:
        yield release


@pytest.mark.parametrize("name", sorted({*TABLES} - {"results"}))
def test_every_table_is_the_one_made_from_the_embedded_store(
    here: cg.Release, there: cg.Release, name: str
) -> None:
    """Nothing in them suffers from what Virtuoso changes, such as 12.50 to 12.5 and pt-BR to pt-br."""
    expected = here.table(name)
    assert len(expected) > 8
    assert there.table(name).schema == expected.schema
    assert there.table(name).to_pylist() == expected.to_pylist()


def test_results_are_the_ones_of_the_embedded_store(root: Path, pair: Pair, virtuoso: Virtuoso) -> None:
    """Of results loaded here, as the bundled data state none: numbers, words, one result of two graphs."""
    file = root / "tests" / "release" / "results.trig"
    nquads = b"".join(
        f"{quad} .\n".encode() for quad in pyoxigraph.parse(path=file, format=pyoxigraph.RdfFormat.TRIG)
    )
    virtuoso.load(nquads.replace(b"graph/provenance>", b"graph/three>"))  # that of the release stays as it is
    try:
        with cg.open(file) as here, cg.open(pair.remote) as there:
            expected, found = here.table("results"), there.table("results")
    finally:
        for name in ("one", "two", "three"):
            virtuoso.clear(f"https://w3id.org/coopgraph/graph/{name}")
    assert len(expected) == 4
    assert found.schema == expected.schema
    assert found.to_pylist() == expected.to_pylist()


def test_ranks_are_equal(here: cg.Release, there: cg.Release) -> None:
    expected, found = cg.rank(here, unknown="both"), cg.rank(there, unknown="both")
    assert found.basis == expected.basis
    assert found.ranked == expected.ranked == 140
    for name in expected.table.column_names:
        values, wanted = found.table[name].to_pylist(), expected.table[name].to_pylist()
        if isinstance(wanted[0], float):
            assert values == pytest.approx(wanted, abs=1e-12, rel=0), name
        else:
            assert values == wanted, name


def test_graphs_are_equal(here: cg.Release, there: cg.Release) -> None:
    expected, found = cg.exchange_graph(here), cg.exchange_graph(there)
    assert list(found.nodes(data=True)) == list(expected.nodes(data=True))
    assert list(found.edges(data=True)) == list(expected.edges(data=True))
    members, wanted = cg.affiliation_graph(there), cg.affiliation_graph(here)  # asks a label of each network
    assert list(members.nodes(data=True)) == list(wanted.nodes(data=True))


def test_labels_evidence_and_now(here: cg.Release, there: cg.Release) -> None:
    assert there.label(MADRID, "es") == here.label(MADRID, "es") == "Madrid"
    assert there.label("https://example.org/nobody") == "https://example.org/nobody"
    assert there.now == here.now
    found, expected = there.evidence(MADRID), here.evidence(MADRID)
    assert told(found) == told(expected)
    assert found.rows == expected.rows


def told(evidence: Evidence) -> list[tuple[str, str, str, str | None]]:
    """Statements in one order; the embedded store writes each integer as xsd:integer, Virtuoso does not."""
    return sorted((s.predicate, plain_text(s.object), s.graph, s.source) for s in evidence.statements)


def test_answers_for_a_secretariat_are_equal(here: cg.Release, there: cg.Release) -> None:
    """Of a store that holds no release of ours too: a statement of two graphs counts once."""
    expected, found = told_of(here), told_of(there)
    assert set(found) == set(expected)
    for name, (dossier, rows) in expected.items():
        assert found[name][0] == dossier, name
        assert found[name][1] == rows, name
        assert dossier.unknown and any(table.rows for table in dossier.tables), name
    assert sum(len(placed) for _, rows in expected.values() for placed in rows.values()) > 500
    whole = Path(stated.__file__).with_name("wholes.rq").read_text(encoding="utf-8")
    assert sorted(there.query(whole, trusted=True)) == sorted(here.query(whole, trusted=True))
    assert len(here.query(whole, trusted=True)) == 3


def test_rank_and_view_from_the_shell(pair: Pair, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", "-w", str(pair.built), "--format", "csv"]) == 0
    expected = capfd.readouterr().out
    assert main(["rank", "-w", str(pair.remote), "--format", "csv"]) == 0
    assert capfd.readouterr().out == expected
    assert main(["view", "-w", str(pair.remote), str(tmp_path / "network.html")]) == 0
    assert "São Paulo" in (tmp_path / "network.html").read_text(encoding="utf-8")


def test_what_is_not_asked_of_it(pair: Pair, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "-w", str(pair.remote), "cq-011"]) == 1
    told = "Queries are not sent to it, as it holds no release that coopgraph published: a store may count"
    assert told in capfd.readouterr().err
    assert main(["build", str(pair.remote)]) == 2
    assert "names a remote store: there is nothing to build" in capfd.readouterr().err
    with cg.open(pair.remote) as release, pytest.raises(cg.StoreError, match="are not loaded here"):
        release.dataset()
