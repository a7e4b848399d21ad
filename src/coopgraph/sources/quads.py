"""The quads of a build: where they are collected, and how they are written.

In: rows of N-Triples terms in the table `quads`. Out: `graph.nq.zst`, sorted and distinct; and the same as plain files for
the store, named graphs and their merge. Nothing but one batch of lines is in Python's memory at once.
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

from coopgraph.columns.duck import Connection, Expression, column, constant, function
from coopgraph.sources.bytes_read import reading

QUADS: Final = "quads"
ORIGINS: Final = "origins"
_ROWS_AT_ONCE: Final = 100_000


@dataclass(frozen=True)
class Written:
    """What was written: distinct quads of each graph, all of them, distinct triples, and the digest of `graph.nq`."""

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
    with reading(packed), ExitStack() as stack:
        plain = stack.enter_context(quads.open("wb", buffering=0))
        merge = stack.enter_context(merged.open("wb", buffering=0))
        target = stack.enter_context(pa.OSFile(str(packed), "wb"))
        zipped = stack.enter_context(pa.CompressedOutputStream(target, "zstd"))
        for batch in _distinct(connection):
            lines = _joined(batch.triples, batch.graphs)
            digest.update(lines)
            zipped.write(lines)
            plain.write(lines)
            merge.write(_joined(batch.new_triples, None))
            triples += len(batch.new_triples)
            for counted in pc.value_counts(batch.graphs).to_pylist():
                graphs[counted["values"][1:-1]] = graphs.get(counted["values"][1:-1], 0) + counted["counts"]
    return Written(dict(sorted(graphs.items())), sum(graphs.values()), triples, digest.hexdigest())




@dataclass(frozen=True)
class _Batch:
    """Sorted distinct quads: their triples and graphs, and the triples no quad before had."""

    triples: pa.Array
    graphs: pa.Array
    new_triples: pa.Array


def _distinct(connection: Connection) -> Iterator[_Batch]:
    """Yield the quads in the order of their lines, each once.

    Triple and graph are sorted one after the other, which is the order of the lines: after a shorter triple comes a
    space, which sorts before everything a longer one can go on with.
    """
    triple = _triple()
    ordered = connection.table(QUADS).project(triple.alias("t"), column("g")).order("t, g")
    last_triple, last_graph = "", ""
    for batch in ordered.to_arrow_reader(_ROWS_AT_ONCE):
        triples, graphs = (_plain(batch.column(0)), _plain(batch.column(1)))
        other_triple = _differs(triples, last_triple)
        kept = pc.or_(other_triple, _differs(graphs, last_graph))
        last_triple, last_graph = triples[-1].as_py(), graphs[-1].as_py()
        yield _Batch(triples.filter(kept), graphs.filter(kept), triples.filter(other_triple))


def _triple() -> Expression:
    joined = column("s")
    for part in (constant(" "), column("p"), constant(" "), column("o")):
        joined = function("||", joined, part)
    return joined


def _plain(values: pa.Array) -> pa.Array:
    return values.cast(pa.large_string())


def _differs(values: pa.Array, last: str) -> pa.Array:
    """Which values differ from the one before."""
    before = pa.concat_arrays([pa.array([last], values.type), values.slice(0, len(values) - 1)])
    return pc.not_equal(values, before)


def _joined(triples: pa.Array, graphs: pa.Array | None) -> memoryview:
    """The lines of a batch as bytes: the values of an Arrow array lie one after the other already."""
    end = pa.scalar(" .\n", pa.large_string())
    space, nothing = pa.scalar(" ", pa.large_string()), pa.scalar("", pa.large_string())
    if graphs is None:
        lines = pc.binary_join_element_wise(triples, end, nothing)
    else:
        lines = pc.binary_join_element_wise(
            pc.binary_join_element_wise(triples, graphs, space), end, nothing
        )
    if not len(lines):
        return memoryview(b"")
    offsets = memoryview(lines.buffers()[1]).cast("q")
    values = memoryview(lines.buffers()[2])
    return values[offsets[lines.offset] : offsets[lines.offset + len(lines)]]
