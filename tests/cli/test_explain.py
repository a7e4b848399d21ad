"""explain: a page for people, tables for machines, and refusals in words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyarrow import parquet

from coopgraph.cli import main
from tests.cli.conftest import MAPPINGS, SETTINGS, TABLES, Command

PAGE = Path(__file__).parent / "explain_lima.txt"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of three cities, built. Tests only read it."""
    place = tmp_path_factory.mktemp("three")
    for name, text in {**TABLES, **MAPPINGS, "coopgraph.toml": SETTINGS}.items():
        (place / name).write_text(text, encoding="utf-8")
    assert main(["build", str(place)]) == 0
    return place


def test_the_page(run: Command, three: Path) -> None:
    done = run("explain", "lima", "-w", three)
    assert (done.code, done.err) == (0, "")
    assert done.out == PAGE.read_text(encoding="utf-8")


def test_the_page_of_the_bundled_data_adds_up(run: Command, built: Path) -> None:
    told = json.loads(run("explain", "são paulo", "-w", built, "--format", "json").out)
    assert told["basis"]["city"].endswith("/city/sao-paulo")
    for name in ("partners", "events", "sources", "terms"):
        assert sum(row["part"] for row in told[name]) == pytest.approx(told["basis"]["score"], abs=1e-12)
    assert all(row["url"].startswith("http") for row in told["sources"])
    assert told["basis"]["with_other_policy"]["score"] > told["basis"]["score"]
    assert "unknown=exclude" in " ".join(told["basis"]["sentences"])


@pytest.mark.parametrize(
    ("name", "column"), [("partners", "partner"), ("unknown", "roles"), ("terms", "event")]
)
def test_csv_is_one_table_and_the_basis_goes_to_stderr(
    run: Command, three: Path, name: str, column: str
) -> None:
    done = run("explain", "Lima", "-w", three, "--format", "csv", "--table", name)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert rows
    assert column in rows[0]
    assert "Lima, PE: peer exchange" in done.err


def test_the_partners_are_what_csv_holds_without_a_table(run: Command, three: Path, tmp_path: Path) -> None:
    assert run("explain", "lima", "-w", three, "-o", tmp_path / "a.csv").code == 0
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("partner,label,country,events,given")
    assert run("explain", "lima", "-w", three, "--table", "events", "-o", tmp_path / "a.parquet").code == 0
    assert parquet.read_table(tmp_path / "a.parquet").column("label").to_pylist() == ["Workshop", "Visit"]


def test_one_table_whole(run: Command, built: Path) -> None:
    done = run("explain", "madrid", "-w", built, "--table", "unknown")
    assert "more: --table" not in done.out
    assert done.out.startswith("Unknown roles that could change it\n")
    told = json.loads(run("explain", "madrid", "-w", built, "--table", "unknown", "--format", "json").out)
    assert set(told) == {"basis", "rows"}


def test_labels_in_a_language(run: Command, built: Path) -> None:
    assert "Lisboa, PT: peer exchange" in run("explain", "lisbon", "-w", built, "--lang", "pt").out


def test_options_reach_the_measure(run: Command, three: Path) -> None:
    words = ("explain", "lima", "-w", three, "--prior", "0.5", "--unknown", "both", "--format", "json")
    basis = json.loads(run(*words).out)["basis"]
    assert (basis["measure"], basis["prior"], basis["unknown"]) == ("peer_exchange", 0.5, "both")
    balance = run("explain", "lima", "-w", three, "--measure", "balance").out
    assert "parts can be negative" in " ".join(balance.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Lisbom"], "Near it: Lisbon, PT (city/lisbon)."),
        (["madrid", "--measure", "betweenness"], "no partner has a part of its own"),
        (["madrid", "--prior", "-1"], "--prior"),
        (["madrid", "--period", "1900"], "takes part in nothing that is selected"),
        ([], "CITY"),
    ],
)
def test_wrong_use(run: Command, built: Path, words: list[str], said: str) -> None:
    done = run("explain", "-w", built, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
