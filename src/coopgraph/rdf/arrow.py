"""SPARQL TSV to Arrow: whole columns at a time, never a Python object per term.

In: SPARQL 1.1 TSV. Out: a pyarrow.Table: IRIs and texts as string, integers int64, decimals decimal128, dates
date32, doubles float64, booleans bool; a column that mixes kinds is string. Unbound is null.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from coopgraph.namespaces import XSD
from coopgraph.rdf.terms import INTEGERS, plain_text

if TYPE_CHECKING:
    import pyarrow as pa

_NUMBER: Final = r"^[+-]?[0-9]*\.?[0-9]+$"


def typed_table(tsv: bytes, variables: Sequence[str]) -> pa.Table:
    """Read TSV into typed columns.

    >>> typed_table(b'?n\\t?who\\n1\\t<urn:a>\\n2\\t\\n', ["n", "who"]).to_pydict()
    {'n': [1, 2], 'who': ['urn:a', None]}
    """
    import pyarrow as pa

    columns = term_columns(tsv, variables)
    return pa.table({name: _typed(column) for name, column in columns.items()})


def text_table(tsv: bytes, variables: Sequence[str]) -> pa.Table:
    """Read TSV into columns of text: IRIs without brackets, literals' lexical forms, nothing interpreted."""
    import pyarrow as pa

    columns = term_columns(tsv, variables)
    return pa.table({name: _text(column) for name, column in columns.items()})


def term_columns(tsv: bytes, variables: Sequence[str]) -> dict[str, pa.ChunkedArray]:
    """Read TSV into columns of terms as they stand, unbound as null."""
    import pyarrow as pa
    from pyarrow import csv

    body = pa.py_buffer(tsv).slice(tsv.find(b"\n") + 1)
    if not variables or not body.size:
        return {name: pa.chunked_array([pa.array([], pa.string())]) for name in variables}
    table = csv.read_csv(
        pa.BufferReader(body),
        read_options=csv.ReadOptions(column_names=list(variables), block_size=4 << 20),
        parse_options=csv.ParseOptions(delimiter="\t", quote_char=False, ignore_empty_lines=False),
        convert_options=csv.ConvertOptions(
            column_types={name: pa.string() for name in variables}, null_values=[""], strings_can_be_null=True
        ),
    )
    return dict(zip(variables, table.columns, strict=True))


def _typed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Choose the one way to read the whole column by its first term; text where the others do not agree."""
    import pyarrow as pa

    first = _first(column)
    try:
        if first.startswith("<"):
            return _iris(column)
        if first.startswith('"'):
            return _literals(column, first)
        if first in ("true", "false"):
            return column.cast(pa.bool_())
        return _numbers(column) if first else column
    except pa.ArrowInvalid:
        return _text(column)


def _first(column: pa.ChunkedArray) -> str:
    import pyarrow.compute as pc

    at = pc.index(pc.is_valid(column), True).as_py()
    return "" if at < 0 else str(column[at])


def _iris(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow.compute as pc

    iri = pc.and_(pc.starts_with(column, "<"), pc.invert(pc.starts_with(column, "<<")))
    return _inside(column, 1, 1) if pc.all(iri).as_py() else _text(column)


def _inside(column: pa.ChunkedArray, left: int, right: int) -> pa.ChunkedArray:
    """Cut bytes off both ends; on bytes, because counting characters would cost ten times as much."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cut = pc.binary_slice(column.cast(pa.binary()), left, -right)
    return cut.cast(pa.string(), safe=False)


def _literals(column: pa.ChunkedArray, first: str) -> pa.ChunkedArray:
    import pyarrow.compute as pc

    suffix = first[first.rindex('"') :]
    alike = pc.and_(pc.starts_with(column, '"'), pc.ends_with(column, suffix))
    if pc.any(pc.match_substring(column, "\\")).as_py() or not pc.all(alike).as_py():
        return _text(column)
    texts = _inside(column, 1, len(suffix.encode()))
    read = _READ.get(suffix[4:-1]) if suffix.startswith('"^^') else None
    return read(texts) if read else texts


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers in shorthand: all integers, or decimals as precise as the most precise of them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pc.all(pc.match_substring_regex(column, _NUMBER)).as_py():
        return _text(column)
    point = pc.find_substring(column, ".")
    if pc.max(point).as_py() < 0:
        return column.cast(pa.int64())
    places = pc.subtract(pc.subtract(pc.binary_length(column), point), 1)
    scale = pc.max(pc.if_else(pc.less(point, 0), 0, places)).as_py()
    return column.cast(pa.decimal128(38, scale))


def _integers(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    return texts.cast(pa.int64())


def _decimals(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return _numbers(texts)


def _doubles(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    return texts.cast(pa.float64())


def _dates(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    return texts.cast(pa.date32())


_READ: Final[dict[str, Callable[[pa.ChunkedArray], pa.ChunkedArray]]] = {
    **dict.fromkeys(INTEGERS, _integers),
    f"{XSD}decimal": _decimals,
    f"{XSD}double": _doubles,
    f"{XSD}float": _doubles,
    f"{XSD}date": _dates,
}


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any mixture as text, each different term looked at once."""
    import pyarrow as pa

    coded = column.combine_chunks().dictionary_encode()
    texts = pa.array([plain_text(term) for term in coded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([texts.take(coded.indices)])
