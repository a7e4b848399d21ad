"""The descriptions beside the templates are CSVW that another reader takes, and that refuses what is wrong.

The PyPI package csvw runs in an environment of its own, `.venv-csvw/` in the checkout, made the first time.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from coopgraph.sources.starter import starter_tables, write_starter
from tests.environments import python_of

pytestmark = [pytest.mark.oracle, pytest.mark.slow]
VERSION = "4.1.1"
SCRIPT = """
import json, sys, warnings
from csvw import CSVW
found = {}
for path in sys.argv[1:]:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        table = CSVW(path, validate=True)
        found[path] = [table.is_valid, [str(each.message) for each in told]]
print(json.dumps(found))
"""


@pytest.fixture(scope="session")
def csvw(root: Path) -> Path:
    """The Python of an environment with csvw in it."""
    return python_of(root, ".venv-csvw", f"csvw=={VERSION}")


def judged(csvw: Path, *files: Path) -> dict[str, tuple[bool, list[str]]]:
    done = subprocess.run(
        [str(csvw), "-c", SCRIPT, *map(str, files)], capture_output=True, text=True, check=True
    )
    return {Path(path).name: (valid, told) for path, (valid, told) in json.loads(done.stdout).items()}


def test_every_template_is_valid_by_its_description(csvw: Path, tmp_path: Path) -> None:
    write_starter(tmp_path / "w", title="Ours", read="csv")
    files = sorted((tmp_path / "w" / "tables").glob("*-metadata.json"))
    expected: dict[str, tuple[bool, list[str]]] = {
        f"{table.name}.csv-metadata.json": (True, []) for table in starter_tables()
    }
    assert judged(csvw, *files) == expected


def test_what_does_not_fit_is_told(csvw: Path, tmp_path: Path) -> None:
    write_starter(tmp_path / "w", title="Ours", read="csv")
    table = tmp_path / "w" / "tables" / "participations.csv"
    table.write_text(
        table.read_text().replace("leak-detection,northport,yes", "leak-detection,northport,maybe")
    )
    (found,) = judged(csvw, table.with_name("participations.csv-metadata.json")).values()
    assert not found[0]
