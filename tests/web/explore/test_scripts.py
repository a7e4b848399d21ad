"""The scripts of the graph that need no browser are tried by Node's own test runner."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

TRIED = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("script", TRIED, ids=lambda path: path.name)
def test_a_script_does_what_is_worked_out_by_hand(script: Path) -> None:
    run = subprocess.run(["node", "--test", str(script)], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
