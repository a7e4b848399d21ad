"""Every agreement with its dates as stated, what it renews, and its state on the release's day.

In: an open release. Out: `Agreement`s. States are those of stored question 53, so of 22, 23 and 24.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from coopgraph.release.columns_of import first_day, last_day

if TYPE_CHECKING:
    from coopgraph.release import Release

QUESTION: Final = "cq-053-agreements-over-time"
STATES: Final = (  # as the concept scheme names them, the surest first
    "in-force",
    "not-yet-in-force",
    "end-not-stated",
    "renewed",
    "replaced",
    "expired",
    "date-not-stated",
)


@dataclass(frozen=True)
class Agreement:
    """One agreement; dates are texts as stated (a year, a month or a day), "" where no source states one."""

    iri: str
    kind: str
    state: str
    signed: str = ""
    start: str = ""
    end: str = ""
    renews: tuple[str, ...] = ()
    renewed_by: tuple[str, ...] = ()
    grew_out_of: tuple[str, ...] = ()
    stated_renewal: tuple[str, ...] = ()  # in words, where a source does not say which agreement it renews
    origin: str = ""  # the first agreement of its chain of renewals
    cities: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # parties that are not cities
    sources: tuple[str, ...] = ()

    @property
    def begins(self) -> str:
        """When it begins: its start, else the day it was signed."""
        return self.start or self.signed

    @property
    def began_within(self) -> tuple[date, date] | None:
        """The first and the last day its beginning can mean."""
        return window(self.begins)

    @property
    def ended_within(self) -> tuple[date, date] | None:
        """The first and the last day its end can mean."""
        return window(self.end)


def window(stated: str) -> tuple[date, date] | None:
    """Return the first and the last day a date can mean.

    >>> [day.isoformat() for day in window("2013-02")]
    ['2013-02-01', '2013-02-28']
    """
    first, last = first_day(stated), last_day(stated)
    return (first, last) if first and last else None


def agreements_of(release: Release) -> tuple[Agreement, ...]:
    """Return the agreements of a release in the order of their IRIs."""
    from coopgraph.network.agreements import origins

    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in release.query(QUESTION, trusted=True).to_arrow().to_pylist():
        rows[row["agreement"]].append(row)
    parties: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in release.table("agreements").to_pylist():
        parties[row["agreement"]].append(row)
    renewed_by: dict[str, set[str]] = defaultdict(set)
    for agreement, told in rows.items():
        for earlier in _all(told, "renewed"):
            renewed_by[earlier].add(agreement)
    first_of = origins({iri: told[0]["renewed"] for iri, told in rows.items() if told[0]["renewed"]})
    return tuple(
        _agreement(iri, told, parties[iri], renewed_by[iri], first_of.get(iri, iri))
        for iri, told in sorted(rows.items())
    )


def day_of(release: Release) -> date:
    """Return the day the states are told for: the release's, else the one the question has by itself."""
    (parameter,) = release.asked(QUESTION).parameters
    return date.fromisoformat(release.now or parameter.default.split('"')[1])


def _agreement(
    iri: str,
    told: Sequence[Mapping[str, Any]],
    parties: Sequence[Mapping[str, Any]],
    renewed_by: Iterable[str],
    origin: str,
) -> Agreement:
    return Agreement(
        iri,
        told[0]["kind"],
        told[0]["status"].rsplit("/", 1)[-1],
        _least(told, "signed"),
        _least(told, "start"),
        max(_all(told, "end"), default=""),
        _all(told, "renewed"),
        tuple(sorted(renewed_by)),
        _all(told, "grewOutOf"),
        _all(told, "statedRenewal"),
        origin,
        tuple(sorted({row["party"] for row in parties if row["party_is_city"]})),
        tuple(sorted({row["party"] for row in parties if row["party"] and not row["party_is_city"]})),
        tuple(sorted({source for row in parties for source in row["source"] or ()})),
    )


def _all(rows: Iterable[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(sorted({str(row[name]) for row in rows if row[name] is not None}))


def _least(rows: Iterable[Mapping[str, Any]], name: str) -> str:
    return min(_all(rows, name), default="")
