"""Rows as the bytes of a TSV file: sorted, each once, a cell on one line.

In: rows of text. Out: UTF-8 with a header. Standard: RFC 4180, with tabs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def tsv(header: str, rows: Iterable[Sequence[object]]) -> bytes:
    r"""Write rows; white space inside a cell becomes one space, other control characters go.

    >>> tsv("id name", [("2", "b"), ("1", "a\n\tc"), ("2", "b")])
    b'id\tname\n1\ta c\n2\tb\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(header.split())
    writer.writerows(sorted({tuple(_cell(str(value)) for value in row) for row in rows}))
    return text.getvalue().encode()


def _cell(text: str) -> str:
    return "".join(c for c in " ".join(text.split()) if c.isprintable() or c == " ")
