"""A release as tables for databases: those of decision 4, what every IRI is called, and the network.

In: an open release and `Options`. Out: `Held` tables in an order in which nothing refers to a later one, as
Arrow batches that come when asked for; what each table and column means, in three languages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.columns import parquet
from coopgraph.errors import StoreError
from coopgraph.exports.formats import Options
from coopgraph.exports.network.model import EDGE_COLUMNS, NODE_COLUMNS, Column, Network
from coopgraph.exports.network.of_release import network_of
from coopgraph.exports.network.told import stated, text_of
from coopgraph.release.tables import TABLES
from coopgraph.views.names import names_in

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.release import Release

Texts = Mapping[str, str]
_AT_A_TIME: Final = 10_000
_TYPES: Final = {"string": "string", "integer": "int64", "double": "double", "boolean": "bool"}


@dataclass(frozen=True)
class Meaning:
    """What a table holds, what tells its rows apart, which columns name a thing, what each column means."""

    about: Texts
    key: tuple[str, ...]
    refers: tuple[str, ...]
    columns: Mapping[str, Texts]

    def columns_in(self, lang: str) -> dict[str, str]:
        """Return what each column means, in a language."""
        return {name: meaning_in(texts, lang) for name, texts in self.columns.items()}


@dataclass(frozen=True)
class Held:
    """A table: its columns with Arrow types, and its rows in batches, read once."""

    name: str
    schema: pa.Schema
    batches: Callable[[], Iterable[pa.RecordBatch]]
    meaning: Meaning


@cache
def meanings() -> dict[str, Meaning]:
    """Return what each table means, the columns of networks among them (these in English)."""
    told = json.loads((Path(__file__).parent / "tables.json").read_text("utf-8"))
    for name, columns in (("actors", NODE_COLUMNS), ("links", EDGE_COLUMNS)):
        told[name]["columns"] |= {column.name: {"en": column.about} for column in columns}
    return {
        name: Meaning(each["about"], tuple(each["key"]), tuple(each["refers"]), each["columns"])
        for name, each in told.items()
    }


@dataclass(frozen=True)
class Tables:
    """The tables of a release: things, to which all others refer; those of decision 4; and the network."""

    things: Held
    stored: tuple[Held, ...]
    network: Network

    def all(self) -> Iterator[Held]:
        """Yield each, in an order in which nothing refers to a later one."""
        yield from (self.things, *self.stored, actors(self.network), links(self.network))


@contextmanager
def tables_of(release: Release, options: Options) -> Iterator[Tables]:
    """Open the tables of a release."""
    with network_of(release, options) as network:
        stored = tuple(_stored(release, name) for name in (*TABLES, "positions") if _has(release, name))
        mentioned = {node.iri for node in network.nodes()}.union(*(_mentioned(each) for each in stored))
        yield Tables(_things(release, mentioned, options.lang), stored, network)


def actors(network: Network) -> Held:
    """Return the nodes of a network as a table."""
    schema = _schema((("iri", "string"), ("label", "string")), network.node_columns)
    rows = ((node.iri, text_of(node.label), *map(stated, node.values)) for node in network.nodes())
    return Held("actors", schema, lambda: _batches(schema, rows), meanings()["actors"])


def links(network: Network) -> Held:
    """Return the edges of a network as a table."""
    first = (("id", "integer"), ("source", "string"), ("target", "string"), ("label", "string"),
             ("weight", "double"))  # fmt: skip
    schema = _schema(first, network.edge_columns)
    rows = (
        (number, edge.source, edge.target, text_of(edge.label), edge.weight, *map(stated, edge.values))
        for number, edge in enumerate(network.edges(), start=1)
    )
    return Held("links", schema, lambda: _batches(schema, rows), meanings()["links"])


def meaning_in(texts: Texts, lang: str) -> str:
    """Return what something means, in English where that is all there is."""
    return texts.get(lang) or texts["en"]


def _has(release: Release, name: str) -> bool:
    try:
        release.table_path(name)
    except StoreError:
        return False  # `positions` of RDF files and stores; the network has them, worked out
    return True


def _stored(release: Release, name: str) -> Held:
    """Return a table of the release; a text that releases before had no column for is null: nobody says."""
    import pyarrow as pa

    path, meaning = release.table_path(name), meanings()[name]
    schema = parquet.schema(path)
    lacking = [column for column in meaning.columns if column not in schema.names]
    for column in lacking:
        schema = schema.append(pa.field(column, pa.string()))

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in parquet.row_batches(path, _AT_A_TIME):
            for column in lacking:
                batch = batch.append_column(column, pa.nulls(batch.num_rows, pa.string()))
            yield batch

    return Held(name, schema, batches, meaning)


def _mentioned(held: Held) -> set[str]:
    """Return the IRIs a table names in the columns that refer to things."""
    found: set[str] = set()
    for batch in held.batches():
        for column in held.meaning.refers:
            found.update(batch.column(column).unique().to_pylist())
    return found - {None}


def _things(release: Release, mentioned: set[str], lang: str) -> Held:
    import pyarrow as pa

    schema = pa.schema({"iri": pa.string(), "kind": pa.string(), "label": pa.string(), "names": pa.string()})
    return Held(
        "things", schema, lambda: _batches(schema, _named(release, mentioned, lang)), meanings()["things"]
    )


def _named(release: Release, mentioned: set[str], lang: str) -> Iterator[tuple[Any, ...]]:
    from coopgraph.views.drawing import in_language
    from coopgraph.views.names import name_of

    names = names_in(release)
    mentioned.update(names)  # one set of so many texts is enough
    for iri in sorted(mentioned):
        name = name_of(iri, names)
        every = dict.fromkeys((*name.texts.values(), *(name.full or {}).values()))
        kind = "concept" if "/concept/" in iri else name.kind
        yield iri, kind, text_of(in_language(name.texts, lang)), " · ".join(text_of(text) for text in every)


def _schema(first: Iterable[tuple[str, str]], columns: Iterable[Column]) -> pa.Schema:
    import pyarrow as pa

    both = [*first, *((column.name, column.kind) for column in columns)]
    return pa.schema([(name, pa.type_for_alias(_TYPES[kind])) for name, kind in both])


def _batches(schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    rest = iter(rows)
    while part := list(islice(rest, _AT_A_TIME)):
        columns = zip(*part, strict=True)
        arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)
