"""Blank nodes to IRIs: the label is the one RDFC-1.0 gives, so the same file always gives the same IRIs.

In: parsed quads. Out: their terms as N-Quads text. Only statements about blank nodes are canonicalised
(RDFC-1.0 looks at no others), and those that could take exponential time are handed to a process that can be
stopped. Standard: RDF Dataset Canonicalization (RDFC-1.0).
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import RdfSyntaxError

if TYPE_CHECKING:
    import pyoxigraph as ox

QuadText = tuple[str, str, str, str]

SECONDS = 20.0  # tests shorten it
_MOST_ALIKE: Final = 5


def skolemised(quads: Iterable[ox.Quad], prefix: str, name: str) -> Iterator[QuadText]:
    """Yield (subject, predicate, object, graph) as text; the graph is empty for the default graph.

    Statements without blank nodes come first and in their order, then the others sorted. `prefix` begins the
    IRI of each blank node, `name` is the file's name for messages.
    """
    with_blanks: list[ox.Quad] = []
    for quad in quads:
        if _blanks(quad):
            with_blanks.append(quad)
        else:
            yield _texts(quad, prefix)
    for quad in _canonical(with_blanks, name):
        yield _texts(quad, prefix)


def _blanks(quad: ox.Quad) -> list[str]:
    """The blank nodes of a statement, as text."""
    return [t for t in (str(quad.subject), str(quad.object), str(quad.graph_name)) if t.startswith("_:")]


def _texts(quad: ox.Quad, prefix: str) -> QuadText:
    subject, obj, graph = str(quad.subject), str(quad.object), str(quad.graph_name)
    return (
        f"<{prefix}{subject[2:]}>" if subject.startswith("_:") else subject,
        str(quad.predicate),
        f"<{prefix}{obj[2:]}>" if obj.startswith("_:") else obj,
        f"<{prefix}{graph[2:]}>" if graph.startswith("_:") else "" if graph == "DEFAULT" else graph,
    )


def _canonical(quads: list[ox.Quad], name: str) -> list[ox.Quad]:
    """The same quads with canonical labels; worked out in this process only when that is surely quick."""
    if not quads:
        return []
    if _alike(quads) <= _MOST_ALIKE:
        from coopgraph.rdf.canonical import canonical

        return canonical(quads)
    return _in_a_process(quads, name)


def _alike(quads: list[ox.Quad]) -> int:
    """Count blank nodes that are linked to others and that their own statements cannot tell apart.

    Only these make RDFC-1.0 try permutations; lists and trees of named things have none.
    """
    about: dict[str, list[str]] = {}
    linked: set[str] = set()
    for quad in quads:
        nodes = set(_blanks(quad))
        if len(nodes) > 1:
            linked |= nodes
        terms = (str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
        for node in nodes:
            own = [("_:a" if t == node else "_:z") if t.startswith("_:") else t for t in terms]
            about.setdefault(node, []).append(" ".join(own))
    signatures = Counter("\n".join(sorted(about[node])) for node in linked)
    return sum(count for count in signatures.values() if count > 1)


def _in_a_process(quads: list[ox.Quad], name: str) -> list[ox.Quad]:
    import pyoxigraph as ox

    command = [sys.executable, "-I", str(Path(__file__).with_name("canonical.py"))]
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    try:
        run = subprocess.run(command, input=text, capture_output=True, timeout=SECONDS, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise RdfSyntaxError(
            f"{name}: its blank nodes are too alike: naming them was given up after {SECONDS:g} seconds. "
            "Give them IRIs."
        ) from error
    return list(ox.parse(run.stdout, ox.RdfFormat.N_QUADS))
