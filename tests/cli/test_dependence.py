"""dependence: what remains, by name, in every format, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import Command


def test_a_network_by_its_acronym(run: Command, built: Path) -> None:
    done = run("dependence", "UCCI", "-w", built)
    assert (done.code, done.err) == (0, "")
    said = " ".join(done.out.split())
    assert "Removed: Union of Ibero-American Capital Cities (network). With it go 19 of 95 events." in said
    assert "Lost: 5 of 197 pairs of cities, 3 of them mutual." in said
    assert "70 of 95 events do not state who organises them" in said
    assert "no partner any more: Cádiz, Mexico City, San José. 5 events give no flow" in said
    assert "Mutual: 98.2% of ties before, 98.7% after." in said and "cities that remain. " not in said
    lines = done.out.splitlines()
    assert [line.split("  ")[0] for line in lines[2:8]] == [
        "Quito", "Buenos Aires", "Mexico City", "Cádiz", "Madrid", "San José"
    ]  # fmt: skip
    assert lines[8] == "134 others unchanged" and "A rank can rise without any gain" in said
    assert lines[4].split()[-6:] == ["0.000", "-0.014", "42", "72", "2", "0"]
    assert lines[5].split()[-5:] == ["0.000", "0.000", "73", "1", "0"]  # the score stays: no rank after
    short = run("dependence", "UCCI", "-w", built, "--top", "2").out
    assert "... and 4 more: --top 6\n134 others unchanged\n" in short


def test_where_nothing_changes_there_is_no_table(run: Command, built: Path) -> None:
    done = run("dependence", "uclg-learning", "-w", built)
    assert done.out.startswith("140 cities unchanged\n\n- Removed: UCLG learning (programme).")


def test_several_at_once_as_json(run: Command, built: Path) -> None:
    told = json.loads(run("dependence", "sao paulo", "iuc", "-w", built, "--format", "json").out)
    basis = told["basis"]
    assert basis["removed"]["things"][0][1] == "São Paulo"
    assert basis["after"]["dyads"] == basis["before"]["dyads"] - len(basis["lost_dyads"])
    assert len(told["rows"]) == 139 and basis["nodes"] == 140
    order = [(row["partners_after"] - row["partners_before"], row["change"]) for row in told["rows"]]
    assert order == sorted(order) and order[0][0] < 0


def test_each_programme_as_csv(run: Command, built: Path) -> None:
    done = run("dependence", "--each", "programmes", "-w", built, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert (rows[0]["label"], rows[0]["events"], rows[0]["lost_dyads"]) == ("URB-AL", "12", "61")
    assert "Most is lost with URB-AL: 61 of 197 pairs (31%)" in done.err
    assert rows[2]["label"] == "URB-AL II" and rows[2]["within"] == rows[1]["thing"]
    assert "must not be added up" in done.err
    assert "without" in run("dependence", "--each", "cities", "-w", built, "--top", "3").out


def test_what_is_refused_says_what_to_do(run: Command, built: Path) -> None:
    for words, said in (
        ((), "Name what to take away"),
        (("ucci", "--each", "cities"), "Give either names or --each, not both."),
        (("madrid", "--members"), "Madrid (city): no network, so it has no members."),
        (("--each", "networks", "--members"), "leave out --measure and --members"),
        (("mercociudade", "no-such"), "Near it: Mercociudades (network/mercociudades)"),
    ):
        done = run("dependence", *words, "-w", built)
        assert done.code == 2, words
        assert said in done.err, (words, done.err)
