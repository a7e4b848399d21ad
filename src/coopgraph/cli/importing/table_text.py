"""What is said of a table that was understood: its columns, its first rows, and what is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coopgraph.cli.output import table_text

if TYPE_CHECKING:
    from coopgraph.sources.guided.guiding import Plan

_LONGEST = 40
_SORTS = {"date": "date", "number": "number", "whole": "whole number"}
_DATATYPES = {
    "dcterms:W3CDTF": "a date",
    "xsd:decimal": "a number",
    "xsd:nonNegativeInteger": "a whole number",
}


def read_text(made: Plan) -> str:
    """Say how the file is written and what the table is."""
    spec, kind = made.table.spec, made.proposal.kind.name
    said = [f"{spec.kind.upper()}, {made.table.rows:,} rows"]
    if spec.kind in ("csv", "tsv"):
        said += [f"encoding {spec.encoding}", f"columns separated by {spec.delimiter!r}"]
    lines = "1 line" if spec.skip == 1 else f"{spec.skip} lines"
    said += [f"{lines} above the header"] if spec.skip else []
    said += [f"nothing is written as {', '.join(spec.null)}"] if spec.null else []
    network = f", all rows of {made.proposal.network}" if made.proposal.network else ""
    return f"{made.table.file.name}: {'; '.join(said)}.\nIt is read as a table of {kind}{network}.\n"


def columns_text(made: Plan) -> str:
    """Return a table of what each column that is used means and becomes."""
    rows = [
        [header, key, _short(made.proposal.look(key).example), _becomes(made, key)]
        for key, header in made.proposal.columns.items()
    ]
    names = [("column", False), ("meaning", False), ("example", False), ("what becomes of it", False)]
    return table_text(names, rows)


def rows_text(made: Plan) -> str:
    """Return the first rows as they are understood."""
    keys = list(made.proposal.columns)
    rows = [[_short(row[key]) for key in keys] for row in made.understood]
    return (
        f"The first rows, as they would be understood:\n\n{table_text([(key, False) for key in keys], rows)}"
    )


def free_text(made: Plan) -> str:
    """Say what is not used."""
    free = made.proposal.free
    return f"Not used: {', '.join(free)}.\n" if free else ""


def remarks(made: Plan) -> list[str]:
    """Say what is in doubt: cells that mean no concept, addresses of persons, what reading found."""
    found = [*made.told, *(str(fault) for fault in made.table.remarks)]
    for header, cells in made.bound.unknown.items():
        look = made.table.looks[header]
        line = made.table.lines[look.cells.index(cells[0])]
        what = (
            f"left out, meaning nothing known here: {_some(cells)} (first in line {line}). "
            f'Say what they mean: --word "{_short(cells[0])}=CODE".'
        )
        found.append(f"Column '{header}': {what}")
    for key, header in made.proposal.columns.items():
        if odd := made.bound.of[key].odd:
            sort = _SORTS[made.proposal.kind.meanings[key].words.cells]
            found.append(f"Column '{header}': left out, being no {sort}: {_some(odd)}.")
    found += [
        f"Column '{header}' holds addresses for electronic mail, which are persons': it is not used."
        for header, look in made.table.looks.items()
        if look.has_mail
    ]
    if made.proposal.kind.name == "cities" and any(
        "since" in name.lower() or "ingreso" in name.lower() for name in made.proposal.free
    ):
        found.append("If these are the members of one network, say which: --network NAME.")
    return found


def _some(cells: Sequence[str]) -> str:
    return ", ".join(f"'{_short(cell)}'" for cell in cells[:5]) + (" ..." if len(cells) > 5 else "")


def _becomes(made: Plan, key: str) -> str:
    """Say in a few words what a cell becomes."""
    meaning, look, binding = made.proposal.kind.meanings[key], made.proposal.look(key), made.bound.of[key]
    if binding.place:
        return f"a city, looked up by name{' and country' if binding.place.country else ''}"
    if meaning.name == "country":
        return "helps to find the city" if meaning.of else "a country"
    if meaning.name in ("latitude", "longitude"):
        return "tells where the city is"
    if meaning.words.cells in ("answer", "concept"):
        return "one of: " + ", ".join(binding.words or look.distinct)
    several = f", several separated by {look.separator}" if meaning.is_list and look.separator else ""
    if meaning.refers and meaning.of is None:
        return f"names the {meaning.refers}{several}"
    said = _DATATYPES.get(meaning.datatype or "", "the name of a row" if key == "id" else "text")
    if meaning.words.cells == "date" and look.date not in (None, "iso"):
        said += f", written {look.date}"
    if look.unit and meaning.datatype:
        said += f", in {look.unit}"
    return said + (f" of the {meaning.of}" if meaning.of else "") + several


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
