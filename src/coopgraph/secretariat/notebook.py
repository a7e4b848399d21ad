"""A dossier in a notebook: its tables, names lead to what they name, and what it rests on below.

In: `Written`. Out: HTML without styles and scripts, every text escaped.
"""

from __future__ import annotations

from coopgraph.markup import FIRST, Link, sentences, table, text
from coopgraph.secretariat.written import Cell, Written


def as_html(told: Written) -> str:
    """Return the first rows of each table, and all that is said."""
    parts = [f"<h3>{text(told.title)}</h3><p>{text(told.lead)}</p>"]
    for one in told.tables:
        parts.append(f"<h4>{text(one.title)}</h4>")
        rows = [[_shown(cell) for cell in row.cells] for row in one.rows[:FIRST]]
        heads = [column.head for column in one.columns]
        parts.append(table(heads, rows, total=len(one.rows)) if rows else f"<p>{text(one.empty)}</p>")
        parts += [f"<p>{text(note)}</p>" for note in one.notes]
    parts += [f"<p>{text(said)}</p>" for said in told.unknown]
    return "".join(parts) + sentences(told.rests_on)


def _shown(cell: Cell) -> str | list[Link]:
    return [Link(label, iri) for iri, label in cell.things] if cell.things else cell.text
