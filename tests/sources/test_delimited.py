"""CSV and TSV: what is read, and the sentence for everything that is not."""

from __future__ import annotations

import os
from typing import Any

import pytest

from coopgraph.sources import delimited_text
from coopgraph.sources.records import Records

PLAIN = "id,name\n1,La Paz\n2,Panamá\n"


def names(bench: Any, records: Records) -> list[str | None]:
    return [row["name"] for row in bench.rows(records)]


@pytest.mark.parametrize(
    ("content", "settings"),
    [
        (PLAIN.encode(), {}),
        (b"\xef\xbb\xbf" + PLAIN.encode(), {}),
        (PLAIN.encode("utf-16"), {"encoding": "utf-16"}),
        (PLAIN.encode("utf-16-le"), {"encoding": "utf-16-le"}),
        (PLAIN.encode("latin-1"), {"encoding": "latin-1"}),
        (PLAIN.encode("cp1252"), {"encoding": "cp1252"}),
        (PLAIN.replace("\n", "\r\n").encode(), {}),
        (PLAIN.replace("\n", "\r").encode(), {}),
        (PLAIN.replace("\n", "\r\n", 1).encode(), {}),
        (PLAIN.rstrip().encode(), {}),
        (PLAIN.replace(",", ";").encode(), {"delimiter": ";"}),
        (PLAIN.replace("\n", "\n\n").encode(), {}),
        (b'id,name\n"1","La Paz"\n" 2 "," Panam\xc3\xa1\xc2\xa0"\n', {}),
        ("id,name\n1,La Paz\n2,Panama\u0301\n".encode(), {}),
    ],
)
def test_every_way_to_write_the_same_table_reads_the_same(bench: Any, content: bytes, settings: Any) -> None:
    records = bench.read("a.csv", content, **settings)
    assert bench.rows(records) == [{"id": "1", "name": "La Paz"}, {"id": "2", "name": "Panamá"}]


def test_a_tab_separated_file_needs_no_setting(bench: Any) -> None:
    records = bench.read("a.tsv", PLAIN.replace(",", "\t"), delimiter="\t")
    assert names(bench, records) == ["La Paz", "Panamá"]


HEADLESS = {"header": ("id", "name")}


@pytest.mark.parametrize("content", [b"1,La Paz\n2,Panam\xc3\xa1\n", b"1,La Paz\r2,Panam\xc3\xa1"])
def test_a_file_without_a_header_loses_no_row(bench: Any, content: bytes) -> None:
    records = bench.read("a.csv", content, **HEADLESS)
    assert bench.rows(records) == [{"id": "1", "name": "La Paz"}, {"id": "2", "name": "Panamá"}]
    assert records.locate_all([1, 2]) == {1: ("a.csv", 1), 2: ("a.csv", 2)}
    assert records.pieces[0].row == 1


def test_lines_of_a_file_without_a_header_are_counted_from_its_first(bench: Any) -> None:
    records = bench.read("a.csv", '1,"La\nPaz"\n\n2,b\n', **HEADLESS)
    assert records.locate_all([1, 2]) == {1: ("a.csv", 1), 2: ("a.csv", 4)}


@pytest.mark.parametrize(
    ("content", "settings", "told"),
    [
        ("1,a,b\n", HEADLESS, "a.csv, line 1: the row has 3 cells, and 'header' in coopgraph.toml names 2 "
         "columns. Name every column, in the order of the file."),
        ("1;a\n", HEADLESS, "a.csv, line 1: has one column, '1;a', when read with the delimiter ','. "
         'Set delimiter = ";" for this source.'),
        ("1,a\n2\n", HEADLESS, "a.csv, line 2: the row has 1 cell, the first row has 2. "
         "Add the missing delimiters, or close the quote of a cell before."),
        ("1,a\n", {"header": ("id", "id")}, "a.csv, line 1: the header has 'id' 2 times (columns 1 and 2). "
         "Give each column a name of its own."),
        ("", HEADLESS, "a.csv: is empty. Put a row in it, or leave it out."),
        ("1,a\n", {**HEADLESS, "key": ("code",)}, "a.csv: has no column 'code', which coopgraph.toml names. "
         "Known: id, name."),
    ],
)  # fmt: skip
def test_what_is_wrong_without_a_header(bench: Any, content: str, settings: Any, told: str) -> None:
    if "key" in settings:
        assert [str(fault) for fault in bench.read("a.csv", content, **settings).faults] == [told]
    else:
        assert bench.refused("a.csv", content, **settings) == [told]


