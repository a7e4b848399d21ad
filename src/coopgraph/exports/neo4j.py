"""A network as CSV files that `neo4j-admin database import` takes, with the command to do so.

In: a release. Out: a folder: a file for each kind of node and of relationship, and a README. Standard: the
header format of Neo4j 5's import tool; a vertical bar between the items of a list, for no IRI holds one.
"""

from __future__ import annotations

import csv
import shlex
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from coopgraph.exports.formats import Options, Written
from coopgraph.exports.network.model import Column, Edge, Network, Node
from coopgraph.exports.network.of_release import network_of
from coopgraph.exports.network.told import text_lines, text_of

if TYPE_CHECKING:
    from coopgraph.release import Release

LISTS: Final = ("sources",)  # columns that hold IRIs with spaces between them
SEPARATOR: Final = "|"
KINDS: Final = {
    "city": "City",
    "network": "Network",
    "organisation": "Organisation",
    "agreement": "Agreement",
}
LAYERS: Final = {"exchange": "GAVE_TO", "agreement": "AGREED_WITH", "membership": "MEMBER_OF"}
_TYPES: Final = {"string": "string", "integer": "long", "double": "double", "boolean": "boolean"}
_ID: Final = "iri:ID(Actor)"


def write(release: Release, target: Path, options: Options) -> Written:
    """Write a release as a folder of CSV files."""
    target.mkdir()
    with network_of(release, options) as network:
        options.on_progress("Writing nodes and relationships")
        nodes = _write(target, KINDS, _node_header(network), _nodes(network))
        edges = _write(target, LAYERS, _edge_header(network), _edges(network))
        readme = target / "README.md"
        readme.write_text(_readme(network), "utf-8", newline="\n")
    return Written(tuple(sorted(target.iterdir())), {**nodes, **edges})


def _write(
    folder: Path, files: dict[str, str], header: list[str], rows: Iterator[tuple[str, list[str]]]
) -> dict[str, int]:
    """Write each row to the file of its kind; every file is there, if only with its header."""
    counts = dict.fromkeys(files.values(), 0)
    with ExitStack() as stack:
        writers = {}
        for kind, name in files.items():
            file: IO[str] = stack.enter_context(
                (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            )
            writers[kind] = csv.writer(file, lineterminator="\n")
            writers[kind].writerow(header)
        for kind, row in rows:
            writers[kind].writerow(row)
            counts[files[kind]] += 1
    return counts


def _node_header(network: Network) -> list[str]:
    return [_ID, "label", "x:double", "y:double", "color", *_typed(network.node_columns[1:]), ":LABEL"]


def _edge_header(network: Network) -> list[str]:
    ends = [":START_ID(Actor)", ":END_ID(Actor)", "label", "weight:double", "times:string[]"]
    return [*ends, *_typed(network.edge_columns[1:]), ":TYPE"]


def _typed(columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        yield f"{column.name}:{'string[]' if column.name in LISTS else _TYPES[column.kind]}"


def _nodes(network: Network) -> Iterator[tuple[str, list[str]]]:
    names = [column.name for column in network.node_columns]
    for node in network.nodes():
        kind, *values = node.values
        place = node.place or (None, None)
        told = [node.iri, node.label, *place, f"#{node.colour}", *listed(names[1:], values)]
        yield kind if kind in KINDS else "organisation", [*map(_cell, told), _label(node)]


def _label(node: Node) -> str:
    """Return the labels of a node: what it is, and that it is one of all that take part."""
    return f"{KINDS.get(node.values[0], 'Organisation')}{SEPARATOR}Actor"


def _edges(network: Network) -> Iterator[tuple[str, list[str]]]:
    names = [column.name for column in network.edge_columns]
    for edge in network.edges():
        layer, *values = edge.values
        told = [edge.source, edge.target, edge.label, edge.weight, _times(edge), *listed(names[1:], values)]
        yield layer, [*map(_cell, told), LAYERS[layer]]


def _times(edge: Edge) -> str:
    return SEPARATOR.join(f"{start}/{end}" for start, end in edge.spans)


def listed(names: Iterable[str], values: Iterable[Any]) -> Iterator[Any]:
    """Yield values with IRIs parted as the import tool wants items of a list."""
    for name, value in zip(names, values, strict=True):
        yield SEPARATOR.join(value.split()) if value and name in LISTS else value


def _cell(value: Any) -> str:
    """Return a value as the import tool reads it; what is not known is an empty cell, which makes nothing."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else text_of(value)


def command() -> list[str]:
    """Return the words of the command that imports the files of a folder into an empty database."""
    return [
        "neo4j-admin", "database", "import", "full", "neo4j",
        *(f"--nodes={name}.csv" for name in KINDS.values()),
        *(f"--relationships={name}.csv" for name in LAYERS.values()),
        f"--array-delimiter={SEPARATOR}", "--multiline-fields=true", "--overwrite-destination",
    ]  # fmt: skip


def _readme(network: Network) -> str:
    words = " ".join(map(shlex.quote, command()))
    said = "\n".join(f"- {line}" for line in text_lines(network))
    return f"""\
# For Neo4j

In this folder, with the database stopped (what it holds is replaced):

    {words}

Nodes are `:Actor` and one of `:City`, `:Network`, `:Organisation`, `:Agreement`; relationships are `GAVE_TO`
(its weight: how much), `AGREED_WITH` and `MEMBER_OF`. What has no direction stands once, from the first IRI
to the second, with `directed` false. For example:

    MATCH (a:City)-[r:GAVE_TO]->(b:City)
    RETURN a.label, b.label, r.weight ORDER BY r.weight DESC LIMIT 10

{said}
"""
