"""A point that may stand between thousands is told, unless the column says what its mark is."""

from __future__ import annotations

from typing import Any

import pytest

from coopgraph.namespaces import XSD
from coopgraph.sources.lexical_words import advice

MAPPING = """\
mappings:
  money:
    s: id:money/$(id)
    po:
      - [schema:value, $(amount), xsd:decimal]
      - [wgs84:lat, $(lat), xsd:decimal]
"""
TABLE = "id,amount,lat\na,1.250,40.417\nb,325.708,\nc,0.125,\nd,12.5,\ne,1250,\nf,1234.567,\n"


def test_a_cell_that_reads_two_ways_is_a_warning(bench: Any) -> None:
    faults = bench.map(bench.read("a.csv", TABLE), MAPPING)
    assert [(f.line, f.column, f.severity) for f in faults] == [
        (2, "amount", "warning"),
        (3, "amount", "warning"),
    ]
    assert str(faults[0]) == (
        "a.csv, line 2: column 'amount' has '1.250', which is read as 1.25 and may be meant as 1250. "
        'Write 1250 or 1.25, or declare decimal = "." for this column in coopgraph.toml.'
    )


def test_a_declared_mark_says_what_is_meant(bench: Any) -> None:
    assert bench.map(bench.read("a.csv", TABLE, decimals={"amount": "."}), MAPPING) == []


@pytest.mark.parametrize("text", ["325.708", "325,708"])
def test_a_whole_number_is_told_to_go_without_a_mark(text: str) -> None:
    told = advice(text, f"{XSD}nonNegativeInteger")
    assert told == "A whole number has no point or comma, nor between thousands: write 325708."
