"""Signed, but no action for so many months: what is quiet, what is not, and what cannot be judged.

In: `Facts` and a number of months. Out: a `Judgement` for each agreement that may hold on the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from coopgraph.secretariat.lifecycle.facts import Action, Facts, last_day_of
from coopgraph.secretariat.lifecycle.months import months_after, months_between
from coopgraph.views.timeline.agreements import Agreement
from coopgraph.views.timeline.states import Window

MAY_HOLD: Final = {"in-force", "end-not-stated"}

Verdict = Literal[
    "quiet", "active", "young", "dates-missing", "begin-coarse", "actions-coarse", "actions-undated"
]


@dataclass(frozen=True)
class Judgement:
    """Whether an agreement is quiet; the last action known to lie before the day, and the months since.

    `met` counts the actions within these months in which its parties met among many others. `doubtful` are
    the actions because of which it cannot be judged.
    """

    agreement: Agreement
    verdict: Verdict
    last: Action | None = None
    months: int | None = None
    met: int = 0
    doubtful: tuple[Action, ...] = ()


def judged(facts: Facts, months: int) -> list[Judgement]:
    """Judge every agreement that is in force or whose end nobody states, or may be."""
    return [
        _judged(one, facts, months)
        for one in facts.agreements
        if MAY_HOLD.intersection(facts.periods[one.iri].could_be)
        or facts.periods[one.iri].state == "date-not-stated"
    ]


def _judged(one: Agreement, facts: Facts, months: int) -> Judgement:
    limit = months_after(facts.day, -months)
    begun = one.began_within
    if begun is None:
        return Judgement(one, "dates-missing")
    if begun[0] > limit:
        return Judgement(one, "young")
    actions = facts.of_agreement(one.iri)
    within = [action for action in actions if _surely_within(action, limit, facts.day)]
    if within:
        return Judgement(
            one, "active", max(within, key=lambda action: (one.iri in action.under, *last_day_of(action)))
        )
    doubtful = tuple(action for action in actions if _maybe_within(action, limit, facts.day))
    if doubtful:
        undated = any(action.ended_within is None for action in doubtful)
        return Judgement(one, "actions-undated" if undated else "actions-coarse", doubtful=doubtful)
    if begun[1] > limit:
        return Judgement(one, "begin-coarse")
    met = sum(_surely_within(facts.actions[iri], limit, facts.day) for iri in facts.met[one.iri])
    return _quiet(one, begun, actions, facts.day, met)


def _quiet(one: Agreement, begun: Window, actions: list[Action], day: date, met: int) -> Judgement:
    """What came last since it began, told by the last day that this can mean."""
    ended = {action.iri: action.ended_within for action in actions}
    since = [
        (days[1], action) for action in actions if (days := ended[action.iri]) and begun[0] <= days[1] <= day
    ]
    last = max(since, key=lambda found: (found[0], found[1].iri), default=None)
    latest = max(last[0], begun[1]) if last else begun[1]
    return Judgement(one, "quiet", last[1] if last else None, months_between(latest, day), met)


def _surely_within(action: Action, limit: date, day: date) -> bool:
    """Whether some of an action surely lies after the limit and not after the day."""
    began, ended = action.began_within, action.ended_within
    return began is not None and ended is not None and ended[0] > limit and began[1] <= day


def _maybe_within(action: Action, limit: date, day: date) -> bool:
    began, ended = action.began_within, action.ended_within
    if began is None or ended is None:
        return True
    return ended[1] > limit and (began[0] <= day or not action.start)
