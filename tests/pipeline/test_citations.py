"""A row that cites a source nobody described is told."""

from __future__ import annotations

from pathlib import Path

import coopgraph as cg
from tests.pipeline.test_build import replace


def told(workspace: Path) -> list[str]:
    return [str(fault) for fault in cg.check(workspace).faults if fault.column == "source_id"]


def test_every_row_that_cites_an_unknown_source_is_told(workspace: Path) -> None:
    assert told(workspace) == []
    replace(workspace / "participations.csv", "workshop,lima,yes,yes,two", "workshop,lima,yes,yes,tow")
    replace(workspace / "actions.csv", "2016,one", "2016,nobody")
    assert told(workspace) == [
        "actions.csv, line 2: column 'source_id' has 'nobody', which is no source described here. "
        "Known: one, two.",
        "participations.csv, line 4: column 'source_id' has 'tow', which is no source described here. "
        "Did you mean 'two'?",
    ]


def test_a_row_may_cite_nothing_and_a_workspace_may_describe_no_source(workspace: Path) -> None:
    replace(workspace / "actions.csv", "2016,one", "2016,")
    assert told(workspace) == []
    replace(workspace / "sources.yml", "coop:Source", "coop:Programme")
    replace(workspace / "actions.csv", "2017-05-31,two", "2017-05-31,nobody")
    assert told(workspace) == []
