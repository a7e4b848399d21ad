"""Contenders of the missing-data ranges: one plain ranking, and the same with 1,000 replicates.

In: `plain` or `ranges`, a measure, and a number of events. Out: the sum of the scores. The participations are
seeded and synthetic, five cities to an event, a city for every eight events, in memory; both are timed in a
process that has ranked before.
"""

from __future__ import annotations

import sys
from typing import Any

from measure import timed

PER_EVENT, EVENTS_PER_CITY = 5, 8


def participations(events: int, seed: int = 1) -> Any:
    """Return as many events, with the shares of yes, no and unknown of the synthetic workspace."""
    import numpy as np
    import pyarrow as pa

    random = np.random.default_rng(seed)
    cities = max(50, events // EVENTS_PER_CITY)
    who = np.concatenate([random.choice(cities, PER_EVENT, replace=False) for _ in range(events)])
    rows = len(who)

    def answers() -> Any:
        drawn = random.choice(3, rows, p=(0.6, 0.1, 0.3))
        return pa.array(drawn == 0, mask=drawn == 2)

    return pa.table(
        {
            "event": [f"https://example.org/id/action/a{row // PER_EVENT}" for row in range(rows)],
            "city": [f"https://example.org/id/city/c{city}" for city in who],
            "contributes": answers(),
            "benefits": answers(),
        }
    )


if __name__ == "__main__":
    contender, measure, count = sys.argv[1:]
    import coopgraph as cg

    table = participations(int(count))
    cg.rank(table.slice(0, 1000), replicates=1)

    def work() -> object:
        import pyarrow.compute as pc

        ranking = cg.rank(table, measure=measure, replicates=1000 if contender == "ranges" else 0)
        return round(pc.sum(ranking.table[measure.replace("-", "_")]).as_py(), 6)

    timed(work)
