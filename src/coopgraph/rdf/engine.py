"""A finished store that answers queries: in this process when the text is ours, in a worker when it is not.

In: a store's folder, checked queries, limits. Out: Solutions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.rdf.client import Answer, Request, Worker, answered
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.process.answering import answer as answer_here
from coopgraph.rdf.process.answering import is_present
from coopgraph.rdf.process.datasets import Datasets
from coopgraph.rdf.select import select
from coopgraph.rdf.solutions import Solutions
from coopgraph.rdf.store import is_used, open_read_only

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.rdf.pool import Pool, Shared
    from coopgraph.rdf.published import Published
    from coopgraph.settings.remote_store import RemoteStore

_UNLIMITED: Final = Limits(rows=sys.maxsize, size=sys.maxsize)


class Engine:
    """One open store; close it when done, so that its worker goes."""

    # what a `RemoteEngine` has beside what both do
    remote: RemoteStore | None = None
    published: Published | None = None
    caution: str | None = None

    def __init__(self, directory: Path) -> None:
        self.store = open_read_only(directory)
        self._directory = directory
        self._worker: Worker | Shared = Worker(directory)

    def __len__(self) -> int:
        """How many quads there are, counted one by one (0.1 s for a million)."""
        return len(self.store)

    def ask(self, request: Request, limits: Limits | None = None, *, trusted: bool = False) -> Solutions:
        """Answer a query; a trusted one runs here and is stopped by nothing unless `limits` are given."""
        if trusted:
            return Solutions(self._here(request, limits or _UNLIMITED))
        return Solutions(self._worker.ask(request, limits or Limits()))

    def share(self, pool: Pool) -> None:
        """Let the processes of a pool answer from now on, instead of one of its own."""
        self._worker.close()
        self._worker = pool.over(self._directory)

    @contextmanager
    def reading(self) -> Iterator[Callable[[Path], pa.Table]]:
        """Give a function that answers query files of ours, without limits."""
        yield partial(select, self.store)

    def mentions(self, term: str) -> bool:
        """Whether an IRI occurs anywhere: as subject, object, predicate or graph."""
        return is_present(self.store, term, None) or is_used(self.store, term[1:-1])

    def _here(self, request: Request, limits: Limits) -> Answer:
        def ask(plain: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
            parts: list[bytes] = []
            return answer_here(Datasets(self.store), plain, parts.append), b"".join(parts)

        return answered(request.plain(limits), request.known, ask)

    def close(self) -> None:
        """End the worker. The store closes when nothing uses it any more."""
        self._worker.close()
