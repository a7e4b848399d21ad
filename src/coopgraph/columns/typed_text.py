"""Typed values of an Arrow array as the texts a CSV file has for them.

In: an array of plain values, or of lists of such. Out: the same array as texts. Dates are ISO 8601, a moment
at midnight is its day; numbers have all their digits and no exponent; booleans are true and false; NaN, which
is how some programs write "nothing here", is null.
Standards: ISO 8601, XML Schema part 2 (lexical forms).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds


def has_text(kind: pa.DataType) -> bool:
    """Tell whether values of a type have such a text.

    >>> has_text(pa.list_(pa.int8())), has_text(pa.struct({"x": pa.int8()})), has_text(pa.binary())
    (True, False, False)
    """
    if kinds.is_dictionary(kind):
        return has_text(kind.value_type)
    if is_list(kind):
        return not is_list(kind.value_type) and has_text(kind.value_type)
    return _is_words(kind) or any(
        test(kind)
        for test in (
            kinds.is_null, kinds.is_boolean, kinds.is_integer, kinds.is_floating, kinds.is_decimal,
            kinds.is_date, kinds.is_timestamp, kinds.is_time,
        )
    )  # fmt: skip


def is_list(kind: pa.DataType) -> bool:
    return bool(kinds.is_list(kind) or kinds.is_large_list(kind) or kinds.is_fixed_size_list(kind))


def _is_words(kind: pa.DataType) -> bool:
    return bool(kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind))


def texts(array: Any) -> Any:
    """Return an array's values as texts, lists of them as lists of texts.

    >>> texts(pa.array([2017.0, 0.1, 1e21, None, float("nan")])).to_pylist()
    ['2017', '0.1', '1000000000000000000000', None, None]
    >>> texts(pa.array([[True], [], None])).to_pylist()
    [['true'], [], []]
    """
    kind = array.type
    if kinds.is_dictionary(kind):
        return texts(array.dictionary_decode())
    if is_list(kind):
        lengths = pc.fill_null(pc.list_value_length(array), 0).cast(pa.int64())
        offsets = pa.concat_arrays([pa.array([0], pa.int64()), pc.cumulative_sum(lengths)])
        return pa.LargeListArray.from_arrays(offsets, pc.fill_null(texts(pc.list_flatten(array)), ""))
    if kinds.is_floating(kind):
        return _numbers(pc.if_else(pc.is_nan(array), pa.scalar(None, kind), array))
    if kinds.is_decimal(kind):
        return _written_out(array.cast(pa.large_string()))
    words = array.cast(pa.large_string())
    if kinds.is_timestamp(kind):
        words = pc.replace_substring_regex(words, r" 00:00:00(\.0+)?Z?$", "")
        words = pc.replace_substring_regex(words, " ", "T")
    if kinds.is_timestamp(kind) or kinds.is_time(kind):
        words = pc.replace_substring_regex(words, r"\.0+(Z?)$", r"\1")
    return words


def _numbers(array: Any) -> Any:
    """Floating-point numbers with the fewest digits that tell them apart; 2017.0 is 2017."""
    return _written_out(pc.replace_substring_regex(array.cast(pa.large_string()), r"\.0$", ""))


def _written_out(words: Any) -> Any:
    """Write out what has an exponent."""
    if not pc.any(pc.match_substring_regex(words, r"\d[eE]")).as_py():
        return words
    return pa.array(
        [word if word is None or "e" not in word.lower() else _plain(word) for word in words.to_pylist()],
        pa.large_string(),
    )


def _plain(word: str) -> str:
    return format(Decimal(word), "f")
