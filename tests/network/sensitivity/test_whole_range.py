"""The range of a network's reciprocity: by hand, beside the number without ranges, and by brute force."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pytest

import coopgraph as cg
from coopgraph.errors import MeasureError
from coopgraph.network.flows import contributions
from coopgraph.network.sensitivity.draws import draws, keys
from coopgraph.network.sensitivity.loss import Loss
from coopgraph.network.sensitivity.whole_range import ReciprocityRange, reciprocity_range

EVENTS = {  # event: city -> (contributes, benefits)
    "visit": {"lima": (True, True), "quito": (True, True), "cali": (True, True)},
    "course": {"lima": (True, False), "quito": (False, True)},
    "gift": {"cali": (True, False), "lima": (False, True)},
    "talk": {"quito": (True, True), "cali": (False, True)},
}


def table(events: dict[str, dict[str, tuple[bool, bool]]]) -> pa.Table:
    rows = [
        {"event": event, "city": city, "contributes": gives, "benefits": gains}
        for event, cities in events.items()
        for city, (gives, gains) in cities.items()
    ]
    names = ("event", "city", "contributes", "benefits")
    kinds = (pa.string(), pa.string(), pa.bool_(), pa.bool_())
    return pa.Table.from_pylist(rows, schema=pa.schema(list(zip(names, kinds, strict=True))))


def test_the_value_is_that_of_the_whole_network() -> None:
    found = reciprocity_range(contributions(table(EVENTS)), Loss(replicates=10))
    rows = cg.whole_network(table(EVENTS)).table.to_pylist()
    (whole,) = [row["value"] for row in rows if row["name"] == "reciprocity"]
    assert found.value == pytest.approx(whole, abs=1e-12)


@cache
def returned(kept: tuple[str, ...]) -> float | None:
    """The share that is returned where only these events are recorded."""
    rows = contributions(table({name: EVENTS[name] for name in kept})).table.to_pylist() if kept else []
    edges: dict[tuple[str, str], float] = {}
    for row in rows:
        pair = (row["source"], row["target"])
        edges[pair] = edges.get(pair, 0.0) + row["weight"]
    whole = sum(edges.values())
    back = sum(min(weight, edges.get((b, a), 0.0)) for (a, b), weight in edges.items())
    return back / whole if whole else None


def test_the_range_is_that_of_networks_made_one_by_one() -> None:
    loss = Loss(keep=0.6, replicates=150, seed=3)
    names = sorted(EVENTS)
    drawn = draws(keys(names, 3), 0, 150)
    shares = []
    for replicate in range(150):
        share = returned(tuple(name for i, name in enumerate(names) if drawn[i, replicate] < 0.6))
        shares.extend([] if share is None else [share])
    shares.sort()
    low, high = (shares[-(-len(shares) * percent // 100) - 1] for percent in (5, 95))
    found = reciprocity_range(contributions(table(EVENTS)), loss)
    assert found.low is not None and found.high is not None and found.low < found.high
    assert [found.low, found.high] == pytest.approx([low, high])


def test_without_flow_there_is_none() -> None:
    alone = table({"visit": {"lima": (True, True)}})
    assert reciprocity_range(contributions(alone)) == ReciprocityRange(None, None, None)


def test_a_loss_that_cannot_be_is_refused() -> None:
    with pytest.raises(MeasureError, match="keep=2"):
        reciprocity_range(contributions(table(EVENTS)), Loss(keep=2))
