"""XLSX: what spreadsheets hide, told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from coopgraph.sources import workbook


def book(fill: Callable[[Worksheet], None], *, title: str = "cities") -> bytes:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    fill(sheet)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def rows(*given: tuple[Any, ...]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in given:
            sheet.append(row)

    return fill


def edited(content: bytes, old: str, new: str, member: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Change a workbook's XML, as other programs write it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == member:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(name, text)
    return written.getvalue()


def test_cells_become_the_text_that_was_meant(bench: Any) -> None:
    content = book(
        rows(
            ("id", "value"),
            ("text", "La Paz"),
            ("int", 2017),
            ("float", 0.1 + 0.2),
            ("whole", 12.0),
            ("large", 1e21),
            ("small", -0.00001),
            ("bool", True),
            ("date", date(2017, 5, 31)),
            ("datetime", datetime(2017, 5, 31, 9, 30)),
            ("time", time(9, 30)),
            ("empty", None),
            ("spaces", "  x "),
            ("nfd", "Panama\u0301"),
        )
    )
    records = bench.read("a.xlsx", content)
    assert {row["id"]: row["value"] for row in bench.rows(records)} == {
        "text": "La Paz", "int": "2017", "float": "0.3", "whole": "12", "large": "1000000000000000000000",
        "small": "-0.00001", "bool": "true", "date": "2017-05-31", "datetime": "2017-05-31T09:30:00",
        "time": "09:30:00", "empty": None, "spaces": "x", "nfd": "Panamá",
    }  # fmt: skip
    assert records.locate_all([1, 3]) == {1: ("a.xlsx [cities]", 2), 3: ("a.xlsx [cities]", 4)}


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("yyyy", "2017"),
        ("mmm yyyy", "2017-05"),
        ("[$-409]mmmm\\-yy", "2017-05"),
        ("dd/mm/yyyy", "2017-05-01"),
    ],
)
def test_a_date_is_as_precise_as_it_is_shown(bench: Any, shown: str, expected: str) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("id", "when"), (1, date(2017, 5, 1)))(sheet)
        sheet["B2"].number_format = shown

    assert bench.rows(bench.read("a.xlsx", book(fill))) == [{"id": "1", "when": expected}]


def test_rows_keep_their_number_below_titles_and_gaps(bench: Any) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A3"], sheet["B3"] = "id", "name"
        sheet["A4"], sheet["A7"] = "a", "b"
        sheet["A900"].number_format = "0"

    records = bench.read("a.xlsx", book(fill))
    assert [row["id"] for row in bench.rows(records)] == ["a", None, None, "b"]
    assert records.locate(4) == ("a.xlsx [cities]", 7)


def test_a_sheet_is_chosen_by_name(bench: Any) -> None:
    content = book(rows(("id",), ("a",)))
    assert bench.read("a.xlsx", content, sheet="cities").count == 1
    assert bench.refused("a.xlsx", content, sheet="citeis") == [
        "a.xlsx: has no sheet 'citeis'. Did you mean 'cities'?"
    ]


def test_merged_cells_are_read_with_their_value_in_each_row(bench: Any) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("Title", None), ("id", "country"), ("a", "Spain"), ("b", None), ("c", "Chile"))(sheet)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("B3:B4")

    records = bench.read("a.xlsx", book(fill), skip=1)
    assert [row["country"] for row in bench.rows(records)] == ["Spain", "Spain", "Chile"]
    assert [(str(fault), fault.severity) for fault in records.faults] == [
        ("a.xlsx [cities], row 3: the cells B3:B4 are merged: each row is read with their value. "
         "Unmerge them if that is wrong.", "warning")
    ]  # fmt: skip


def test_merged_cells_of_a_header_are_refused(bench: Any) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("id", "country"), ("a", "Spain"))(sheet)
        sheet.merge_cells("B1:B2")

    assert bench.refused("a.xlsx", book(fill)) == [
        "a.xlsx [cities], row 1: the cells B1:B2 are merged, and only the first of them has a value. "
        "Unmerge them and fill in every cell."
    ]


def test_a_formula_without_a_stored_value_is_unknown_and_told(bench: Any) -> None:
    records = bench.read("a.xlsx", book(rows(("id", "n"), ("a", "=1+1"), ("b", 3))))
    assert [row["n"] for row in bench.rows(records)] == [None, "3"]
    assert [str(fault) for fault in records.faults] == [
        "a.xlsx [cities], row 2: cell B2 holds a formula without a stored value (=1+1). "
        "Open the workbook in Excel or LibreOffice and save it, or write the value."
    ]


def test_a_formula_gives_its_stored_value(bench: Any) -> None:
    content = edited(book(rows(("id", "n"), ("a", "=1+1"))), "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
    assert bench.rows(bench.read("a.xlsx", content)) == [{"id": "a", "n": "2"}]


def test_error_cells_are_unknown_and_told(bench: Any) -> None:
    content = edited(book(rows(("id", "n"), ("a", 5))), "<v>5</v>", "<v>5</v>")
    content = edited(content, 'r="B2" t="n"><v>5</v>', 'r="B2" t="e"><v>#REF!</v>')
    assert [str(fault) for fault in bench.read("a.xlsx", content).faults] == [
        "a.xlsx [cities], row 2: cell B2 holds the error #REF!. Correct the formula, or clear the cell."
    ]


def test_the_day_that_never_was_is_refused(bench: Any) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("id", "when"), ("a", 60))(sheet)
        sheet["B2"].number_format = "yyyy-mm-dd"

    assert bench.refused("a.xlsx", book(fill)) == [
        "a.xlsx [cities], row 2: cell B2 is day 59 or 60 of Excel, whose 1900-02-29 never was. "
        "Format the cell as text and write the date."
    ]


def test_hidden_rows_are_read_and_told(bench: Any) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("id",), ("a",), ("b",))(sheet)
        sheet.row_dimensions[2].hidden = True

    records = bench.read("a.xlsx", book(fill))
    assert records.count == 2
    assert [(str(f), f.severity) for f in records.faults] == [
        (
            "a.xlsx [cities]: 1 hidden row is read like the others. Delete what is not meant to be read.",
            "warning",
        )
    ]


def test_an_empty_sheet_and_a_header_alone(bench: Any) -> None:
    assert bench.refused("a.xlsx", book(lambda sheet: None)) == [
        "a.xlsx [cities]: the sheet 'cities' is empty. Put a header in its first row."
    ]
    records = bench.read("b.xlsx", book(rows(("id", "name"))))
    assert (records.count, list(records.columns)) == (0, ["id", "name"])
    assert [str(fault) for fault in records.faults] == ["b.xlsx [cities]: has a header and no rows."]


def test_cells_beside_the_table_and_bad_headers_are_told_at_once(bench: Any) -> None:
    content = book(rows(("id", None, "name", "id"), ("a", "x", "y", "z", "beside")))
    assert bench.refused("a.xlsx", content) == [
        "a.xlsx [cities], row 1: column 2 has no name. Name it in the header, or remove the column.",
        "a.xlsx [cities], row 1: the header has 'id' 2 times (columns 1 and 4). "
        "Give each column a name of its own.",
        "a.xlsx [cities], row 2: has 'beside' in a column without a name. "
        "Name the column in the header, or clear the cell.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "a.xlsx: is empty. Save the workbook again."),
        (b"id,name\n", "a.xlsx: is not an XLSX workbook, or is cut off. Save it again as .xlsx."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            "a.xlsx: is protected by a password, or is an old .xls workbook. Save it as .xlsx "
            "without a password.",
        ),
        (
            book(rows(("id",)))[:-40],
            "a.xlsx: is not an XLSX workbook, or is cut off. Save it again as .xlsx.",
        ),
    ],
)
def test_what_is_no_workbook_is_told_in_words(bench: Any, content: bytes, sentence: str) -> None:
    assert bench.refused("a.xlsx", content) == [sentence]


def test_another_zip_is_told_in_words(bench: Any) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert bench.refused("a.xlsx", written.getvalue()) == [
        "a.xlsx: is a zip file, but not an XLSX workbook. Save it again as .xlsx."
    ]


def test_a_zip_bomb_is_not_unpacked(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_BYTES", 1 << 20)
    written = io.BytesIO(book(rows(("id",))))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb", b"\0" * (3 << 20))
    (sentence,) = bench.refused("a.xlsx", written.getvalue())
    assert sentence.startswith("a.xlsx: would unpack to 3 MB, ")
    monkeypatch.setattr(workbook, "MOST_RATIO", 1 << 30)
    assert bench.refused("a.xlsx", written.getvalue()) == [sentence]


def test_xml_entities_are_refused(bench: Any) -> None:
    content = book(rows(("id",), ("a",)))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    (sentence,) = bench.refused("a.xlsx", edited(content, "<worksheet", bomb))
    assert sentence.startswith("a.xlsx: is damaged: ")


def test_a_damaged_sheet_is_told_in_words(bench: Any) -> None:
    content = edited(book(rows(("id",), ("a",))), "</sheetData>", "")
    (sentence,) = bench.refused("a.xlsx", content)
    assert sentence.startswith("a.xlsx: is damaged: ")
