"""The workbook: two other readers find every row in it, dates as dates, and no formula."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

import coopgraph as cg
from coopgraph.exports import workbook
from coopgraph.release import Release
from coopgraph.sources.repeatable import same_bytes

ROWS = {
    "Cities": 173, "Networks": 8, "Organisations": 8, "Programmes": 15, "Stages of programmes": 3,
    "Agreements": 100,
    "Parties to agreements": 215, "Actions": 95, "Participations": 354, "Memberships": 92, "Money": 9,
    "Reported figures": 102, "Web pages": 2, "Sources": 175,
}  # fmt: skip


@pytest.fixture(scope="module")
def made(bundled: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled release as a workbook in English."""
    path = tmp_path_factory.mktemp("xlsx") / "data.xlsx"
    cg.export(bundled, path)
    return path


def records(book: Any, sheet: str) -> list[dict[str, Any]]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_two_readers_find_every_row(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    assert {page.title: page.max_row - 1 for page in book.worksheets[1:]} == ROWS
    other = CalamineWorkbook.from_path(str(made))
    assert other.sheet_names == ["About", *ROWS]
    for name in ROWS:
        theirs = other.get_sheet_by_name(name).to_python()
        ours = [[_plain(cell) for cell in row] for row in book[name].iter_rows(values_only=True)]
        assert [[_plain(cell) for cell in row] for row in theirs] == ours


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return float(cell) if isinstance(cell, int) else "" if cell is None else cell


def test_every_id_leads_to_a_row(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    ids = {
        name: {row["Id"] for row in records(book, name)}
        for name in ("Cities", "Actions", "Agreements", "Sources")
    }
    parts = records(book, "Participations")
    assert {row["City: id"] for row in parts} <= ids["Cities"]
    assert {row["Action: id"] for row in parts} <= ids["Actions"]
    assert {row["Agreement: id"] for row in records(book, "Parties to agreements")} <= ids["Agreements"]
    assert {each for row in parts for each in row["Sources: id"].split("; ")} <= ids["Sources"]


def test_cells_are_what_they_are(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    of = {row["Id"]: row for row in records(book, "Agreements")}
    assert of["allas-grant"]["Signed"] == "2013-05"
    assert of["ba-sp-mexico-2014"]["Signed"] == datetime(2014, 4, 24)
    assert of["ba-sp-mexico-2014"]["Parties: cities"] == "Buenos Aires; Mexico City; São Paulo"
    (grant,) = (row for row in records(book, "Money") if row["Id"] == "allas-grant")
    assert (grant["Amount (in the currency beside it)"], grant["Currency (ISO 4217)"]) == (1500000, "EUR")
    assert grant["Rows they came from"] == "money.csv, row 6"
    assert grant["Sources"] == "Capital mexicana e UE estabelecem aliança"
    answers = {row["Contributes"] for row in records(book, "Participations")}
    assert answers == {"yes", "no", "unknown"} or answers == {"yes", "unknown"}
    for page in book.worksheets[1:]:
        assert (page.freeze_panes, page.auto_filter.ref) == ("B2", page.dimensions)
        assert not [
            cell for row in page.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink
        ]


def test_the_first_sheet_says_what_it_is_and_what_is_unknown(made: Path, bundled: Release) -> None:
    told = [tuple(str(cell) for cell in row if cell is not None)
            for row in openpyxl.load_workbook(made)["About"].iter_rows(values_only=True)]  # fmt: skip
    assert ("Title", "Ibero-American city cooperation") in told
    assert ("Release", bundled.manifest.id) in told
    assert ("Number of sources", "175") in told
    assert any(row[0] == "What is unknown" and "never zero" in row[1] for row in told if len(row) > 1)
    assert [row for row in told if row[:2] == ("Agreements", "Signed") and "2013-05" in row[2]]
    assert {row for row in told if len(row) == 2} >= {(name, str(rows)) for name, rows in ROWS.items()}


@pytest.mark.parametrize(
    ("lang", "sheet", "head"), [("es", "Acuerdos", "Firma"), ("pt", "Acordos", "Assinatura")]
)
def test_headings_and_labels_are_in_the_language(
    bundled: Release, tmp_path: Path, lang: str, sheet: str, head: str
) -> None:
    cg.export(bundled, tmp_path / "a.xlsx", lang=lang)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    first = records(book, sheet)[1]
    assert head in first
    assert first["Tipo"] in ("acuerdo de cooperación", "acordo de cooperação")


HOSTILE = """
@prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
<urn:=c1> a coop:City ; skos:prefLabel "=HYPERLINK(1)" ; skos:note "a\\u0001b", "x" .
<urn:c2> a coop:City ; skos:prefLabel "#REF!" ; skos:note "@SUM(A1)" ; coop:population 12 .
<urn:m1> a coop:Money ; schema:value 12345678901234567890.5 ; schema:currency "EUR" ;
  schema:startDate "2021-02-30" .
"""


def test_nothing_is_a_formula_an_error_or_a_number_with_lost_digits(tmp_path: Path) -> None:
    (tmp_path / "in.ttl").write_text(HOSTILE, encoding="utf-8")
    with cg.open(tmp_path / "in.ttl", ontology=False) as release:
        cg.export(release, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cities = book["Cities"]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in (cities["B2"], cities["B3"])] == [
        ("=HYPERLINK(1)", "s", True), ("#REF!", "s", True)]  # fmt: skip
    assert cities["D2"].value == "ab\nx"
    (money,) = records(book, "Money")
    assert money["Amount (in the currency beside it)"] == "12345678901234567890.5"
    assert money["Start"] == "2021-02-30"
    with ZipFile(tmp_path / "out.xlsx") as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def test_a_table_of_too_many_rows_goes_on_in_another_sheet(
    bundled: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 100)
    cg.export(bundled, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    names = [name for name in book.sheetnames if name.startswith("Participations")]
    assert names == ["Participations", "Participations (2)", "Participations (3)", "Participations (4)"]
    assert [book[name].max_row - 1 for name in names] == [100, 100, 100, 54]
    assert book["Participations (4)"].auto_filter.ref == book["Participations (4)"].dimensions


def test_the_same_release_gives_the_same_bytes(bundled: Release, made: Path, tmp_path: Path) -> None:
    cg.export(bundled, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == made.read_bytes()
    book = openpyxl.Workbook()
    assert same_bytes(book) == same_bytes(openpyxl.Workbook())


def test_amounts_are_parted_by_thousands_and_how_far_it_is_is_told(
    bundled: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_TOLD", 600)
    said: list[str] = []
    cg.export(bundled, tmp_path / "x.xlsx", on_progress=said.append)
    assert said[-2:] == ["writing sheets: 44%", "writing sheets: 89%"]
    page = openpyxl.load_workbook(tmp_path / "x.xlsx")["Money"]
    (place,) = [cell.column for cell in page[1] if cell.value == "Amount (in the currency beside it)"]
    assert {page.cell(row, place).number_format for row in range(2, page.max_row + 1)} == {"#,##0"}
