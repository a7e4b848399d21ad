"""`graph.nq.zst`: the truth of a release, as one compressed file of sorted N-Quads.

In: a file of N-Quads, or a `graph.nq.zst`. Out: the other, with digest and count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NAME: Final = "graph.nq.zst"
_BLOCK: Final = 4 << 20


@dataclass(frozen=True)
class GraphFile:
    """The SHA-256 of the uncompressed lines, and how many there are."""

    sha256: str
    quads: int


def compress(nquads: Path, target: Path) -> GraphFile:
    """Compress sorted N-Quads; the same lines always give the same bytes."""
    import pyarrow as pa

    digest, quads = hashlib.sha256(), 0
    with (
        nquads.open("rb") as lines,
        pa.CompressedOutputStream(pa.OSFile(str(target), "wb"), "zstd") as packed,
    ):
        while block := lines.read(_BLOCK):
            digest.update(block)
            quads += block.count(b"\n")
            packed.write(block)
    return GraphFile(digest.hexdigest(), quads)


def read_graph(directory: Path) -> Iterator[bytes]:
    """Yield the lines of a release's graph, uncompressed, a few megabytes at a time."""
    import pyarrow as pa

    with pa.OSFile(str(directory / NAME)) as packed, pa.CompressedInputStream(packed, "zstd") as lines:
        while block := lines.read(_BLOCK):
            yield bytes(block)


def whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield the lines of a graph, each with its end, however its blocks cut them.

    >>> list(whole_lines([b"a\nb", b"c\n"]))
    [b'a\n', b'bc\n']
    """
    rest = b""
    for block in blocks:
        lines = (rest + block).splitlines(keepends=True)
        rest = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        yield from lines
    if rest:
        yield rest
