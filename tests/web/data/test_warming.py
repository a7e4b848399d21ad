"""What is made ready in the background is what pages look for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.release import Release
from coopgraph.release.served import Served
from coopgraph.web.warming import warm
from tests.web.data.conftest import Ask


def test_pages_find_made_what_they_ask_first(
    served: Served, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it is warm, no page of a city, of measures or of the graph works anything out of the release."""
    warm(served)

    def never(release: Release) -> object:
        raise AssertionError("it is made again")

    for key in ("graph", "search", "names", "standings"):
        served.made("live", key, never)
    monkeypatch.setattr("coopgraph.network.ranking.rank", never)
    assert ask("/en/measures").status_code == 200
    assert ask("/data/graph.json").status_code == 200


def test_the_server_listens_before_what_is_slow_to_import() -> None:
    """Ibis alone takes half a second."""
    code = (
        "import sys; import coopgraph.web.serving; from coopgraph.web.app import DATA, PAGES;"
        "from importlib import import_module as load;"
        "[load(f'coopgraph.web.pages.{name}') for name in PAGES];"
        "[load(f'coopgraph.web.data.{name}') for name in DATA];"
        "print(*sorted({'ibis', 'duckdb', 'pandas', 'scipy', 'matplotlib', 'networkx'} & sys.modules.keys()))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(cg.__file__).parents[1])}  # the code under test
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert told.stdout.split() == []
