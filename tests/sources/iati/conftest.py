"""What tests of IATI share: rows of a file, and a file made of a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coopgraph.sources.iati.activity import Found, Row
from coopgraph.sources.iati.elements import read_activity
from coopgraph.sources.iati.lists import read_code_lists
from coopgraph.sources.iati.remarks import Remarks
from coopgraph.sources.iati.stream import Stream


@dataclass(frozen=True)
class Result:
    """The rows of a file by table, and what was told."""

    rows: dict[str, list[Row]]
    found: Found
    told: list[str]


Rows = Callable[..., Result]


@pytest.fixture
def rows_of() -> Rows:
    """Read a file whole."""

    def read(path: Path, codelists: Path | None = None) -> Result:
        stream, found = Stream(path), Found(read_code_lists(codelists), "src")
        remarks = Remarks(path.name)
        for element in stream.activities():
            read_activity(element, stream.root, found, remarks)
        return Result(found.rows, found, [str(fault) for fault in remarks.faults()])

    return read


@pytest.fixture
def rows_in(rows_of: Rows, tmp_path: Path) -> Rows:
    """Read the text of one activity."""

    def read(inside: str, attributes: str = "") -> Result:
        path = tmp_path / "a.xml"
        one = f"<iati-activity {attributes}>{inside}</iati-activity>"
        path.write_text(f"<iati-activities version='2.03'>{one}</iati-activities>", encoding="utf-8")
        return rows_of(path)

    return read
