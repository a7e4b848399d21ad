"""Conditions of a mapping as column expressions.

In: a condition and the column of each reference. Out: an expression that is true where it holds; in it an
empty cell is the text "" (docs/decisions/0002-mapping-subset.md).
"""

from __future__ import annotations

from coopgraph.columns.duck import Expression
from coopgraph.sources.conditions import Condition
from coopgraph.sources.encoding_terms import Cells, text_column


def holds(condition: Condition, cell: Cells) -> Expression:
    """True in the records a condition lets through."""
    if condition.parts:
        tests = [holds(part, cell) for part in condition.parts]
        joined = tests[0]
        for test in tests[1:]:
            joined = joined & test if condition.function == "and" else joined | test
        return joined
    value = text_column(condition.value, cell)
    wanted = [text_column(template, cell) for template in condition.values]
    test = wanted[0] == value
    for one in wanted[1:]:
        test = test | (one == value)
    return ~test if condition.function in ("notEqual", "notIn") else test
