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
    "effective_partners_given", "effective_partners_received", "generalised_exchange", "degree",
    "out_degree", "in_degree", "strength",
)  # fmt: skip
COUNTS = ("partners", "degree", "out_degree", "in_degree")
PRIOR = "peer_exchange_prior"  # a column more where a prior is asked for
DIGITS = 12


def dyads(edges: ir.Table) -> ir.Table:
    """Return one row per node and partner: city, other, given, received."""
    flows = edges.filter((edges.weight > 0) & (edges.source != edges.target))
    nothing = ibis.literal(0.0)
    outward = flows.select(city="source", other="target", given=flows.weight, received=nothing)
    inward = flows.select(city="target", other="source", given=nothing, received=flows.weight)
    sides = outward.union(inward)
    return sides.group_by("city", "other").agg(given=sides.given.max(), received=sides.received.max())


def rounded(scores: ir.Table) -> ir.Table:
    """Return the measures rounded to the digits they are compared with."""
    names = [name for name in (*MEASURES, PRIOR) if name in scores.columns and name not in COUNTS]
    return scores.mutate({name: scores[name].round(DIGITS) for name in names})


def node_measures(edges: ir.Table, nodes: ir.Table, count: int, *, prior: float | None = None) -> ir.Table:
    """Return all measures of every node; `count` is |V|. Undefined is null.

    With a `prior` there is one column more, peer exchange with that k.
    """
    others = max(count - 1, 1)
    sums = _sums(dyads(edges), 1.0 if prior is None else prior)
    known = nodes.left_join(sums, nodes.city == sums.node)
    known = known.mutate({name: known[name].fill_null(0) for name in sums.columns if name != "node"})
    flow = (known.given + known.received).nullif(0)
    outward, inward = known.effective_partners_given, known.effective_partners_received
    asked = (*MEASURES, PRIOR) if prior is not None else MEASURES
    return known.mutate(
        peer_exchange=known.share / others,
        peer_exchange_k1=known.share_k1 / others,
        peer_exchange_prior=known.share_prior / others,
        degree=known.out_degree + known.in_degree,
        strength=known.given + known.received,
        balance=(known.given - known.received) / flow,
        reciprocity=2 * known.mutual / flow,
        generalised_exchange=(2 * outward * inward / (outward + inward).nullif(0)).fill_null(0) / others,
    ).select("city", *asked)


def _sums(pairs: ir.Table, prior: float) -> ir.Table:
    """Add up per node what the measures are made of."""
    least, flow = ibis.least(pairs.given, pairs.received), pairs.given + pairs.received
    sums = pairs.group_by(node=pairs.city).agg(
        partners=pairs.count(),
        share=_sum(2 * least / flow),
        share_k1=_sum(2 * least / (flow + 1)),
        share_prior=_sum(2 * least / (flow + prior)),
        out_degree=pairs.count(where=pairs.given > 0),
        in_degree=pairs.count(where=pairs.received > 0),
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


def _sum(values: ir.Column, scale: int = 18) -> ir.Column:
    return values.cast(f"decimal(38, {scale})").sum().cast("float64")


def _effective(shares: ir.Column) -> ir.Column:
    """(sum v)^2 / sum v^2 is one over the sum of squared shares, which is at most one and has small terms."""
    return 1 / _sum(shares * shares, scale=30)
