"""`coopgraph rank --list` and `--network`: what the measures are, and the numbers of the whole network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.cli.notes import say_beside, sentences_text

if TYPE_CHECKING:
    from coopgraph.network.selection import Options
    from coopgraph.network.tables import Source


def write_list(fmt: str, output: Path | None, lang: str) -> None:
    """Write a row for each measure of a city: its name, title and definition; with all the rest as data."""
    import pyarrow as pa

    from coopgraph.cli.output import table_text, write_table, write_text
    from coopgraph.network.catalogue import measures

    if fmt == "table":
        rows = [[measure.name, measure.titles[lang], measure.definitions[lang]] for measure in measures()]
        write_text(table_text([("measure", False), ("title", False), ("what it tells", False)], rows), output)
        return
    known = [
        {
            "measure": measure.name,
            "title": measure.titles[lang],
            "definition": measure.definitions[lang],
            "direction": measure.direction,
            "weights": measure.weights,
            "disconnected": measure.disconnected,
            "doi": measure.doi,
        }
        for measure in measures()
    ]
    write_table(pa.Table.from_pylist(known), fmt, output)


def write_network(source: Source, fmt: str, output: Path | None, seed: int, asked: Options) -> None:
    """Write the numbers of the whole network, and what they rest on."""
    from coopgraph.cli.output import shown, table_text, write_table, write_text
    from coopgraph.network import whole_network

    found = whole_network(source, seed=seed, **asked)
    if fmt == "table":
        rows = [[row["name"], shown(row["value"]), row["definition"]] for row in found.table.to_pylist()]
        heads = [("number", False), ("value", True), ("what it tells", False)]
        write_text(table_text(heads, rows) + "\n" + sentences_text(found.sentences()), output)
        return
    write_table(found.table, fmt, output, basis={"sentences": list(found.sentences())})
    say_beside(found.sentences(), fmt)
