"""The answer to a query as a notebook shows it: a table of its first rows.

In: `Solutions`. Out: HTML.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from coopgraph import markup
from coopgraph.markup import FIRST, Link
from coopgraph.namespaces import PREFIXES
from coopgraph.rdf.terms import Value, plain_text, python_value, short_iri

if TYPE_CHECKING:
    from coopgraph.rdf.solutions import Solutions


def solutions_html(found: Solutions) -> str:
    """Return the first rows, how many more there are, and whether a limit cut them; yes or no for ASK."""
    if found.kind == "boolean":
        return f"<p>{markup.text(bool(found))}</p>"
    names = ("subject", "predicate", "object") if found.kind == "triples" else found.variables
    rows = [[_value(term) for term in row] for row in islice(found.terms(), FIRST)]
    cut = f"<p>The answer was cut: {markup.text(found.reason)}.</p>" if found.truncated else ""
    return markup.table(names, rows, total=len(found)) + cut


def _value(term: str) -> Value | Link:
    if not term.startswith("<"):
        return python_value(term)
    iri = plain_text(term)
    return Link(short_iri(iri, PREFIXES), iri)
