"""What a period lets through on Explore is what the library selects: events, links and weights."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import coopgraph as cg
from coopgraph.network.flows import contributions
from coopgraph.views.explorer.graph import graph_of

RUN = Path(__file__).with_name("period.run.mjs")
PERIODS: list[tuple[int | None, int | None]] = [(2010, 2014), (2018, 2018), (2021, None), (None, 2012)]

Found = dict[str, Any]


@pytest.fixture(scope="module")
def release(built: Path) -> cg.Release:
    return cg.open(built)


@pytest.fixture(scope="module")
def graph(release: cg.Release) -> Found:
    return graph_of(release)


@pytest.fixture(scope="module")
def passed(graph: Found) -> dict[Any, Found]:
    asked = json.dumps({"graph": graph, "periods": PERIODS})
    run = subprocess.run(["node", str(RUN)], input=asked, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr[-2000:]
    return dict(zip(PERIODS, json.loads(run.stdout), strict=True))


def texts(period: tuple[int | None, int | None]) -> tuple[str | None, str | None]:
    first, last = (str(year) if year else None for year in period)
    return first, last


@pytest.mark.parametrize("period", PERIODS)
def test_a_flow_weighs_what_the_library_makes_it(
    release: cg.Release, graph: Found, passed: dict[Any, Found], period: tuple[int | None, int | None]
) -> None:
    exchange = next(i for i, layer in enumerate(graph["layers"]) if layer["key"] == "exchange")
    found, links, iri = passed[period], graph["links"], graph["nodes"]["iri"]
    drawn = {}
    for i, layer in enumerate(links["layer"]):
        if layer == exchange and found["link"][i]:
            source, target = iri[links["source"][i]], iri[links["target"][i]]
            drawn[source, target], drawn[target, source] = found["forward"][i], found["backward"][i]
    G = cg.exchange_graph(release, period=texts(period))
    expected = {(source, target): facts["weight"] for source, target, facts in G.edges(data=True)}
    assert len(expected) > 5
    assert {pair: w for pair, w in drawn.items() if w} == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("period", PERIODS)
def test_agreements_of_cities_are_those_the_library_selects(
    release: cg.Release, graph: Found, passed: dict[Any, Found], period: tuple[int | None, int | None]
) -> None:
    """The library counts a renewal with what it renews, so whole chains of renewals are compared."""
    rows = release.table("agreements").to_pylist()
    renews = {row["agreement"]: row["renews"] for row in rows if row["renews"]}
    cities = Counter(row["agreement"] for row in rows if row["party_is_city"])
    columns = (graph["events"][name] for name in ("iri", "kind"))
    drawn = {
        iri
        for iri, kind, passes in zip(*columns, passed[period]["event"], strict=True)
        if passes and kind == "agreement" and cities[iri] > 1
    }
    found = contributions(release, events="agreements", period=texts(period)).table["event"].to_pylist()
    assert len(drawn) > 1
    assert {first_of(iri, renews) for iri in drawn} == {first_of(iri, renews) for iri in found}


def first_of(agreement: str, renews: dict[str, str]) -> str:
    while agreement in renews:
        agreement = renews[agreement]
    return agreement
