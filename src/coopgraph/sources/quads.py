"""The quads of a build: where they are collected, and how they are written.

In: rows of N-Triples terms in the table `quads`. Out: `graph.nq.zst`, sorted and distinct; and the same as
plain files for the store, named graphs and their merge. Nothing but one batch of lines is in Python's
memory at once.
Standards: RDF 1.1 N-Quads in canonical form; SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from coopgraph.columns.duck import Connection, column, constant, function
from coopgraph.sources.bytes_read import writing
from coopgraph.sources.encoding_terms import join_text
from coopgraph.sources.room import enough_room

QUADS: Final = "quads"
ORIGINS: Final = "origins"
_ROWS_AT_ONCE: Final = 100_000


@dataclass(frozen=True)
class Written:
    """What was written: distinct quads of each graph, all of them, distinct triples, and the digest of
    `graph.nq`."""

    graphs: dict[str, int]
    quads: int
    triples: int
    sha256: str


def make_tables(connection: Connection) -> None:
    """Make the empty tables of a build, where they are not there yet.

    `quads` holds terms as N-Triples writes them; `origins` the record each subject came from.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS quads (s VARCHAR, p VARCHAR, o VARCHAR, g VARCHAR)")
    connection.execute("CREATE TABLE IF NOT EXISTS origins (subject VARCHAR, source VARCHAR, record BIGINT)")


def count_quads(connection: Connection) -> int:
    """Return how many quads have been collected; one stated twice counts twice."""
    return int(connection.table(QUADS).aggregate([function("count_star")]).fetchall()[0][0])


def write_nquads(connection: Connection, packed: Path, quads: Path, merged: Path) -> Written:
    """Write the distinct quads, sorted by code point, and say what was written.

    Parameters
    ----------
    packed
        The lines, zstd-compressed: `graph.nq.zst` of a release.
    quads
        The same lines, plain.
    merged
        The triples of all graphs as a set, plain N-Triples: the store's default graph.
    """
    digest = hashlib.sha256()
    graphs: dict[str, int] = {}
    triples = 0
    with writing(packed), enough_room(), ExitStack() as stack:
        plain = stack.enter_context(quads.open("wb", buffering=0))
        merge = stack.enter_context(merged.open("wb", buffering=0))
        target = stack.enter_context(pa.OSFile(str(packed), "wb"))
        zipped = stack.enter_context(pa.CompressedOutputStream(target, "zstd"))
        for batch in _distinct(connection):
            lines = _bytes(batch.lines)
            digest.update(lines)
            zipped.write(lines)
            plain.write(lines)
            merge.write(_bytes(batch.new_triples))
            triples += len(batch.new_triples)
            for counted in pc.value_counts(batch.graphs).to_pylist():
                graphs[counted["values"][1:-1]] = graphs.get(counted["values"][1:-1], 0) + counted["counts"]
    return Written(dict(sorted(graphs.items())), sum(graphs.values()), triples, digest.hexdigest())


@dataclass(frozen=True)
class _Batch:
    """Sorted distinct quads as lines, the graph of each, and the triples no quad before had."""

    lines: pa.Array
    graphs: pa.Array
    new_triples: pa.Array


def _distinct(connection: Connection) -> Iterator[_Batch]:
    """Yield the quads in the order of their lines, each once.

    Triple and graph are sorted one after the other, which is the order of the lines: after a shorter triple
    comes a space, which sorts before everything a longer one can go on with.
    """
    triple = join_text([column("s"), constant(" "), column("p"), constant(" "), column("o")])
    ordered = connection.table(QUADS).project(triple.alias("t"), column("g")).order("t, g")
    lines = ordered.project(
        join_text([column("t"), constant(" "), column("g"), constant(" .\n")]).alias("line"),
        join_text([column("t"), constant(" .\n")]).alias("triple"),
        column("g"),
    )
    before_line = before_triple = pa.nulls(1, pa.large_string())
    for batch in lines.to_arrow_reader(_ROWS_AT_ONCE):
        line, triples, graphs = (values.cast(pa.large_string()) for values in batch.columns)
        new, new_triple = _differs(line, before_line), _differs(triples, before_triple)
        before_line, before_triple = line.slice(len(line) - 1), triples.slice(len(line) - 1)
        yield _Batch(line.filter(new), graphs.filter(new), triples.filter(new_triple))


def _differs(values: pa.Array, before: pa.Array) -> pa.Array:
    """Which values differ from the one before; the first of all has a null before it and differs."""
    shifted = pa.concat_arrays([before, values.slice(0, len(values) - 1)])
    return pc.or_kleene(pc.not_equal(values, shifted), pc.is_null(shifted))


def _bytes(lines: pa.Array) -> memoryview:
    """Lines as bytes: the values of an Arrow array lie one after the other already."""
    if not len(lines):
        return memoryview(b"")
    offsets = memoryview(lines.buffers()[1]).cast("q")
    values = memoryview(lines.buffers()[2])
    return values[offsets[lines.offset] : offsets[lines.offset + len(lines)]]
