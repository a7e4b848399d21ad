"""ODS, XLS and XLSB: the same texts as from XLSX, what they hide told, and none of them takes the program
down."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coopgraph.sources import sheet_process, workbook
from tests.sources.ods_files import ods, text

XLS = (Path(__file__).parent / "sheets" / "cities.xls").read_bytes()  # written by xlwt
"""Sheet `cities`: 2 rows of text, date, numbers, boolean; a hidden sheet `errors`; `merged` with B2:B3."""


def edited(content: bytes, change: Callable[[bytes], bytes], member: str = "content.xml") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            after.writestr(name, change(before.read(name)) if name == member else before.read(name))
    return written.getvalue()


HEADER = [text("id"), text("value")]
PLAIN = ods(HEADER, [text("a"), text("La Paz")])


def test_cells_become_the_text_that_was_meant(bench: Any) -> None:
    content = ods(
        HEADER,
        [text("text"), text("  La Paz ")],
        [text("number"), {"valuetype": "float", "value": "0.30000000000000004", "text": "0,3"}],
        [text("year"), {"valuetype": "float", "value": "2017"}],
        [text("date"), {"valuetype": "date", "datevalue": "2017-05-31", "text": "31/05/17"}],
        [text("moment"), {"valuetype": "date", "datevalue": "2017-05-31T09:30:00"}],
        [text("yes"), {"valuetype": "boolean", "booleanvalue": "true", "text": "VERDADERO"}],
        [text("percent"), {"valuetype": "percentage", "value": "0.45", "text": "45%"}],
        [text("money"), {"valuetype": "currency", "value": "1200.5", "currency": "EUR", "text": "€1,200.50"}],
        [text("formula"), {"valuetype": "float", "value": "2", "formula": "of:=1+1", "text": "2"}],
        [text("empty")],
    )
    records = bench.read("a.ods", content)
    assert {row["id"]: row["value"] for row in bench.rows(records)} == {
        "text": "La Paz", "number": "0.3", "year": "2017", "date": "2017-05-31",
        "moment": "2017-05-31T09:30:00", "yes": "true", "percent": "0.45", "money": "1200.5",
        "formula": "2", "empty": None,
    }  # fmt: skip
    assert records.locate(2) == ("a.ods [cities]", 3)


def test_a_repeated_row_and_cell_are_as_many(bench: Any) -> None:
    content = ods([text("a"), text("b"), text("c")], [{**text("x"), "numbercolumnsrepeated": "3"}])
    cell = b'<table:table-cell office:value-type="string" table:number-columns-repeated'
    twice = b'<table:table-row table:number-rows-repeated="2">'
    content = edited(content, lambda xml: xml.replace(b"<table:table-row>" + cell, twice + cell))
    assert bench.rows(bench.read("a.ods", content)) == [{"a": "x", "b": "x", "c": "x"}] * 2


def test_what_an_ods_hides_is_told_at_once(bench: Any) -> None:
    content = ods(
        [text("id"), text("n"), text("m")],
        [
            text("a"),
            {"formula": "of:=1+1"},
            {**text("x"), "numberrowsspanned": "2", "numbercolumnsspanned": "1"},
        ],
    )
    assert [str(fault) for fault in bench.read("a.ods", content).faults] == [
        "a.ods [cities], row 2: cell B2 holds a formula without a stored value (of:=1+1). "
        "Open it in a spreadsheet program and save it, or write the value.",
        "a.ods [cities], row 2: the cells C2:C3 are merged: each row is read with their value. "
        "Unmerge them if that is wrong.",
    ]


def test_cells_that_span_less_than_one_are_taken_for_one(bench: Any) -> None:
    cell = {**text("x"), "numberrowsspanned": "2", "numbercolumnsspanned": "-5"}
    assert [str(fault) for fault in bench.read("a.ods", ods([text("id")], [cell], [text("")])).faults] == [
        "a.ods [cities], row 2: the cells A2:A3 are merged: each row is read with their value. "
        "Unmerge them if that is wrong."
    ]


def test_an_error_is_unknown_and_a_hidden_row_told(bench: Any) -> None:
    content = ods(HEADER, [text("a"), {**text("#REF!"), "formula": "of:=#REF!"}])
    assert [str(fault) for fault in bench.read("a.ods", content).faults] == [
        "a.ods [cities], row 2: cell B2 holds the error #REF!. Correct the formula, or clear the cell."
    ]
    stored = edited(  # as LibreOffice stores it: no text, and its own mark
        content,
        lambda xml: xml.replace(
            b'table:formula="of:=#REF!"',
            b'table:formula="of:=#REF!" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:'
            b'xmlns:calcext:1.0" calcext:value-type="error" office:string-value=""',
        ),
    )
    told = [bench.read("a.ods", each, name=f"e{n}").faults for n, each in enumerate((stored, content))]
    assert [str(fault) for fault in told[0]] == [str(fault) for fault in told[1]]
    records = bench.read("b.ods", ods(HEADER, [text("a"), text("x")], hidden=2), name="b")
    assert [(str(fault), fault.severity) for fault in records.faults] == [
        (
            "b.ods [cities]: 1 hidden row is read like the others. Delete what is not meant to be read.",
            "warning",
        )
    ]


def test_a_sheet_is_chosen_by_name(bench: Any) -> None:
    assert bench.read("a.ods", PLAIN, sheet="cities").count == 1
    assert bench.refused("a.ods", PLAIN, sheet="citeis") == [
        "a.ods: has no sheet 'citeis'. Did you mean 'cities'?"
    ]
    assert bench.refused("a.ods", ods(name="bare")) == [
        "a.ods [bare]: the sheet 'bare' is empty. Put a header in its first row."
    ]


def test_cells_that_would_unfold_to_billions_are_refused(bench: Any) -> None:
    row = (
        b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell office:value-type="string" '
        b'table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    content = edited(PLAIN, lambda xml: xml.replace(b"</table:table>", row + b"</table:table>"))
    (sentence,) = bench.refused("a.ods", content)
    assert sentence.startswith("a.ods: is damaged: Cell limit exceeded (16768032000 cells requested")


def test_a_zip_bomb_and_a_member_that_lies_are_not_unpacked(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    torn = edited(PLAIN, lambda xml: xml).replace(b"La Paz", b"La Pez")
    assert bench.refused("a.ods", torn) == [
        "a.ods: is damaged: content.xml in it is not what it should be. "
        "Open it in a spreadsheet program and save it again."
    ]
    monkeypatch.setattr(workbook, "MOST_BYTES", 1 << 20)
    written = io.BytesIO(PLAIN)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Pictures/bomb", b"\0" * (3 << 20))
    (sentence,) = bench.refused("a.ods", written.getvalue())
    assert sentence.startswith("a.ods: would unpack to 3 MB, ")


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("a.ods", b"", "a.ods: is empty. Save the workbook again."),
        ("a.ods", b"id\n", "a.ods: is not an ODS spreadsheet, or is cut off. Save it again as .ods."),
        ("a.xlsb", PLAIN, "a.xlsb: is a zip file, but not an XLSB workbook. Save it again as .xlsb."),
        ("a.xls", b"", "a.xls: is empty. Save it again; .xlsx or .ods is best."),
        ("a.xls", PLAIN, "a.xls: is not an XLS workbook. Save it again; .xlsx or .ods is best."),
        (
            "a.ods",
            XLS,
            "a.ods: is protected by a password, or is an old .xls workbook. "
            "Save it as .ods without a password.",
        ),
        (
            "a.ods",
            edited(PLAIN, lambda xml: xml + b"<!-- encryption-data -->", "META-INF/manifest.xml"),
            "a.ods: is protected by a password. Save it again without a password.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_told_in_words(bench: Any, file: str, content: bytes, sentence: str) -> None:
    assert bench.refused(file, content) == [sentence]


def test_entities_are_refused(bench: Any) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content'
    content = edited(PLAIN, lambda xml: xml.replace(b"<office:document-content", bomb, 1))
    (sentence,) = bench.refused("a.ods", content)
    assert sentence.startswith("a.ods: is damaged: ")


def test_an_old_workbook_is_read(bench: Any) -> None:
    records = bench.read("a.xls", XLS)
    assert bench.rows(records)[0] == {
        "id": "a", "name": "Panamá", "when": "2017-05-31", "n": "0.3", "ok": "true", "f": None, "err": None,
    }  # fmt: skip
    assert records.locate(2) == ("a.xls [cities]", 3)
    assert [str(fault) for fault in bench.read("a.xls", XLS, sheet="merged", name="m").faults] == [
        "a.xls [merged], row 2: the cells B2:B3 are merged: each row is read with their value. "
        "Unmerge them if that is wrong."
    ]
    assert [str(fault) for fault in bench.read("a.xls", XLS, sheet="errors", name="t").faults] == [
        "a.xls [errors]: the sheet is hidden, and is read. Name another one with sheet = if it is not meant."
    ]


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of MS-XLSB: a type and a size of seven bits a byte, then its content."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size = len(content)
    return head + (bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])) + content


def wide(word: str) -> bytes:
    return struct.pack("<I", len(word)) + word.encode("utf-16-le")


def xlsb(*rows: tuple[str | float, ...]) -> bytes:
    """Write the smallest workbook of the binary format that there is."""
    cells = b""
    for number, row in enumerate(rows):
        cells += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for position, value in enumerate(row):
            place = struct.pack("<II", position, 0)
            if isinstance(value, str):
                cells += record(6, place + wide(value))
            else:
                cells += record(5, place + struct.pack("<d", value))
    corner = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = record(129) + record(148, corner) + record(145) + cells + record(146) + record(130)
    bundle = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("cities"))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/worksheet"/></Relationships>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("xl/workbook.bin", record(131) + record(143) + bundle + record(144) + record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return written.getvalue()


def test_a_binary_workbook_is_read(bench: Any) -> None:
    content = xlsb(("id", "n"), ("São Paulo", 2017.0), ("b", 0.1))
    assert bench.rows(bench.read("a.xlsb", content)) == [
        {"id": "São Paulo", "n": "2017"},
        {"id": "b", "n": "0.1"},
    ]


def test_a_reader_that_dies_is_told_in_words(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    script = bench.write("dies.py", "import os; print('{\"name\": \"s\"', end='', flush=True); os.abort()")
    monkeypatch.setattr(sheet_process, "__file__", str(script))
    assert bench.refused("a.ods", PLAIN) == [
        "a.ods: is damaged, or would need more than 2 GB of memory or five minutes to be read. "
        "Open it in a spreadsheet program and save it as .xlsx or .csv."
    ]
