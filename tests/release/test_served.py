"""What is worked out from a release: once, whoever asks, and no more of it than is said."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from coopgraph.release import Release
from coopgraph.release.served import LIVE, Served
from coopgraph.resources import bundled


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(bundled("ontology") / "coopgraph.ttl") as served:
        yield served


def test_who_asks_meanwhile_waits_for_it(served: Served) -> None:
    often, together = Counter[int](), threading.Barrier(4, timeout=20)

    def ask(_: int) -> int:
        def make(release: Release) -> int:
            often[7] += 1
            threading.Event().wait(0.2)
            return 49

        together.wait()
        return served.made(LIVE, ("square", 7), make, most=2)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [49] * 4
    assert often == {7: 1}


def test_those_asked_for_last_are_kept(served: Served) -> None:
    made: list[int] = []

    def cube(number: int) -> int:
        def make(release: Release) -> int:
            made.append(number)
            return number**3

        return served.made(LIVE, ("cube", number), make, most=2)

    served.made(LIVE, ("other", 1), lambda _: 1, most=2)
    served.made(LIVE, "cube", lambda _: 1)  # another key, however like it
    assert [cube(number) for number in (1, 2, 1, 3, 1, 2)] == [1, 8, 1, 27, 1, 8]
    assert made == [1, 2, 3, 2]  # 2 made room for 3; 1 was asked for in between
    for key in (("other", 1), "cube"):
        assert served.made(LIVE, key, lambda _: 0) == 1
