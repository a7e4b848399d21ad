"""A Basis in plain sentences.

In: a Basis. Out: what was selected, V, the unknown policy, how much is derived, and what was left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgraph.network.basis import Basis

_READING = "a reading or a rule, not what a source states"


def sentences(basis: Basis) -> tuple[str, ...]:
    """Return the basis as sentences: always V and the unknown policy, the rest where it is not zero."""
    counted = (f"{what}: {count:,}." for count, what in _left_out(basis) if count)
    return (
        *hypothetical(basis),
        *_nothing(basis),
        *_always(basis),
        *_derived(basis),
        *_parts(basis),
        *counted,
    )


def hypothetical(basis: Basis) -> Iterator[str]:
    """What did not happen is said before everything else."""
    for laid in basis.hypothetical:
        one = laid.events == 1
        told = f"Hypothetical: {laid.events:,} {'event' if one else 'events'} from {laid.name} "
        told += f"{'is' if one else 'are'} laid over the data; {'it is' if one else 'they are'} not in it."
        if not laid.selected:
            told += " None is selected, so nothing changes."
        elif laid.selected < laid.events:
            told += f" Selected of them: {laid.selected:,}."
        yield told
    if basis.hypothetical_cities:
        yield (
            f"New in V with them, and not in the data: {', '.join(basis.hypothetical_cities)}. "
            "Each city more in V lowers peer exchange and generalised exchange of all."
        )


def _nothing(basis: Basis) -> Iterator[str]:
    """An empty answer is said first; the values asked for are in the data, but not together."""
    if not basis.selected_events and basis.filters:
        asked = " and ".join(f"{name} {value}" for name, value in basis.filters)
        yield f"Nothing in the data matches {asked}: no event is selected."


def derived(basis: Basis) -> str:
    """Return how many of the participations with a yes are derived, as a sentence; empty where none is."""
    if not basis.yes_derived:
        return ""
    if basis.yes_derived == basis.yes_participations:
        return f"All {basis.yes_derived:,} participations with a yes are derived: {_READING}."
    return (
        f"{basis.yes_derived:,} of {basis.yes_participations:,} participations with a yes, and "
        f"{basis.both_yes_derived:,} of {basis.both_yes_participations:,} with a yes to both, are derived: "
        f"{_READING}."
    )


def _always(basis: Basis) -> Iterator[str]:
    asked = "".join(f", {name} {value}" for name, value in basis.filters)
    unit = _unit(basis)
    size = f"{basis.selected_events:,} events, {basis.participations:,} participations"
    yield f"Selected: {basis.events}{asked}; {unit}: {size}."
    yield f"V: {basis.nodes:,} cities, {basis.node_set}."
    treated = "not counted as a yes" if basis.unknown == "exclude" else "counted as a yes"
    touched = f"{basis.unknown_participations:,} of {basis.participations:,} participations"
    if basis.weight == "newman":
        yield (
            "Roles are not read (weight=newman): any two participants are linked. "
            f"Of {touched} a role is unknown."
        )
        return
    yield (
        f"Unknown roles: {touched} have an unknown flag, here {treated} (unknown={basis.unknown}). "
        f"Pairs of cities that are mutual only if those flags are yes: {basis.dyads_could_become_mutual:,}."
    )


def _unit(basis: Basis) -> str:
    unit = {
        "count": "events counted",
        "amount": f"amounts in {basis.currency}",
        "newman": "1/(n - 1) between any two of the n participants of an event, whatever their roles",
        "events": "common events counted whole to each beneficiary",
    }[basis.weight]
    if basis.half_life is None:
        return unit
    return f"{unit}, halved for every {basis.half_life:g} years from an event's end to {basis.now}"


def _derived(basis: Basis) -> Iterator[str]:
    if basis.certainty == "stated":
        touched = f"{basis.derived_participations:,} of {basis.participations:,} participations"
        yield (
            f"Derived roles: {touched} are derived: {_READING}. "
            "Here their flags are read as unknown (certainty=stated)."
        )
    elif basis.yes_derived:
        yield (
            f"Derived roles: {derived(basis)} "
            "Here they count (certainty=any); certainty=stated reads them as unknown."
        )


def _parts(basis: Basis) -> Iterator[str]:
    if count := basis.parts_counted_too:
        yield f"{count:,} {'event is' if count == 1 else 'events are'} part of another that is counted too."


def _left_out(basis: Basis) -> tuple[tuple[int, str], ...]:
    return (
        (basis.merged_rows, "Rows that repeated an (event, city) pair and were merged"),
        (basis.without_counterpart, "Events with a contributor that has no beneficiary beside itself"),
        (basis.without_flow, "Events that give no flow"),
        (
            basis.too_large_left_out,
            f"Events left out because they have more than {basis.largest_event or 0:,} cities",
        ),
        (basis.undated_left_out, "Events left out because their dates are not stated"),
        (basis.end_not_stated_left_out, "Agreements left out because their end is not stated"),
        (
            basis.not_going_on_left_out,
            f"Actions without a stated end, not known to go on after {basis.known_until}",
        ),
        (basis.renewals_not_counted, "Renewals of agreements, not counted again"),
        (basis.other_parties_dropped, "Parties of agreements that are not cities, dropped"),
        (basis.amounts_unknown, f"Contributions left out because they state no amount in {basis.currency}"),
        (basis.amounts_in_other_currencies, "of them with an amount in another currency"),
        (basis.amounts_conflicting, "Contributions that state two amounts, of which the larger is taken"),
        (basis.cities_outside, "Cities that take part but are not in V"),
    )
