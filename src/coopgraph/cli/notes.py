"""What the numbers rest on, said with them: below a table, on stderr beside CSV, TSV and Parquet.

In: the sentences of a result. Out: text. JSON carries them itself, beside its rows.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from coopgraph.cli.words import say


def sentences_text(sentences: Iterable[str], width: int = 80) -> str:
    """Return sentences as a list within a width.

    >>> print(sentences_text(("V: 3 cities.", "Nothing else.")), end="")
    - V: 3 cities.
    - Nothing else.
    """
    return "".join(
        textwrap.fill(sentence, width, initial_indent="- ", subsequent_indent="  ") + "\n"
        for sentence in sentences
    )


def say_beside(sentences: Iterable[str], fmt: str) -> None:
    """Say sentences on stderr beside a format that has no place for them."""
    if fmt != "json":
        for sentence in sentences:
            say(sentence)
