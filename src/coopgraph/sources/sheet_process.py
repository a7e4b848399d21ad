"""A process of its own that reads one sheet with calamine: it may be killed, or die, and nothing else does.

In (words of the command line): the folder of the package, a file, a sheet's name or "". Out: lines of JSON on
stdout: what the sheet is, then each row as texts; or what is wrong. calamine panics on some damaged files
and unfolds others to gigabytes, so memory and processor time are limited here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, Final

MEMORY: Final = 2 << 30
SECONDS: Final = 300
_ERRORS: Final = frozenset({"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"})


def main(package: str, path: str, sheet: str) -> None:
    """Write a sheet to stdout, line by line."""
    sys.path.append(package)
    from coopgraph.rdf.process.confine import limit_memory, limit_time

    limit_memory(MEMORY)
    limit_time(SECONDS)
    for line in lines(path, sheet or None):
        sys.stdout.write(json.dumps(line) + "\n")


def lines(path: str, sheet: str | None) -> Iterator[Any]:
    """Yield what a sheet is (or an error), then its rows from the first that has a cell."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_path(path) as book:
            metadata = {each.name: str(each.visible) for each in book.sheets_metadata}
            name = sheet or next(iter(metadata), "")
            if name not in metadata:
                yield {"sheets": list(metadata)}
                return
            found = book.get_sheet_by_name(name)
            yield {
                "name": name,
                "hidden": not metadata[name].endswith(".Visible"),
                "start": found.start,
                "merged": [[*first, *last] for first, last in found.merged_cell_ranges or []],
            }
            for row in found.iter_rows():
                yield [_text(value) for value in row]
    except PasswordError:
        yield {"error": "is protected by a password."}
    except (CalamineError, OSError, ValueError) as error:
        yield {"error": f"is damaged: {error}."}


def _text(value: object) -> str | list[str] | None:
    """The text of a cell, a list of one text where it is an error, None where it is empty."""
    from coopgraph.sources.cell_text import CellRefused, plain_text

    if isinstance(value, str):
        return [f"holds the error {value}."] if value in _ERRORS else value or None
    try:
        return plain_text(value)
    except CellRefused as refused:
        return [refused.what]


if __name__ == "__main__":
    main(*sys.argv[1:])
