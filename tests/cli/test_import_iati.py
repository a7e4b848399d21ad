"""`coopgraph import iati`: what is in a file is said, and it is a source of the workspace afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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


def test_where_files_are_from_is_kept(run: Command, tmp_path: Path) -> None:
    done = run(
        "import", "iati", SAMPLE, "-w", tmp_path / "w", "--retrieved", "2026-11-20",
        "--url", "https://example.org/a.xml", "--licence", "https://example.org/licence",
    )  # fmt: skip
    assert done.code == 0
    settings = (tmp_path / "w/coopgraph.toml").read_text(encoding="utf-8")
    assert 'retrieved = "2026-11-20"\nurl = "https://example.org/a.xml"\n' in settings
    assert 'licence = "https://example.org/licence"' in settings


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--url", "a.xml", "'a.xml' is no address."),
        ("--licence", "CC BY", "'CC BY' is no address."),
    ],
)
def test_what_is_no_address_is_refused(
    option: str, value: str, sentence: str, run: Command, tmp_path: Path
) -> None:
    done = run("import", "iati", SAMPLE, "-w", tmp_path / "w", option, value)
    assert done.code == 2
    assert sentence in done.err
    assert not (tmp_path / "w").exists()


def test_addresses_are_one_or_one_for_each(run: Command, tmp_path: Path) -> None:
    done = run(
        "import",
        "iati",
        SAMPLE,
        "-w",
        tmp_path / "w",
        "--url",
        "https://a.example/",
        "--url",
        "https://b.example/",
    )
    assert (done.code, "2 addresses for 1 files." in done.err) == (2, True)
