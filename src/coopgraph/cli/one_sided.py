"""`coopgraph check --one-sided`: what only one side says, as a table to talk about with the other city."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from coopgraph.cli.output import (
    FIRST,
    chosen_format,
    json_text,
    shown,
    table_text,
    write_bytes,
    write_table,
    write_text,
)

if TYPE_CHECKING:
    from coopgraph.network.two_sides import OneSided
    from coopgraph.release import Release

FORMATS: Final = ("table", "csv", "tsv", "json", "xlsx", "parquet")
_SHOWN: Final = ("finding", "says_label", "of_label", "since", "other_since", "kind", "row")
_HEADS: Final = ("finding", "who says it", "of whom", "since", "the other says", "kind", "where")


def write_one_sided(place: Path, fmt: str | None, output: Path | None) -> None:
    """Compare the two sides of each tie in the release in force, and write what was found."""
    from coopgraph.network.two_sides import one_sided
    from coopgraph.release.opening import open_release

    chosen = chosen_format("table" if fmt == "text" else fmt, output, FORMATS)
    with open_release(place) as release:
        found = one_sided(release)
        if chosen == "xlsx":
            write_bytes(workbook(found, release), output)
        elif chosen == "json":
            rows = found.table.to_pylist()
            write_text(
                json_text({"release": release.manifest.id, "basis": basis(found), "rows": rows}), output
            )
        elif chosen == "table":
            write_text(text(found, everything=output is not None), output)
        else:
            write_table(found.table, chosen, output)
    if output is not None or chosen != "table":
        click.echo(str(found), err=True)


def text(found: OneSided, *, everything: bool) -> str:
    """The counts, and the findings (the first of them, unless they go to a file)."""
    rows = found.table.to_pylist()
    some = rows if everything else rows[:FIRST]
    cells = [[shown(row[name]) for name in _SHOWN] for row in some]
    table = table_text([(head, False) for head in _HEADS], cells) if some else ""
    more = len(rows) - len(some)
    rest = (
        f"... and {more:,} more. All of them: coopgraph check --one-sided -o one-sided.xlsx\n" if more else ""
    )
    return f"{found}\n\n{table}{rest}" if rows else f"{found}\n"


def basis(found: OneSided) -> Mapping[str, Any]:
    """What was compared, as plain data."""
    share = found.basis.answered_share
    return {**vars(found.basis), "answered_share": None if share is None else round(share, 12)}


def workbook(found: OneSided, release: Release) -> bytes:
    """A sheet of the findings, one of the counts, and what they rest on."""
    from coopgraph.exports.about import about
    from coopgraph.exports.sheet import Column, Sheet
    from coopgraph.exports.xlsx import as_xlsx
    from coopgraph.views.gathered import source_of

    columns = tuple(
        Column(name, "number" if name == "other_states" else "text") for name in found.table.column_names
    )
    rows = tuple(tuple(row.values()) for row in found.table.to_pylist())
    counts = tuple((name.replace("_", " "), count) for name, count in basis(found).items())
    sheets = (
        Sheet("one-sided", columns, rows),
        Sheet("counts", (Column("what"), Column("number", "number")), counts),
    )
    rests_on = map(source_of, release.table("sources").to_pylist())
    return as_xlsx(sheets, about(release, "What only one side says", "en", rests_on))
