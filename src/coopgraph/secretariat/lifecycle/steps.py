"""From a memorandum to a programme, to actions, to results: how far each one came.

In: `Facts`. Out: `Step`s, one for each memorandum, each programme and each agreement with actions under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coopgraph.secretariat.lifecycle.facts import Action, Facts, parties
from coopgraph.secretariat.lifecycle.results import Result
from coopgraph.views.timeline.agreements import Agreement

Link = Literal["stated", "same-parties"]
Reach = Literal["memorandum", "programme", "agreement", "shared-actions", "actions", "results"]


@dataclass(frozen=True)
class Step:
    """One chain: what leads, what it grew into, the actions under either, and those only their parties share.

    `results` are what came of the agreements and of the actions under them.

    `link` tells whether a source says that one grew out of the other, or only the same parties signed both.
    """

    earlier: Agreement | None
    later: Agreement | None
    link: Link | None
    actions: tuple[Action, ...]
    shared: tuple[Action, ...]
    results: tuple[Result, ...]

    @property
    def reaches(self) -> Reach:
        """Return the furthest step that is documented; a result that is only aimed at is none."""
        if not all(result.aimed for result in self.results):
            return "results"
        if self.actions:
            return "actions"
        if self.shared:
            return "shared-actions"
        if self.earlier and self.later is None:
            return "memorandum"
        return "programme"


def steps(facts: Facts) -> list[Step]:
    """Return the chains in the order of their first agreement."""
    begun = {one.iri: one for one in facts.agreements if facts.periods[one.iri].state != "not-yet-in-force"}
    leading, led_to = ({pair[end] for pair in facts.leads} for end in (0, 1))
    found: list[Step] = []
    later_ones: set[str] = set()
    for one in begun.values():
        grown = [begun[iri] for iri in one.grew_into if iri in begun]
        if one.kind not in leading and not grown:
            continue
        link: Link = "stated" if grown else "same-parties"
        led = grown or _of_same_parties(one, facts, begun)
        found += [_step(facts, one, later, link) for later in led] or [_step(facts, one, None, None)]
        later_ones.update(later.iri for later in led)
    first = {step.earlier.iri for step in found if step.earlier}
    for one in begun.values():
        if one.iri not in later_ones | first and (
            one.kind in led_to or any(map(facts.may_have_begun, facts.under.get(one.iri, ())))
        ):
            found.append(_step(facts, None, one, None))
    return sorted(found, key=lambda step: [one.iri if one else "~" for one in (step.earlier, step.later)])


def _of_same_parties(one: Agreement, facts: Facts, begun: dict[str, Agreement]) -> list[Agreement]:
    """Return agreements of the kind it leads to, not earlier, with two or more of its parties."""
    wanted = {after for kind, after in facts.leads if kind == one.kind}
    mine, since = set(parties(one)), one.began_within
    return [
        other
        for other in begun.values()
        if other.kind in wanted
        and len(mine.intersection(parties(other))) > 1
        and (since is None or other.began_within is None or other.began_within[1] >= since[0])
    ]


def _step(facts: Facts, earlier: Agreement | None, later: Agreement | None, link: Link | None) -> Step:
    both = [one.iri for one in (earlier, later) if one]
    under = dict.fromkeys(action for iri in both for action in facts.under.get(iri, ()))
    shared = dict.fromkeys(action for iri in both for action in facts.shared[iri] if action not in under)
    begun = [iri for iri in under if facts.may_have_begun(iri)]
    return Step(
        earlier,
        later,
        link,
        tuple(facts.actions[iri] for iri in begun),
        tuple(facts.actions[iri] for iri in shared if facts.may_have_begun(iri)),
        tuple(result for iri in (*both, *begun) for result in facts.results.get(iri, ())),
    )
