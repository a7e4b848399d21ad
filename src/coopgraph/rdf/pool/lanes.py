"""Two processes, three queues: what is quick comes first, then what nobody has tried, then what is slow.

In: checked queries. Out: their answers as futures. One process answers what is quick, and tries what is
unknown for a moment; the other runs everything else to its limit. So a query without end waits for others
like it, and nobody else waits for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from concurrent.futures import Future
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from coopgraph.errors import CoopgraphError, QueryError, QueryTimeout, StoreError
from coopgraph.rdf.client import Answer, Request, Worker
from coopgraph.rdf.lexer import tokens
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.pool.kept import KeptAnswers
from coopgraph.rdf.pool.known import Known, changes, shape
from coopgraph.rdf.pool.queues import Job, Queues, Waiting
from coopgraph.rdf.pool.settings import Counts, PoolSettings

_LOG: Final = logging.getLogger(__name__)
_A_MOMENT: Final = 1.0
_BUSY_MACHINE: Final = 3.0  # times its processor seconds a quick query may take where others work too
_STOPPING: Final = "The server is stopping. Ask again in a moment."


class Pool:
    """Two processes that answer queries over any release. Safe to use from several threads; close it."""

    def __init__(self, settings: PoolSettings | None = None) -> None:
        self.settings = settings or PoolSettings()
        self._changed = threading.Condition()
        self._queues = Queues(self.settings)
        self._known = Known(self.settings.remembered)
        self._kept = KeptAnswers(self.settings.kept_bytes)
        self._going: dict[object, Job] = {}  # every job that waits or runs
        self._counts: Counter[str] = Counter()
        self._closed = False
        self._lanes = [_Lane(self, back=back) for back in (False, True)]
        for lane in self._lanes:
            lane.start()

    def ask(self, store: Path, request: Request, limits: Limits, form: str | None) -> Future[Answer]:
        """Ask for an answer in a format; the future holds it, or QueryError, QueryTimeout or StoreError."""
        key = (str(store), request.query, request.default, request.named, form, limits)
        of_shape, volatile = _about(request.query)
        future: Future[Answer] = Future()
        with self._changed:
            if self._closed:
                future.set_exception(StoreError(_STOPPING))
            elif not self._at_once(key, future):
                self._enter(Job(key, of_shape, volatile, store, request, limits, form, [future]))
        return future

    def over(self, store: Path) -> Shared:
        """The pool in the place of a worker over one store."""
        return Shared(self, store)

    def counts(self) -> Counts:
        """What happened so far, and what is going on."""
        with self._changed:
            now = {
                "running": sum(lane.job is not None for lane in self._lanes),
                "waiting": len(self._queues),
                "processes": len(self.processes()),
                "kept_bytes": self._kept.size,
            }
            return Counts(**self._counts, **now)

    def processes(self) -> list[int]:
        """The ids of the processes that run now."""
        return [pid for lane in self._lanes if (pid := lane.pid) is not None]

    def close(self) -> None:
        """Stop at once: what runs and what waits gets StoreError."""
        with self._changed:
            self._closed = True
            jobs = list(self._going.values())
            self._changed.notify_all()
        for job in jobs:
            self._finish(job, StoreError(_STOPPING))
        for lane in self._lanes:
            lane.stop()

    def _at_once(self, key: object, future: Future[Answer]) -> bool:
        """Answer from what is known: a kept answer, an error that would come again, the same query going."""
        kept = self._kept.get(key)
        if kept is not None:
            self._counts["kept"] += 1
            future.set_result(kept)
            return True
        known = self._known.error(key)
        if known is not None:
            error, left = copy(known[0]), known[1]
            if isinstance(error, QueryTimeout):
                error.wait = left
            self._counts["failed" if isinstance(error, QueryError) else "stopped"] += 1
            future.set_exception(error)
            return True
        if key in self._going:
            self._counts["joined"] += 1
            self._going[key].futures.append(future)
            return True
        return False

    def _enter(self, job: Job) -> None:
        """Let a job wait in the queue it belongs to, or turn it away."""
        quick = self._known.is_quick(job.shape)
        self._going[job.key] = job
        waiting = Waiting.UNTRIED if quick is None else Waiting.QUICK if quick else Waiting.SLOW
        if not self._queues.put(waiting, job):
            self._finish(job, _busy(job, waiting))
        self._changed.notify_all()

    def take(self, *, back: bool) -> Job | None:
        """Wait for the next job of a lane; None when there will be none."""
        with self._changed:
            while not self._closed:
                for waiting, late in self._queues.late():
                    self._finish(late, _busy(late, waiting))
                job, pause = self._queues.take(back=back)
                if job is not None:
                    self._lanes[back].job = job
                    return job
                self._changed.wait(pause)
        return None

    def ran(self, job: Job, found: Answer | CoopgraphError, seconds: float, *, back: bool) -> None:
        """Note how a job went, and answer those who asked; one that was not quick goes to the slow ones."""
        with self._changed:
            self._lanes[back].job = None
            if not isinstance(found, StoreError):
                self._learn(
                    job, quick=not isinstance(found, QueryTimeout) and job.spent <= self.settings.quick
                )
            if isinstance(found, QueryTimeout) and self._again(job, found, seconds, back=back):
                return
            self._remember(job, found)
            self._finish(job, found)

    def _learn(self, job: Job, *, quick: bool) -> None:
        """Note how long queries of this shape take, and let untried ones wait where they belong."""
        self._known.ran(job.shape, quick=quick)
        waiting = Waiting.QUICK if quick else Waiting.SLOW
        for other in self._queues.sort(job.shape, waiting):
            self._finish(other, _busy(other, waiting))
        self._changed.notify_all()

    def _again(self, job: Job, error: QueryTimeout, seconds: float, *, back: bool) -> bool:
        """Whether a stopped job is begun again, with all the time it may have."""
        if error.reason == "time" and not back:
            self._queues.no_trial_for(seconds / self.settings.share - seconds)
        elif error.reason != "killed" or job.again:
            return False
        job.again = True
        self._counts["moved"] += 1
        if not self._queues.put(Waiting.SLOW, job):
            self._finish(job, _busy(job, Waiting.SLOW))
        self._changed.notify_all()
        return True

    def _remember(self, job: Job, found: Answer | CoopgraphError) -> None:
        if isinstance(found, Answer):
            if not job.volatile:
                self._kept.put(job.key, found)
        elif isinstance(found, QueryError) or (isinstance(found, QueryTimeout) and found.reason != "killed"):
            if isinstance(found, QueryTimeout):
                if found.reason == "time" and job.spent < job.limits.seconds / 2:
                    return  # it waited, or the machine was busy: another time it might be answered
                found.wait = self.settings.remembered
            self._known.failed(job.key, found)

    def _finish(self, job: Job, found: Answer | CoopgraphError) -> None:
        """Answer everybody who asked; a future that was cancelled is left alone."""
        self._going.pop(job.key, None)
        name = "answered" if isinstance(found, Answer) else "failed"
        if isinstance(found, QueryTimeout):
            name = "busy" if found.reason == "busy" else "stopped"
        futures, job.futures = job.futures, []
        self._counts[name] += len(futures)
        for future in futures:
            if not future.set_running_or_notify_cancel():
                continue
            if isinstance(found, Answer):
                future.set_result(found)
            else:
                future.set_exception(copy(found))


@dataclass(frozen=True)
class Shared:
    """What `Worker` is for one who asks alone, for those who ask a pool."""

    pool: Pool
    store: Path

    def ask(self, request: Request, limits: Limits, form: str | None = None) -> Answer:
        """Wait for an answer; raises what the query failed with."""
        return self.pool.ask(self.store, request, limits, form).result()

    def close(self) -> None:
        """The pool stays, for the others."""


class _Lane(threading.Thread):
    """One process and the thread that speaks with it."""

    def __init__(self, pool: Pool, *, back: bool) -> None:
        super().__init__(name=f"queries-{'slow' if back else 'quick'}", daemon=True)
        self._pool = pool
        self._back = back
        self._worker: Worker | None = None
        self._store: Path | None = None
        self.job: Job | None = None

    @property
    def pid(self) -> int | None:
        return self._worker.pid if self._worker is not None else None

    def run(self) -> None:
        while (job := self._pool.take(back=self._back)) is not None:
            begun = time.monotonic()
            found = self._answer(job)
            self._pool.ran(job, found, time.monotonic() - begun, back=self._back)
        if self._worker is not None:
            self._worker.close()

    def stop(self) -> None:
        """End the process whatever it does, and wait for the thread."""
        if self._worker is not None:
            self._worker.kill()
        self.join(5)

    def _answer(self, job: Job) -> Answer | CoopgraphError:
        worker, quick = self._process(job.store), self._pool.settings.quick
        try:
            worker.start(job.limits.memory)
            job.waited = time.monotonic() - job.arrived
            left = max(job.limits.seconds - job.waited, 0.001)
            limits = replace(job.limits, seconds=left if self._back else min(left, quick * _BUSY_MACHINE))
            return worker.ask(job.request, limits, job.form, processor=None if self._back else quick)
        except QueryTimeout as error:
            return _late(job) if error.reason == "time" else error
        except CoopgraphError as error:
            return error
        except (OSError, RuntimeError, ValueError, MemoryError) as error:  # the machine's; the lane goes on
            _LOG.exception("a query process failed")
            return StoreError(f"The query engine failed ({str(error) or type(error).__name__}). Ask again.")
        finally:
            job.spent = worker.spent

    def _process(self, store: Path) -> Worker:
        """The process over this release; that of an older one goes."""
        if self._worker is None or self._store != store:
            if self._worker is not None:
                self._worker.close()
            self._worker = Worker(store, nice=self._pool.settings.nice[self._back])
            self._store = store
        return self._worker


@lru_cache(maxsize=1024)
def _about(query: str) -> tuple[int, bool]:
    """The shape of a query, and whether its answer changes."""
    found = tokens(query)
    return shape(found), changes(found)


def _late(job: Job) -> QueryTimeout:
    waited = f" ({job.waited:.0f} of them waiting for others)" if job.waited > _A_MOMENT else ""
    seconds = f"{job.limits.seconds:g} seconds{waited}"
    return QueryTimeout(f"The query was stopped after {seconds}. Narrow it, or raise the limit.", wait=5.0)


def _busy(job: Job, waiting: Waiting) -> QueryTimeout:
    if waiting is Waiting.SLOW:
        told = "Other queries that take long are being answered, and this one may take long too."
        wait = min(job.limits.seconds, 30.0)
    else:
        told, wait = "Too many queries are waiting to be answered.", 2.0
    return QueryTimeout(f"{told} Ask again in {wait:.0f} seconds, or narrow it.", reason="busy", wait=wait)
