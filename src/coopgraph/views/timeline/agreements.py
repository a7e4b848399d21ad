"""Every agreement with its dates as stated, what it renews, and its state on the release's day.

In: an open release. Out: `Agreement`s. Dates are those of stored question 53, the state is worked out by
`states`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from coopgraph.views.timeline.states import Dates, Window, period_on, window

if TYPE_CHECKING:
    from coopgraph.release import Release

QUESTION: Final = "cq-053-agreements-over-time"


@dataclass(frozen=True)
class Agreement:
    """One agreement; dates are texts as stated (a year, a month or a day), "" where no source states one."""

    iri: str
    kind: str
    state: str = "date-not-stated"
    signed: str = ""
    start: str = ""
    end: str = ""
    renews: tuple[str, ...] = ()
    renewed_by: tuple[str, ...] = ()
    grew_out_of: tuple[str, ...] = ()
    grew_into: tuple[str, ...] = ()
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
    def began_within(self) -> Window | None:
        """The first and the last day its beginning can mean."""
        return window(self.begins)

    @property
    def ended_within(self) -> Window | None:
        """The first and the last day its end can mean."""
        return window(self.end)


def agreements_of(release: Release, day: date | None = None) -> tuple[Agreement, ...]:
    """Return the agreements of a release in the order of their IRIs, in their state on a day."""
    from coopgraph.network.agreements import origins

    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in release.query(QUESTION, trusted=True).to_arrow().to_pylist():
        rows[row["agreement"]].append(row)
    parties: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in release.table("agreements").to_pylist():
        parties[row["agreement"]].append(row)
    first_of = origins({iri: told[0]["renewed"] for iri, told in rows.items() if told[0]["renewed"]})
    renewed_by, grew_into = _later(rows, "renewed"), _later(rows, "grewOutOf")
    found = {
        iri: replace(
            _agreement(iri, told, parties[iri], first_of.get(iri, iri)),
            renewed_by=tuple(sorted(renewed_by[iri])),
            grew_into=tuple(sorted(grew_into[iri])),
        )
        for iri, told in sorted(rows.items())
    }
    on = day or day_of(release)
    return tuple(replace(one, state=period_on(dates_of(one, found), on).state) for one in found.values())


def dates_of(agreement: Agreement, every: Mapping[str, Agreement]) -> Dates:
    """Return the days an agreement's state depends on, those of what renews and replaces it among them."""

    def begin(later: str) -> Window | None:
        return every[later].began_within if later in every else None

    return Dates(
        agreement.began_within,
        agreement.ended_within,
        tuple(map(begin, agreement.renewed_by)),
        tuple(map(begin, agreement.grew_into)),
    )


def day_of(release: Release) -> date:
    """Return the day the states are told for: the release's, else the one the question has by itself."""
    (parameter,) = release.asked(QUESTION).parameters
    return date.fromisoformat(release.now or parameter.default.split('"')[1])


def _agreement(
    iri: str,
    told: Sequence[Mapping[str, Any]],
    parties: Sequence[Mapping[str, Any]],
    origin: str,
) -> Agreement:
    return Agreement(
        iri,
        told[0]["kind"],
        signed=_least(told, "signed"),
        start=_least(told, "start"),
        end=max(_all(told, "end"), default=""),
        renews=_all(told, "renewed"),
        grew_out_of=_all(told, "grewOutOf"),
        stated_renewal=_all(told, "statedRenewal"),
        origin=origin,
        cities=tuple(sorted({row["party"] for row in parties if row["party_is_city"]})),
        others=tuple(sorted({row["party"] for row in parties if row["party"] and not row["party_is_city"]})),
        sources=tuple(sorted({source for row in parties for source in row["source"] or ()})),
    )


def _later(rows: Mapping[str, Sequence[Mapping[str, Any]]], name: str) -> dict[str, set[str]]:
    """For each agreement those that name it in this column."""
    found: dict[str, set[str]] = defaultdict(set)
    for agreement, told in rows.items():
        for earlier in _all(told, name):
            found[earlier].add(agreement)
    return found


def _all(rows: Iterable[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(sorted({str(row[name]) for row in rows if row[name] is not None}))


def _least(rows: Iterable[Mapping[str, Any]], name: str) -> str:
    return min(_all(rows, name), default="")
