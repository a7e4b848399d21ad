"""rank: the numbers, and what they rest on, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from coopgraph.cli.measure_names import MEASURES
from coopgraph.cli.progress import Told
from tests.cli.conftest import Command

COLUMNS = {"city", "label", "peer_exchange", "given", "received", "reciprocity", "partners"}


def test_csv_has_every_city_and_the_basis_goes_to_stderr(run: Command, built: Path) -> None:
    done = run("rank", "-w", built, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert set(rows[0]) >= COLUMNS
    assert len(rows) == len({row["city"] for row in rows}) == 140
    assert all(row["city"].startswith("https://w3id.org/coopgraph/id/city/") for row in rows)
    assert "248 of 354 participations have an unknown flag" in done.err
    assert "V: 140 cities" in done.err


def test_table_tells_the_basis_below(run: Command, built: Path) -> None:
    done = run("rank", built)
    assert done.err == ""
    assert "exchange" in done.out and "k=1" in done.out
    for said in ("V: 140 cities", "248 of 354", "share their rank", "peer exchange is nearly degree"):
        assert said in " ".join(done.out.split())
    assert "... and 120 more: --top 140" in done.out


def test_the_policy_is_part_of_the_result(run: Command, built: Path) -> None:
    def told(policy: str) -> dict[str, object]:
        found = json.loads(run("rank", built, "--unknown", policy, "--format", "json").out)
        assert found["basis"]["unknown"] == policy
        return {row["city"]: row["peer_exchange"] for row in found["rows"]}

    assert told("exclude") != told("both")


@pytest.mark.parametrize("measure", MEASURES)
def test_each_measure_ranks(run: Command, built: Path, measure: str) -> None:
    told = json.loads(run("rank", built, "--measure", measure, "--format", "json").out)
    column = measure.replace("-", "_")
    scores = [row[column] for row in told["rows"] if row["rank"] is not None]
    assert scores == sorted(scores, reverse=True)
    head = " ".join(run("rank", built, "--measure", measure).out.splitlines()[:2])  # two lines at most
    assert all(word in head for word in measure.split("-")) or column in (
        "peer_exchange",
        "peer_exchange_k1",
        *("given", "received", "reciprocity", "partners"),
    )


def test_measures_are_those_of_the_package() -> None:
    from coopgraph.network.measures import MEASURES as known

    assert tuple(name.replace("-", "_") for name in MEASURES) == known


def test_filters_are_told(run: Command, built: Path) -> None:
    words = ("--period", "2016/2018", "--country", "es", "--top", "5", "--format", "json")
    told = json.loads(run("rank", built, *words).out)
    assert len(told["rows"]) <= 5
    assert dict(told["basis"]["filters"]).keys() == {"period", "country"}
    assert told["basis"]["undated_left_out"] > 0


def test_parquet(run: Command, built: Path, tmp_path: Path) -> None:
    assert run("rank", built, "-o", tmp_path / "a.parquet").code == 0
    assert set(parquet.read_table(tmp_path / "a.parquet").column_names) >= COLUMNS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--weight", "amount"], "currency"),
        (["--period", "2018/2016"], "before it begins"),
        (["--period", "/"], "START/END"),
        (["--period", "soon"], "no date"),
        (["--top", "0"], "--top"),
        (["--lang", "fr"], "'fr'"),
    ],
)
def test_wrong_use(run: Command, built: Path, words: list[str], said: str) -> None:
    done = run("rank", built, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_two_workspaces_at_once(run: Command, built: Path, small: Path) -> None:
    done = run("rank", built, "-w", small)
    assert done.code == 2
    assert "Two workspaces" in done.err


def test_the_nearest_parent_is_the_workspace(
    run: Command, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built / "mappings")
    assert run("rank", "--top", "1", "--format", "csv").code == 0


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_derived_roles_are_told_and_can_be_read_as_unknown(run: Command, built: Path) -> None:
    told = json.loads(run("rank", built, "--format", "json").out)["basis"]
    assert (told["yes_derived"], told["yes_participations"]) == (109, 195)
    assert (told["both_yes_derived"], told["both_yes_participations"]) == (48, 103)
    actions = rows_of(built / "actions.csv")
    taken = {row["action"] for row in rows_of(built / "participations.csv")}
    assert told["parts_counted_too"] == sum(row["id"] in taken and row["part_of"] in taken for row in actions)
    assert told["parts_counted_too"] >= 3
    assert told["leading_event"]["event"].endswith("/brmz-project")
    stated = json.loads(run("rank", built, "--certainty", "stated", "--format", "json").out)["basis"]
    assert (stated["certainty"], stated["yes_participations"], stated["nodes"]) == ("stated", 86, 140)


def test_an_organiser_selects_its_actions(run: Command, built: Path) -> None:
    told = json.loads(run("rank", built, "--organiser", "ucci", "--format", "json").out)["basis"]
    assert dict(told["filters"]) == {"organiser": "ucci"}
    assert told["selected_events"] == 19


def test_ranges_stand_beside_what_they_are_ranges_of(run: Command, built: Path) -> None:
    done = run("rank", built, "--top", "12")
    lines = done.out.splitlines()
    assert lines[0].split() == ["peer", "with", "recipro-"]
    assert lines[1].split() == [
        *("rank", "range", "city", "exchange", "range", "k=1", "city", "partners", "top", "12"),
    ]
    assert max(map(len, lines)) <= 100
    first = lines[3].split()
    assert first[0] == "1" and re.fullmatch(r"\d+–\d+", first[1])
    assert re.search(r"0\.101 +0\.\d{3}–0\.101 ", done.out) and re.search(r"\d+%", done.out)
    assert "no confidence intervals" in " ".join(done.out.split())


def test_without_replicates_there_is_no_range(run: Command, built: Path) -> None:
    done = run("rank", built, "--replicates", "0")
    assert "range" not in done.out and "onfidence" not in done.out
    told = json.loads(run("rank", built, "--replicates", "0", "--format", "json").out)
    assert told["basis"]["loss"] is None and "score_low" not in told["rows"][0]


def test_ranges_are_in_every_format_and_follow_the_options(run: Command, built: Path) -> None:
    words = ("--keep", "0.8", "--replicates", "50", "--seed", "3", "--measure", "given", "--format", "json")
    told = json.loads(run("rank", built, *words).out)
    assert told["basis"]["loss"] == {"keep": 0.8, "replicates": 50, "seed": 3, "first": 10}
    assert all(row["score_low"] <= row["score_high"] <= row["given"] for row in told["rows"])
    assert run("rank", built, *words).out == run("rank", built, *words).out
    assert run("rank", built, *words[:4], "--seed", "4", *words[6:]).out != run("rank", built, *words).out
    header = run("rank", built, "--format", "csv", "--replicates", "10").out.splitlines()[0]
    assert header.endswith("score_low,score_high,rank_low,rank_high,top_share,defined_share")


def test_plot(run: Command, built: Path, tmp_path: Path) -> None:
    plot = tmp_path / "ranking.svg"
    words = ("rank", built, "--top", "3", "--lang", "es", "--replicates", "20", "--plot", plot)
    done = run(*words)
    assert (done.code, done.err) == (0, f"Drew {plot}.\n")
    drawn = plot.read_text("utf-8")
    assert "Intercambio entre pares" in drawn and "las 3 primeras de 140 ciudades" in drawn
    assert "Cooperación entre ciudades iberoamericanas" in drawn and "Datos a fecha de" in drawn
    run(*words)
    assert plot.read_text("utf-8") == drawn
    refused = run("rank", built, "--plot", tmp_path / "ranking.pdf")
    assert refused.code == 2 and "ranking.svg" in refused.err


def test_long_work_tells_how_far_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    now = iter([0.0, 1.0, 2.5, 2.5, 3.0, 9.0])
    monkeypatch.setattr("coopgraph.cli.progress.time.monotonic", lambda: next(now))
    told = Told("replicates")
    for done in (100, 400, 600, 1000):
        told(done, 1000)
    assert capsys.readouterr().err == "400 of 1,000 replicates\n"


def test_leave_one_out_says_what_rests_on_one_source(run: Command, built: Path) -> None:
    words = ("rank", built, "--replicates", "0", "--leave-one-out")
    done = run(*words)
    said = " ".join(done.out.split())
    assert "without rows cities moved most whose first then" in said
    assert "74 sources are the only ones to state some participation" in said
    assert "descentralizada' the first would be Arraiolos, not Porto Alegre." in said
    told = json.loads(run(*words, "--top", "3", "--format", "json").out)
    assert told["basis"]["without_source"][0]["moved"] == 14
    assert [row["rank_worst_without_source"] for row in told["rows"]] == [34, 34, 34]
    assert told["rows"][0]["matters_most"].endswith("/brmz-book")
    assert "Without 'Projeto" in run(*words, "--format", "csv").err
    assert run(*words, "--what-if", built / "cities.csv").code == 2
