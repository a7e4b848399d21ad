"""Triples as columns of numbers: each term's text is kept once, and a predicate's triples lie side by side.

In: Arrow batches of s, p, o as canonical N-Triples writes terms. Out: `Triples`, distinct and sorted, and any
of them as N-Triples again. Standard: RDF 1.1 N-Triples; lexical forms stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from coopgraph.rdf.shape_plan import Pattern

Ids = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Triples:
    """Subjects and objects by number, sorted by predicate; `terms` and `predicates` hold the texts."""

    terms: pa.Array
    predicates: pa.Array
    subjects: Ids
    objects: Ids
    rows: Mapping[str, slice]
    """Where the triples of each predicate lie; predicates as N-Triples writes them."""

    def pairs(self, predicate: str) -> tuple[Ids, Ids]:
        """The subjects and objects of one predicate's triples."""
        rows = self.rows.get(predicate, slice(0, 0))
        return self.subjects[rows], self.objects[rows]

    def ids(self, terms: Iterable[str]) -> dict[str, int]:
        """The numbers of those of some terms that occur."""
        wanted = pa.array(sorted(set(terms)), pa.large_string())
        place = pc.index_in(self.terms, wanted)
        found = np.flatnonzero(place.is_valid().to_numpy(zero_copy_only=False))
        return {wanted[place[int(i)].as_py()].as_py(): int(i) for i in found}

    def matching(self, patterns: Iterable[Pattern]) -> Mask:
        """Which triples have a predicate, and its object where that is not None, of one of the patterns."""
        wanted = list(patterns)
        ids = self.ids(obj for _, obj in wanted if obj)
        chosen = np.zeros(len(self.subjects), bool)
        for predicate, obj in wanted:
            rows = self.rows.get(predicate, slice(0, 0))
            chosen[rows] |= obj is None or self.objects[rows] == ids.get(obj, -1)
        return chosen

    def lines(self, chosen: Mask | slice) -> bytes:
        """The chosen triples as N-Triples."""
        lengths = [rows.stop - rows.start for rows in self.rows.values()]
        predicate = np.repeat(np.arange(len(lengths)), lengths)[chosen]
        columns = [
            self.terms.take(pa.array(self.subjects[chosen])),
            self.predicates.take(pa.array(predicate)),
            self.terms.take(pa.array(self.objects[chosen])),
        ]
        end, space = pa.scalar(".\n", pa.large_string()), pa.scalar(" ", pa.large_string())
        return "".join(pc.binary_join_element_wise(*columns, end, space).to_pylist()).encode()


def encode(batches: Iterable[pa.RecordBatch]) -> Triples:
    """Number the terms of triples that come in any order, the same one perhaps more than once."""
    s: list[pa.DictionaryArray] = []
    p: list[pa.DictionaryArray] = []
    o: list[pa.DictionaryArray] = []
    for batch in batches:
        for chunks, column in zip((s, p, o), batch.columns, strict=True):
            chunks.append(column.cast(pa.large_string()).dictionary_encode())
    terms, nodes = _numbered([*s, *o])
    predicates, predicate = _numbered(p)
    subject, obj = nodes[: len(nodes) // 2], nodes[len(nodes) // 2 :]
    order = np.lexsort((obj, subject, predicate))
    columns = [column[order] for column in (predicate, subject, obj)]
    new = np.ones(len(order), bool)
    new[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    predicate, subject, obj = (column[new] for column in columns)
    edges = np.searchsorted(predicate, np.arange(len(predicates) + 1)).tolist()
    rows = {p: slice(a, b) for p, a, b in zip(predicates.to_pylist(), edges[:-1], edges[1:], strict=True)}
    return Triples(terms, predicates, subject, obj, rows)


def _numbered(chunks: list[pa.DictionaryArray]) -> tuple[pa.Array, Ids]:
    """The distinct texts of chunks that are encoded each by itself, and the number of each text in turn."""
    if not chunks:
        return pa.array([], pa.large_string()), np.empty(0, np.int32)
    same = pa.chunked_array(chunks).unify_dictionaries()
    return same.chunk(0).dictionary, np.concatenate([chunk.indices.to_numpy() for chunk in same.chunks])
