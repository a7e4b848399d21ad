"""All that a reciprocity sheet is made of, read once: who takes part in what, and what passes between whom.

In: an open release and how it is read. Out: `Facts`. What passes is what `network.flows` makes of it, so that
sheets and rankings cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from coopgraph.network.basis import Basis
from coopgraph.network.flows import Contributions, contributions
from coopgraph.network.sensitivity.loss import Loss
from coopgraph.secretariat.stored import rows_of
from coopgraph.views.drawing import clean

if TYPE_CHECKING:
    from coopgraph.release import Release

Policy = Literal["exclude", "both"]
Certainty = Literal["any", "stated"]


@dataclass(frozen=True)
class Reading:
    """What an unknown role counts as, whether derived roles count, and the loss behind the ranges."""

    unknown: Policy
    certainty: Certainty
    loss: Loss

    def yes(self, flag: bool | None) -> bool:
        """Return whether a flag counts as a yes."""
        return self.unknown == "both" if flag is None else flag


class Term(NamedTuple):
    """What one city gives another in one event."""

    event: str
    giver: str
    receiver: str
    weight: float


@dataclass(frozen=True)
class Taking:
    """How one city takes part in one event; a flag that is not known is None."""

    contributes: bool | None
    benefits: bool | None
    certainty: str | None  # stated or derived, None where nobody says
    amounts: tuple[str, ...]  # currencies in which it states what it contributes
    roles: tuple[str, ...] = ()
    in_kind: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def derived(self) -> bool:
        """Whether the flags are a reading of the source."""
        return self.certainty == "derived"

    @property
    def is_unknown(self) -> bool:
        """Whether a flag is not known."""
        return self.contributes is None or self.benefits is None


def proof_of(takings: Iterable[Taking]) -> dict[str, tuple[str, ...]]:
    """Return what proves these parts in events, as a row names it: sources and evidence."""
    every = list(takings)
    return {
        "sources": tuple(sorted({source for taking in every for source in taking.sources})),
        "evidence": tuple(sorted({iri for taking in every for iri in taking.evidence})),
    }


@dataclass(frozen=True)
class Event:
    """An action: its dates as stated, the lines and goals it serves, and who takes part."""

    start: str | None
    end: str | None
    lines: tuple[str, ...]
    sdgs: tuple[str, ...]
    takings: Mapping[str, Taking]


@dataclass(frozen=True)
class Flowing:
    """What passes, event by event, with the cities it may pass between and what it rests on."""

    terms: tuple[Term, ...]
    cities: tuple[str, ...]
    basis: Basis
    made: Contributions


@dataclass(frozen=True)
class Facts:
    """What a sheet is made of.

    Attributes
    ----------
    read, other
        What passes as asked, and with unknown roles read the other way; the same where none is unknown.
    money
        What passes in each currency in which a city's part is stated.
    """

    release: Release
    reading: Reading
    events: Mapping[str, Event]
    read: Flowing
    other: Flowing
    money: Mapping[str, tuple[Term, ...]]

    @property
    def open(self) -> Flowing:
        """What would pass if every unknown role were a yes."""
        return self.read if self.reading.unknown == "both" else self.other

    @property
    def strict(self) -> Flowing:
        """What passes where no unknown role is a yes."""
        return self.other if self.reading.unknown == "both" else self.read


def gathered(release: Release, reading: Reading) -> Facts:
    """Read a release; raises what `flows` does."""
    events = _events(release, reading)
    read = _flowing(release, reading, reading.unknown)
    unsure = read.basis.unknown_participations
    other = _flowing(release, reading, "exclude" if reading.unknown == "both" else "both") if unsure else read
    takings = [taking for event in events.values() for taking in event.takings.values()]
    codes = sorted({code for taking in takings for code in taking.amounts})
    return Facts(
        release, reading, events, read, other, {code: _money(release, reading, code) for code in codes}
    )


def _flowing(release: Release, reading: Reading, unknown: Policy) -> Flowing:
    made = contributions(release, unknown=unknown, certainty=reading.certainty)
    return Flowing(_terms(made), made.flows.nodes, made.flows.basis, made)


def _money(release: Release, reading: Reading, currency: str) -> tuple[Term, ...]:
    made = contributions(
        release, weight="amount", currency=currency, unknown=reading.unknown, certainty=reading.certainty
    )
    return _terms(made)


def _terms(made: Contributions) -> tuple[Term, ...]:
    columns = (made.table.column(name).to_pylist() for name in ("event", "source", "target", "weight"))
    return tuple(map(Term, *columns))


def _events(release: Release, reading: Reading) -> dict[str, Event]:
    told = _told(release)
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in release.table("participations").to_pylist():
        rows.setdefault(row["event"], {}).setdefault(row["city"], []).append(row)
    found = {}
    for event, cities in sorted(rows.items()):
        first = next(iter(cities.values()))[0]
        found[event] = Event(
            first["start"],
            first["end"],
            tuple(first["strategic_line"] or ()),
            tuple(first["sdgs"] or ()),
            {
                city: _taking(own, told.get((event, city), ()), reading)
                for city, own in sorted(cities.items())
            },
        )
    return found


def _taking(rows: list[dict[str, Any]], told: Iterable[Mapping[str, Any]], reading: Reading) -> Taking:
    certainty = weakest(row["certainty"] for row in rows)
    hidden = certainty == "derived" and reading.certainty == "stated"
    said = list(told)
    return Taking(
        contributes=None if hidden else rows[0]["contributes"],
        benefits=None if hidden else rows[0]["benefits"],
        certainty=certainty,
        amounts=tuple(sorted({row["currency"] for row in rows if row["amount"] is not None})),
        roles=_texts(said, "role"),
        in_kind=_texts(said, "inKind"),
        sources=tuple(sorted({source for row in rows for source in row["source"] or ()})),
        evidence=tuple(sorted({row["participation"] for row in said})),
    )


def weakest(certainties: Iterable[str | None]) -> str | None:
    """Return derived where one is, stated where all that say something say so; None where nobody says.

    >>> weakest(["stated", None]), weakest(["stated", "derived"]), weakest([None])
    ('stated', 'derived', None)
    """
    return min((known for known in certainties if known), default=None)


def _texts(rows: Iterable[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(sorted({clean(str(row[name])) for row in rows if row[name]}))


def _told(release: Release) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows_of(release, __file__, "participations"):
        found.setdefault((row["event"], row["city"]), []).append(row)
    return found
