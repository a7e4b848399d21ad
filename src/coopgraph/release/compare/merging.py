"""Two sorted files of N-Quads read side by side, subject by subject; what is equal is passed over in bulk.

In: the blocks of two `graph.nq.zst`, unpacked. Out: the lines of each subject of which something differs.
Memory: a few blocks and the lines of one subject. Standard: RDF 1.1 N-Quads, canonical, in code point order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Lines = tuple[bytes, ...]


def differing(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[tuple[Lines, Lines]]:
    r"""Yield the lines of each subject that differ, as they were and as they are, in order.

    >>> old, new = b'<urn:a> <urn:p> "1" <urn:g> .\n', b'<urn:b> <urn:p> "1" <urn:g> .\n'
    >>> list(differing([old], [old, new])) == [((), (new.rstrip(),))]
    True
    """
    a, b = _Window(before), _Window(after)
    while True:
        _pass_equal(a, b)
        first, second = a.subject(), b.subject()
        if not first and not second:
            return
        old = a.take() if first and (not second or first <= second) else ()
        new = b.take() if second and (not first or second <= first) else ()
        if old != new:
            yield old, new


class _Window:
    """The part of a file that is in memory; `at` is where the next subject begins."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self.text = b""
        self.at = 0

    def more(self) -> bool:
        """Read one block more; what was passed is forgotten, and `at` is 0 again."""
        block = next(self._blocks, b"")
        self.text = self.text[self.at :] + block
        self.at = 0
        return bool(block)

    def subject(self) -> bytes:
        """The subject that comes next, with the space behind it; empty at the end of the file."""
        while (end := self.text.find(b" ", self.at)) < 0:
            if not self.more():
                return b""
        return self.text[self.at : end + 1]

    def take(self) -> Lines:
        """Return the lines of the next subject, and pass them."""
        subject, end = self.subject(), 0  # `end` counts from `at`, which `more` moves
        while True:
            start = self.at + end
            if len(self.text) - start < len(subject) and self.more():
                continue
            if not self.text.startswith(subject, start):
                break
            if (line := self.text.find(b"\n", start)) >= 0:
                end = line + 1 - self.at
            elif not self.more():
                end = len(self.text) - self.at
                break
        lines = tuple(self.text[self.at : self.at + end].splitlines())
        self.at += end
        return lines


def _pass_equal(a: _Window, b: _Window) -> None:
    """Pass what is equal in both windows, up to the beginning of the last subject that might go on."""
    same = _equal_bytes(a.text, a.at, b.text, b.at)
    last = a.text.rfind(b"\n", a.at, a.at + same) + 1
    if not last:
        return
    start = a.text.rfind(b"\n", a.at, last - 1) + 1 or a.at  # the last line that is whole in both
    subject = a.text[start : a.text.find(b" ", start) + 1]
    while start > a.at:
        earlier = a.text.rfind(b"\n", a.at, start - 1) + 1 or a.at
        if not a.text.startswith(subject, earlier):
            break
        start = earlier
    passed = start - a.at
    a.at += passed
    b.at += passed


def _equal_bytes(a: bytes, at: int, b: bytes, other: int) -> int:
    """Count the bytes that are equal from two places on: ever larger steps, then halves."""
    most, same, step = min(len(a) - at, len(b) - other), 0, 128
    while same < most:
        step = min(step, most - same)
        if a[at + same : at + same + step] != b[other + same : other + same + step]:
            break
        same, step = same + step, step * 2
    while same < most and step > 1:
        step //= 2
        if a[at + same : at + same + step] == b[other + same : other + same + step]:
            same += step
    return same
