"""Every fault of a plan is told at once, with its line; one bad example for each."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from coopgraph.errors import SourceError
from coopgraph.network import with_events

HEAD = "event,city,contributes,benefits,start,end,amount,currency\n"
NO_TEXT = pa.nulls(3, pa.string())
SOURCE = {
    "participations": pa.table(
        {"event": ["x/visit"], "city": ["A"], "contributes": [True], "benefits": [True]}
    ),
    "cities": pa.table(
        {
            "city": ["A", "x/s1", "x/s2"],
            "country": ["ES", "CR", "US"],
            "label_en": ["Aye", "San José", "San Jose"],
            "label_es": NO_TEXT,
            "label_pt": NO_TEXT,
        }
    ),
}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",A,yes,no,,,,", "column 'event' is empty."),
        ("e,,yes,no,,,,", "column 'city' is empty."),
        ("e,A,perhaps,no,,,,", "column 'contributes' has 'perhaps', expected yes, no or unknown."),
        ("e,A,yes,nein,,,,", "column 'benefits' has 'nein', expected yes, no or unknown."),
        ("e,A,yes,no,200l,,,", "column 'start' has '200l', expected a date like 2027"),
        ("e,A,yes,no,,2027-13,,", "column 'end' has '2027-13', expected a date"),
        ("e,A,yes,no,,,1e3,EUR", "column 'amount' has '1e3', expected an amount"),
        ("e,A,yes,no,,,-5,EUR", "column 'amount' has '-5', expected an amount"),
        ("e,A,yes,no,,,5,euro", "column 'currency' has 'euro', expected a currency's code"),
        ("e,A,yes,no,,,5,", "An amount and its currency belong together."),
        ("e,san jose,yes,no,,,,", "The city 'san jose' may be San José, CR (x/s1); San Jose, US (x/s2)."),
        ("visit,A,yes,no,,,,", "The event 'visit' is in the data."),
        ("e,A,yes,no,2027-05,2026,,", "The event 'e' ends before it starts (2027-05 to 2026)."),
        ("e,A,yes,no,,,,\ne,aye,no,yes,,,,", "The city 'aye' is in 'e' already. See line 2."),
        ("e,A,yes,no,2027,,,\ne,B,no,yes,2028,,,", "column 'start' has '2028', but 'e' has '2027' above."),
        ("e,A,yes,no", "The row has 4 cells, the header 8."),
        ('e,"A,yes', "The quoting is broken"),
    ],
)
def test_one_bad_row(tmp_path: Path, row: str, said: str) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        with_events(SOURCE, file)
    assert len(refused.value.faults) == 1
    assert said in str(refused.value.faults[0])
    assert str(refused.value.faults[0]).startswith("plan.csv, line ")


def test_a_year_does_not_end_before_its_months(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(f"{HEAD}e,A,yes,no,2027-05-31,2027,,\n", encoding="utf-8")
    assert with_events(SOURCE, file).events == {"hypothetical:plan.csv/e": "e"}


def test_all_faults_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(f"{HEAD}e,A,x,y,,,,\nf,,yes,no,soon,,,\n", encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        with_events(SOURCE, file)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [
        (2, "benefits"),
        (2, "contributes"),
        (3, "city"),
        (3, "start"),
    ]


def test_columns(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("event,town,contributes,contributes\n", encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        with_events(SOURCE, file)
    assert [(fault.column, fault.what) for fault in refused.value.faults] == [
        ("city", "is missing."),
        ("benefits", "is missing."),
        ("town", "is not known."),
        ("contributes", "is there twice."),
        (None, "It has no row below its header."),
    ]


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(b"event,ciudad\n" + b"\xe9\n")
    with pytest.raises(SourceError, match="not text in UTF-8"):
        with_events(SOURCE, file)


def test_an_empty_file_lacks_every_column(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.touch()
    with pytest.raises(SourceError, match="column 'event' is missing"):
        with_events(SOURCE, file)
