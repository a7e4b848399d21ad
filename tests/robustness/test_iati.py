"""Two hundred spoilt IATI files: each is read or refused in a sentence with the file's name, and soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.errors import CoopgraphError
from coopgraph.sources.iati.summary import summarise
from tests.robustness.mutations import mutant

SAMPLE = Path(__file__).parents[1] / "sources" / "iati" / "every-element-2.03.xml"
WORKSPACE = '[workspace]\ntitle = "Spoilt"\n[sources.a]\npath = "a.xml"\nkind = "iati"\n'


@pytest.mark.parametrize("block", range(20))
def test_ten_mutants(block: int, tmp_path: Path) -> None:
    for number in range(10 * block, 10 * block + 10):
        what, content = mutant(SAMPLE.read_bytes(), number)
        path = tmp_path / "a.xml"
        path.write_bytes(content)
        begun = time.process_time()
        try:
            summarise([path])
        except CoopgraphError as error:
            assert error.faults and all(fault.file == "a.xml" for fault in error.faults), (number, what)
        assert time.process_time() - begun < 10, (number, what)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(0, 200, 8))
def test_a_mutant_is_checked_as_a_source(number: int, tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text(WORKSPACE, encoding="utf-8")
    (tmp_path / "a.xml").write_bytes(mutant(SAMPLE.read_bytes(), number)[1])
    try:
        built = cg.check(tmp_path)
    except CoopgraphError as error:
        assert all(fault.file == "a.xml" for fault in error.faults)
    else:
        assert all(fault.file == "a.xml" for fault in built.faults if fault.severity == "violation")
