"""Ends to come: agreements whose stated end can lie between a day and so many months later.

In: `Facts` and a number of months. Out: `Ending`s, the nearest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopgraph.secretariat.lifecycle.facts import Facts
from coopgraph.secretariat.lifecycle.months import months_after
from coopgraph.views.timeline.agreements import Agreement


@dataclass(frozen=True)
class Ending:
    """An agreement with the first and the last day its end can mean, and what will renew or replace it."""

    agreement: Agreement
    first: date
    last: date

    @property
    def taken_up_by(self) -> tuple[str, ...]:
        """Return the later agreements, be they begun or not."""
        return (*self.agreement.renewed_by, *self.agreement.grew_into)


def ending(facts: Facts, months: int) -> list[Ending]:
    """Return what can end within so many months of the day, but for what is surely renewed or replaced."""
    horizon = months_after(facts.day, months)
    found = [
        Ending(one, *days)
        for one in facts.agreements
        if (days := one.ended_within)
        and days[0] <= horizon
        and days[1] >= facts.day
        and facts.periods[one.iri].state not in ("renewed", "replaced")
    ]
    return sorted(found, key=lambda one: (one.last, one.first, one.agreement.iri))
