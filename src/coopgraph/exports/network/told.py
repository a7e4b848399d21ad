"""What is known of a network as text that any file of text can hold.

In: a `Network`, or values in the order of its columns. Out: lines, and pairs of a column's name and a text.
Standard: XML 1.0, production 2 (which characters there may be), and the lexical forms of XML Schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from coopgraph.exports.about import lines
from coopgraph.exports.network.model import Column, Network
from coopgraph.views.drawing import clean

_LINE: Final = 1_000  # signs of what is said of a file in one line
_LONGEST: Final = 10_000_000
_TWICE: Final = {
    "en": "A link without a direction stands twice: once each way, with `directed` false and all its weight.",
    "es": "Un vínculo sin dirección figura dos veces, una por sentido, con `directed` false y todo su peso.",
    "pt": "Uma ligação sem direção figura duas vezes, uma por sentido, com `directed` false e todo o peso.",
}


def text_lines(network: Network) -> list[str]:
    """Return what a file says of itself, line by line."""
    said = [f"{word}: {text}" for word, text in lines(network.about)]
    told = (text_of(line).replace("\n", " ") for line in (*said, *network.notes))
    return [line if len(line) <= _LINE else f"{line[:_LINE]}…" for line in told]


def about_lines(network: Network) -> list[str]:
    """Return the same, and what is to be known of a file whose edges all have a direction, or none."""
    return [*text_lines(network), *([_TWICE[network.about.lang]] if network.directed else [])]


def known(columns: Iterable[Column], values: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield name and text of what is known.

    >>> list(known((Column("a", "boolean", ""), Column("b", "string", "")), (True, None)))
    [('a', 'true')]
    """
    for column, value in zip(columns, values, strict=True):
        if value is not None and value != "":
            yield column.name, str(value).lower() if value is True or value is False else text_of(value)


def stated(value: Any) -> Any:
    """Return a value as a cell holds it: nothing where nothing is stated.

    >>> stated(""), stated(1.5), stated("a\\x0bb")
    (None, 1.5, 'ab')
    """
    return None if value == "" else text_of(value) if isinstance(value, str) else value


def text_of(value: Any) -> str:
    """Return text without control and direction characters, half characters and what is no character.

    >>> text_of("a\\x0bb\\ufffe]]>")
    'ab]]>'
    """
    text = str(value)
    if text.isascii() and text.isprintable():
        return text
    return clean(text, _LONGEST)
