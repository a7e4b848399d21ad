"""The rule and the rules it is held against: by hand, and beside networkx."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import log, sqrt

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.network.partnering.rule import (
    adamic_adar,
    at_random,
    by_rule,
    points,
    preferential_attachment,
)
from coopgraph.network.partnering.ties import Ties, ties_of
from coopgraph.network.partnering.ways import ways

PAIRS = st.lists(st.tuples(st.sampled_from("uvwxyz"), st.sampled_from("abcdefgh")), max_size=30)


def path() -> Ties:
    """a - b - c - d, each tie an event of two; e is alone."""
    pairs = [("1", "a"), ("1", "b"), ("2", "b"), ("2", "c"), ("3", "c"), ("3", "d"), ("4", "e")]
    return ties_of(pairs)


def graph(ties: Ties) -> nx.Graph[int]:
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(len(ties.cities)))
    rows = ties.incidence.toarray()
    for row in rows:
        made.add_edges_from(combinations(np.flatnonzero(row).tolist(), 2))
    return made


def test_strength_by_hand() -> None:
    ties = ties_of(
        [("x", "a"), ("x", "b"), ("x", "c"), ("y", "a"), ("y", "b"), ("y", "b"), ("z", "c")], ["d"]
    )
    assert ties.cities == ("a", "b", "c", "d")
    assert ties.strength.toarray().tolist() == [
        [0, 1.5, 0.5, 0],
        [1.5, 0, 0.5, 0],
        [0.5, 0.5, 0, 0],
        [0, 0, 0, 0],
    ]
    assert ties.experience.tolist() == [2, 2, 1, 0]  # z had one city alone
    assert [ties.events[row] for row in ties.shared(0, 1)] == ["y", "x"]  # the smaller first


def test_points_by_hand() -> None:
    """Chains from a in a - b - c - d: steps 1/√2, 1/2, 1/√2; those of 2, 4 and 6 ties end in a or c."""
    found = points(path(), [0])
    step = np.array(
        [[0, 1 / sqrt(2), 0, 0], [1 / sqrt(2), 0, 0.5, 0], [0, 0.5, 0, 1 / sqrt(2)], [0, 0, 1 / sqrt(2), 0]]
    )
    reached = np.sum([np.linalg.matrix_power(step, length) for length in range(2, 7)], axis=0)[0]
    wanted = [log(1 + 100 * value * sqrt(whole)) for value, whole in zip(reached, (1, 2, 2, 1), strict=True)]
    assert found.chains[0].tolist() == pytest.approx([*wanted, 0])
    assert found.experience[0].tolist() == pytest.approx(
        [0.75 * log(2), 0.75 * log(3), 0.75 * log(3), 0.75 * log(2), 0]
    )
    assert found.chains[0, 2] == pytest.approx(log(1 + 100 * (1 + 5 / 4 + 21 / 16) / 2))


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_baselines_are_those_of_networkx(pairs: list[tuple[str, str]]) -> None:
    ties = ties_of(pairs, "abcdefgh")
    made, everyone = graph(ties), range(len(ties.cities))
    ours, product = adamic_adar(ties, everyone), preferential_attachment(ties, everyone)
    asked = list(combinations(everyone, 2))
    for one, other, value in nx.adamic_adar_index(made, asked):
        assert ours[one, other] == ours[other, one] == pytest.approx(value, abs=1e-8)
    for one, other, value in nx.preferential_attachment(made, asked):
        assert product[one, other] == value
    assert not at_random(ties, everyone).any()


@settings(max_examples=40, deadline=None)
@given(PAIRS, st.randoms())
def test_order_and_repetition_of_pairs_change_nothing(pairs: list[tuple[str, str]], chance: object) -> None:
    again = [*pairs, *pairs]
    chance.shuffle(again)  # type: ignore[attr-defined]
    one, other = ties_of(pairs, "abcdefgh"), ties_of(again, "abcdefgh")
    assert by_rule(one, range(8)).tobytes() == by_rule(other, range(8)).tobytes()


def test_ways_by_hand() -> None:
    assert ways(path(), 0, [2, 3, 4]) == {2: ((0, 1, 2),), 3: ((0, 1, 2, 3),), 4: ()}


def test_the_way_whose_weakest_tie_is_the_strongest_goes_first() -> None:
    """To z: by b both ties are 1; by c they are 2 and 1, by d 1/2 and 3: three of four are told."""
    pairs = [
        *(("1", city) for city in "ab"), *(("2", city) for city in "bz"), *(("3", city) for city in "ac"),
        *(("4", city) for city in "ac"), *(("5", city) for city in "cz"), *(("6", city) for city in "ade"),
        *(("7", city) for city in "dz"), *(("8", city) for city in "dz"), *(("9", city) for city in "ez"),
    ]  # fmt: skip
    ties = ties_of(pairs)
    found = ways(ties, ties.place["a"], [ties.place["z"]])[ties.place["z"]]
    assert ["".join(ties.cities[place] for place in way) for way in found] == ["acz", "abz", "adz"]


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_ways_are_shortest_paths(pairs: list[tuple[str, str]]) -> None:
    ties = ties_of(pairs, "abcdefgh")
    made = graph(ties)
    lengths = nx.single_source_shortest_path_length(made, 0)
    ends = [place for place in range(1, 8) if place not in ties.of(0)]
    for end, found in ways(ties, 0, ends).items():
        assert bool(found) == (end in lengths)
        for way in found:
            assert len(way) - 1 == lengths[end] and way[0] == 0 and way[-1] == end
            assert all(made.has_edge(*step) for step in pairwise(way))
