"""Leave one source out: beside a ranking of what is left, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import coopgraph as cg
from coopgraph.errors import MeasureError, ProjectionError
from coopgraph.network import leave_one_source_out
from coopgraph.network.measures import MEASURES

Make = Callable[..., pa.Table]


def sourced(rows: list[tuple[Any, ...]]) -> pa.Table:
    """Rows of (event, city, contributes, benefits, sources)."""
    names = ("event", "city", "contributes", "benefits", "source")
    kinds = (pa.string(), pa.string(), pa.bool_(), pa.bool_(), pa.list_(pa.string()))
    columns = zip(names, kinds, strict=True)
    return pa.table(
        {name: pa.array([row[i] for row in rows], kind) for i, (name, kind) in enumerate(columns)}
    )


def synthetic() -> pa.Table:
    random = np.random.default_rng(3)
    return sourced(
        [
            (
                f"https://example.org/e{event}",
                f"https://example.org/c{city:02}",
                bool(random.random() < 0.7),
                None if random.random() < 0.2 else bool(random.random() < 0.7),
                sorted(set(random.choice(["r", "s", "t", "u"], random.integers(0, 3)).tolist())),
            )
            for event in range(25)
            for city in random.choice(15, random.integers(1, 6), replace=False)
        ]
    )


@pytest.mark.parametrize("measure", ["peer_exchange", "reciprocity", "given"])
@pytest.mark.parametrize("unknown", ["exclude", "both"])
def test_each_source_left_out_is_a_ranking_without_its_rows(measure: str, unknown: Any) -> None:
    table = synthetic()
    whole = cg.rank(table, measure=measure, unknown=unknown).table.to_pylist()
    cities = sorted(row["city"] for row in whole)
    without = leave_one_source_out(table, measure=measure, unknown=unknown)
    scores: dict[str, list[Any]] = {row["city"]: [row[measure]] for row in whole}
    ranks: dict[str, list[Any]] = {row["city"]: [row["rank"]] for row in whole}
    told = {row["source"]: row for row in without.sources.to_pylist()}
    assert set(told) == {"r", "s", "t", "u"} and without.alone == 4
    for name in "rstu":
        kept = [row for row in table.to_pylist() if row["source"] != [name]]
        rows = cg.rank(
            sourced([tuple(row.values()) for row in kept]), measure=measure, unknown=unknown, nodes=cities
        )
        for row in rows.table.to_pylist():
            scores[row["city"]].append(row[measure])
            ranks[row["city"]].append(row["rank"])
        changes = {city: round((values[-1] or 0) - (values[0] or 0), 12) for city, values in scores.items()}
        assert told[name]["participations"] == len(table) - len(kept)
        assert told[name]["moved"] == sum(map(bool, changes.values()))
        assert abs(told[name]["change"]) == pytest.approx(max(map(abs, changes.values())), abs=1e-12)
        assert changes[told[name]["city"]] == pytest.approx(told[name]["change"], abs=1e-12)
        assert rows.table["city"][0].as_py() == told[name]["first"]
    for row in without.table.to_pylist():
        defined = [score for score in scores[row["city"]] if score is not None]
        places = [place for place in ranks[row["city"]] if place is not None]
        assert row["score_least"] == pytest.approx(min(defined, default=None), abs=1e-12)
        assert row["score_most"] == pytest.approx(max(defined, default=None), abs=1e-12)
        assert (row["rank_best"], row["rank_worst"]) == (min(places, default=None), max(places, default=None))


def test_what_another_source_states_too_is_not_lost() -> None:
    rows = [
        ("e", "a", True, True, ["x", "y"]),
        ("e", "b", True, True, ["y"]),
        ("e", "c", True, True, ["y", "x"]),
    ]
    without = leave_one_source_out(sourced(rows))
    assert without.sources.to_pylist() == [
        {
            "source": "y",
            "title": "y",
            "participations": 1,
            "moved": 3,
            "change": -1.0,
            "city": "b",
            "label": "b",
            "first": "a",
            "first_label": "a",
        }
    ]
    by_city = {row["city"]: row for row in without.table.to_pylist()}
    assert (by_city["a"]["score_least"], by_city["a"]["score_most"]) == (0.5, 1.0)
    assert (by_city["b"]["rank_best"], by_city["b"]["rank_worst"]) == (1, 3)
    assert by_city["b"]["source"] == "y"


def test_it_says_who_would_be_first() -> None:
    rows = [
        *(("e", city, True, True, ["x"]) for city in "ab"),
        *(("f", city, True, True, ["x"]) for city in "ac"),
        *(("g", city, True, True, ["y"]) for city in "bd"),
    ]
    tables = {
        "participations": sourced(rows),
        "sources": pa.table({"source": ["x", "y"], "title": ["A register", None]}),
    }
    said = list(leave_one_source_out(tables).sentences())
    assert said[0].startswith("Leave one source out: 2 sources are the only ones")
    assert said[1:] == ["Without 'A register' the first would be b, not a."]
    alone = list(leave_one_source_out(sourced(rows[:4])).sentences())
    assert alone[1] == "Without 'x' the first would be nobody, not a."


def test_filters_by_country_see_what_is_left() -> None:
    rows = [("e", "a", True, True, ["x"]), ("e", "b", True, True, ["y"]), ("e", "c", True, True, ["y"])]
    cities = {"city": ["a", "b", "c"], "country": ["ES", "PT", "PT"]}
    labels = {f"label_{tag}": ["A", "B", "C"] for tag in ("en", "es", "pt")}
    tables = {"participations": sourced(rows), "cities": pa.table({**cities, **labels})}
    told = {row["source"]: row for row in leave_one_source_out(tables, country="ES").sources.to_pylist()}
    assert told["x"]["first"] is None, "without its Spanish city the event is not selected"


def test_sources_as_text_and_rows_without_any() -> None:
    table = sourced([("e", "a", True, True, []), ("e", "b", True, True, None)])
    assert leave_one_source_out(table).sources.num_rows == 0
    plain = table.set_column(4, "source", pa.array(["x", None]))
    assert leave_one_source_out(plain).sources["source"].to_pylist() == ["x"]
    assert leave_one_source_out(sourced([])).table.num_rows == 0


def test_order_of_rows_changes_nothing() -> None:
    table = synthetic()
    turned = table.take(pa.array(range(len(table) - 1, -1, -1)))
    assert leave_one_source_out(table, measure=MEASURES[0]) == leave_one_source_out(
        turned, measure=MEASURES[0]
    )


def test_what_cannot_be_is_refused(participations: Make) -> None:
    with pytest.raises(ProjectionError, match="'source' is missing"):
        leave_one_source_out(participations([]))
    with pytest.raises(ProjectionError, match="actions only"):
        leave_one_source_out(synthetic(), events="all")
    with pytest.raises(MeasureError):
        leave_one_source_out(synthetic(), measure="none")
