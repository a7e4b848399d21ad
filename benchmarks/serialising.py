"""Write a release as RDF or as a workbook: by an export, by rdflib's serializer, or by openpyxl as one would.

In: `ours`, `rdflib` or `openpyxl`, a format, the folder of a release. Out: CPU seconds, peak of memory. What
a peer has to read first is not timed, but is in its memory, as it is in that of who uses it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from measure import timed

import coopgraph as cg

FORMATS = {"turtle": "turtle", "n-triples": "nt", "trig": "trig", "rdf-xml": "xml"}


def ours(kind: str, release: Any, folder: Path) -> int:
    """Export, and return how many statements or rows were written."""
    return sum(cg.export(release, folder / "out", kind).counts.values())


def by_rdflib(kind: str, graph: Any, folder: Path) -> int:
    """Serialize what is in memory, and return how many statements it has."""
    graph.serialize(destination=folder / "out", format=FORMATS[kind], encoding="utf-8")
    return len(list(graph.quads())) if kind == "trig" else len(graph)


def sheets(release: Any, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Read the cells of our workbook."""
    import openpyxl

    cg.export(release, folder / "ours.xlsx")
    pages = openpyxl.load_workbook(folder / "ours.xlsx", read_only=True).worksheets
    return {page.title: list(page.iter_rows(values_only=True)) for page in pages if page.title != "About"}


def by_openpyxl(cells: dict[str, list[tuple[Any, ...]]], folder: Path) -> int:
    """Put cells that are there into a plain workbook, and return how many rows it has below the headings."""
    import openpyxl

    book = openpyxl.Workbook()
    for title, rows in cells.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(folder / "out.xlsx")
    return sum(len(rows) - 1 for rows in cells.values())


def read(kind: str, directory: Path) -> Any:
    """Read the release's graph as users of rdflib do."""
    import rdflib

    from coopgraph.release.graph import read_graph

    graph: Any = rdflib.Dataset() if kind == "trig" else rdflib.Graph()
    content = b"".join(read_graph(directory))
    if kind != "trig":
        content = b"".join(line.rsplit(b" ", 2)[0] + b" .\n" for line in content.splitlines())
    graph.parse(data=content, format="nquads" if kind == "trig" else "nt")
    return graph


if __name__ == "__main__":
    who, kind, place = sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        if who == "rdflib":
            loaded = read(kind, Path(place))
            timed(lambda: by_rdflib(kind, loaded, Path(work)))
        else:
            with cg.open(place) as opened:
                if who == "ours":
                    timed(lambda: ours(kind, opened, Path(work)))
                else:
                    there = sheets(opened, Path(work))
                    timed(lambda: by_openpyxl(there, Path(work)))
