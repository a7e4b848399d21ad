"""Who waits for a process: three bounded queues, and which process takes from which.

In: jobs. Out: the next job of a process. The quick process takes what is quick, and tries what is unknown
unless a failed trial was just paid for; the other takes what is slow, then what the first leaves waiting.
"""

from __future__ import annotations

import enum
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from coopgraph.rdf.client import Answer, Request
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.pool.settings import PoolSettings

_MANY: Final = 16  # of them waiting, the other process helps
_LOOK: Final = 0.1  # seconds between two looks at who waits, while anybody does


class Waiting(enum.Enum):
    """The queues."""

    QUICK = "quick"
    UNTRIED = "untried"
    SLOW = "slow"

    @property
    def patience(self) -> float:
        """Which part of its seconds a job may spend waiting; the rest is for its answer."""
        return 0.5 if self is Waiting.SLOW else 0.9


@dataclass(eq=False)
class Job:
    """A query that waits or runs, and everybody who asked it."""

    key: object
    shape: int
    volatile: bool
    store: Path
    request: Request
    limits: Limits
    form: str | None
    futures: list[Future[Answer]]
    arrived: float = field(default_factory=time.monotonic)
    waited: float = 0.0
    spent: float = 0.0  # processor seconds
    again: bool = False


class Queues:
    """The three queues. Not safe for threads: the pool holds its lock."""

    def __init__(self, settings: PoolSettings) -> None:
        self._most = {
            Waiting.QUICK: settings.waiting,
            Waiting.UNTRIED: settings.waiting,
            Waiting.SLOW: settings.waiting_slow,
        }
        self._queues: dict[Waiting, deque[Job]] = {waiting: deque() for waiting in Waiting}
        self._trials_from = 0.0

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    def put(self, waiting: Waiting, job: Job) -> bool:
        """Add a job, if there is room."""
        queue = self._queues[waiting]
        if len(queue) >= self._most[waiting]:
            return False
        queue.append(job)
        return True

    def sort(self, shape: int, waiting: Waiting) -> list[Job]:
        """Move the untried jobs of a shape that was tried to where they belong; return those without room."""
        untried = self._queues[Waiting.UNTRIED]
        known = [job for job in untried if job.shape == shape]
        for job in known:
            untried.remove(job)
        return [job for job in known if not self.put(waiting, job)]

    def no_trial_for(self, seconds: float) -> None:
        """Let the quick process try nothing unknown for a while."""
        self._trials_from = time.monotonic() + seconds

    def late(self) -> Iterator[tuple[Waiting, Job]]:
        """Take out the jobs that waited so long that their answer would come too late."""
        now = time.monotonic()
        for waiting, queue in self._queues.items():
            while queue and now - queue[0].arrived > queue[0].limits.seconds * waiting.patience:
                yield waiting, queue.popleft()

    def take(self, *, back: bool) -> tuple[Job | None, float | None]:
        """The next job of a process, or none and for how many seconds at most to wait for one."""
        trying = time.monotonic() >= self._trials_from
        if not back:  # what is unknown comes first, while trials succeed: then they cost next to nothing
            job = self._first(*((Waiting.UNTRIED,) if trying else ()), Waiting.QUICK)
        else:
            untried = not trying or len(self._queues[Waiting.UNTRIED]) > _MANY
            quick = len(self._queues[Waiting.QUICK]) > _MANY
            helped = [*([Waiting.UNTRIED] if untried else []), *([Waiting.QUICK] if quick else [])]
            job = self._first(Waiting.SLOW, *helped)
        return job, _LOOK if len(self) else None

    def _first(self, *order: Waiting) -> Job | None:
        return next((self._queues[waiting].popleft() for waiting in order if self._queues[waiting]), None)
