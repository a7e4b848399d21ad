"""`coopgraph import iati`: what is in a file is said, and it is a source of the workspace afterwards."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command

SAMPLE = Path(__file__).parents[1] / "sources" / "iati" / "every-element-2.03.xml"


def test_import_and_build(run: Command, tmp_path: Path) -> None:
    done = run("import", "iati", SAMPLE, "-w", tmp_path / "w", "--name", "wells")
    assert done.code == 0
    assert "every-element-2.03.xml, IATI version 2.03\n" in done.out
    assert "names 2 organisations, 1 of them local governments" in done.out
    assert "disbursed (transaction type 3)   EUR              1       -250.75" in done.out
    assert "2 amounts left out: no number, currency or type is known." in done.out
    assert "Not in the code list TransactionType: '99' (1 times)." in done.out
    assert "1 contacts (1 email, 1 person-name, 1 telephone)" in done.out
    assert done.err.splitlines()[-1] == f"Go on with: coopgraph build {tmp_path / 'w'}"
    assert (tmp_path / "w/iati/wells/every-element-2.03.xml").read_bytes() == SAMPLE.read_bytes()
    built = run("build", tmp_path / "w")
    assert built.code == 0
    assert "1 participations" in built.out


def test_a_dry_run_changes_nothing(run: Command, tmp_path: Path) -> None:
    done = run("import", "iati", SAMPLE, "-w", tmp_path / "w", "--dry-run", "--format", "json")
    assert json.loads(done.out)["tables"]["activities"] == 4
    assert not (tmp_path / "w").exists()


def test_what_cannot_be_read_adds_nothing(run: Command, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(SAMPLE.read_bytes()[:2000])
    done = run("import", "iati", tmp_path / "a.xml", "-w", tmp_path / "w")
    assert done.code == 1
    assert "ends in the middle" in done.err
    assert not (tmp_path / "w").exists()
