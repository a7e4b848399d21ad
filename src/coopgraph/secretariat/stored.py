"""The stored questions that answers are worked out from.

In: an open release, a `.rq` file beside the code that asks it. Out: its rows. Standard: SPARQL 1.1.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgraph.release import Release


def rows_of(release: Release, here: str, name: str) -> list[dict[str, Any]]:
    """Return the rows of a stored question beside a module (its `__file__`); what one lacks is None."""
    text = Path(here).with_name(f"{name}.rq").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = release.query(text, trusted=True).to_arrow().to_pylist()
    return rows
