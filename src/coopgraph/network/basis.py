"""What must be said beside any number drawn from flows.

In: counts gathered while participations became flows. Out: a frozen Basis, and the same in plain sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Basis:
    """What flows rest on: what was selected, what was left out, and what is not known.

    Attributes
    ----------
    events, weight, currency, unknown, filters
        What was asked for; filters as (name, value) pairs.
    selected_events, participations
        How many events were selected, and how many (event, city) pairs they hold.
    unknown_participations
        Participations of which a flag is unknown: what the policy `unknown` touches.
    dyads_could_become_mutual
        Pairs of cities that are mutual if every unknown flag is a yes, and are not if every one is a no.
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
    renewals_not_counted, other_parties_dropped
        Agreements that renew one already counted; parties of agreements that are not cities.
    amounts_unknown, amounts_in_other_currencies, amounts_conflicting
        Contributions without an amount in this currency (left out, never zero); those of them that state
        one in another currency; and those for which two rows differ (the larger is taken).
    nodes, node_set
        How many cities V holds, and in words how V was made.
    cities_outside
        Cities that take part in the selected events and are not in V.
    """

    events: str
    weight: str
    currency: str | None
    unknown: str
    filters: tuple[tuple[str, str], ...]
    selected_events: int
    participations: int
    unknown_participations: int
    dyads_could_become_mutual: int
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
    nodes: int
    node_set: str
    cities_outside: int

    def sentences(self) -> tuple[str, ...]:
        """Return the basis as sentences: always V and the unknown policy, the rest where it is not zero."""
        return (*self._always(), *(sentence for count, sentence in self._where_any() if count))

    def _always(self) -> Iterator[str]:
        asked = "".join(f", {name} {value}" for name, value in self.filters)
        unit = "events counted" if self.weight == "count" else f"amounts in {self.currency}"
        size = f"{self.selected_events} events, {self.participations} participations"
        yield f"Selected: {self.events}{asked}; {unit}: {size}."
        yield f"V: {self.nodes} cities, {self.node_set}."
        treated = "not counted as a yes" if self.unknown == "exclude" else "counted as a yes"
        touched = f"{self.unknown_participations} of {self.participations} participations"
        yield (
            f"Unknown roles: {touched} have an unknown flag, here {treated} (unknown={self.unknown}). "
            f"Pairs of cities that are mutual only if those flags are yes: {self.dyads_could_become_mutual}."
        )

    def _where_any(self) -> Iterator[tuple[int, str]]:
        other = self.amounts_in_other_currencies
        for count, what in (
            (self.merged_rows, "Rows that repeated an (event, city) pair and were merged"),
            (self.without_counterpart, "Events with a contributor that has no beneficiary beside itself"),
            (self.without_flow, "Events that give no flow"),
            (self.undated_left_out, "Events left out because their dates are not stated"),
            (self.end_not_stated_left_out, "Agreements left out because their end is not stated"),
            (self.renewals_not_counted, "Renewals of agreements, not counted again"),
            (self.other_parties_dropped, "Parties of agreements that are not cities, dropped"),
            (self.amounts_unknown, f"Contributions left out because they state no amount in {self.currency}"),
            (other, "of them with an amount in another currency"),
            (self.amounts_conflicting, "Contributions that state two amounts, of which the larger is taken"),
            (self.cities_outside, "Cities that take part but are not in V"),
        ):
            yield count, f"{what}: {count}."
