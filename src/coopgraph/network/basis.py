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
            f"Unknown roles: {touched} have an unknown flag, here {treated} (unknown={self.unknown}); "
            f"{self.dyads_could_become_mutual} pairs of cities are mutual only if those flags are yes."
        )

    def _where_any(self) -> Iterator[tuple[int, str]]:
        yield self.merged_rows, f"{self.merged_rows} rows repeated an (event, city) pair and were merged."
        yield (
            self.without_counterpart,
            f"{self.without_counterpart} events have a contributor without a counterpart.",
        )
        yield self.without_flow, f"{self.without_flow} events give no flow."
        yield (
            self.undated_left_out,
            f"{self.undated_left_out} events are left out because their dates are not stated.",
        )
        yield (
            self.end_not_stated_left_out,
            f"{self.end_not_stated_left_out} agreements are left out because their end is not stated.",
        )
        yield self.renewals_not_counted, f"{self.renewals_not_counted} renewals are not counted again."
        yield (
            self.other_parties_dropped,
            f"{self.other_parties_dropped} parties that are not cities are dropped.",
        )
        yield (
            self.amounts_unknown,
            f"{self.amounts_unknown} contributions state no amount in {self.currency} and are left out "
            f"({self.amounts_in_other_currencies} of them state one in another currency).",
        )
        yield (
            self.amounts_conflicting,
            f"{self.amounts_conflicting} contributions state two amounts; the larger is taken.",
        )
        yield self.cities_outside, f"{self.cities_outside} cities take part but are not in V."
