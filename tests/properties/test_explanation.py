"""Every explanation adds up to the score of the ranking, whatever the participations."""

from __future__ import annotations

from typing import Any, get_args

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coopgraph.network import explain, rank
from coopgraph.network.explanation.shares import RULES, Measure, parts, score
from tests.properties.test_flows import ROWS, Policy, Row, merged, table

POLICIES: tuple[Policy, ...] = get_args(Policy)
POSITIVE = st.floats(1e-3, 1e6)
DYADS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.one_of(
        st.tuples(POSITIVE, POSITIVE),
        st.tuples(st.just(0.0), POSITIVE),
        st.tuples(POSITIVE, st.just(0.0)),
        POSITIVE.map(lambda both: (both, both)),
    ),
)


def ranked(rows: pa.Table, city: str, measure: str, policy: Policy) -> tuple[Any, Any]:
    found = rank(rows, measure=measure, unknown=policy).table.to_pylist()
    (row,) = [row for row in found if row["city"] == city]
    return row[measure], row["rank"]


@given(ROWS, st.sampled_from(sorted(RULES)), st.sampled_from(POLICIES), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_all_tables_add_up_to_the_score_of_the_ranking(
    rows: list[Row], measure: str, policy: Policy, chance: Any
) -> None:
    assume(rows)
    city = chance.choice(sorted({row[1] for row in rows}))
    found = explain(table(rows), city, measure=measure, unknown=policy)
    expected, place = ranked(table(rows), city, measure, policy)
    assert found.place.score == (expected if expected is None else pytest.approx(expected, abs=1e-12))
    assert found.place.rank == place
    for name in ("partners", "events", "sources", "terms"):
        total = sum(getattr(found, name).column("part").to_pylist())
        assert total == pytest.approx(expected or 0, abs=1e-12), name
    other: Policy = "both" if policy == "exclude" else "exclude"
    expected, _ = ranked(table(rows), city, measure, other)
    assert found.other_place.score == (expected if expected is None else pytest.approx(expected, abs=1e-12))


@given(ROWS, st.sampled_from(POLICIES), st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_a_reading_is_what_ranking_finds_with_that_role_known(
    rows: list[Row], policy: Policy, chance: Any
) -> None:
    assume(rows)
    city = chance.choice(sorted({row[1] for row in rows}))
    found = explain(table(rows), city, unknown=policy).unknown.to_pylist()
    assume(found)
    reading = chance.choice(found)
    flags = {pair: list(values) for pair, values in merged(rows).items()}
    for (event, who), values in flags.items():
        if event == reading["event"] and reading["city"] in (None, who):
            for place, role in enumerate(("contributes", "benefits")):
                if values[place] == 1 and (role in reading["roles"] or reading["city"] is None):
                    values[place] = 2 if policy == "exclude" else 0
    answers = {2: True, 1: None, 0: False}
    read = [(*pair, answers[values[0]], answers[values[1]]) for pair, values in flags.items()]
    assert reading["score"] == pytest.approx(ranked(table(read), city, "peer_exchange", policy)[0], abs=1e-12)


@given(DYADS, st.sampled_from(sorted(RULES)), st.floats(0, 100))
def test_parts_are_the_score(dyads: dict[str, tuple[float, float]], measure: str, prior: float) -> None:
    asked = Measure(measure, prior if measure == "peer_exchange" else 0.0)
    whole = score(asked, dyads, 7)
    total = sum(sum(pair) for pair in parts(asked, dyads, 7).values())
    assert total == pytest.approx(whole or 0.0, rel=1e-12, abs=1e-12)


GIVES = {"gives": ((True, False), (False, True)), "receives": ((False, True), (True, False))}


@given(ROWS, st.sampled_from(["peer_exchange", "peer_exchange_k1", "reciprocity", "given"]), st.data())
@settings(max_examples=10, deadline=None)
def test_a_change_is_what_ranking_finds_with_that_event(rows: list[Row], measure: str, data: Any) -> None:
    assume(rows)
    cities = sorted({row[1] for row in rows})
    city = data.draw(st.sampled_from(cities))
    found = explain(table(rows), city, measure=measure)
    changes = found.changes.to_pylist()
    assume(changes)
    change = data.draw(st.sampled_from(changes))
    met = set(found.partners.column("partner").to_pylist())
    others = [change["partner"]] if change["partner"] else sorted(set(cities) - met - {city})
    own, theirs = GIVES.get(change["change"], ((True, True), (True, True)))
    places = []
    for other in others:
        after = table([*rows, ("new", city, *own), ("new", other, *theirs)])
        value, place = ranked(after, city, measure, "exclude")
        assert change["score"] == pytest.approx(value, abs=1e-12)
        places.append(place)
    assert change["rank"] == max(places)
