"""A review list that came back: every row that is filled in becomes a judgement, or a fault.

In: the list (XLSX or CSV, headings in any of the languages), the findings of a release. Out: `Judged` rows,
all or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault, SourceError
from coopgraph.languages import LANGUAGES
from coopgraph.secretariat.declared.findings import SAME, SIDES, Finding
from coopgraph.secretariat.wording import word
from coopgraph.settings.section import nearest
from coopgraph.sources.judged_findings import Judged, add, read_returned

JUDGEMENTS: Final = ("same", "different", "stands")
_FILLED: Final = ("judgement", "stands", "note", "who", "when")
_NEEDED: Final = ("finding", "values", *_FILLED)


def merge(
    path: Path,
    directory: Path,
    findings: Mapping[str, Finding],
    known: Mapping[str, Sequence[Judged]],
    base: str,
) -> tuple[int, int]:
    """Add what a list says to the workspace's judgements; return how many are new, and how many were there.

    Raises SourceError with every fault of the list: then nothing is written.
    """
    said = returned(path, findings, base)
    new = [one for one in said if not (known.get(one.finding) and known[one.finding][-1] == one)]
    if new:
        add(directory, new)
    return len(new), len(said) - len(new)


def returned(path: Path, findings: Mapping[str, Finding], base: str) -> list[Judged]:
    """Return the judgements of a list; raises SourceError with every fault."""
    rows, names = read_returned(path)
    keys = _keys(names)
    if missing := [key for key in _NEEDED if key not in keys.values()]:
        fix = "Name the file that coopgraph declared -o review.xlsx wrote, with its headings as they were."
        heads = [word("declared", f"column.{key}", "en") for key in missing]
        faults = [Fault(path.name, 1, None, f"has no column '{head}'.", fix) for head in heads]
        raise SourceError(f"{path.name} is no review list.", faults=faults)
    head = {key: name for name, key in keys.items()}
    faults, found = list[Fault](), dict[str, Judged]()
    for file, line, cells in rows:
        row = {key: cells[name] for key, name in head.items()}
        if not any(row[key] for key in _FILLED):
            continue
        wrong = list(_faults(row, findings.get(row["finding"])))
        if not wrong:
            one = _judged(row, findings[row["finding"]], base)
            if found.setdefault(one.finding, one) != one:
                wrong.append(("finding", "is judged in another row otherwise.", "Judge each finding once."))
        faults += [Fault(file, line, head[key], what, fix) for key, what, fix in wrong]
    if faults:
        raise SourceError(f"{path.name}: nothing was taken over.", faults=faults)
    return list(found.values())


def _keys(names: Sequence[str]) -> dict[str, str]:
    """The headings that are known, in any language, with the keys of their columns."""
    known = {word("declared", f"column.{key}", lang): key for key in _NEEDED for lang in LANGUAGES}
    return {name: known[name] for name in names if name in known}


def said_word(text: str) -> str:
    """Return the key of a judgement written in any language, else the text.

    >>> said_word("Distintas"), said_word("perhaps")
    ('different', 'perhaps')
    """
    known = {word("declared", f"word.{key}", lang): key for key in JUDGEMENTS for lang in LANGUAGES}
    return {**known, **{key: key for key in JUDGEMENTS}}.get(text.casefold(), text)


def _faults(row: Mapping[str, str], finding: Finding | None) -> Iterator[tuple[str, str, str | None]]:
    if finding is None:
        what = f"has '{row['finding']}', which is no finding of this release."
        yield "finding", what, "Leave the ids as they were written, or clear the row: it may be settled."
        return
    judgement, values = said_word(row["judgement"]), row["values"].split("; ")
    allowed = ("same", "different") if finding.kind in (*SAME, *SIDES) else JUDGEMENTS
    if not judgement and not row["stands"]:
        yield "judgement", "is empty in a row that is filled in.", f"Write {' or '.join(allowed)}."
    elif judgement and judgement not in allowed:
        what = f"has '{row['judgement']}', expected {', '.join(allowed)}."
        yield "judgement", what, nearest(judgement, list(allowed))
    if row["stands"] and judgement in ("same", "different"):
        yield "stands", f"has '{row['stands']}' beside '{row['judgement']}'.", "Leave one of them out."
    elif row["stands"] and row["stands"] not in values:
        yield "stands", f"has '{row['stands']}', expected one of: {row['values']}.", None
    elif judgement == "stands" and not row["stands"]:
        yield "stands", "is empty.", f"Write the value that stands, one of: {row['values']}."
    if not row["who"]:
        yield "who", "is empty.", "Say who judged."
    if _day(row["when"]) is None:
        yield "when", f"has '{row['when']}', expected a day like 2026-11-22.", None


def _day(text: str) -> str | None:
    """The day of a cell: as text, or as spreadsheets keep a date.

    >>> _day("2026-11-22"), _day("2026-11-22 00:00:00"), _day("soon")
    ('2026-11-22', '2026-11-22', None)
    """
    try:
        return date.fromisoformat(text.removesuffix("T00:00:00").removesuffix(" 00:00:00")).isoformat()
    except ValueError:
        return None


def _judged(row: Mapping[str, str], finding: Finding, base: str) -> Judged:
    """The row as it is kept; two things that may be one are named, so that a build follows it."""
    both = [iri.removeprefix(f"{base}id/") for iri in finding.subject] if finding.kind in SAME else ["", ""]
    judgement = said_word(row["judgement"]) or "stands"
    return Judged(
        finding.id, finding.kind, both[0], both[1], judgement, row["stands"], row["who"],
        _day(row["when"]) or "", row["note"], row["values"],
    )  # fmt: skip
