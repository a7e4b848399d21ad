"""An rdflib Graph or Dataset the user already has, as lines of N-Quads.

In: rdflib objects. Out: text that `parse_rdf` reads, so they get the same checks as a file. rdflib lets IRIs
pass that are none; all of them are told at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import Fault, RdfSyntaxError
from coopgraph.rdf.terms import iri_term, literal_term

if TYPE_CHECKING:
    import rdflib

_DEFAULT: Final = "urn:x-rdflib:default"


def is_rdflib(thing: object) -> bool:
    """Tell without importing rdflib: who has no rdflib loaded has no such object."""
    module: Any = sys.modules.get("rdflib")
    return module is not None and isinstance(thing, module.Graph)


def rdflib_lines(graph: rdflib.Graph) -> list[str]:
    """Return the statements of a Graph, or of all graphs of a Dataset, lexical forms as they are."""
    writer = _Writer()
    lines = [f"{' '.join(map(writer.term, quad))} .\n" for quad in _quads(graph)]
    if writer.wrong:
        faults = [Fault(None, None, None, f"{text}.", "Percent-encode it.") for text in sorted(writer.wrong)]
        raise RdfSyntaxError("The rdflib graph cannot be taken over.", faults=faults)
    return lines


def _quads(graph: rdflib.Graph) -> Iterator[tuple[Any, ...]]:
    import rdflib

    if not isinstance(graph, rdflib.Dataset):
        yield from graph
        return
    for s, p, o, name in graph.quads():
        yield (s, p, o) if name is None or str(name) == _DEFAULT else (s, p, o, name)


class _Writer:
    """Terms as text; blank nodes are renamed, because rdflib lets them have any name."""

    def __init__(self) -> None:
        self.wrong: set[str] = set()
        self._blanks: dict[str, str] = {}

    def term(self, term: Any) -> str:
        import rdflib

        if isinstance(term, rdflib.BNode):
            return self._blanks.setdefault(str(term), f"_:b{len(self._blanks)}")
        try:
            if isinstance(term, rdflib.Literal):
                kind = str(term.datatype) if term.datatype else None
                return literal_term(str(term), datatype=kind, language=term.language)
            return iri_term(str(term))
        except ValueError as error:
            self.wrong.add(str(error))
            return "_:wrong"
