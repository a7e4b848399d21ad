"""RDFC-1.0 as a program of its own: N-Quads on standard input, canonical N-Quads on standard output.

It can be stopped from outside, which a call into the library cannot: nine blank nodes that all point to each
other take half a minute, and each further one ten times as long. Imports pyoxigraph alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import pyoxigraph as ox


def canonical(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads with their canonical blank node labels, sorted by their text.

    >>> print(canonical(ox.parse('_:x <http://example.org/p> "1" .', ox.RdfFormat.N_QUADS))[0])
    _:c14n0 <http://example.org/p> "1"
    """
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def main() -> None:
    quads = ox.parse(sys.stdin.buffer, ox.RdfFormat.N_QUADS)
    ox.serialize(canonical(quads), sys.stdout.buffer, ox.RdfFormat.N_QUADS)


if __name__ == "__main__":
    main()
