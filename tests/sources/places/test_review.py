"""The review sheet: what is in it, that it comes back as judgements, and every way to fill it in wrongly."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from coopgraph.errors import ConfigError, SourceError
from coopgraph.pipeline import build, check
from coopgraph.sources.judgements import read_judgements
from coopgraph.sources.places.making import write_gazetteer
from coopgraph.sources.places.sheet import COLUMNS, write_review

from .conftest import PLACES

BASE = "https://example.org/"
TOML = """\
[workspace]
title = "Members"
base = "https://example.org/"
gazetteer = "small.parquet"
judgements = [{judgements}]
[sources.members]
path = "members.csv"
mapping = "members.yml"
[[sources.members.place]]
name = "name"
country = "country"
"""
MAPPING = """\
mappings:
  city:
    s: id:city/$(city)
    po:
      - [a, coop:City]
      - [skos:prefLabel, $(city_label)]
      - [coop:country, country:$(city_country)~iri]
      - [skos:exactMatch, "https://sws.geonames.org/$(city_geonames)/~iri"]
"""
MEMBERS = "name,country\nLisboa,PT\nSpringfield,US\nSpringfield,US\n=1+1,FR\nHalle,DE\nAtlantis,GR\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    folder.mkdir()
    write_gazetteer(PLACES, folder / "small.parquet", title="GeoNames, 21 places")
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (folder / "members.yml").write_text(MAPPING, encoding="utf-8")
    (folder / "coopgraph.toml").write_text(TOML.format(judgements=""), encoding="utf-8")
    return folder


def decided(home: Path, name: str, decisions: dict[str, Any]) -> Path:
    """The sheet of a workspace, filled in by id, named among the judgements."""
    path = home / name
    check(home, review=path)
    if path.suffix == ".csv":
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        for row in rows:
            row["decision"] = str(decisions.get(row["id"], ""))
            row["who"] = "Ana"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(
                stream, COLUMNS, delimiter=";"
            )  # as a spreadsheet program in Lisbon saves it
            writer.writeheader()
            writer.writerows(rows)
    else:
        book = load_workbook(path)
        for cells in book["Review"].iter_rows(min_row=2):
            cells[COLUMNS.index("decision")].value = decisions.get(str(cells[0].value))
            cells[COLUMNS.index("who")].value = "Ana"
        book.save(path)
    (home / "coopgraph.toml").write_text(TOML.format(judgements=f'"{name}"'), encoding="utf-8")
    return path


def test_each_doubt_is_a_row_with_what_it_may_mean(home: Path, tmp_path: Path) -> None:
    assert check(home, review=tmp_path / "r.xlsx").to_decide == 4
    sheet = load_workbook(tmp_path / "r.xlsx")["Review"]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == list(COLUMNS)
    assert rows[1][:9] == [
        "name-us-springfield",
        "Springfield",
        "US",
        "",
        "",
        "ambiguous",
        2,
        "members.csv, line 3",
        "",
    ]
    assert rows[1][11:] == [
        "none: no place listed here",
        "geonames-19: Springfield, US, 169,176 inhabitants",
        "geonames-18: Springfield, US, 114,394 inhabitants",
        *[""] * 3,
    ]
    assert [row[0] for row in rows[2:]] == ["name-de-halle", "name-fr-1-1", "name-gr-atlantis"]
    assert [cell.data_type for cell in sheet["B"] if cell.value == "=1+1"] == ["s"]
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("I2:I5", "=$L2:$Q2")


def test_namesakes_left_out_are_offered_as_none(home: Path, tmp_path: Path) -> None:
    write_gazetteer(PLACES, home / "small.parquet", title="t", keep=lambda each: each.id not in (14, 18))
    text = TOML.format(judgements="") + "dominant = false\n"
    (home / "coopgraph.toml").write_text(text, encoding="utf-8")
    check(home, review=tmp_path / "r.csv")
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()))
    offered = [row["candidate 2"] for row in rows if row["name"] in ("Springfield", "Halle")]
    other = "none: a place of this name in {}; it is not in this gazetteer, a larger one has it"
    assert offered == [
        other.format("US, the largest of them: 114,394 inhabitants"),
        other.format("DE, the largest of them: 21,000 inhabitants"),
    ]
    name = decided(home, "review.xlsx", {"name-us-springfield": offered[0]})
    judgements, faults = read_judgements([name], BASE)
    assert (judgements.own, faults) == (frozenset({f"{BASE}id/city/name-us-springfield"}), [])


def test_a_judgement_goes_before_size(home: Path) -> None:
    (home / "members.csv").write_text("name,country\nSaint-Denis,FR\n", encoding="utf-8")
    rows = "left,right,judgement,who,why\ncity/geonames-8,city/name-fr-saint-denis,same,Ana,the village\n"
    (home / "j.csv").write_text(rows, encoding="utf-8")
    (home / "coopgraph.toml").write_text(TOML.format(judgements='"j.csv"'), encoding="utf-8")
    build(home)
    import coopgraph as cg

    with cg.open(home) as release:
        (found,) = release.query("SELECT ?c { ?c a coop:City }")
    assert str(found[0]).endswith("geonames-8")


def test_csv_is_the_same_with_formulas_neutralised(home: Path, tmp_path: Path) -> None:
    check(home, review=tmp_path / "r.csv")
    text = (tmp_path / "r.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["name"] for row in rows] == ["Springfield", "Halle", "'=1+1", "Atlantis"]


def test_same_doubts_give_the_same_bytes(home: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx", "a.csv", "b.csv"):
        check(home, review=tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize("name", ["review.xlsx", "review.csv"])
def test_decisions_come_back(home: Path, tmp_path: Path, name: str) -> None:
    decisions = {
        "name-us-springfield": "geonames-18: Springfield, US, 114,394 inhabitants",
        "name-de-halle": 13,
        "name-gr-atlantis": "none: no place listed here",
    }
    decided(home, name, decisions)
    built = build(home)
    told = [fault.what for fault in built.faults if "takes" in fault.what or "certain" in fault.what]
    assert told == [
        "1 of 5 names in 'name' are of no certain place (1 unknown).",
        "takes 'city/name-us-springfield' for 'city/geonames-18' in 2 rows.",
        "takes 'city/name-de-halle' for 'city/geonames-13' in 1 row.",
    ]
    assert check(home, review=tmp_path / "again.csv").to_decide == 1
    import coopgraph as cg

    with cg.open(home) as release:
        query = "SELECT ?c ?l { ?c a coop:City ; skos:prefLabel ?l } ORDER BY ?c"
        found = [(str(city).rsplit("/", 1)[-1], label) for city, label in release.query(query)]
    assert found == [
        ("geonames-1", "Lisbon"),
        ("geonames-13", "Halle (Saale)"),
        ("geonames-18", "Springfield"),
        ("name-fr-1-1", "=1+1"),
        ("name-gr-atlantis", "Atlantis"),
    ]


def test_different_undoes_what_was_certain(home: Path) -> None:
    rows = "left,right,judgement,who,why\ncity/geonames-1,city/name-pt-lisboa,different,Ana,another Lisboa\n"
    (home / "j.csv").write_text(rows, encoding="utf-8")
    (home / "coopgraph.toml").write_text(TOML.format(judgements='"j.csv"'), encoding="utf-8")
    build(home)
    import coopgraph as cg

    with cg.open(home) as release:
        found = {str(city).rsplit("/", 1)[-1] for (city,) in release.query("SELECT ?c { ?c a coop:City }")}
    assert "name-pt-lisboa" in found and "geonames-1" not in found


def test_wrong_cells_are_told_all_at_once_with_row_and_column(home: Path) -> None:
    path = decided(home, "review.xlsx", {"name-de-halle": "Halle", "name-us-springfield": "geonames-x"})
    book = load_workbook(path)
    sheet = book["Review"]
    sheet["A4"], sheet["I4"] = "changed", 13
    sheet["A5"], sheet["I5"] = None, "none"
    sheet.append(["name-it-roma", *[None] * 7, 1])
    sheet.append(["name-it-roma", *[None] * 7, 2])
    book.save(path)
    _, faults = read_judgements([path], BASE)
    assert [str(fault).removeprefix("review.xlsx [Review], ") for fault in faults] == [
        "row 2: column 'decision' has 'geonames-x', expected one of the list, a GeoNames number, or none.",
        "row 3: column 'decision' has 'Halle', expected one of the list, a GeoNames number, or none.",
        "row 4: column 'id' has 'changed', which is no id of a name. Leave the ids as they were written.",
        "row 5: column 'id' is empty beside a decision. Leave the ids as they were written.",
        "row 7: column 'id' has 'name-it-roma' again, decided otherwise in row 6. Decide each name once.",
    ]


def test_what_is_no_review_sheet_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "empty.xlsx")
    book = Workbook()
    book.active.append(["id", "name"])  # type: ignore[union-attr]
    book.active.append(["a", "b"])  # type: ignore[union-attr]
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(SourceError) as caught:
        read_judgements([tmp_path / name for name in ("empty.xlsx", "other.xlsx", "a.pdf")], BASE)
    assert [f"{fault.file}: {fault.what}" for fault in caught.value.faults] == [
        "empty.xlsx [Sheet]: the sheet 'Sheet' is empty.",
        "other.xlsx [Sheet]: has no column 'decision'.",
        "other.xlsx [Sheet]: has no column 'who'.",
        "other.xlsx [Sheet]: has no column 'why'.",
        "a.pdf: is no review sheet.",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("r.txt", "ends in .xlsx or .csv"),
        ("there.csv", "may hold decisions"),
        ("no/r.csv", "there is no folder"),
    ],
)
def test_sheet_is_never_written_over_decisions(home: Path, name: str, words: str) -> None:
    (home / "there.csv").write_text("x")
    with pytest.raises(ConfigError, match=words):
        check(home, review=home / name)
    assert (home / "there.csv").read_text() == "x"
    write_review([], home / "none.xlsx")
    assert load_workbook(home / "none.xlsx").sheetnames == ["Review", "How to"]
