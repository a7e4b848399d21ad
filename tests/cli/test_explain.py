"""explain: a page for people, tables for machines, and refusals in words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyarrow import parquet

from coopgraph.cli import main
from tests.cli.conftest import Command, write_small

PAGE = Path(__file__).parent / "explain_lima.txt"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of three cities, built. Tests only read it."""
    place = write_small(tmp_path_factory.mktemp("three"))
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
        (["madrid", "--measure", "betweenness"], "no partner has a part of its own in it"),
        (["madrid", "--prior", "-1"], "--prior"),
        (["madrid", "--period", "1900"], "takes part in nothing that is selected"),
        ([], "CITY"),
    ],
)
def test_wrong_use(run: Command, built: Path, words: list[str], said: str) -> None:
    done = run("explain", "-w", built, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


PLAN = "event,city,contributes,benefits\nReturn,Quito,yes,no\nReturn,lima,no,yes\n"


def test_what_if_is_said_first_and_nothing_is_stored(run: Command, three: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    before = run("explain", "lima", "-w", three).out
    lines = run("explain", "lima", "-w", three, "--what-if", tmp_path / "plan.csv").out.splitlines()
    assert lines[:3] == [
        "Hypothetical: 1 event from plan.csv is laid over the data; it is not in it.",
        "Lima, PE: peer exchange 0.5000, rank 1 of 3, shared with 1 other city.",
        "Without what is hypothetical: 0.2500, rank 1 of 3, shared with 1 other city.",
    ]
    assert any(line.startswith("Return (hypothetical)") for line in lines)
    assert run("explain", "lima", "-w", three).out == before


def test_what_if_in_json(run: Command, three: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    words = ("explain", "lima", "-w", three, "--what-if", tmp_path / "plan.csv", "--format", "json")
    basis = json.loads(run(*words).out)["basis"]
    assert basis["hypothetical"] == [{"name": "plan.csv", "events": 1, "selected": 1}]
    assert (basis["score"], basis["without_hypothetical"]["score"]) == (0.5, 0.25)


def test_a_ranking_with_what_if(run: Command, three: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    done = run("rank", three, "--what-if", tmp_path / "plan.csv")
    assert "was    change   city" in done.out
    assert "+0.2500   Lima" in done.out
    assert "- Hypothetical: 1 event from plan.csv" in done.out
    plot = tmp_path / "plot.svg"
    words = (
        "rank",
        three,
        "--what-if",
        tmp_path / "plan.csv",
        "--top",
        "1",
        "--format",
        "json",
        "--plot",
        plot,
    )
    told = json.loads(run(*words).out)
    assert told["basis"]["hypothetical"][0]["name"] == "plan.csv"
    assert told["rows"][0]["score_change"] == 0.25
    assert "not in it: 1 (from plan.csv)" in " ".join(plot.read_text(encoding="utf-8").split())


def test_a_plan_with_faults_and_new_cities(run: Command, three: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(f"{PLAN}Return,Lyma,perhaps,no\n", encoding="utf-8")
    done = run("rank", three, "--what-if", tmp_path / "plan.csv")
    assert (done.code, done.out) == (1, "")
    assert "plan.csv, line 4: column 'contributes' has 'perhaps', expected yes, no or unknown." in done.err
    (tmp_path / "plan.csv").write_text(f"{PLAN}Return,Lyma,yes,no\n", encoding="utf-8")
    done = run("rank", three, "--what-if", tmp_path / "plan.csv", "--format", "csv")
    assert (
        "The city 'Lyma' is not in the data, and taken as a new one. Near it: Lima, PE (city/lima)."
        in done.err
    )
    assert "hypothetical:plan.csv/city/Lyma,Lyma (hypothetical)" in done.out


def test_a_page_fits_a_hundred_columns_but_for_addresses(run: Command, built: Path) -> None:
    lines = run("explain", "madrid", "-w", built).out.splitlines()
    assert max(len(line) for line in lines if not line.startswith("  http")) <= 100
    assert any(line.startswith("  https://") and " " not in line.strip() for line in lines)
