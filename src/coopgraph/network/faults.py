"""A fault that lies in an option or an argument, not in a file."""

from __future__ import annotations

from coopgraph.errors import Fault


def fault(what: str, fix: str | None = None, *, column: str | None = None, table: str | None = None) -> Fault:
    """Return a Fault without a line.

    >>> str(fault("The graph is undirected.", "Use nx.DiGraph."))
    'The graph is undirected. Use nx.DiGraph.'
    """
    return Fault(table, None, column, what, fix)
