"""What is known of agreements and of the actions after them, on one day.

In: an open release and a day. Out: `Facts`: agreements with their `Period`, actions with the days they span.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from coopgraph.namespaces import CONCEPT
from coopgraph.secretariat.lifecycle.results import Result, results_of
from coopgraph.secretariat.stored import rows_of
from coopgraph.views.timeline.agreements import Agreement, agreements_of, dates_of
from coopgraph.views.timeline.states import Period, Window, period_on, window

if TYPE_CHECKING:
    from coopgraph.release import Release

KIND: Final = f"{CONCEPT}agreement-kind/"
LEADS: Final = ((f"{KIND}memorandum", f"{KIND}integral-cooperation-programme"),)  # where no source claims any


@dataclass(frozen=True)
class Action:
    """An action: its dates as stated, the agreements it is under, who takes part, its sources."""

    iri: str
    start: str = ""
    end: str = ""
    under: tuple[str, ...] = ()
    actors: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        """Its last date, as stated."""
        return self.end or self.start

    @property
    def began_within(self) -> Window | None:
        """The first and the last day its beginning can mean; its end, where no beginning is stated."""
        return window(self.start or self.end)

    @property
    def ended_within(self) -> Window | None:
        """The first and the last day its end can mean; its beginning, where no end is stated."""
        return window(self.last)


@dataclass(frozen=True)
class Facts:
    """All that the answer is worked out from.

    `under` are the actions stated to be under an agreement; `shared` those in which two or more of its
    parties had a part and were at least half of all who had; `met` those in which they met among many others.
    `results` are those of actions and agreements, by what they came of.
    `leads` are the kinds of agreement that lead to another kind; `claimed` whether a source says so.
    """

    day: date
    agreements: tuple[Agreement, ...]
    periods: Mapping[str, Period]
    certainty: Mapping[str, str]
    actions: Mapping[str, Action]
    under: Mapping[str, tuple[str, ...]]
    shared: Mapping[str, tuple[str, ...]]
    met: Mapping[str, tuple[str, ...]]
    results: Mapping[str, tuple[Result, ...]]
    leads: tuple[tuple[str, str], ...]
    claimed: bool
    without_kind: int

    def may_have_begun(self, action: str) -> bool:
        """Return whether an action is not stated to begin only after the day."""
        one = self.actions[action]
        days = one.began_within
        return not one.start or days is None or days[0] <= self.day

    def of_agreement(self, iri: str) -> list[Action]:
        """Return the actions under an agreement, then those its parties share, each once, by IRI."""
        both = dict.fromkeys((*self.under.get(iri, ()), *self.shared.get(iri, ())))
        return [self.actions[action] for action in both]


def facts_of(release: Release, day: date) -> Facts:
    """Read what a release says of agreements and actions, in their state on a day."""
    agreements = agreements_of(release, day)
    by_iri = {one.iri: one for one in agreements}
    table = release.table("agreements").to_pylist()
    actions = _actions(release)
    under: dict[str, list[str]] = defaultdict(list)
    for action in actions.values():
        for agreement in action.under:
            under[agreement].append(action.iri)
    shared, met = _together(agreements, actions)
    claimed = tuple((str(row["kind"]), str(row["next"])) for row in rows_of(release, __file__, "kinds"))
    return Facts(
        day,
        agreements,
        {one.iri: period_on(dates_of(one, by_iri), day) for one in agreements},
        {row["agreement"]: row["certainty"] for row in table if row.get("certainty")},
        actions,
        {agreement: tuple(found) for agreement, found in under.items()},
        shared,
        met,
        results_of(release, day),
        claimed or LEADS,
        bool(claimed),
        len({row["agreement"] for row in table} - set(by_iri)),
    )


def last_day_of(action: Action) -> tuple[date, str]:
    """Return the last day an action's end can mean, and its IRI: to order by."""
    days = action.ended_within
    return days[1] if days else date.min, action.iri


def parties(agreement: Agreement) -> tuple[str, ...]:
    """Return everyone an agreement binds: cities, then others."""
    return agreement.cities + agreement.others


def _actions(release: Release) -> dict[str, Action]:
    found: dict[str, Action] = {}
    for row in rows_of(release, __file__, "actions"):
        one = found.setdefault(row["action"], Action(row["action"]))
        starts = [str(day) for day in (one.start, row["start"]) if day]
        found[one.iri] = replace(
            one,
            start=min(starts, default=""),
            end=max(one.end, str(row["end"] or "")),
            under=tuple(sorted({*one.under, *filter(None, (row["agreement"],))})),
        )
    actors: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    for row in release.table("participations").to_pylist():
        actors[row["event"]].update({row["city"], *(row.get("organiser") or ())})
        sources[row["event"]].update(row["source"] or ())
    return {
        iri: replace(one, actors=frozenset(actors[iri]), sources=tuple(sorted(sources[iri])))
        for iri, one in found.items()
    }


def _together(
    agreements: tuple[Agreement, ...], actions: Mapping[str, Action]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """For each agreement the actions of two or more of its parties: their own, and those of many others.

    Two cities of an agreement among the twenty of an assembly have not acted on it.
    """
    of_actor: dict[str, list[str]] = defaultdict(list)
    for action in actions.values():
        for actor in sorted(action.actors):
            of_actor[actor].append(action.iri)
    shared, met = {}, {}
    for one in agreements:
        counted = Counter(action for party in parties(one) for action in of_actor.get(party, ()))
        both = sorted(action for action, n in counted.items() if n > 1)
        theirs = {action for action in both if 2 * counted[action] >= len(actions[action].actors)}
        shared[one.iri] = tuple(action for action in both if action in theirs)
        met[one.iri] = tuple(action for action in both if action not in theirs)
    return shared, met
