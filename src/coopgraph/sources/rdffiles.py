"""RDF files as quads of a build.

In: a file in any RDF syntax. Out: its statements in the table `quads`; its default graph under the name
given. Blank nodes become IRIs that depend on the file's content alone (see `coopgraph.rdf.parse`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa

from coopgraph.columns.duck import Connection
from coopgraph.rdf.parse import parse_quads
from coopgraph.sources.loading import text_array
from coopgraph.sources.quads import QUADS, make_tables

QuadText = tuple[str, str, str, str]

_QUADS_AT_ONCE = 50_000


def insert_rdf(path: Path, graph: str, base: str, connection: Connection, form: str | None = None) -> int:
    """Append the statements of a file to `quads` and return how many there were.

    Raises RdfSyntaxError with every fault of the file; nothing of it is inserted then.

    >>> from coopgraph.columns.duck import connect; from coopgraph.resources import bundled
    >>> path = bundled("ontology") / "coopgraph.ttl"
    >>> insert_rdf(path, "https://example.org/graph/o", "https://example.org/", connect()) > 5
    True
    """
    make_tables(connection)
    quads = parse_quads(path, graph=graph, base=base, genid=f"{base}.well-known/genid/", form=form)
    return sum(insert_quads(batch, connection) for batch in _batches(quads))


def insert_quads(quads: list[QuadText], connection: Connection) -> int:
    """Append quads given as N-Triples terms."""
    columns = [text_array(terms) for terms in zip(*quads, strict=True)]
    connection.from_arrow(pa.Table.from_arrays(columns, names=["s", "p", "o", "g"])).insert_into(QUADS)
    return len(quads)


def insert_lines(lines: Iterable[str], connection: Connection) -> int:
    """Append lines of canonical N-Quads, each with a graph."""
    terms = ((*line[: -len(" .\n")].split(" ", 2),) for line in lines)
    quads = ((s, p, *rest.rsplit(" ", 1)) for s, p, rest in terms)
    return sum(insert_quads(batch, connection) for batch in _batches((s, p, o, g) for s, p, o, g in quads))


def _batches(quads: Iterator[QuadText]) -> Iterator[list[QuadText]]:
    while batch := list(islice(quads, _QUADS_AT_ONCE)):
        yield batch
