"""The documented plugin, really installed; and broken ones, which are told and break nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugins.conftest import EXAMPLE, Shell

CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:visit
SUMMARY:Lima visits Quito
DTSTART;VALUE=DATE:20170531
LOCATION:quito
END:VEVENT
BEGIN:VEVENT
UID:talks
SUMMARY:Talks
LOCATION:lima
END:VEVENT
END:VCALENDAR
"""
WORKSPACE = """[workspace]
title = "Diary"
[sources.calendar]
path = "visits.ics"
mapping = "visits.yml"
source_id = "diary"
"""
MAPPING = """mappings:
  action:
    s: id:action/$(uid)
    po:
      - [a, coop:Action]
      - [skos:prefLabel, $(summary), en~lang]
      - [schema:startDate, $(start), dcterms:W3CDTF]
  city:
    s: id:city/$(location)
    po:
      - [a, coop:City]
      - [skos:prefLabel, $(location), en~lang]
      - [coop:country, country:PE~iri]
  participation:
    s: id:participation/$(uid)/$(location)
    po:
      - [a, coop:Participation]
      - [coop:event, id:action/$(uid)~iri]
      - [coop:participant, id:city/$(location)~iri]
      - [coop:contributes, concept:answer/yes~iri]
      - [coop:benefits, concept:answer/unknown~iri]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    place = tmp_path / "ws"
    place.mkdir()
    for name, text in (
        ("coopgraph.toml", WORKSPACE),
        ("visits.ics", CALENDAR),
        ("visits.yml", MAPPING),
    ):
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.mark.parametrize("name", ["pyproject.toml", "coopgraph_diary.py"])
def test_the_page_shows_what_is_run(root: Path, name: str) -> None:
    page = (root / "docs" / "plugins.md").read_text(encoding="utf-8")
    kind = "toml" if name.endswith("toml") else "python"
    assert f"```{kind}\n{(EXAMPLE / name).read_text(encoding='utf-8').rstrip()}\n```" in page


def test_a_calendar_is_built_and_written_as_a_diary(shell: Shell, workspace: Path) -> None:
    built = shell("build", str(workspace))
    assert built.returncode == 0, built.stderr
    assert shell("export", "-w", str(workspace), "-o", "visits.diary").stdout.endswith("2 lines\n")
    assert (workspace.parent / "visits.diary").read_text("utf-8").splitlines() == [
        "2017-05-31  Lima visits Quito  quito",
        "?  Talks  lima",
    ]
    where = shell("query", "-w", str(workspace), "SELECT ?row { id:action\\/talks prov:wasDerivedFrom ?row }")
    assert "row=" in where.stdout


def test_faults_name_file_and_line(shell: Shell, workspace: Path) -> None:
    (workspace / "visits.ics").write_text(CALENDAR.replace("20170531", "someday"), encoding="utf-8")
    told = shell("check", str(workspace))
    assert "visits.ics, line 2: column 'start' has 'someday'" in told.stdout
    (workspace / "visits.ics").write_text(CALENDAR[:100], encoding="utf-8")
    done = shell("build", str(workspace))
    assert (done.returncode, "visits.ics, line 2: begins an event that does not end." in done.stderr) == (
        1,
        True,
    )
    (workspace / "visits.ics").write_bytes(b"BEGIN:VEVENT\nSUMMARY:\xff\n")
    done = shell("build", str(workspace))
    assert (done.returncode, "visits.ics: is no UTF-8" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


def test_what_comes_from_where(shell: Shell) -> None:
    told = shell("--version").stdout.splitlines()
    assert told[1:] == ["  source ics: coopgraph-diary 1.0", "  export diary: coopgraph-diary 1.0"]
    listed = json.loads(shell("export", "--list", "--format", "json").stdout)
    origins = {each["format"]: each["comes_with"] for each in listed}
    assert (origins["diary"], origins["gexf"]) == ("coopgraph-diary 1.0", "coopgraph")
    assert shell("--version", without=True).stdout.count("\n") == 1


KIND = "from coopgraph.sources.kinds import Kind\nthing = Kind({!r}, ({!r},), {!r})\n"
BROKEN = {
    "raises": ("1 / 0", "odd = raises:thing", "cannot be loaded: ZeroDivisionError: division by zero."),
    "lacks": ("import nothing_of_the_sort", "odd = lacks:thing", "No module named 'nothing_of_the_sort'"),
    "absent": ("", "odd = absent:thing", "has no attribute 'thing'"),
    "shape": ("thing = 7", "odd = shape:thing", "names a int where a Kind is needed."),
    "other": (KIND.format("even", ".odd", "a:b"), "odd = other:thing", "calls itself 'even'"),
    "reader": (KIND.format("odd", ".odd", "nowhere"), "odd = reader:thing", "no 'module:function'"),
    "ending": (KIND.format("odd", ".csv", "a:b"), "odd = ending:thing", "coopgraph reads itself"),
    "named": (KIND.format("csv", ".odd", "a:b"), "csv = named:thing", "has a name that coopgraph has itself"),
    "second": (KIND.format("ics", ".odd", "a:b"), "ics = second:thing", "that another has taken"),
}


def test_broken_ones_are_told_and_break_nothing(
    shell: Shell, workspace: Path, broken: Callable[..., Path]
) -> None:
    also = tuple(broken(name, code, point) for name, (code, point, _) in BROKEN.items())
    done = shell("check", str(workspace), also=also)
    assert done.returncode == 0, done.stderr  # the calendar is read all the same
    told = [line for line in done.stderr.splitlines() if "is not used" in line]
    assert len(told) == len(BROKEN)
    for name, (_, _, said) in BROKEN.items():
        (line,) = [line for line in told if f"({name} 2.0, {name}:thing)" in line]
        assert said in line
        assert "ninstall" in line or "another" in line


@pytest.mark.parametrize("name", ["raises", "named", "second"])
def test_the_version_marks_a_broken_one(shell: Shell, broken: Callable[..., Path], name: str) -> None:
    code, point, said = BROKEN[name]
    done = shell("--version", also=(broken(name, code, point),))
    assert said in done.stderr
    word = point.split()[0]
    marked = [line for line in done.stdout.splitlines() if "(not used: it is broken, see stderr)" in line]
    assert marked == [f"  source {word}: {name} 2.0 (not used: it is broken, see stderr)"]
    assert "  export diary: coopgraph-diary 1.0" in done.stdout.splitlines()


def test_a_broken_export_is_told(shell: Shell, broken: Callable[..., Path]) -> None:
    also = (broken("noformat", "thing = 7", "odd = noformat:thing", "coopgraph.exports"),)
    done = shell("export", "--list", also=also)
    assert "names a int where a Format is needed" in done.stderr
    assert "diary" in done.stdout


def test_a_reader_that_is_not_there_is_told_when_it_is_used(
    shell: Shell, workspace: Path, broken: Callable[..., Path]
) -> None:
    also = (broken("gone", KIND.format("odd", ".odd", "gone:nobody"), "odd = gone:thing"),)
    (workspace / "visits.ics").rename(workspace / "visits.odd")
    settings = workspace / "coopgraph.toml"
    settings.write_text(WORKSPACE.replace(".ics", ".odd"), encoding="utf-8")
    done = shell("build", str(workspace), also=also)
    assert done.returncode == 1
    assert "gone:nobody: cannot be loaded" in done.stderr
    assert "Traceback" not in done.stderr
