"""From merged participations to flows: w_ij += c_ie / |R_e without i|, as column expressions.

In: one row per (event, city) as `participations.merged` makes it. Out: Ibis tables of pairs, edges and
counts. Sums are made in decimals: a sum of floats depends on the order of its terms, and rows come in any
order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from coopgraph.network.selection import Selection

if TYPE_CHECKING:
    import ibis.expr.types as ir


_NINE_DIGITS = 10**9
_PARTS = {"count": 1e18, "amount": 1e12}  # of one event, of one unit of the currency


def by_event(participations: ir.Table, selection: Selection) -> ir.Table:
    """Return for each event how many cities give, receive, and do both, under the unknown policy."""
    gives = participations.contributes >= selection.threshold
    receives = participations.benefits >= selection.threshold
    counted = gives & _amount_known(participations)
    return participations.group_by("event").agg(
        participations=participations.count(),
        rows=participations.rows.sum(),
        unknown=participations.count(
            where=(participations.contributes == 1) | (participations.benefits == 1)
        ),
        givers=participations.count(where=gives),
        receivers=participations.count(where=receives),
        both=participations.count(where=gives & receives),
        counted=participations.count(where=counted),
        counted_both=participations.count(where=counted & receives),
        **(_amount_counts(participations, gives) if "amount" in participations.columns else {}),
    )


def _amount_known(participations: ir.Table) -> ir.BooleanValue:
    if "amount" not in participations.columns:
        return ibis.literal(True)
    return (participations.amount > 0).fill_null(False)


def _amount_counts(participations: ir.Table, gives: ir.BooleanColumn) -> dict[str, ir.Value]:
    unknown = gives & participations.amount.isnull()
    return {
        "amounts_unknown": participations.count(where=unknown),
        "amounts_in_other_currencies": participations.count(where=unknown & participations.elsewhere),
        "amounts_conflicting": participations.count(where=gives & participations.conflicting),
        "amounts_negative": participations.count(where=gives & (participations.amount < 0).fill_null(False)),
    }


def counts(events: ir.Table) -> ir.Table:
    """Return the counts of the basis in one row."""
    alone = (events.receivers == 0) | ((events.receivers == 1) & (events.both == 1))
    lone_pair = (events.receivers == 1) & (events.counted == 1) & (events.counted_both == 1)
    flows = (events.counted > 0) & (events.receivers > 0) & ~lone_pair
    summed = (
        "participations",
        "rows",
        "unknown",
        *(name for name in events.columns if name.startswith("amounts_")),
    )
    return events.agg(
        selected_events=events.count(),
        without_counterpart=events.count(where=(events.givers > 0) & alone),
        without_flow=events.count(where=~flows),
        **{name: events[name].sum() for name in summed},
    )


def pairs(participations: ir.Table, events: ir.Table, selection: Selection) -> ir.Table:
    """Return each ordered pair of cities in V with a flow that is certain or possible.

    Columns: source, target (places in the order of IRIs), weight and events (under the policy), certain
    (how many events say yes on both sides).
    """
    least = selection.threshold
    within = (
        participations.filter(participations.inside) if "inside" in participations.columns else participations
    )
    sized = within.filter(within.contributes >= 1).join(events.select("event", "receivers"), "event")
    others = (sized.receivers - (sized.benefits >= least).cast("int8")).nullif(0)
    givers = sized.filter(_amount_known(sized)).select(
        "event", source=sized.city, gives=sized.contributes, share=_share(sized, others, selection)
    )
    getters = within.filter(within.benefits >= 1).select("event", target=within.city, gets=within.benefits)
    met = givers.join(getters, "event")
    met = met.filter(met.source != met.target)
    counted = (met.gives >= least) & (met.gets >= least)
    return met.group_by("source", "target").agg(
        weight=met.share.sum(where=counted),
        events=met.count(where=counted),
        certain=met.count(where=(met.gives == 2) & (met.gets == 2)),
    )


def _share(sized: ir.Table, others: ir.Column, selection: Selection) -> ir.Column:
    """c_ie / |R_e without i| as a whole number of small parts.

    A count is divided by long division, twice nine digits: engines divide integers as floats, and so three
    thirds would not be one.
    """
    if selection.weight == "amount":
        return (sized.amount / others * _PARTS["amount"]).round().cast("decimal(38, 0)")
    high = _NINE_DIGITS // others
    low = (_NINE_DIGITS - high * others) * _NINE_DIGITS // others
    return (high * _NINE_DIGITS + low).cast("decimal(38, 0)")


def edges(pairs: ir.Table, selection: Selection) -> ir.Table:
    """Return the pairs with a flow, in the order of their IRIs; amounts to the millionth of their unit."""
    chosen = pairs.filter(pairs.weight > 0)
    weight = chosen.weight.cast("float64") / _PARTS[selection.weight]
    named = chosen.mutate(weight=weight.round(6) if selection.weight == "amount" else weight)
    return named.select("source", "target", "weight", "events").order_by("source", "target")


def could_become_mutual(pairs: ir.Table) -> ir.Table:
    """Return how many dyads are mutual only if unknown flags are yes."""
    ends = pairs.mutate(
        low=ibis.least(pairs.source, pairs.target), high=ibis.greatest(pairs.source, pairs.target)
    )
    sides = ends.group_by("low", "high").agg(
        possible=ends.count(), certain=ends.count(where=ends.certain > 0)
    )
    return sides.agg(dyads=sides.count(where=(sides.possible == 2) & (sides.certain < 2)))
