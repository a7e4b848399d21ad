"""Tables for people, formats for machines: nothing lost, nothing obeyed, nothing half written."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import click
import pyarrow as pa
import pytest
from pyarrow import parquet

from coopgraph.cli.output import chosen_format, table_text, write_bytes, write_table

TABLE = pa.table(
    {
        "city": ["Lima", '=HYPERLINK("x")', "a,b\nc"],
        "amount": pa.array([Decimal("4759000.10"), None, Decimal("0.00")], pa.decimal128(18, 2)),
        "score": [0.1234567890123, 1.0, None],
        "flag": [True, None, False],
        "day": [date(2017, 5, 31), None, None],
        "sdgs": [["11", "17"], [], None],
    }
)


def written(fmt: str, capsys: pytest.CaptureFixture[str]) -> str:
    write_table(TABLE, fmt, None, basis={"nodes": 3})
    return capsys.readouterr().out


@pytest.mark.parametrize(("fmt", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_separated_values_are_exact(fmt: str, delimiter: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(written(fmt, capsys)), delimiter=delimiter))
    assert rows == [
        ["city", "amount", "score", "flag", "day", "sdgs"],
        ["Lima", "4759000.10", "0.1234567890123", "true", "2017-05-31", "11 17"],
        ['=HYPERLINK("x")', "", "1.0", "", "", ""],
        ["a,b\nc", "0.00", "", "false", "", ""],
    ]


def test_json_carries_the_basis_and_unknown_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(written("json", capsys))
    assert told["basis"] == {"nodes": 3}
    assert told["rows"][1] == {
        "city": '=HYPERLINK("x")',
        "amount": None,
        "score": 1.0,
        "flag": None,
        "day": None,
        "sdgs": [],
    }
    assert told["rows"][0]["amount"] == "4759000.10"


def test_parquet_is_the_table_itself(tmp_path: Path) -> None:
    write_table(TABLE, "parquet", tmp_path / "out.parquet")
    assert parquet.read_table(tmp_path / "out.parquet").to_pydict() == TABLE.to_pydict()


def test_table_shows_what_would_steer_the_terminal() -> None:
    text = table_text([("city", False)], [["\x1b[31mred\x07"], ["\u202eabc"], ["[bold]x[/bold] :smile:"]])
    assert "\x1b" not in text
    assert "\\x1b[31mred\\x07" in text
    assert "\\x202eabc" in text
    assert "[bold]x[/bold] :smile:" in text


def test_table_is_cut_to_a_width_without_losing_text() -> None:
    text = table_text([("a", False), ("b", True)], [["word " * 30, "1"]], width=40)
    assert max(map(len, text.splitlines())) <= 40
    assert text.count("word") == 30


def test_without_a_terminal_nothing_is_cut_and_nothing_coloured() -> None:
    code = (
        "from coopgraph.cli.output import table_text\n"
        "print(table_text([('a', False)], [['x' * 500]]), end='')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "x" * 500 in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("fmt", "name", "chosen"),
    [
        (None, None, "table"),
        (None, "a.csv", "csv"),
        (None, "a.PARQUET", "parquet"),
        (None, "a", "table"),
        ("table", "a.dat", "table"),
        ("tsv", "a.csv", "tsv"),
    ],
)
def test_the_ending_chooses_where_nothing_else_does(fmt: str | None, name: str | None, chosen: str) -> None:
    formats = ("table", "csv", "tsv", "parquet")
    assert chosen_format(fmt, Path(name) if name else None, formats) == chosen


def test_triples_have_endings_too() -> None:
    formats = ("table", "ttl", "nt", "rdf", "jsonld")
    assert [chosen_format(None, Path(f"a.{form}"), formats) for form in formats[1:]] == list(formats[1:])


def test_a_format_that_cannot_be() -> None:
    with pytest.raises(click.UsageError, match=r"The ending of a\.dat says no format.*: \.csv, \.txt\."):
        chosen_format(None, Path("a.dat"), ("table", "csv"))
    with pytest.raises(click.UsageError, match="-o FILE"):
        chosen_format("parquet", None, ("table", "parquet"))
    with pytest.raises(click.UsageError, match="Choose one of: table, csv"):
        chosen_format(None, Path("a.xml"), ("table", "csv"))


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")

    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_bytes(b"new", target)
    assert caught.value.filename == str(target), "the name the user gave, not the temporary one"
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
