"""Review sheets that were spoilt on their way back: each is read or refused in words, none hangs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.sources.judgements import read_judgements
from coopgraph.sources.places.review import Doubt
from coopgraph.sources.places.sheet import write_review

from .mutations import mutant

DOUBTS = [
    Doubt(
        f"name-us-spring-{n}",
        f"Spring {n}",
        "US",
        1.5,
        None,
        "ambiguous",
        n,
        "m.csv, line 2",
        ("geonames-1: A",),
    )
    for n in range(30)
]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("sheets")
    for name in ("r.csv", "r.xlsx"):
        write_review(DOUBTS, folder / name)
    text = (folder / "r.csv").read_bytes().replace(b'm.csv, line 2",,,,', b'm.csv, line 2",geonames-1,Ana,,')
    return {"r.csv": text, "r.xlsx": (folder / "r.xlsx").read_bytes()}


def inside(book: bytes, number: int) -> bytes:
    """The workbook with the XML of its sheet spoilt, not its zip."""
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(spoilt, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, mutant(content, number)[1] if name.endswith("sheet1.xml") else content)
    return spoilt.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(200))
def test_spoilt_sheet_is_read_or_refused_in_words(
    sheets: dict[str, bytes], tmp_path: Path, number: int
) -> None:
    name = ("r.csv", "r.xlsx")[number % 2]
    path = tmp_path / name
    path.write_bytes(inside(sheets[name], number) if number % 4 == 1 else mutant(sheets[name], number)[1])
    try:
        _, faults = read_judgements([path], "https://example.org/")
    except CoopgraphError as error:
        faults = list(error.faults)
        assert faults
    assert all(fault.file and fault.file.startswith(name) and fault.what for fault in faults)


def test_whole_sheets_are_read(sheets: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in sheets.items():
        (tmp_path / name).write_bytes(content)
    judgements, faults = read_judgements([tmp_path / name for name in sheets], "https://example.org/")
    assert (len(judgements.rows), faults) == (30, [])
