"""trend: cities and the network by window, in every format, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import Command


def test_table_has_a_row_for_each_window_and_says_what_is_undated(run: Command, built: Path) -> None:
    done = run("trend", "-w", built, "--period", "2013/2018", "--window", "2")
    assert (done.code, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines() if line.startswith("20")] == [
        f"{year}/{year + 1}" for year in range(2014, 2018)
    ]
    said = " ".join(done.out.split())
    assert "Not shown: 2013/2014; none of these cities" in said
    assert "5 windows of 2 years, one each year: 2013/2014 to 2017/2018." in said
    assert "events (" in said and "state no date that places them" in said


def test_a_city_is_followed_from_its_first_window_and_told_of_when_always_zero(
    run: Command, built: Path
) -> None:
    done = run("trend", "madrid", "-w", built)
    years = [line.split()[0] for line in done.out.splitlines() if line.startswith(("19", "20"))]
    assert years == [str(year) for year in range(2013, 2026)]
    said = " ".join(done.out.split())
    assert "Not shown: 1987 to 2012; none of these cities takes part in anything then." in said
    assert "Madrid is at zero throughout: in up to 4 events a window; no return is known in any." in said
    assert "4 of the first 5 cities both give and receive in one event, 'Pairing Barranquilla" in said
    assert "period 1987-01-01 to 2025-12-31" in said


def test_cities_are_found_by_name_without_accents(run: Command, built: Path) -> None:
    done = run("trend", "sao paulo", "city/quito", "-w", built, "--format", "csv", "--events", "all")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["label"] for row in rows} == {"São Paulo", "Quito"}
    assert {"window", "first", "last", "rank", "events", "peer_exchange", "reciprocity"} <= set(rows[0])
    assert "V is the same in all of them" in done.err


def test_growth_as_json_with_its_basis(run: Command, built: Path) -> None:
    told = json.loads(run("trend", "-w", built, "--growth", "--format", "json").out)
    assert told["basis"]["undated_left_out"] == 46
    assert [row["window"] for row in told["rows"]] == told["basis"]["windows"]
    assert told["rows"][-1].keys() >= {"events", "new_cities", "mutual_share", "components", "undated_share"}
    assert "mutual" in run("trend", "-w", built, "--growth").out


def test_what_is_refused_says_what_to_do(run: Command, built: Path) -> None:
    for words, said in (
        (("nowhere",), "No city is called 'nowhere'."),
        (("--period", "2016-05/2017"), "--period takes whole years here"),
        (("--period", "2019/2016"), "2019 to 2016 ends before it begins."),
        (("--window", "0"), "--window"),
        (("--programme", "none-such"), "No programme is called 'none-such'."),
        (("medellin", "--programme", "urb-al-i-ii"), "takes part in none of the events in these windows."),
    ):
        done = run("trend", *words, "-w", built)
        assert done.code == 2, words
        assert said in done.err, (words, done.err)


def test_plot_is_drawn_in_the_language_asked_for(run: Command, built: Path, tmp_path: Path) -> None:
    done = run(
        "trend", "quito", "-w", built, "--plot", tmp_path / "q.svg", "--lang", "es", "--period", "2012/"
    )
    assert (done.code, done.err) == (0, f"Drew {tmp_path / 'q.svg'}.\n")
    drawn = (tmp_path / "q.svg").read_text("utf-8")
    assert "Intercambio entre pares a lo largo del tiempo" in drawn and "creativecommons.org" in drawn
    assert run("trend", "-w", built, "--plot", tmp_path / "q.pdf").code == 2
