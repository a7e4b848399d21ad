"""A review list that came back: every row that is filled in becomes a judgement, or a fault.

In: the list (XLSX or CSV, headings in any of the languages), the findings of a release. Out: `Judged` rows,
all or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final
from zipfile import is_zipfile

from coopgraph.errors import Fault, SourceError
from coopgraph.languages import LANGUAGES
from coopgraph.letters import plain_letters
from coopgraph.secretariat.declared.findings import DENIED, SAME, SIDES, Finding
from coopgraph.secretariat.wording import word
from coopgraph.settings.section import nearest
from coopgraph.sources.judged_findings import Judged, add, read_returned
from coopgraph.sources.workbook import sheet_lines

JUDGEMENTS: Final = ("same", "different", "stands")
_ALSO: Final = {  # words that people write for them, beside those of the catalogue, without accents
    "same": "igual iguais iguales mismo misma mismos mismas mesmo mesma mesmos mesmas equal",
    "different": "distinto distinta distintos distintas diferente diferentes distinct",
    "stands": "vale valen valem",
}
_FORM_SHEET: Final = "_coopgraph"  # the hidden sheet of a city's form
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
    new, there = returned(path, findings, known, base)
    if new:
        add(directory, new)
    return len(new), there


def returned(
    path: Path, findings: Mapping[str, Finding], known: Mapping[str, Sequence[Judged]], base: str
) -> tuple[list[Judged], int]:
    """Return a list's new judgements, and how many are kept already; raises SourceError with every fault."""
    _refuse_form(path)
    rows, names = read_returned(path)
    keys = _keys(names)
    if missing := [key for key in _NEEDED if key not in keys.values()]:
        fix = "Name the file that coopgraph declared -o review.xlsx wrote, with its headings as they were."
        heads = [word("declared", f"column.{key}", "en") for key in missing]
        faults = [Fault(path.name, 1, None, f"has no column '{head}'.", fix) for head in heads]
        raise SourceError(f"{path.name} is no review list.", faults=faults)
    head = {key: name for name, key in keys.items()}
    lang = _language(names)
    faults, found, there = list[Fault](), dict[str, Judged](), set[str]()
    for file, line, cells in rows:
        row = {key: cells[name] for key, name in head.items()}
        if not any(row[key] for key in _FILLED):
            continue
        if any(_kept(row) == _cells(one) for one in known.get(row["finding"], ())):
            there.add(row["finding"])
            continue
        wrong = list(_faults(row, findings.get(row["finding"]), lang))
        if not wrong:
            one = _judged(row, findings[row["finding"]], base)
            if found.setdefault(one.finding, one) != one:
                wrong.append(("finding", "is judged in another row otherwise.", "Judge each finding once."))
        faults += [Fault(file, line, head[key], what, fix) for key, what, fix in wrong]
    if faults:
        raise SourceError(f"{path.name}: nothing was taken over.", faults=faults)
    return list(found.values()), len(there)


def _refuse_form(path: Path) -> None:
    """Raise SourceError for a city's form, which goes to another command."""
    if path.suffix.lower() != ".xlsx" or not is_zipfile(path):
        return
    if any(sheet == _FORM_SHEET for sheet, _, _ in sheet_lines(path)):
        what, fix = "is a city's form.", f"Compare it with: coopgraph forms diff {path.name}"
        raise SourceError(f"{path.name} is no review list.", faults=[Fault(path.name, None, None, what, fix)])


def _kept(row: Mapping[str, str]) -> tuple[str, ...]:
    judgement = said_word(row["judgement"]) or "stands"
    return judgement, row["stands"], row["who"], _day(row["when"]) or "", row["note"], row["values"]


def _cells(one: Judged) -> tuple[str, ...]:
    return one.judgement, one.stands, one.who, one.when, one.why, one.values


def _language(names: Sequence[str]) -> str:
    """The language in which most headings of a list are."""
    heads = {lang: {word("declared", f"column.{key}", lang) for key in _NEEDED} for lang in LANGUAGES}
    return max(LANGUAGES, key=lambda lang: len(heads[lang] & set(names)))


def _keys(names: Sequence[str]) -> dict[str, str]:
    """The headings that are known, in any language, with the keys of their columns."""
    known = {word("declared", f"column.{key}", lang): key for key in _NEEDED for lang in LANGUAGES}
    return {name: known[name] for name in names if name in known}


def said_word(text: str) -> str:
    """Return the key of a judgement written in any language, else the text.

    >>> said_word("Distintos"), said_word("a mesma"), said_word("mesma"), said_word("perhaps")
    ('different', 'a mesma', 'same', 'perhaps')
    """
    known = {word("declared", f"word.{key}", lang): key for key in JUDGEMENTS for lang in LANGUAGES}
    known |= {also: key for key in JUDGEMENTS for also in (key, *_ALSO[key].split())}
    return known.get(plain_letters(text).casefold().strip(), text)


def _faults(
    row: Mapping[str, str], finding: Finding | None, lang: str
) -> Iterator[tuple[str, str, str | None]]:
    if finding is None:
        what = f"has '{row['finding']}', which is no finding of this release."
        yield "finding", what, "Leave the ids as they were written, or clear the row: it may be settled."
        return
    judgement, values = said_word(row["judgement"]), row["values"].split("; ")
    allowed = _allowed(finding)
    words = [word("declared", f"word.{key}", lang) for key in allowed]
    if not judgement and not row["stands"]:
        yield "judgement", "is empty in a row that is filled in.", f"Write {' or '.join(words)}."
    elif judgement and judgement not in allowed:
        what = f"has '{row['judgement']}', expected {', '.join(words)}."
        yield "judgement", what, nearest(judgement, words)
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


def _allowed(finding: Finding) -> tuple[str, ...]:
    if finding.kind in DENIED:
        return ("stands",)
    return ("same", "different") if finding.kind in (*SAME, *SIDES) else JUDGEMENTS


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
