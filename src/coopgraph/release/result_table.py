"""The table of results: one row for each result and measurement of it.

In: the answers of the table queries. Out: the table. A value is a number, or else the words of its source;
both are null where nothing is stated (decision 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.release.answers import Answers, ordered
from coopgraph.release.columns_of import date_column, list_column, one_column

if TYPE_CHECKING:
    import pyarrow as pa

_VALUES: Final = ("baseline", "target", "actual")


def results(answers: Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = answers("results").group_by(["result", "measurement"]).aggregate([])
    result = rows["result"]
    measurement = rows["measurement"].cast(pa.string())  # of no type where no result is measured
    numbers, words = answers("results.numbers"), answers("results.words")

    def values(of: pa.Table, name: str, kind: pa.DataType) -> pa.Array:
        return one_column(measurement, of.filter(pc.equal(of["which"], name)).drop_columns("which"), kind)

    columns = {
        "result": result,
        "of": one_column(result, answers("results.of")),
        "kind": one_column(result, answers("results.kind")),
        "measurement": measurement,
        "indicator": one_column(measurement, answers("results.indicator")),
        "unit": one_column(measurement, answers("results.unit")),
        **{name: values(numbers, name, pa.decimal128(38, 6)) for name in _VALUES},
        **{f"{name}_words": values(words, name, pa.string()) for name in _VALUES},
        "start": date_column(measurement, answers("results.start"))[0],
        "end": date_column(measurement, answers("results.end"), latest=True)[0],
        "source": list_column(result, answers.sources("results.graph", "result")),
    }
    return ordered(columns, "result", "measurement"), 0
