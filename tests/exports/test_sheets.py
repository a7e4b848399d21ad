"""Tables as CSV and XLSX: what is read back is what was shown, and nothing of it is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import ProjectionError
from coopgraph.exports.about import About
from coopgraph.exports.csv import as_csv
from coopgraph.exports.sheet import harmless, sheet_from
from coopgraph.exports.xlsx import as_xlsx
from coopgraph.views.drawing import Source

ABOUT = About(
    "Cities", now="2026-11-22", licence="CC BY 4.0", sources=(Source("A report", "A city", date="2018"),)
)
BODY: dict[str, Any] = {
    "title": "Cities",
    "columns": ["City", {"name": "Given", "type": "number"}, {"name": "Since", "type": "date"}],
    "rows": [
        ["São Paulo", 1.5, "1982-10-12"],
        ["=HYPERLINK(1)", None, "1982-10"],
        ["a\x00b\u202e", -3, None],
    ],
}


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_is_read_back_and_says_what_it_rests_on() -> None:
    rows = read_csv(as_csv((sheet_from(BODY),), ABOUT))
    assert rows[:4] == [
        ["City", "Given", "Since"],
        ["São Paulo", "1.5", "1982-10-12"],
        ["'=HYPERLINK(1)", "", "1982-10"],
        ["ab", "-3", ""],
    ]
    assert rows[5:] == [
        ["# Title", "Cities"],
        ["# Data as of", "2026-11-22"],
        ["# Data licence", "CC BY 4.0"],
        ["# Source", "A report. A city. 2018"],
    ]


def test_xlsx_has_dates_as_dates_numbers_as_numbers_and_no_formula() -> None:
    content = as_xlsx((sheet_from(BODY),), ABOUT)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Cities", "About"]
    page = book["Cities"]
    assert (page["B2"].value, page["C2"].value.date()) == (1.5, date(1982, 10, 12))
    assert (page["A3"].value, page["A3"].data_type, page["A3"].quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert (page["B3"].value, page["C3"].value, page["B4"].value) == (None, "1982-10", -3)
    assert [cell.value for cell in book["About"]["B"]] == [
        "Cities", "2026-11-22", "CC BY 4.0", "A report. A city. 2018",
    ]  # fmt: skip
    assert content == as_xlsx((sheet_from(BODY),), ABOUT)
    assert b"<f>" not in content


@pytest.mark.parametrize("text", ["=1", "+1+1", "-1+1", "@A1", "\t=1", "\r=1", "  =1", "＝1"])
def test_what_might_be_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3.5", "12 %", "1.000,50", "Lima - Quito", ""])
def test_numbers_and_plain_texts_stay(text: str) -> None:
    assert harmless(text) == text


@given(
    st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
)
def test_no_cell_of_a_csv_begins_like_a_formula(cells: list[Any]) -> None:
    body = {"columns": ["c"], "rows": [[cell] for cell in cells]}
    content = as_csv((sheet_from(body),), About(""))
    texts = [row[0] for row in read_csv(content)[: len(cells) + 1] if row]
    assert not [text for text in texts if text[:1] in set("=@\t\r") and text]


def test_every_fault_of_a_table_is_told() -> None:
    body = {"columns": ["a", "b"], "rows": [["x"], ["x", {}], ["x", float("nan")], ["x", 1]]}
    with pytest.raises(ProjectionError) as caught:
        sheet_from(body)
    told = [fault.what for fault in caught.value.faults]
    assert [what.split()[1] for what in told] == ["1", "2", "3"]
    for columns in ([], [{"name": "a", "type": "colour"}], "a", ["a"]):
        with pytest.raises(ProjectionError):
            sheet_from({"columns": columns})
