"""Agreements as events: their parties are peers, and a funding agreement runs from payer to payee.

In: the agreements table of docs/decisions/0004, one row per (agreement, party). Out: participation rows, as
expressions; and, in plain Python, which chain of renewals an agreement belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import ibis

from coopgraph.network.participations import ROW, any_named, wholes
from coopgraph.network.selection import Selection

if TYPE_CHECKING:
    import ibis.expr.types as ir

COLUMNS = (
    "agreement", "kind", "party", "party_is_city", "payer", "payee", "signed", "start", "end", "part_of",
    "renews", "amount", "currency",
)  # fmt: skip


def of_agreements(table: ir.Table, selection: Selection) -> ir.Table:
    """Return every party of the agreements selected as a participation, parties that are no cities too."""
    chosen = table.filter(any_named(table.part_of, selection.programme)) if selection.programme else table
    money = chosen.group_by("agreement").agg(
        payers=chosen.party.nunique(where=chosen.payer),
        payees=chosen.party.nunique(where=chosen.payee),
        funds=any_named(chosen.kind, ("funding-agreement",)).any(),
    )
    known = chosen.join(money, "agreement")
    funding = known.funds | (known.payers + known.payees > 0)
    return known.select(
        "end",
        party_is_city=known.party_is_city.fill_null(False),
        event=known.agreement,
        city=known.party,
        contributes=ibis.ifelse(funding, _side(known.payer, known.payers), 2).cast("int8"),
        benefits=ibis.ifelse(funding, _side(known.payee, known.payees), 2).cast("int8"),
        derived=ibis.literal(False),
        part_of=wholes(known),
        amount=ibis.ifelse(known.payer & (known.payers == 1), known.amount, None),
        currency=known.currency,
        start=ibis.coalesce(known.start, known.signed),
    )


def _side(mine: ir.Column, stated: ir.Column) -> ir.Value:
    """Yes or no where the agreement names a payer (or payee), unknown where it names none."""
    return ibis.ifelse(stated > 0, (mine.cast("int8") * 2).fill_null(1), 1)


def origins(renewals: Mapping[str, str]) -> dict[str, str]:
    """Return for each agreement that renews another the first of its chain.

    >>> origins({"c": "b", "b": "a", "x": "y", "y": "x"})
    {'c': 'a', 'b': 'a', 'x': 'x', 'y': 'x'}
    """
    return {agreement: _first_of(agreement, renewals) for agreement in renewals}


def _first_of(agreement: str, renewals: Mapping[str, str]) -> str:
    chain = [agreement]
    while (earlier := renewals.get(chain[-1])) and earlier not in chain:
        chain.append(earlier)
    return min(chain) if renewals.get(chain[-1]) else chain[-1]  # a circle of renewals has no first


def first_of_each_chain(rows: ir.Table, chains: ir.Table) -> ir.Table:
    """Return the rows of the earliest selected agreement of each chain: a renewal is not counted again."""
    traced = rows.left_join(chains, rows.event == chains.agreement)
    traced = traced.mutate(chain=ibis.coalesce(traced.origin, traced.event))
    ranked = traced.mutate(
        turn=ibis.dense_rank().over(
            group_by=traced.chain, order_by=[ibis.coalesce(traced.start, ibis.literal("9999")), traced.event]
        )
    )
    return ranked.filter(ranked.turn == 0)


def as_participations(rows: ir.Table) -> ir.Table:
    """Return the cities among the parties, with the columns participations of actions have."""
    wanted = (*ROW, "decay") if "decay" in rows.columns else ROW
    return rows.filter(rows.party_is_city).select(*wanted)