def test_a_single_column_without_a_header_may_hold_any_mark(bench: Any) -> None:
    records = bench.read("a.csv", "x;y\nz\n", header=("text",))
    assert [row["text"] for row in bench.rows(records)] == ["x;y", "z"]


def test_cells_of_several_lines_and_quotes_are_kept(bench: Any) -> None:
    records = bench.read("a.csv", 'id,name\n1,"La ""Paz""\n(Bolivia), city"\n2,b\n')
    assert names(bench, records) == ['La "Paz"\n(Bolivia), city', "b"]
    assert records.locate_all([1, 2]) == {1: ("a.csv", 2), 2: ("a.csv", 4)}


def test_blank_lines_do_not_shift_the_line_that_is_told(bench: Any) -> None:
    records = bench.read("a.csv", "id,name\n\n1,a\n\n\n2,b\n")
    assert records.locate_all([1, 2]) == {1: ("a.csv", 3), 2: ("a.csv", 6)}


def test_a_file_of_one_column_keeps_its_empty_cells(bench: Any) -> None:
    records = bench.read("a.csv", "name\na\n\nb\n")
    assert names(bench, records) == ["a", None, "b"]
    assert records.locate(3) == ("a.csv", 4)


def test_records_are_numbered_as_the_file_has_them(bench: Any) -> None:
    """Large enough for several blocks read at once, with line ends inside cells."""
    rows = "".join(f'{n},"a\nb {n}"\n' if n % 7 == 0 else f"{n},plain\n" for n in range(1, 60_001))
    records = bench.read("a.csv", "id,name\n" + rows)
    wrong = records.relation(bench.connection).filter("_record <> c0::BIGINT").fetchall()
    assert wrong == []
    assert records.count == 60_000
    assert records.locate(60_000)[1] == 60_001 + 60_000 // 7


def test_files_of_one_source_follow_each_other(bench: Any) -> None:
    first = bench.write("1.csv", "id,name\n1,a\n")
    second = bench.write("2.csv", "name,id\nb,2\nc,3\n")
    records = bench.read("1.csv", "id,name\n1,a\n", files=(first, second))
    assert bench.rows(records) == [{"id": str(n), "name": name} for n, name in enumerate("abc", 1)]
    assert records.locate_all([1, 3]) == {1: ("1.csv", 2), 3: ("2.csv", 3)}
    numbers = records.relation(bench.connection).project("_record").order("_record").fetchall()
    assert numbers == [(1,), (2,), (3,)]


def test_a_file_with_a_header_only_before_another(bench: Any) -> None:
    first, second = bench.write("1.csv", "id,name\n"), bench.write("2.csv", "id,name\n1,a\n")
    assert bench.read("1.csv", "id,name\n", files=(first, second)).count == 1


def test_files_with_other_columns_are_refused(bench: Any) -> None:
    first, second = bench.write("1.csv", "id,name\n1,a\n"), bench.write("2.csv", "id,nombre\n2,b\n")
    assert bench.refused("1.csv", "id,name\n1,a\n", files=(first, second)) == [
        "2.csv, line 1: has other columns than 1.csv: no name; also nombre. Make it a source of its own."
    ]


