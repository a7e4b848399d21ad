"""A file that stops the engine where an answer is long enough.

In: the bytes the engine writes, line by line. Out: whole lines, at most so many rows and bytes. Standards:
SPARQL 1.1 TSV results and N-Triples, where a row is one line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

FRAME: Final = 1 << 20
READY: Final = b"R\0\0\0\0"  # the first frame: the process is ready for a request

Write = Callable[[bytes], object]


class LimitReached(Exception):
    """The answer is cut here."""


class Counted:
    """A file that counts the lines and bytes that pass, and stops the engine at the limit. A row is one line.

    >>> parts = []
    >>> cut = Counted(parts.append, rows=1, size=99, header=1)
    >>> try: _ = cut.write(b"?x\\n1\\n2\\n")
    ... except LimitReached as reached: print(reached)
    rows
    >>> cut.flush(); parts
    [b'?x\\n1\\n']
    """

    def __init__(self, write: Write, *, rows: int, size: int, header: int) -> None:
        self._write = write
        self._lines = rows + header
        self._size = size
        self._buffer = bytearray()
        self._full = False  # the engine writes its last buffer once more after a failed write

    def write(self, data: bytes) -> int:
        if self._full:
            return len(data)
        if len(data) > self._size:
            self._buffer += data[: self._size]
            raise self._reached("bytes")
        lines = data.count(b"\n")
        if lines > self._lines or (lines == self._lines and not data.endswith(b"\n")):
            self._buffer += b"".join(line + b"\n" for line in data.split(b"\n")[: self._lines])
            raise self._reached("rows")
        self._lines -= lines
        self._size -= len(data)
        self._buffer += data
        if len(self._buffer) >= FRAME:
            self.flush()
        return len(data)

    def _reached(self, limit: str) -> LimitReached:
        self._full = True
        return LimitReached(limit)

    def flush(self) -> None:
        """Hand over the whole lines there are; the rest waits, or is dropped at a limit."""
        end = self._buffer.rfind(b"\n") + 1
        if end:
            self._write(bytes(self._buffer[:end]))
            del self._buffer[:end]
