"""What must be said beside any number drawn from flows.

In: counts gathered while participations became flows. Out: a frozen Basis; `said` puts it in sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

HYPOTHETICAL = "hypothetical:"  # what the IRIs of events and cities begin with that are laid over the data
LAID_OVER = "laid over:"  # and what a count of such events begins with, beside those left out


@dataclass(frozen=True)
class Laid:
    """Hypothetical events laid over the data: where they come from, how many, how many are selected."""

    name: str
    events: int
    selected: int


@dataclass(frozen=True)
class Basis:
    """What flows rest on: what was selected, what was left out, and what is not known.

    Attributes
    ----------
    events, weight, currency, unknown, certainty, filters
        What was asked for; filters as (name, value) pairs.
    selected_events, participations
        How many events were selected, and how many (event, city) pairs they hold.
    unknown_participations
        Participations of which a flag is unknown: what the policy `unknown` touches.
    dyads_could_become_mutual
        Pairs of cities that are mutual if every unknown flag is a yes, and are not if every one is a no.
    derived_participations
        Participations whose flags are derived: a reading of the source, or a rule, not what it states.
    yes_participations, yes_derived
        Participations with a yes, and those of them that are derived; none with certainty `stated`.
    both_yes_participations, both_yes_derived
        The same for those with a yes to both.
    parts_counted_too
        Events that are part of another event counted too.
    merged_rows
        Rows that repeated an (event, city) pair and were merged, yes over unknown over no.
    without_counterpart
        Events in which a contributor has no beneficiary beside itself.
    without_flow
        Events that give no flow at all.
    undated_left_out
        Events of which no date tells whether they fall in the period asked for.
    end_not_stated_left_out
        Agreements that began before the period and state no end.
    not_going_on_left_out, known_until
        Actions without an end that began before the period, which begins after this day.
    renewals_not_counted, other_parties_dropped
        Agreements that renew one already counted; parties of agreements that are not cities.
    amounts_unknown, amounts_in_other_currencies, amounts_conflicting
        Contributions without an amount in this currency (left out, never zero); those of them that state
        one in another currency; and those for which two rows differ (the larger is taken).
    hypothetical, hypothetical_cities
        Hypothetical events laid over the data, by where they come from; and their cities that are not in
        the data. Nothing of it is stored.
    nodes, node_set
        How many cities V holds, and in words how V was made.
    cities_outside
        Cities that take part in the selected events and are not in V.
    half_life, now
        Years in which what an event adds halves, up to this day; None where it does not.
    largest_event, too_large_left_out
        How many cities an event may have, and how many events have more.
    """

    events: str
    weight: str
    currency: str | None
    unknown: str
    certainty: str
    filters: tuple[tuple[str, str], ...]
    selected_events: int
    participations: int
    unknown_participations: int
    dyads_could_become_mutual: int
    derived_participations: int
    yes_participations: int
    yes_derived: int
    both_yes_participations: int
    both_yes_derived: int
    parts_counted_too: int
    merged_rows: int
    without_counterpart: int
    without_flow: int
    undated_left_out: int
    end_not_stated_left_out: int
    renewals_not_counted: int
    other_parties_dropped: int
    amounts_unknown: int
    amounts_in_other_currencies: int
    amounts_conflicting: int
    hypothetical: tuple[Laid, ...]
    hypothetical_cities: tuple[str, ...]
    nodes: int
    node_set: str
    cities_outside: int
    half_life: float | None = None
    now: str | None = None
    largest_event: int | None = None
    too_large_left_out: int = 0
    not_going_on_left_out: int = 0
    known_until: str | None = None

    def sentences(self) -> tuple[str, ...]:
        """Return the basis as sentences: always V and the unknown policy, the rest where it is not zero."""
        from coopgraph.network.said import sentences

        return sentences(self)
