"""Flows equal the formula word by word, in fractions, on any participations."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any, Literal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.network import flows

Row = tuple[str, str, bool | None, bool | None]
Policy = Literal["exclude", "both"]
FLAGS = st.sampled_from([True, True, False, None])
ROWS = st.lists(
    st.tuples(st.sampled_from(["e", "f", "g"]), st.sampled_from("abcdé"), FLAGS, FLAGS), max_size=25
)
STRENGTH = {True: 2, None: 1, False: 0}


def table(rows: list[Row]) -> pa.Table:
    types = (pa.string(), pa.string(), pa.bool_(), pa.bool_())
    names = ("event", "city", "contributes", "benefits")
    columns = zip(names, types, strict=True)
    return pa.table(
        {name: pa.array([row[place] for row in rows], kind) for place, (name, kind) in enumerate(columns)}
    )


def merged(rows: list[Row]) -> dict[tuple[str, str], tuple[int, int]]:
    """Yes over unknown over no, flag by flag."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for event, city, contributes, benefits in rows:
        gives, gets = found.get((event, city), (0, 0))
        found[event, city] = max(gives, STRENGTH[contributes]), max(gets, STRENGTH[benefits])
    return found


def formula(rows: list[Row], unknown: Policy) -> dict[tuple[str, str], Fraction]:
    least = 2 if unknown == "exclude" else 1
    flags = merged(rows)
    weights: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for (event, city), (gives, _) in flags.items():
        others = [j for (e, j), (_, gets) in flags.items() if e == event and j != city and gets >= least]
        for other in others if gives >= least else ():
            weights[city, other] += Fraction(1, len(others))
    return weights


@given(ROWS, st.sampled_from(["exclude", "both"]))
@settings(max_examples=40, deadline=None)
def test_every_weight_is_the_formulas(rows: list[Row], unknown: Policy) -> None:
    made = flows(table(rows), unknown=unknown)
    found = {(edge["source"], edge["target"]): edge["weight"] for edge in made.edges.to_pylist()}
    assert found == pytest.approx(
        {pair: float(weight) for pair, weight in formula(rows, unknown).items()}, rel=1e-15
    )
    assert list(found) == sorted(found)
    assert made.nodes == tuple(sorted({row[1] for row in rows}))


@given(ROWS)
@settings(max_examples=20, deadline=None)
def test_the_basis_counts_what_is_there(rows: list[Row]) -> None:
    basis, flags = flows(table(rows)).basis, merged(rows)
    mutual: dict[str, set[Any]] = {}
    for unknown in ("exclude", "both"):
        pairs = set(formula(rows, unknown))
        mutual[unknown] = {frozenset(pair) for pair in pairs if pair[::-1] in pairs}
    assert basis.participations == len(flags)
    assert basis.merged_rows == len(rows) - len(flags)
    assert basis.unknown_participations == sum(1 in pair for pair in flags.values())
    assert basis.dyads_could_become_mutual == len(mutual["both"] - mutual["exclude"])


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_changes_no_bit(rows: list[Row], chance: Any) -> None:
    first = flows(table(rows))
    chance.shuffle(rows)
    assert flows(table(rows)) == first


@given(ROWS)
@settings(max_examples=20, deadline=None)
def test_given_strength_counts_events_with_a_beneficiary(rows: list[Row]) -> None:
    strength: dict[str, float] = defaultdict(float)
    for edge in flows(table(rows)).edges.to_pylist():
        strength[edge["source"]] += edge["weight"]
    assert all(abs(total - round(total)) < 1e-9 for total in strength.values())
