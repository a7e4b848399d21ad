"""Where cities stand on a page is where `rank` and `ranges` put them."""

from __future__ import annotations

import coopgraph as cg
from coopgraph.views.profiles.standing import SHOWN, standings


def test_standings_equal_rank_and_ranges_under_both_readings(bundled: cg.Release) -> None:
    found = standings(bundled)
    ranged = {
        (row["measure"], row["city"]): row for row in cg.ranges(bundled, measure=SHOWN).table.to_pylist()
    }
    for place, measure in enumerate(SHOWN):
        usual = cg.rank(bundled, measure=measure)
        both = {
            row["city"]: row for row in cg.rank(bundled, measure=measure, unknown="both").table.to_pylist()
        }
        column = measure.replace("-", "_")
        assert len(usual.table) == len(found.cities) == 140
        for row in usual.table.to_pylist():
            mine, limits = found.cities[row["city"]][place], ranged[column, row["city"]]
            assert (mine.measure, mine.value, mine.rank) == (measure, row[column], row["rank"])
            assert mine.ranked == usual.ranked - usual.undefined
            assert (mine.low, mine.high) == (limits["score_low"], limits["score_high"])
            assert (mine.rank_low, mine.rank_high) == (limits["rank_low"], limits["rank_high"])
            other = both[row["city"]]
            assert (mine.other_value, mine.other_rank) == (other[column], other["rank"])
