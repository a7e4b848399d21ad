"""An rdflib Graph or Dataset the user already has, as N-Quads or N-Triples.

In: rdflib objects. Out: bytes that `parse_rdf` reads, so they get the same checks as a file.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import rdflib


def is_rdflib(thing: object) -> bool:
    """Tell without importing rdflib: who has no rdflib loaded has no such object."""
    module: Any = sys.modules.get("rdflib")
    return module is not None and isinstance(thing, module.Graph)


def rdflib_lines(graph: rdflib.Graph) -> tuple[str, bytes]:
    """Return the ending of the format (`.nq` or `.nt`) and the statements in it."""
    import rdflib

    if isinstance(graph, (rdflib.Dataset, rdflib.ConjunctiveGraph)):
        lines: bytes = graph.serialize(format="nquads", encoding="utf-8")
        return ".nq", lines.replace(b" <urn:x-rdflib:default> .", b" .")
    return ".nt", graph.serialize(format="nt", encoding="utf-8")
