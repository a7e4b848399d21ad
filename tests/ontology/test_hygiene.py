"""Each hygiene check finds what is wrong in its bad example, alone, and nothing in its good one."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).parent / "hygiene"
FILES = sorted(EXAMPLES.iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_example(path: Path, hygiene: ModuleType) -> None:
    name, _, kind = path.stem.rpartition("-")
    findings = hygiene.check(hygiene.read([path]))
    assert {finding.check for finding in findings} == ({name} if kind == "bad" else set())


def test_every_check_has_a_pair(hygiene: ModuleType) -> None:
    assert {path.stem for path in FILES} == {
        f"{name}-{kind}" for name in hygiene.CHECKS for kind in ("good", "bad")
    }


def test_the_project_is_clean(root: Path, hygiene: ModuleType) -> None:
    assert hygiene.check(hygiene.read(hygiene.project_files(root))) == []
