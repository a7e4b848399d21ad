"""Values as HTML for notebooks: tables, links and sentences in which every text stays a text.

In: plain values. Out: HTML without styles and scripts. Standard: HTML 5; a link leads to http(s) alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any, Final

FIRST: Final = 20  # rows that a notebook shows
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Link:
    """A text that leads to an address, if that is one of the web."""

    text: str
    url: str


def text(value: Any) -> str:
    """Return a value as HTML: escaped, without characters that steer; unknown is a dash.

    >>> text("<b>Quito</b>"), text(None), text(0.123456), text(15288), text(["11", "17"])
    ('&lt;b&gt;Quito&lt;/b&gt;', '–', '0.1235', '15,288', '11, 17')
    >>> text(Link("Lima", "https://example.org/lima")), text(Link("Lima", "javascript:alert(1)"))
    ('<a href="https://example.org/lima" target="_blank" rel="noopener noreferrer">Lima</a>', 'Lima')
    """
    if isinstance(value, Link):
        return _link(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(text, value))
    return escape(_HIDDEN.sub("", shown(value)).encode("utf-8", "replace").decode("utf-8"))


def shown(value: Any) -> str:
    """Return a cell for people: unknown is a dash, a float has four significant digits.

    >>> shown(None), shown(0.123456), shown(12.0), shown(True), shown(["11", "17"])
    ('–', '0.1235', '12', 'yes', '11, 17')
    """
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, (int, Decimal)):
        return f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]], *, total: int | None = None) -> str:
    """Return a table, and a line that says how many rows are not shown; numbers stand to the right.

    >>> table(["city", "given"], [["Lima", 2]], total=3)[-54:]
    '</tbody></table><p>2 rows more are not shown here.</p>'
    """
    shown = [list(row) for row in rows]
    head = "".join(f"<th>{text(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in shown)
    more = (len(shown) if total is None else total) - len(shown)
    told = (
        f"<p>{text(more)} row{'s' if more > 1 else ''} more {'are' if more > 1 else 'is'} not shown here.</p>"
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{told if more > 0 else ''}"


def sentences(said: Iterable[str]) -> str:
    """Return what must be said beside a table, folded away."""
    items = "".join(f"<li>{text(sentence)}</li>" for sentence in said)
    return f"<details><summary>What this rests on</summary><ul>{items}</ul></details>" if items else ""


def described(
    found: Any, said: Iterable[str], *, columns: Sequence[str] = (), label: str = "label", iri: str = "city"
) -> str:
    """Return the first rows of an Arrow table and the sentences beside it; names lead to what they name.

    `columns` are those to show, all but the IRIs by default, as far as the table has them.
    """
    chosen = [name for name in columns or found.column_names if name in found.column_names]
    if label in chosen:
        chosen = [name for name in chosen if name != iri]
    rows = [[_named(row, name, label, iri) for name in chosen] for row in found.slice(0, FIRST).to_pylist()]
    heads = [name.replace("_", " ") for name in chosen]
    return table(heads, rows, total=len(found)) + sentences(said)


def _named(row: Mapping[str, Any], name: str, label: str, iri: str) -> Any:
    value = row[name]
    if name == label and row.get(iri):
        return Link(str(value), str(row[iri]))
    return Link(value, value) if isinstance(value, str) and value.startswith("http") else value


def _link(link: Link) -> str:
    shown = text(link.text)
    if not re.match(r"https?://[^\s]", link.url, re.IGNORECASE):
        return shown
    return f'<a href="{text(link.url)}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def _cell(value: Any) -> str:
    number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    return f'<td align="right">{text(value)}</td>' if number else f"<td>{text(value)}</td>"
