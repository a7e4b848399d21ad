"""How the site is served: to whom, at which addresses, within which limits.

In: options of the command. Out: `ServeSettings`, which the guards and the endpoint read.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from coopgraph.rdf.limits import Limits
from coopgraph.rdf.pool import PoolSettings

ANYONE: Final = "*"
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_ANSWER: Final = 64 << 20  # bytes: an answer is held in memory until it is sent


@dataclass(frozen=True)
class ServeSettings:
    """Who may ask, and how much.

    `hosts` are the names it answers to beside those of the loopback; `token` is what beyond the loopback must
    be shown; `origins` are the sites whose scripts may ask `/sparql` and `/reconcile` (`*`: any). `seconds`,
    `memory`, `rows` and `size` are the limits of a query where they are lower than the release's own.
    """

    hosts: tuple[str, ...] = ()
    token: str | None = field(default=None, repr=False)
    origins: tuple[str, ...] = ()
    seconds: float | None = None
    memory: int | None = None
    rows: int | None = None
    size: int = _ANSWER
    body_bytes: int = 2 << 20
    log: bool = False
    pool: PoolSettings = field(default_factory=PoolSettings)

    @property
    def every_host(self) -> frozenset[str]:
        """The names it answers to, in lower case and without a port."""
        return frozenset(name.lower() for name in (*_LOOPBACK, *self.hosts))

    def limits(self, of_release: Limits) -> Limits:
        """The limits of a query: the lower of the release's and these.

        >>> ServeSettings(rows=10).limits(Limits(seconds=5)).rows
        10
        """
        return replace(
            of_release,
            seconds=_lower(of_release.seconds, self.seconds),
            memory=_lower(of_release.memory, self.memory),
            rows=_lower(of_release.rows, self.rows),
            size=_lower(of_release.size, self.size),
        )


Number = TypeVar("Number", int, float)


def _lower(one: Number, other: Number | None) -> Number:
    return one if other is None else min(one, other)
