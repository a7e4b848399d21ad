"""The other end of `process`: one worker process, started when first asked and replaced whenever it dies.

In: a checked query and its limits. Out: the bytes of the answer. A query that takes too long is killed with
its process; a process that dies is explained in words.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

from coopgraph.errors import QueryError, QueryTimeout, StoreError
from coopgraph.rdf.complaint import syntax_error
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.process.cut import READY
from coopgraph.rdf.watch import Watch

_ON_WINDOWS: Final = os.name == "nt"  # 0x200 below is its CREATE_NEW_PROCESS_GROUP

_LONGEST_START: Final = 30.0
_GRAPHS: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

Ask = Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]  # a plain request to its end and its payload


@dataclass(frozen=True)
class Answer:
    """What came back, in the form asked for, else as TSV of bindings, N-Triples, or `true` / `false`; and the
    limit that cut it.
    """

    kind: str  # bindings | boolean | triples
    variables: tuple[str, ...]
    payload: bytes
    truncated: str | None = None  # rows | bytes | store


@dataclass(frozen=True)
class Request:
    """A query that `guard.check` has let pass; `present` are (term, graph) that must be there for it.

    `default` and `named` are the graphs that the protocol names instead of the whole release, and `order` is
    that of the columns of a `SELECT *`.
    """

    query: str
    prefixes: dict[str, str]
    base: str
    present: tuple[tuple[str, str | None], ...] = ()
    known: tuple[str, ...] = ()  # every prefix it could have used, to name them when it uses another
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    word: str = ""  # SELECT, ASK, CONSTRUCT or DESCRIBE

    @property
    def prologue(self) -> str:
        """The declarations of its prefixes, as they stand before a query."""
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes.items())

    def plain(self, limits: Limits, form: str | None = None) -> dict[str, Any]:
        bounds = {"rows": limits.rows, "size": limits.size, "seconds": limits.seconds}
        return {**vars(self), "form": form, **bounds}


class Worker:
    """A process that answers queries over one store. Safe to use from several threads: one asks at a time."""

    def __init__(self, store: Path, *, nice: int = 0) -> None:
        self._store = store
        self._nice = nice
        self._memory = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._clock = Watch()
        self._lock = threading.Lock()

    def ask(
        self, request: Request, limits: Limits, form: str | None = None, *, processor: float | None = None
    ) -> Answer:
        """Run a query in the process; raises QueryError or QueryTimeout and leaves nothing behind.

        `form` is that of the answer: json, xml, csv or tsv for rows, ttl, nt, jsonld or rdf for triples.
        After `processor` seconds of work it is stopped, however long that takes.
        """
        with self._lock:
            process = self._running(limits.memory)
            self._clock.begin(process, limits.seconds, processor)
            try:
                return _answer(process, request, limits, form)
            except (EOFError, BrokenPipeError):
                raise _death(self._end(), limits, late=self._clock.late) from None
            except BaseException as error:
                # Ctrl-C too: half an answer is in the pipe, and would begin the next
                if not isinstance(error, QueryError):
                    self._end()
                raise
            finally:
                self._clock.end()

    def start(self, memory: int) -> None:
        """Have the process ready, so that the next query's time is its own."""
        with self._lock:
            self._running(memory)

    @property
    def spent(self) -> float:
        """Processor seconds of the last query."""
        return self._clock.spent

    @property
    def pid(self) -> int | None:
        """The id of the process, where one runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def kill(self) -> None:
        """End the process at once, whatever it answers; who asks is told that it stopped."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process, once it has answered."""
        with self._lock:
            self._end()
            self._clock.close()

    def _running(self, memory: int) -> subprocess.Popen[bytes]:
        if self._process is not None and (memory != self._memory or self._process.poll() is not None):
            self._end()
        if self._process is None:
            self._process, self._memory = _start(self._store, memory, self._nice), memory
            self._wait_until_ready(self._process)
        return self._process

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Let no query pay for the start of its process."""
        self._clock.begin(process, _LONGEST_START, None)
        try:
            _exactly(_pipe(process.stdout), len(READY))
        except EOFError:
            code = self._end()
            raise StoreError(
                f"The query engine did not start (status {code}): the release is damaged, or the limit of "
                f"memory ({self._memory >> 20} MB) is too low for it. Raise query_memory, or build it again."
            ) from None
        finally:
            self._clock.end()

    def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()
        return process.wait()


def _start(store: Path, memory: int, nice: int) -> subprocess.Popen[bytes]:
    """Start Python without its site packages and in a session of its own: Ctrl-C is ours to handle."""
    found = find_spec("pyoxigraph")
    if not store.is_dir():
        raise StoreError(f"{store} is no longer there: the release was pruned. Open the one in force.")
    if found is None or not found.submodule_search_locations:
        raise StoreError("pyoxigraph is not installed. Install coopgraph again.")
    site = str(Path(found.submodule_search_locations[0]).parent)
    script = str(Path(__file__).parent / "process" / "start.py")
    command = [sys.executable, "-I", "-S", script, site, str(store), str(memory), str(nice)]
    apart: dict[str, Any] = {"creationflags": 0x200} if _ON_WINDOWS else {"start_new_session": True}
    apart["env"] = {
        **os.environ,
        "MALLOC_ARENA_MAX": "1",
    }  # else glibc claims 400 MB of memory for its threads
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, **apart)
    except OSError as error:
        raise StoreError(
            f"The query engine did not start: {sys.executable or 'Python'} cannot be run "
            f"({error.strerror or error}). Look whether it is there, may be run, and the machine has room."
        ) from error


def _answer(process: subprocess.Popen[bytes], request: Request, limits: Limits, form: str | None) -> Answer:
    def ask(plain: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        return _exchange(process, plain)

    return answered(request.plain(limits, form), request.known, ask)


def answered(plain: dict[str, Any], known: Sequence[str], ask: Ask) -> Answer:
    """Put a request to an engine; a query that does not parse is put again until its fault is found."""
    end, payload = ask(plain)
    if end.get("error") != "syntax":
        return read_end(end, payload)

    def parse(text: str) -> str | None:
        again, _ = ask({**plain, "query": text, "present": [], "parse": True})
        return str(again["message"]) if again.get("error") == "syntax" else None

    prefixes = {**dict.fromkeys(known, ""), **plain["prefixes"]}
    raise syntax_error(plain["query"], prefixes, str(end["message"]), parse)


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    requests, answers = _pipe(process.stdin), _pipe(process.stdout)
    requests.write(json.dumps(request).encode() + b"\n")
    requests.flush()
    parts: list[bytes] = []
    while True:
        head = _exactly(answers, 5)
        data = _exactly(answers, int.from_bytes(head[1:], "big"))
        if head[:1] == b"E":
            return json.loads(data), b"".join(parts)
        parts.append(data)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def read_end(end: dict[str, Any], payload: bytes) -> Answer:
    """Make an Answer of what the engine said at the end, or raise what it complained of."""
    if "error" in end:
        raise read_error(end)
    return Answer(end["kind"], tuple(end["variables"]), payload, end["truncated"])


def read_error(end: dict[str, Any]) -> QueryError | QueryTimeout:
    """The engine's complaint in words."""
    message = str(end["message"])
    if end["error"] == "absent":
        return QueryError(
            f"A path that may have length zero starts or ends at {message}, which is not in the data: the "
            "engine would leave that answer out. Put a variable there and bind it first: "
            f"VALUES ?start {{ {message} }}."
        )
    if end["error"] == "memory":
        told = "The query needed more memory than it may have. Narrow it, or raise the limit."
        return QueryTimeout(told, reason="memory")
    if end["error"] == "graph":
        return QueryError(f"There is no graph {message} in the data. Ask for those there are: {_GRAPHS}")
    if end["error"] == "graphs":
        return QueryError(
            f"The default graphs named hold more than {message} statements, too many to merge for one query. "
            "Name fewer, or none: then queries run on the merge of all graphs."
        )
    return QueryError(f"The query failed: {message}.")


def _death(code: int, limits: Limits, *, late: bool) -> QueryError | QueryTimeout:
    """Say why a worker died. Codes above 0 with no meaning of their own are Windows' status codes."""
    if late or code == -24:  # SIGXCPU
        told = f"The query was stopped after {limits.seconds:g} seconds. Narrow it, or raise the limit."
        return QueryTimeout(told, reason="time")
    if code in (-6, -9, 0xC0000409):  # SIGABRT, SIGKILL of the kernel, fail-fast
        size = f"{limits.memory / (1 << 20):.0f} MB"
        told = f"The query needed more memory than {size}. Narrow it, or raise the limit."
        return QueryTimeout(told, reason="killed" if code == -9 else "memory")
    if code in (-11, -7, 0xC00000FD):  # SIGSEGV, SIGBUS, stack overflow
        return QueryError("The query is too deeply nested for the engine. Write it with fewer levels.")
    told = f"The query engine stopped unexpectedly (status {code}). Ask again, or try a simpler query."
    return QueryTimeout(told, reason="killed")
