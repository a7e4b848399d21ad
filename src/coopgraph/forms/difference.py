"""What returned forms say against what is known today: new, changed, contested, removed, confirmed.

In: an open release, forms that came back. Out: a `Difference`. Nothing is decided here, and nothing written.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.errors import Fault
from coopgraph.forms.answers import Answers
from coopgraph.forms.change import Change, Difference
from coopgraph.forms.known import known_of
from coopgraph.forms.minting import declaration_of
from coopgraph.forms.reading import read_each
from coopgraph.forms.returned import Returned
from coopgraph.forms.vocabulary import Vocabulary, vocabulary_of
from coopgraph.forms.wording import say
from coopgraph.network.cities import known_cities

if TYPE_CHECKING:
    from coopgraph.release import Release


def declaration_diff(
    release: Release, *forms: Returned | Path | str, received: date, lang: str = "en"
) -> Difference:
    """Compare forms that came back with what a release says today.

    What a city left as it was says nothing, unless it confirms the row. A cell that differs is *new* where
    nobody said anything, *changed* where the city itself said otherwise before, and *contested* where others
    do. A cell or row that was struck out is *removed*: a note will say so, and nothing is deleted.

    Parameters
    ----------
    forms
        Files, or what `read_forms` gave.
    received
        The day they came in; it becomes the day of the source.
    lang
        The language the changes are told in: en, es or pt.

    Returns
    -------
    Difference
        The changes, and the faults of the forms: a fault stops nothing but its own cell, row or file.

    Examples
    --------
    >>> import coopgraph as cg
    >>> from coopgraph.resources import bundled
    >>> import shutil, tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> _ = shutil.copytree(bundled("data"), place / "data", ignore=shutil.ignore_patterns(".coopgraph"))
    >>> _ = cg.build(place / "data")
    >>> release = cg.open(place / "data")
    >>> form, = cg.write_forms(release, place / "forms", "Lima")
    >>> cg.declaration_diff(release, form, received=date(2026, 11, 27)).counts()
    {'new': 0, 'changed': 0, 'contested': 0, 'removed': 0, 'confirmed': 0}
    >>> release.close()
    """
    read, unread = read_each(Path(form) for form in forms if not isinstance(form, Returned))
    words = {lang: vocabulary_of(release, lang)}
    changes: list[Change] = []
    faults: list[Fault] = list(unread)
    taken = 0
    for returned in (*(form for form in forms if isinstance(form, Returned)), *read):
        faults += returned.faults
        if fault := _stranger(release, returned):
            faults.append(fault)
            continue
        if returned.lang not in words:
            words[returned.lang] = vocabulary_of(release, returned.lang)
        answers = _answers(release, returned, received, words[returned.lang], words[lang])
        changes += answers.changes()
        faults += answers.faults
        taken += answers.taken
    return Difference(tuple(changes), tuple(dict.fromkeys(faults)), taken, lang)


def _answers(
    release: Release, returned: Returned, received: date, meant: Vocabulary, told: Vocabulary
) -> Answers:
    name = meant.titles.get(returned.city, returned.name)
    day = received.isoformat()
    source = declaration_of(
        returned,
        say("said.source_title", returned.lang, city=name, day=day),
        say("said.publisher", returned.lang, city=name),
        day,
    )
    sources = {
        row["source"]: str(row["publisher"] or row["title"] or row["source"])
        for row in release.table("sources").to_pylist()
    }
    return Answers(returned, source, known_of(release, returned.city), meant, told, sources)


def _stranger(release: Release, returned: Returned) -> Fault | None:
    """Tell a form that is of another workspace, or of a city that nobody knows here."""
    base = str(release.manifest.workspace.get("base") or "")
    if returned.base != base:
        what = f"is a form of another workspace: {returned.base}"
        return Fault(returned.file, None, None, what, "Choose the workspace it was written from: -w DIR")
    if returned.city not in known_cities(release):
        what = f"is the form of {returned.name}, a city this release does not have."
        return Fault(
            returned.file,
            None,
            None,
            what,
            "Add the city to the workspace and build, or choose another: -w DIR",
        )
    return None
