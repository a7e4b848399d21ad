"""A difference between what is known and what a city says, and what accepting it would write.

In: nothing. Out: the types that a diff is made of, and the seal that tells whether one was edited.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from coopgraph.errors import Fault

STATUSES: Final = ("new", "changed", "contested", "removed", "confirmed")
Status = Literal["new", "changed", "contested", "removed", "confirmed"]


@dataclass(frozen=True)
class Declaration:
    """The source a returned form becomes: whose word it is, when it came, and which file it was."""

    id: str
    title: str
    publisher: str
    received: str
    sha256: str
    licence: str
    base: str

    @property
    def iri(self) -> str:
        return f"{self.base}id/source/{self.id}"


@dataclass(frozen=True)
class Deed:
    """What accepting a change writes: values of a thing, or a note about it.

    `is_denied` where the city says that the thing is not so, `denied_value` where it strikes out one value.
    `things` are those that are named for the first time: IRI -> kind, name and country.
    """

    source: Declaration
    city: str
    sheet: str
    iri: str
    lang: str
    origin: str
    other: str | None = None
    is_new: bool = False
    states: Mapping[str, Sequence[str]] = field(default_factory=dict)
    note: str | None = None
    things: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_denied: bool = False
    denied_value: str | None = None

    def text(self) -> str:
        """Return it as the technical column of a diff holds it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Change:
    """One row of a diff, in words; `deed` is what it comes to."""

    status: Status
    city: str
    file: str
    place: str
    thing: str
    field: str
    before: str
    known: str
    by: str
    says: str
    remark: str
    deed: Deed


@dataclass(frozen=True)
class Difference:
    """What returned forms say that is not known yet, or is known otherwise.

    Attributes
    ----------
    changes
        What the secretariat decides on, one by one.
    faults
        What in the forms was not understood: where, what, and what to do.
    taken
        How many answers were accepted and built already, and are not told again.
    lang
        The language the changes are told in.
    """

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    taken: int
    lang: str

    def counts(self) -> dict[str, int]:
        """Return how many changes there are of each status."""
        return {status: sum(change.status == status for change in self.changes) for status in STATUSES}


def seal(deed: str, says: str) -> str:
    """Return the seal of a row: who edits what a city said breaks it.

    >>> seal("{}", "2017") == seal("{}", "2018")
    False
    """
    return hashlib.sha256(f"{deed}\n{says}".encode()).hexdigest()[:16]


def deed_of(text: str) -> Deed:
    """Read a deed from a diff's technical column; raises ValueError for what is none."""
    told: Any = json.loads(text)
    try:
        return Deed(**{**told, "source": Declaration(**told["source"])})
    except (TypeError, KeyError) as error:
        raise ValueError("is no deed") from error
