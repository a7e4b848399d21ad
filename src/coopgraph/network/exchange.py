"""From merged participations to flows, w_ij += c_ie / |R_e without i| or another weight, as expressions.

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
CERTAINTY = ("derived", "yes", "yes_derived", "both_yes", "both_yes_derived")
_PARTS = 1e18  # of one event, or of one unit of a currency


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
        **_certain(participations),
        givers=participations.count(where=gives),
        receivers=participations.count(where=receives),
        both=participations.count(where=gives & receives),
        counted=participations.count(where=counted),
        counted_both=participations.count(where=counted & receives),
        **(_amount_counts(participations, gives) if "amount" in participations.columns else {}),
    )


def _certain(participations: ir.Table) -> dict[str, ir.Value]:
    """Return how many state a yes, how many a yes to both, and how many of each rest on a reading."""
    yes = (participations.contributes == 2) | (participations.benefits == 2)
    both = (participations.contributes == 2) & (participations.benefits == 2)
    return {
        "derived": participations.count(where=participations.derived),
        "yes": participations.count(where=yes),
        "yes_derived": participations.count(where=yes & participations.derived),
        "both_yes": participations.count(where=both),
        "both_yes_derived": participations.count(where=both & participations.derived),
    }


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
        *CERTAINTY,
        *(name for name in events.columns if name.startswith("amounts_")),
    )
    return events.agg(
        selected_events=events.count(),
        without_counterpart=events.count(where=(events.givers > 0) & alone),
        without_flow=events.count(where=~flows),
        **{name: events[name].sum() for name in summed},
    )


def contributions(participations: ir.Table, events: ir.Table, selection: Selection) -> ir.Table:
    """Return event, source, target and share: what each event adds to each flow, in small parts of one."""
    least = selection.threshold
    within = _within(participations)
    sized = within.filter(within.contributes >= least).join(_shares(events), "event")
    share = _part(sized, selection)
    if selection.weight == "amount":
        share = sized.amount * share
    if selection.half_life is not None:
        share = sized.decay * share
    givers = sized.select("event", source=sized.city, share=share.cast("decimal(38, 0)"))
    getters = within.filter(within.benefits >= least).select("event", target=within.city)
    met = givers.join(getters, "event")
    return met.filter(met.source != met.target)


def _part(sized: ir.Table, selection: Selection) -> ir.Value:
    """Return what goes to each beneficiary: a share of one, or one where events are counted."""
    if selection.weight == "events":
        return ibis.literal(int(_PARTS), "int64")
    return ibis.ifelse(sized.benefits >= selection.threshold, sized.share_of_others, sized.share_of_all)


def edges(contributions: ir.Table, selection: Selection) -> ir.Table:
    """Return source and target (places in the order of IRIs), weight and events, in that order."""
    return edge_set(contributions, selection).order_by("source", "target")


def edge_set(contributions: ir.Table, selection: Selection) -> ir.Table:
    """Return the edges in no order; amounts are rounded to the millionth of their unit."""
    summed = contributions.group_by("source", "target").agg(
        parts=contributions.share.sum(), events=contributions.count()
    )
    weight = _of_one(summed.parts)
    found = summed.mutate(weight=weight.round(6) if selection.weight == "amount" else weight)
    if selection.half_life is not None or selection.weight == "amount":
        found = found.filter(found.weight > 0)  # what has faded to nothing, or is less than half a millionth
    return found.select("source", "target", "weight", "events")


def event_by_event(contributions: ir.Table) -> ir.Table:
    """Return event, source, target and weight, in that order: the terms of which edges are the sums."""
    found = contributions.mutate(weight=_of_one(contributions.share))
    return found.select("event", "source", "target", "weight").order_by("event", "source", "target")


def _of_one(parts: ir.Column) -> ir.Column:
    return parts.cast("float64") / _PARTS


def _within(participations: ir.Table) -> ir.Table:
    """Keep the cities in V, and no giver whose amount is unknown or zero."""
    known = participations
    if "amount" in known.columns:
        known = known.mutate(contributes=ibis.ifelse(_amount_known(known), known.contributes, 0).cast("int8"))
    return known.filter(known.inside) if "inside" in known.columns else known


def _shares(events: ir.Table) -> ir.Table:
    """Return 1 / |R_e| and 1 / (|R_e| - 1) as whole numbers of small parts."""
    return events.select(
        "event",
        share_of_all=_parts_of_one(events.receivers.nullif(0)),
        share_of_others=_parts_of_one((events.receivers - 1).nullif(0)),
    )


def _parts_of_one(divisor: ir.Column) -> ir.Column:
    """Divide by long division, nine digits at a time: engines divide integers as floats."""
    high = _NINE_DIGITS // divisor
    low = (_NINE_DIGITS - high * divisor) * _NINE_DIGITS // divisor
    return high * _NINE_DIGITS + low


def could_become_mutual(participations: ir.Table) -> ir.Table:
    """Return how many dyads are mutual only if unknown flags are yes.

    A direction is as sure as the less sure of its two flags (2 certain, 1 possible), and as its surest event.
    """
    within = _within(participations).select("event", "city", "contributes", "benefits")
    other = within.rename(other="city", gives="contributes", gets="benefits")
    met = within.join(other, "event")
    met = met.filter(met.city < met.other)
    dyads = met.group_by("city", "other").agg(
        there=ibis.least(met.contributes, met.gets).max(), back=ibis.least(met.gives, met.benefits).max()
    )
    possible, certain = ibis.least(dyads.there, dyads.back) >= 1, ibis.least(dyads.there, dyads.back) == 2
    return dyads.agg(dyads=dyads.count(where=possible & ~certain))
