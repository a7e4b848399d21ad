"""The bundled ontology: its files, its version, its statements.

In: nothing. Out: what a release holds in its graph `{base}graph/ontology`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from coopgraph.errors import StoreError
from coopgraph.rdf.parse import parse_rdf
from coopgraph.resources import bundled


def ontology_files() -> list[Path]:
    """The ontology, its modules and its concept schemes, in order; shapes and alignments are not data.

    >>> ontology_files()[0].name
    'coopgraph.ttl'
    """
    folder = bundled("ontology")
    parts = [path for part in ("modules", "schemes") for path in sorted((folder / part).glob("*.ttl"))]
    return [folder / "coopgraph.ttl", *parts]


def ontology_version() -> str:
    """The version the ontology states of itself, such as 0.1.0."""
    text = ontology_files()[0].read_text(encoding="utf-8")
    found = re.search(r'owl:versionInfo\s+"([^"]+)"', text)
    if found is None:
        raise StoreError("The bundled ontology states no owl:versionInfo. Install coopgraph again.")
    return found[1]


def ontology_quads(base: str) -> Iterator[str]:
    """Yield the ontology as lines of N-Quads in its graph."""
    for path in ontology_files():
        yield from parse_rdf(path, graph=f"{base}graph/ontology", base=base, genid=genid(base))


def genid(base: str) -> str:
    """What the IRIs begin with that take the place of blank nodes.

    >>> genid("https://w3id.org/coopgraph/")
    'https://w3id.org/coopgraph/.well-known/genid'
    """
    return f"{base}.well-known/genid"
