"""A finding: two statements that do not fit, or two things that may be one. Its id is what it is about.

In: what was found. Out: `Finding`s. The id does not change when values do: then a judgement of before is
shown again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from coopgraph.release import Release

SAME: Final = ("same-agreement", "same-action", "same-city")  # two things that may be one
SIDES: Final = ("one-sided", "not-by-all")
DENIED: Final = ("denied", "value-denied")  # is it so? yes or no
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
Sides = Mapping[str, set[str]]  # thing -> who states it
_QUERIES: Final = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Finding:
    """What does not fit.

    Attributes
    ----------
    kind
        A key of the words: one-sided, signed-differs, totals-differ, same-agreement ...
    subject
        What the id is made of, beside the kind: IRIs, and a measure.
    about
        What it is shown as being about: IRIs of things that have names.
    what
        The measure, or the kind of statement, as stated.
    said
        Value -> the sources that state it, in the order of the values.
    sides
        Who says which, where it is cities that say it: then this is shown, not the sources.
    sources, evidence
        As of a row of a dossier.
    judge
        Whether a person should look at it; else it is only shown.
    """

    kind: str
    subject: tuple[str, ...]
    about: tuple[str, ...]
    what: str | None = None
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    judge: bool = True
    sides: str | None = None

    @property
    def id(self) -> str:
        """A short digest of what it is about.

        >>> Finding("one-sided", ("a", "b"), ()).id
        'f-d910b87c426a'
        """
        return f"f-{sha256(chr(10).join((self.kind, *self.subject)).encode()).hexdigest()[:12]}"

    @property
    def values(self) -> str:
        """The values that are stated, as one text."""
        return "; ".join(self.said)


def plain(value: Any) -> str:
    """Return a value as it is compared and shown: 26 for 26.000000, the last part of a concept's IRI.

    >>> plain(Decimal("26.000000")), plain("https://example.org/concept/role/member"), plain("2013-05")
    ('26', 'member', '2013-05')
    """
    if isinstance(value, (Decimal, int, float)):
        return f"{Decimal(str(value)).normalize():f}"
    text = str(value)
    return text.rstrip("/").rsplit("/", 1)[-1] if "://" in text else text


def fit(one: str, other: str) -> bool:
    """Whether two values do not contradict each other: 1989 fits 1989-05.

    >>> fit("1989", "1989-05"), fit("1989", "1990"), fit("26", "26"), fit("7737", "7737002")
    (True, False, True, False)
    """
    dates = all(_DATE.fullmatch(text) for text in (one, other))
    return one == other or (dates and (one.startswith(other) or other.startswith(one)))


def apart(values: Iterable[str]) -> bool:
    """Whether any two of these values contradict each other."""
    listed = sorted(set(values))
    return any(not fit(one, other) for one in listed for other in listed)


def asked(release: Release, name: str, **given: Any) -> list[tuple[Any, ...]]:
    """Return the rows a stored query of this room gives."""
    return [tuple(row) for row in release.query(_text(name), trusted=True, **given)]


def sides_of(release: Release) -> Sides:
    """Return who states each agreement and action, where that is known."""
    found: dict[str, set[str]] = {}
    for thing, who in asked(release, "declarers"):
        found.setdefault(str(thing), set()).add(str(who))
    return found


@cache
def _text(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
