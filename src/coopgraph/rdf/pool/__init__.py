"""Many people's queries over two processes, so that a query without end delays nobody's who asks a little.

In: checked queries. Out: their answers in the format asked for, as futures. See decision 11.
"""

from __future__ import annotations

from coopgraph.rdf.pool.lanes import Pool, Shared
from coopgraph.rdf.pool.settings import Counts, PoolSettings

__all__ = ["Counts", "Pool", "PoolSettings", "Shared"]
