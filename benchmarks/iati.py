"""Contenders of reading IATI activities: how many activities and transactions a file has.

In: `rows`, `tables`, `lxml` or `etree`, and a file. Out: both counts. `rows` makes every row of every table
and lets it go, as `coopgraph import iati` does; `tables` keeps them in DuckDB within 128 MB, as a build does.
The others count elements and do nothing else: the least any reader can do. `data` writes the file.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import timed

SAMPLE = Path(__file__).parents[1] / "examples" / "iati" / "sample" / "wells.xml"


def write(file: Path, megabytes: int) -> tuple[int, int]:
    """The invented activity over and over, each time under another identifier."""
    text = SAMPLE.read_text(encoding="utf-8")
    start, end = text.index("  <iati-activity "), text.index("</iati-activities>")
    one, count, size = text[start:end], 0, 0
    with file.open("w", encoding="utf-8") as stream:
        stream.write(text[:start])
        while size < megabytes * 1_000_000:
            size += stream.write(one.replace("XX-ALDEA-1<", f"XX-ALDEA-{count}<"))
            count += 1
        stream.write(text[end:])
    return count, 3 * count


def rows(file: Path) -> tuple[int, int]:
    from coopgraph.sources.iati.summary import summarise

    tables = summarise([file]).tables
    return tables["activities"], tables["transactions"]


def tables(file: Path) -> tuple[int, int]:
    from coopgraph.columns.duck import connect
    from coopgraph.sources.iati.load import read_iati
    from coopgraph.sources.iati.tables import tables_of
    from coopgraph.sources.source_spec import SourceSpec

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        connection = connect(Path(scratch), memory="128MB")
        found = {
            each.table: sum(piece.count for piece in read_iati(each, connection).pieces)
            for each in tables_of(SourceSpec("aid", (file,), "iati"))
        }
        connection.close()
    return found["activities"], found["transactions"]


def lxml(file: Path) -> tuple[int, int]:
    from lxml import etree

    activities = transactions = 0
    for _, element in etree.iterparse(str(file), tag="iati-activity"):
        activities += 1
        transactions += len(element.findall("transaction"))
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return activities, transactions


def standard_library(file: Path) -> tuple[int, int]:
    from xml.etree import ElementTree

    activities = transactions = 0
    for _, element in ElementTree.iterparse(file):
        if element.tag == "iati-activity":
            activities += 1
            transactions += len(element.findall("transaction"))
            element.clear()
    return activities, transactions


CONTENDERS = {"rows": rows, "tables": tables, "lxml": lxml, "etree": standard_library}

if __name__ == "__main__":
    name, place = sys.argv[1], Path(sys.argv[2])
    if name == "data":
        timed(lambda: write(place, int(sys.argv[3])))
    else:
        CONTENDERS[name](SAMPLE)  # what is imported is not timed
        timed(lambda: CONTENDERS[name](place))
