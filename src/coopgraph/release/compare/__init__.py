"""Two releases held against each other: what was added, removed and changed."""

from __future__ import annotations

from coopgraph.release.compare.comparing import compare
from coopgraph.release.compare.comparison import Comparison

__all__ = ["Comparison", "compare"]
