"""What runs in the process: datasets by the protocol, formats, and answers that fit their bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.errors import QueryError, StoreError
from coopgraph.rdf.client import Request, Worker
from coopgraph.rdf.guard import check
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.process import datasets
from coopgraph.rdf.process.datasets import Datasets, TooMany
from coopgraph.rdf.process.written import fitted, written
from coopgraph.rdf.store import open_read_only

G1, G2 = "https://example.org/g1", "https://example.org/g2"
BASE = "https://example.org/"


def test_graphs_that_are_too_large_to_merge_are_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "MOST_MERGED", 4)
    with pytest.raises(TooMany):
        Datasets(open_read_only(store)).view([G1, G2])
    monkeypatch.setattr(datasets, "MOST_MERGED", 5)
    assert len(Datasets(open_read_only(store)).view([G1, G2]).store) == 4


def test_a_merge_is_made_once(store: Path) -> None:
    found = Datasets(open_read_only(store))
    first = found.view([G1, G2]).store
    assert found.view([G1, G2]).store is first
    assert found.view([G1, G2], [G1]).store is not first


def test_a_graph_that_is_not_there_is_told(worker: Worker) -> None:
    for name in ("https://example.org/none", "no iri"):
        with pytest.raises(QueryError, match="There is no graph"):
            worker.ask(check("ASK {}", {}, BASE, default=[name]), Limits())


def test_a_limit_of_memory_that_is_too_low_is_told(store: Path, ask: Callable[[str], Request]) -> None:
    with pytest.raises(StoreError, match="too low"):
        Worker(store).ask(ask("ASK {}"), Limits(memory=64 << 20))


@pytest.mark.parametrize("size", [60, 100, 137, 1000])
def test_rows_fit_their_bytes_and_are_whole(size: int) -> None:
    tsv = b"?n\n" + b"".join(b"%d\n" % n for n in range(20))
    body, cut = fitted(tsv, 1, size, lambda lines: written("bindings", lines, "json", {}))
    rows = json.loads(body)["results"]["bindings"]
    assert cut
    assert not rows or len(body) <= size
    assert [row["n"]["value"] for row in rows] == [str(n) for n in range(len(rows))]
    whole, uncut = fitted(tsv, 1, 10_000, lambda lines: written("bindings", lines, "json", {}))
    assert (len(json.loads(whole)["results"]["bindings"]), uncut) == (20, False)


def test_columns_of_a_star_are_in_order_in_each_format(worker: Worker) -> None:
    request = check("SELECT * { ?z <https://example.org/q> ?a }", {}, BASE)
    assert worker.ask(request, Limits(), "csv").payload == b"z,a\r\nhttps://example.org/x,5\r\n"
    assert worker.ask(request, Limits()).variables == ("z", "a")