@pytest.mark.parametrize(
    ("content", "settings", "sentences"),
    [
        (
            "id,name\n1,a\n2\n3,b,c\n",
            {},
            [
                "a.csv, line 3: the row has 1 cell, the header has 2. "
                "Add the missing delimiters, or close the quote of a cell before.",
                "a.csv, line 4: the row has 3 cells, the header has 2. "
                "A cell that holds the delimiter must stand in double quotes.",
            ],
        ),
        (
            'id,name\n1,"a\n2,b\n',
            {},
            [
                "a.csv, line 2: a double quote is opened in this row and never closed. "
                'Close it; a double quote inside a cell is written "".'
            ],
        ),
        (
            'id,name\n1,"a"b\n2,c\n',
            {},
            [
                "a.csv, line 2: there is text after a closing double quote. "
                'A double quote inside a cell is written "".'
            ],
        ),
        (
            b"id,name\n1,caf\xe9\n2,b\n",
            {},
            [
                "a.csv, line 2: byte 13 is 0xE9 ('é' in latin-1), which is not UTF-8. "
                'Set encoding = "latin-1", or save the file as UTF-8.'
            ],
        ),
        (
            b"id,caf\xe9\n1,b\n",
            {},
            [
                "a.csv, line 1: byte 6 is 0xE9 ('é' in latin-1), which is not UTF-8. "
                'Set encoding = "latin-1", or save the file as UTF-8.'
            ],
        ),
        (
            b"id,name\n1,\x80 5\n",
            {},
            [
                "a.csv, line 2: byte 10 is 0x80 ('€' in cp1252), which is not UTF-8. "
                'Set encoding = "cp1252", or save the file as UTF-8.'
            ],
        ),
        (
            PLAIN.encode("utf-16"),
            {},
            [
                "a.csv, line 1: has a zero byte in every second place: it is UTF-16, but is declared as "
                "utf-8. "
                'Set encoding = "utf-16" for this source.'
            ],
        ),
        (
            PLAIN.encode(),
            {"encoding": "utf-16"},
            [
                "a.csv, line 1: is declared as utf-16, but does not begin with its byte order mark. "
                'It looks like utf-8: set encoding = "utf-8".'
            ],
        ),
        (
            PLAIN.replace(",", ";"),
            {},
            [
                "a.csv, line 1: has one column, 'id;name', when read with the delimiter ','. "
                'Set delimiter = ";" for this source.'
            ],
        ),
        ("", {}, ["a.csv: is empty. Put a header in its first line."]),
        ("\ufeff", {}, ["a.csv: has only blank lines. Put a header in its first line."]),
        (
            "id,name,id\n1,2,3\n",
            {},
            [
                "a.csv, line 1: the header has 'id' 2 times (columns 1 and 3). Give each column a name "
                "of its own."
            ],
        ),
        (
            "id,,name\n1,2,3\n",
            {},
            ["a.csv, line 1: column 2 has no name. Name it in the header, or remove the column."],
        ),
    ],
)
def test_what_is_refused_is_told_with_its_line(
    bench: Any, content: bytes | str, settings: Any, sentences: list[str]
) -> None:
    assert bench.refused("a.csv", content, **settings) == sentences


def test_a_declared_column_that_is_not_there_is_told_beside_the_rest(bench: Any) -> None:
    records = bench.read("a.csv", "id,name\n1,a\x01\n", separators={"nmae": ";"}, key=("ide",))
    assert [str(fault) for fault in records.faults] == [
        "a.csv, line 1: has no column 'nmae', which coopgraph.toml names. Did you mean 'name'?",
        "a.csv, line 1: has no column 'ide', which coopgraph.toml names. Did you mean 'id'?",
        "a.csv, line 2: column 'name' has the control character U+0001. Remove it.",
    ]
    assert {fault.severity for fault in records.faults} == {"violation"}


def test_every_bad_line_is_told_at_once(bench: Any) -> None:
    bad = "".join(f"{n}\n" if n % 2 else f"{n},x\n" for n in range(10))
    assert len(bench.refused("a.csv", "id,name\n" + bad)) == 5


def test_a_missing_file_and_a_folder_are_told_in_words(bench: Any) -> None:
    path = bench.folder / "gone.csv"
    assert bench.refused("a.csv", PLAIN, files=(path,)) == [
        "gone.csv: is not there. Put the file back or correct the path."
    ]
    path.mkdir()
    assert bench.refused("a.csv", PLAIN, files=(path,)) == [
        "gone.csv: is a folder, not a file. Name a file, or a pattern like folder/*.csv."
    ]


