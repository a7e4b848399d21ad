"""Days first, marks between thousands, units; and tables that begin below a title."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coopgraph.errors import ConfigError
from coopgraph.sources.cell_formats import CellFormat
from coopgraph.sources.workspace import load_workspace
from tests.sources.test_spreadsheet import book
from tests.sources.test_spreadsheet import rows as filled


@pytest.mark.parametrize(
    ("form", "cell", "meant"),
    [
        (CellFormat(date="dd/mm/yyyy"), "31/05/2017", "2017-05-31"),
        (CellFormat(date="dd/mm/yyyy"), "1/5/2017", "2017-05-01"),
        (CellFormat(date="dd/mm/yyyy"), "31.12.2017 09:30:00", "2017-12-31"),
        (CellFormat(date="dd/mm/yyyy"), "12/2017", "2017-12"),
        (CellFormat(date="dd/mm/yyyy"), "2017", "2017"),
        (CellFormat(date="dd/mm/yyyy"), "2017-05-31", "2017-05-31"),
        (CellFormat(date="dd/mm/yyyy"), "31/05/17", "31/05/17"),
        (CellFormat(date="mm/dd/yyyy"), "5/31/2017", "2017-05-31"),
        (CellFormat(thousands="."), "1.234.567", "1234567"),
        (CellFormat(thousands="."), "1.25", "1.25"),
        (CellFormat(thousands=",", unit="€"), "€ 1,234.50", "1234.50"),
        (CellFormat(thousands=".", unit="EUR", decimal=","), "1.234,50 EUR", "1234,50"),
        (CellFormat(thousands=" "), "1\u202f234\u00a0567", "1234567"),
        (CellFormat(unit="$"), "$12", "12"),
        (CellFormat(unit="%"), "45 %", "45"),
        (CellFormat(unit="€"), "about €5", "about €5"),
    ],
)
def test_cells_written_another_way(bench: Any, form: CellFormat, cell: str, meant: str) -> None:
    records = bench.read("a.csv", f'id,x\n1,"{cell}"\n', formats={"x": form})
    assert bench.rows(records) == [{"id": "1", "x": meant}]


def test_lines_above_the_header_are_passed_over(bench: Any) -> None:
    content = 'Members of the network;;\n"as of\n2020";;\n\nid;name\n1;Lisboa\n2;Pôrto\n'
    records = bench.read("a.csv", content, delimiter=";", skip=4)
    assert bench.rows(records) == [{"id": "1", "name": "Lisboa"}, {"id": "2", "name": "Pôrto"}]
    assert records.locate_all([1, 2]) == {1: ("a.csv", 6), 2: ("a.csv", 7)}
    assert bench.refused("b.csv", content + "3\n", delimiter=";", skip=4) == [
        "b.csv, line 8: the row has 1 cell, the header has 2. "
        "Add the missing delimiters, or close the quote of a cell before."
    ]
    latin = bench.read(
        "c.csv", content.encode("latin-1"), delimiter=";", skip=4, encoding="latin-1", name="c"
    )
    assert latin.locate(2) == ("c.csv", 7)
    assert bench.rows(latin)[1] == {"id": "2", "name": "Pôrto"}


def test_rows_above_the_header_of_a_sheet_are_passed_over(bench: Any) -> None:
    content = book(filled(("Members",), (None,), ("id", "name"), ("1", "Lisboa")))
    records = bench.read("a.xlsx", content, skip=1)
    assert bench.rows(records) == [{"id": "1", "name": "Lisboa"}]
    assert records.locate(1) == ("a.xlsx [cities]", 4)


def test_what_is_said_of_columns_is_checked(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id\n")
    (tmp_path / "a.yml").write_text("mappings: {}\n")
    text = (
        '[workspace]\ntitle = "x"\n[sources.a]\npath = "a.csv"\nmapping = "a.yml"\n[sources.a.columns]\n'
        'd = { date = "d.m.y" }\nn = { thousands = "." }\nm = { thousands = ",,", unit = "€" }\n'
        'l = { separator = ";", unit = "€" }\n'
    )
    (tmp_path / "coopgraph.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_workspace(tmp_path)
    assert [str(fault) for fault in caught.value.faults] == [
        "coopgraph.toml, line 7: 'sources.a.columns.d.date' has 'd.m.y', expected dd/mm/yyyy or mm/dd/yyyy. "
        "ISO dates need no setting.",
        "coopgraph.toml, line 8: 'sources.a.columns.n.thousands' is the decimal mark as well. "
        'Declare that one: decimal = ",".',
        "coopgraph.toml, line 9: 'sources.a.columns.m.thousands' has ',,', expected one mark like \".\".",
        "coopgraph.toml, line 10: 'sources.a.columns.l' is a list, and lists are taken as they are written. "
        "Remove the other settings.",
    ]
