"""The process that runs one query after another and may be killed at any time.

Run as `python -I -S worker.py <folder of pyoxigraph> <store> <memory in bytes>`; it imports pyoxigraph and
the standard library alone, so it answers after about 75 ms. Requests are lines of JSON on standard input. An
answer is frames on standard output: `D` and bytes any number of times, then `E` and a JSON object. When
standard input ends, so does it.

Where the system allows, it has no network and a limit on memory and processor time. Windows has neither and
macOS ignores the limit on memory: there time, rows and bytes are limited by the caller.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pyoxigraph as ox

FRAME: Final = 1 << 20
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000

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


def answer(store: ox.Store, request: dict[str, Any], write: Write) -> dict[str, Any]:
    """Run one query, hand its answer to `write` as TSV or N-Triples, and return what must be said of it.

    One that is only to be parsed runs on nothing.
    """
    for term, graph in request["present"]:
        if not is_present(store, term, graph):
            return {"error": "absent", "message": term}
    try:
        return _answered(_empty() if request.get("parse") else store, request, write)
    except SyntaxError as error:
        return {"error": "syntax", "message": str(error.msg)}
    except MemoryError:
        return {"error": "memory", "message": "out of memory"}
    except (ValueError, OSError, RuntimeError) as error:
        return {"error": "failed", "message": str(error)}


def _empty() -> ox.Store:
    import pyoxigraph as ox

    return ox.Store()


def _answered(store: ox.Store, request: dict[str, Any], write: Write) -> dict[str, Any]:
    import pyoxigraph as ox

    found = store.query(request["query"], base_iri=request["base"], prefixes=request["prefixes"])
    if isinstance(found, ox.QueryBoolean):
        write(b"true" if found else b"false")
        return {"kind": "boolean", "variables": [], "truncated": None}
    if isinstance(found, ox.QuerySolutions):
        end = {"kind": "bindings", "variables": [variable.value for variable in found.variables]}
        counted = Counted(write, rows=request["rows"], size=request["size"], header=1)
        return end | {"truncated": _cut(found, counted, ox.QueryResultsFormat.TSV)}
    counted = Counted(write, rows=request["rows"], size=request["size"], header=0)
    return {"kind": "triples", "variables": [], "truncated": _cut(found, counted, ox.RdfFormat.N_TRIPLES)}


def _cut(found: Any, counted: Counted, form: object) -> str | None:
    """Write all of it, or say which limit stopped it."""
    try:
        found.serialize(counted, form)
    except LimitReached as reached:
        return str(reached)
    finally:
        counted.flush()
    return None


def is_present(store: ox.Store, term: str, graph: str | None) -> bool:
    """Whether a term stands as subject or object in the graph asked (None: the default graph)."""
    import pyoxigraph as ox

    node = next(iter(ox.parse(f"<x:x> <x:x> {term} .", ox.RdfFormat.TURTLE))).object
    where = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    if not isinstance(node, ox.Literal) and any(store.quads_for_pattern(node, None, None, where)):
        return True
    return any(True for _ in store.quads_for_pattern(None, None, node, where))


def leave_network() -> bool:
    """Give up the network for good, where the system lets an ordinary process do so."""
    flags = (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET)
    unshare = getattr(os, "unshare", None) or _unshare_of_libc()
    return unshare is not None and any(_succeeds(unshare, flag) for flag in flags)


def _succeeds(unshare: Callable[[int], object], flags: int) -> bool:
    try:
        return not unshare(flags)
    except OSError:
        return False


def _unshare_of_libc() -> Callable[[int], object] | None:
    """`unshare` for Python 3.11, which has no `os.unshare`."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    try:
        return ctypes.CDLL(None).unshare
    except (OSError, AttributeError):
        return None


def limit_memory(size: int) -> bool:
    """Let the system refuse memory beyond `size`; False where it cannot."""
    try:
        import resource
    except ImportError:
        return False
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return False
    return True


def limit_time(seconds: float) -> bool:
    """Let the system end this process after so much more processor time; False where it cannot."""
    try:
        import resource
    except ImportError:
        return False
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))
    return True


def _frame(kind: bytes, data: bytes) -> None:
    sys.stdout.buffer.write(kind + len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()


def _requests(waiting: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Read on while the engine works, so that the end of the caller is the end of this process."""
    for line in sys.stdin.buffer:
        waiting.put(json.loads(line))
    os._exit(0)


def main(site: str, directory: str, memory: str) -> None:
    leave_network()
    limit_memory(int(memory))
    sys.path.append(site)
    import pyoxigraph as ox

    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_requests, args=(waiting,), daemon=True).start()
    store = ox.Store.read_only(directory)
    while True:
        request = waiting.get()
        limit_time(request["seconds"])
        end = answer(store, request, lambda data: _frame(b"D", data))
        _frame(b"E", json.dumps(end).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