def test_a_file_without_permission_is_told_in_words(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_open(monkeypatch, PermissionError(13, "Permission denied"))
    assert bench.refused("a.csv", PLAIN) == [
        "a.csv: may not be read by this user. Change its permissions, or close the program that locks it."
    ]


def test_a_full_disk_is_told_in_words(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_open(monkeypatch, OSError(28, os.strerror(28)))
    assert bench.refused("a.csv", PLAIN) == [
        "a.csv: could not be worked on: the disk is full. Make room and try again."
    ]


def _fail_open(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    from coopgraph.sources import bytes_read

    class Failing:
        name = "a.csv"

        def open(self, mode: str) -> None:
            raise error

    chunks = bytes_read._chunks
    monkeypatch.setattr(bytes_read, "_chunks", lambda path: chunks(Failing()))  # type: ignore[arg-type]


def test_utf8_declared_as_latin1_is_doubted(bench: Any) -> None:
    records = bench.read("a.csv", PLAIN, encoding="latin-1")
    assert [str(fault) for fault in records.faults] == [
        "a.csv, line 3: is declared as latin-1 but its bytes are UTF-8; letters would come out as 'Ã¡'. "
        'Set encoding = "utf-8".'
    ]


def test_decomposed_letters_are_composed_counted_and_kept(bench: Any) -> None:
    records = bench.read("a.csv", "id,name\n1,Panama\u0301\n2,Bogotá\n")
    assert names(bench, records) == ["Panamá", "Bogotá"]
    assert records.changed == 1
    assert bench.connection.table("originals").fetchall() == [("s", 1, "name", "Panama\u0301")]
    assert [fault.severity for fault in records.faults] == ["info"]


@pytest.mark.parametrize(
    ("cell", "what", "severity"),
    [
        ("a\x01b", "has the control character U+0001. Remove it.", "violation"),
        ("a\x7fb", "has the control character U+007F. Remove it.", "violation"),
        ("a\x85b", "has the control character U+0085. Remove it.", "violation"),
        (
            "a\u202eb",
            "has the invisible character U+202E, which changes the direction of text. "
            "Remove it, unless it is meant.",
            "warning",
        ),
        ("a\u200bb", "has the invisible character U+200B. Remove it, unless it is meant.", "warning"),
        (
            "a\ufffdb",
            "has U+FFFD, which stands where a letter was lost in an earlier conversion. Restore the letter.",
            "warning",
        ),
    ],
)
def test_suspect_characters_are_told(bench: Any, cell: str, what: str, severity: str) -> None:
    records = bench.read("a.csv", f"id,name\n1,plain\n2,{cell}\n")
    (fault,) = records.faults
    assert (str(fault), fault.severity) == (f"a.csv, line 3: column 'name' {what}", severity)


def test_tabs_and_line_ends_in_cells_are_not_suspect(bench: Any) -> None:
    assert bench.read("a.csv", 'id,name\n1,"a\tb\nc"\n').faults == ()


def test_null_texts_and_white_space_mean_empty(bench: Any) -> None:
    records = bench.read("a.csv", 'id,name\n1,NA\n2,"  "\n3, x \n', null=("NA",))
    assert names(bench, records) == [None, None, "x"]


def test_white_space_stays_where_trim_is_off(bench: Any) -> None:
    assert names(bench, bench.read("a.csv", "id,name\n1, x \n", trim=False)) == [" x "]


def test_a_large_file_is_normalised_like_a_small_one(bench: Any) -> None:
    """Above 5,000 records columns are looked at first; what is found must be what would be done anyway."""
    odd = ["plain", " x ", '""', "NA", "Panama\u0301", "é\u00a0"]
    rows = "".join(f"{n},{odd[n % 6]}\n" for n in range(6_000))
    large = bench.read("a.csv", "id,name\n" + rows, null=("NA",))
    assert names(bench, large)[:6] == ["plain", "x", None, None, "Panamá", "é"]
    assert large.changed == 1_000


@pytest.mark.parametrize(
    "edge", [" x", "x ", "\tx", "x\t", '"\nx"', '"x\n"', "\u00a0x", "x\u00a0", "x\ufeff"]
)
def test_one_edge_in_a_large_file_is_trimmed(bench: Any, edge: str) -> None:
    rows = "".join(f"{n},x\n" for n in range(6_000))
    records = bench.read("a.csv", f"id,name\n{rows}6000,{edge}\n")
    assert set(names(bench, records)) == {"x"}


def test_lists_are_split_trimmed_and_emptied(bench: Any) -> None:
    records = bench.read("a.csv", 'id,name\n1,"a; b ;;c"\n2,;\n3,\n', separators={"name": ";"})
    assert [row["name"] for row in bench.rows(records)] == [["a", "b", "c"], None, None]


def test_keys_that_repeat_or_are_empty_are_told(bench: Any) -> None:
    records = bench.read("a.csv", "id,name\na,1\nb,2\na,3\n,4\nb,2\n", key=("id",))
    assert [(str(fault), fault.severity) for fault in records.faults] == [
        (
            "a.csv, line 5: column 'id' is empty, and it is the key. Fill it in, or remove the row.",
            "violation",
        ),
        (
            "a.csv, line 4: column 'id' has 'a', which is the key of line 2 too, and the rows differ. "
            "Give one its own key, or make them one row.",
            "violation",
        ),
        (
            "a.csv, line 6: column 'id' has 'b', and the whole row is that of line 3 again. Remove one "
            "of them.",
            "warning",
        ),
    ]


def test_a_file_name_with_wildcards_is_one_file(bench: Any) -> None:
    bench.write("ab.csv", "id,name\n1,wrong\n")
    assert names(bench, bench.read("a[b].csv", "id,name\n1,right\n")) == ["right"]


def test_a_cell_longer_than_any_buffer_is_told(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited_text, "LONGEST_CELL", 1000)
    content = f"id,name\n1,{'x' * 2000}\n"
    path = bench.write("a.csv", content)
    (fault,) = delimited_text.faults(path, delimited_text.Dialect("utf-8", ","))
    assert str(fault) == "a.csv, line 2: a cell is longer than 1,000 characters. Split it."
