"""How much a query may take before it is stopped. Defaults are those of `[limits]` in the workspace file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Time in seconds, memory and answer size in bytes, rows in lines, query length in characters.

    A query over `seconds` or `memory` fails with `QueryTimeout`; an answer over `rows` or `size` is cut and
    says so.

    >>> Limits(rows=10).seconds
    60.0
    """

    seconds: float = 60.0
    memory: int = 2 << 30
    rows: int = 1_000_000
    size: int = 1 << 30
    length: int = 100_000
    depth: int = 100
