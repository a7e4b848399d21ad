"""Peer exchange and what is read beside it, as column expressions on an edge table.

In: edges (source, target, weight) and nodes (city), Ibis tables. Out: one Ibis row per node. The same as
`coopgraph.network.peer_exchange` to 1e-12. Weights are those of `flows`: from 1e-12 up to sums of 1e18.
Sums are made in decimals, so the order in which an engine adds cannot show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

MEASURES = (
    "peer_exchange", "peer_exchange_k1", "given", "received", "balance", "reciprocity", "partners",
    "effective_partners_given", "effective_partners_received", "generalised_exchange",
)  # fmt: skip
DIGITS = 12


def dyads(edges: ir.Table) -> ir.Table:
    """Return one row per node and partner: city, other, given, received."""
    flows = edges.filter((edges.weight > 0) & (edges.source != edges.target))
    nothing = ibis.literal(0.0)
    outward = flows.select(city="source", other="target", given=flows.weight, received=nothing)
    inward = flows.select(city="target", other="source", given=nothing, received=flows.weight)
    sides = outward.union(inward)
    return sides.group_by("city", "other").agg(given=sides.given.max(), received=sides.received.max())


def node_measures(edges: ir.Table, nodes: ir.Table, count: int) -> ir.Table:
    """Return all measures of every node; `count` is |V|. Undefined is null."""
    others = max(count - 1, 1)
    sums = _sums(dyads(edges))
    known = nodes.left_join(sums, nodes.city == sums.node)
    known = known.mutate({name: known[name].fill_null(0) for name in sums.columns if name != "node"})
    flow = (known.given + known.received).nullif(0)
    outward, inward = known.effective_partners_given, known.effective_partners_received
    return known.mutate(
        peer_exchange=known.share / others,
        peer_exchange_k1=known.share_k1 / others,
        balance=(known.given - known.received) / flow,
        reciprocity=2 * known.mutual / flow,
        generalised_exchange=(2 * outward * inward / (outward + inward).nullif(0)).fill_null(0) / others,
    ).select("city", *MEASURES)


def _sums(pairs: ir.Table) -> ir.Table:
    """Add up per node what the measures are made of."""
    least, flow = ibis.least(pairs.given, pairs.received), pairs.given + pairs.received
    sums = pairs.group_by(node=pairs.city).agg(
        partners=pairs.count(),
        share=_sum(2 * least / flow),
        share_k1=_sum(2 * least / (flow + 1)),
        mutual=_sum(least),
        given=_sum(pairs.given),
        received=_sum(pairs.received),
    )
    whole = pairs.join(
        sums.select("node", all_given="given", all_received="received"), pairs.city == sums.node
    )
    spread = whole.group_by("node").agg(
        effective_partners_given=_effective(whole.given / whole.all_given.nullif(0)),
        effective_partners_received=_effective(whole.received / whole.all_received.nullif(0)),
    )
    return sums.join(spread, "node")


def _sum(values: ir.Column) -> ir.Column:
    return values.cast("decimal(38, 18)").sum().cast("float64")


def _effective(shares: ir.Column) -> ir.Column:
    """(sum v)^2 / sum v^2 is one over the sum of squared shares."""
    return 1 / _sum(shares * shares)
