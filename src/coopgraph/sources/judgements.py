"""Judgements about identity: a curated table of who is the same and who is not.

In: CSV tables `left,right,judgement,who,why`, and review sheets that came back. Out: `Judgements`, and a
fault for each row that says nothing clear or contradicts another. A row of a finding (see `judged_findings`)
counts here where it names two things; of several of one finding the latest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault, SourceError
from coopgraph.settings.section import nearest
from coopgraph.sources import delimited_text
from coopgraph.sources.delimited_text import Dialect, Row
from coopgraph.sources.header import header_names
from coopgraph.sources.iris import is_absolute_iri

COLUMNS: Final = ("left", "right", "judgement", "who", "why")
_DIALECT: Final = Dialect("utf-8", ",")


@dataclass(frozen=True)
class Judgement:
    """One row: two IRIs, whether they are the same, and who says so why."""

    file: str
    line: int
    left: str
    right: str
    same: bool
    who: str
    why: str
    finding: str = ""
    when: str = ""


@dataclass(frozen=True)
class Own:
    """A name that somebody judged to be of no place the gazetteer knows."""

    file: str
    line: int
    iri: str


@dataclass(frozen=True)
class Judgements:
    """All rows, for each IRI that is replaced the one that stays, and names of no known place."""

    rows: tuple[Judgement, ...]
    kept: dict[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def judged(self, one: str, other: str) -> bool:
        """Tell whether anybody has judged these two, in either order."""
        return any({row.left, row.right} == {one, other} for row in self.rows)


def read_judgements(paths: Sequence[Path], base: str) -> tuple[Judgements, list[Fault]]:
    """Read the tables and sheets; rows with a fault are left out and told.

    Raises SourceError with every file that cannot be read.
    """
    found: list[Judgement | Own | Fault] = []
    unreadable: list[Fault] = []
    for path in paths:
        try:
            found += _of_file(path, base)
        except SourceError as error:
            unreadable += error.faults_of(path.name)
    if unreadable:
        raise SourceError("The judgements cannot be read.", faults=unreadable)
    rows = _latest([item for item in found if isinstance(item, Judgement)])
    faults = [item for item in found if isinstance(item, Fault)]
    kept, told = _resolved(rows)
    own = frozenset(item.iri for item in found if isinstance(item, Own))
    return Judgements(tuple(rows), kept, own), faults + told


def _latest(rows: list[Judgement]) -> list[Judgement]:
    """Leave out what was judged of a finding before it was judged again."""
    last: dict[str, Judgement] = {}
    for row in rows:
        if row.finding and (row.finding not in last or row.when >= last[row.finding].when):
            last[row.finding] = row
    return [row for row in rows if not row.finding or last[row.finding] is row]


def _of_file(path: Path, base: str) -> list[Judgement | Own | Fault]:
    from coopgraph.sources.places.returned import is_review, read_review

    return read_review(path, base) if is_review(path) else list(_rows(path, base))


def _rows(path: Path, base: str) -> Iterator[Judgement | Fault]:
    if broken := delimited_text.faults(path, _DIALECT):
        raise SourceError(f"{path.name} cannot be read.", faults=broken)
    found = (row for row in delimited_text.rows(path, _DIALECT) if isinstance(row, Row))
    first = next(found, None)
    names = header_names(first.cells) if first else []
    if missing := [name for name in COLUMNS if name not in names]:
        fix = f"Its header must be {','.join(COLUMNS)}."
        raise SourceError(
            f"{path.name} cannot be read.",
            faults=[Fault(path.name, 1, None, f"has no column '{name}'.", fix) for name in missing],
        )
    for row in found:
        cells = dict(zip(names, (cell.strip() for cell in row.cells), strict=True))
        of_values = cells.get("finding") and not cells["left"] and not cells["right"]
        if any(cells.values()) and not of_values:
            yield _judgement(path.name, row.line, cells, base)


def _judgement(file: str, line: int, cells: dict[str, str], base: str) -> Judgement | Fault:
    for name in ("left", "right"):
        if not is_absolute_iri(_iri(cells[name], base)):
            what = f"has '{cells[name]}', expected an id like city/madrid or an IRI."
            return Fault(file, line, name, what)
    word = cells["judgement"].casefold()
    if word not in ("same", "different"):
        what = f"has '{cells['judgement']}', expected same or different."
        return Fault(file, line, "judgement", what, nearest(word, ["same", "different"]))
    left, right = _iri(cells["left"], base), _iri(cells["right"], base)
    if left == right:
        return Fault(
            file, line, "right", f"has '{cells['right']}', which is the left one itself.", "Remove the row."
        )
    finding, when = cells.get("finding", ""), cells.get("when", "")
    return Judgement(file, line, left, right, word == "same", cells["who"], cells["why"], finding, when)


def _iri(text: str, base: str) -> str:
    text = text.removeprefix("<").removesuffix(">")
    return text if ":" in text or not text else f"{base}id/{text}"


def _resolved(rows: list[Judgement]) -> tuple[dict[str, str], list[Fault]]:
    """Follow `same` from right to left until nothing is replaced; tell circles and contradictions."""
    faults: list[Fault] = []
    left_of: dict[str, Judgement] = {}
    for row in rows:
        if not row.same:
            continue
        if (earlier := left_of.get(row.right)) and earlier.left != row.left:
            before = (
                f"line {earlier.line}" if earlier.file == row.file else f"{earlier.file}, line {earlier.line}"
            )
            what = f"has '{row.right}', which {before} replaces by '{earlier.left}' already."
            fix = f"Write the left of one as the right of the other: {earlier.left},{row.left},same."
            faults.append(Fault(row.file, row.line, "right", what, fix))
        else:
            left_of.setdefault(row.right, row)
    kept = {}
    for right, row in left_of.items():
        chain = _chain(right, left_of)
        if chain[-1] in left_of:
            what = f"goes in a circle: {' -> '.join(chain)}."
            faults.append(
                Fault(
                    row.file, row.line, "left", what, "Decide which one stays, and have it only on the left."
                )
            )
        else:
            kept[right] = chain[-1]
    return kept, faults + _contradictions(rows, kept)


def _chain(start: str, left_of: dict[str, Judgement]) -> list[str]:
    chain = [start]
    while (row := left_of.get(chain[-1])) and row.left not in chain:
        chain.append(row.left)
    return [*chain, row.left] if row else chain


def _contradictions(rows: list[Judgement], kept: dict[str, str]) -> list[Fault]:
    """Two that are different cannot be the same by other rows."""
    return [
        Fault(
            row.file,
            row.line,
            "judgement",
            f"says that '{row.left}' and '{row.right}' are different, but other rows make both "
            f"'{kept.get(row.left, row.left)}'.",
            "Correct one of the rows.",
        )
        for row in rows
        if not row.same and kept.get(row.left, row.left) == kept.get(row.right, row.right)
    ]
