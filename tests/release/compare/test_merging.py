"""Two sorted files, subject by subject: held against sets, however the files are cut into blocks."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from coopgraph.release.compare.merging import differing

subject = st.sampled_from(["a", "a-b", "a/b", "ab", "b", "é", "\U00010348"])
line = st.builds(
    lambda s, p, o: f'<urn:{s}> <urn:{p}> "{o}" <urn:g> .'.encode(),
    subject,
    st.sampled_from("pq"),
    st.sampled_from(["1", "2", "> <", "\x0b\x85"]),
)
lines = st.lists(line, unique=True, max_size=25).map(sorted)


def cut(found: list[bytes], size: int) -> Iterator[bytes]:
    text = b"".join(one + b"\n" for one in found)
    return (text[at : at + size] for at in range(0, len(text), size))


@given(lines, lines, st.integers(1, 200), st.integers(1, 200))
def test_differs_as_sets_do(a: list[bytes], b: list[bytes], one: int, other: int) -> None:
    found = list(differing(cut(a, one), cut(b, other)))
    assert [x for old, new in found for x in old if x not in new] == sorted(set(a) - set(b))
    assert [x for old, new in found for x in new if x not in old] == sorted(set(b) - set(a))
    for old, new in found:
        whole = (old or new)[0].split(b" ")[0] + b" "
        assert list(old) == [x for x in a if x.startswith(whole)]
        assert list(new) == [x for x in b if x.startswith(whole)]


@given(lines, st.integers(1, 200), st.integers(1, 200))
def test_what_is_equal_is_passed_over(a: list[bytes], one: int, other: int) -> None:
    assert list(differing(cut(a, one), cut(a, other))) == []


def test_memory_is_that_of_some_blocks() -> None:
    def blocks(last: str) -> Iterator[bytes]:
        for block in range(200):
            rows = (f'<urn:{block:04}{row:04}> <urn:p> "{last}" <urn:g> .\n' for row in range(1000))
            yield "".join(rows).encode()

    tracemalloc.start()
    found = sum(1 for _ in differing(blocks("1"), blocks("2")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == 200_000
    assert peak < 2_000_000  # each file has 7 MB
