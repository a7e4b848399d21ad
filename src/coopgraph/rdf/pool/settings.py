"""How many queries may wait, how long is quick, how much is kept; and what the pool counts of itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PoolSettings:
    """Seconds that count as quick, how many may wait in each queue, bytes of answers kept.

    `share` is the part of the quick process's time that trials of unknown queries may take when they fail.
    A query that reached a limit is answered at once with the same for `remembered` seconds.
    """

    quick: float = 0.3
    waiting: int = 512
    waiting_slow: int = 4
    share: float = 0.35
    kept_bytes: int = 64 << 20
    remembered: float = 600.0
    nice: tuple[int, int] = (2, 12)  # of the quick process, and of the one for all else


@dataclass(frozen=True)
class Counts:
    """What happened to the queries so far, and what is going on now."""

    answered: int = 0
    kept: int = 0  # answered from an answer that was kept
    joined: int = 0  # answered together with the same query of somebody else
    failed: int = 0  # refused or wrong, as the engine said
    stopped: int = 0  # at a limit of time or memory
    busy: int = 0  # turned away because too many were waiting
    moved: int = 0  # not quick, so begun again among the slow ones
    running: int = 0
    waiting: int = 0
    processes: int = 0
    kept_bytes: int = 0
