"""A ranking says when one event makes its first cities first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from coopgraph.network import rank

Make = Callable[..., pa.Table]


def peers(event: str, *cities: str) -> list[Any]:
    return [(event, city, True, True) for city in cities]


def test_one_event_that_carries_the_first(participations: Make) -> None:
    rows = [*peers("forum", "A", "B", "C", "D"), *peers("visit", "A", "E"), ("talk", "F", None, None)]
    ranking = rank(participations(rows).append_column("certainty", pa.array(["derived"] * 3 + [None] * 4)))
    assert ranking.leading is not None
    assert (ranking.leading.event, ranking.leading.first, ranking.leading.among) == ("forum", 5, 4)
    assert ranking.sentences()[-2] == (
        "4 of the first 5 cities both give and receive in one event, 'forum'; 3 of these are derived."
    )


def test_no_event_where_none_joins_most_of_them(participations: Make) -> None:
    rows = [*peers("a", "A", "B"), *peers("b", "C", "D"), *peers("c", "E", "F")]
    ranking = rank(participations(rows))
    assert ranking.leading is None
    assert not any("one event" in sentence for sentence in ranking.sentences())


def test_a_giver_alone_is_no_peer(participations: Make) -> None:
    rows = [("a", "A", True, False), ("a", "B", True, False), ("a", "C", False, True)]
    assert rank(participations(rows)).leading is None


def test_two_cities_are_too_few_to_say_it(participations: Make) -> None:
    assert rank(participations(peers("a", "A", "B"))).leading is None


def test_all_of_the_first(participations: Make) -> None:
    said = rank(participations(peers("a", "A", "B", "C"))).sentences()
    assert "All the first 3 cities both give and receive in one event, 'a'." in said
