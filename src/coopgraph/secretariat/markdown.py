"""A dossier as Markdown: headings, tables, what it rests on, what is not known.

In: `Written`. Out: text in which data are text: no cell is a link or HTML. Standard: GFM tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from coopgraph.secretariat.wording import word
from coopgraph.secretariat.written import Written, WrittenTable

_MARKS = re.compile(r"([\\\\`*_\[\]<>|#])")


def as_markdown(told: Written, proofs: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return a dossier as Markdown; `proofs` are rows of files by thing, shown as a column more."""
    parts = [f"# {plain(told.title)}", plain(told.lead)]
    for table in told.tables:
        parts += [f"## {plain(table.title)}", *listed(table.notes), as_table(told, table, proofs)]
    for head, said in (("rests-on", told.rests_on), ("unknown", told.unknown)):
        parts += [f"## {word('all', f'head.{head}', told.lang)}", *listed(said)] if said else []
    parts.append(word("all", "head.release", told.lang, {"release": told.release[:12], "now": told.now}))
    return "\n\n".join(part for part in parts if part) + "\n"


def as_table(told: Written, table: WrittenTable, proofs: Mapping[str, Sequence[str]] | None) -> str:
    """Return a table, or what is said where it is empty."""
    if not table.rows:
        return plain(table.empty)
    heads = [column.head for column in table.columns]
    if proofs is not None:
        heads.append(word("all", "column.evidence", told.lang))
    lines = [heads, ["---:" if column.is_number else "---" for column in table.columns]]
    lines[1] += ["---"] if proofs is not None else []
    for row in table.rows:
        cells = [plain(cell.text) for cell in row.cells]
        lines.append([*cells, plain(proved(row.evidence, proofs))] if proofs is not None else cells)
    lines[0] = [plain(head) for head in heads]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def proved(things: Iterable[str], proofs: Mapping[str, Sequence[str]]) -> str:
    """Return the rows of files that prove a row, each once, as text."""
    return "; ".join(proving(things, proofs))


def proving(things: Iterable[str], proofs: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the rows of files that prove a row, each once."""
    return list(dict.fromkeys(row for thing in things for row in proofs.get(thing, ())))


def listed(said: Iterable[str]) -> list[str]:
    """Return sentences as one list, or nothing."""
    lines = [f"- {plain(one)}" for one in said]
    return ["\n".join(lines)] if lines else []


def plain(text: str) -> str:
    """Return a text that Markdown shows as it stands.

    >>> plain("a|b *c*\\nd")
    'a\\\\|b \\\\*c\\\\* d'
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split("\n")))
