"""The relations of a release, layer by layer: exchange, agreements by kind, memberships.

In: a release's tables. Out: links in a `Gathered`, and what must be said of them. An agreement of more
than three parties is a node of its own, for drawing each pair of them would claim what nobody signed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import networkx as nx
import pyarrow as pa

from coopgraph.views.drawing import Layer, Node, Texts
from coopgraph.views.events import Events, as_list, certainties, weakest
from coopgraph.views.gathered import Gathered, Joins
from coopgraph.views.names import Names, name_of

MANY_PARTIES = 4
EXCHANGE = Layer("exchange", {"en": "Exchange", "es": "Intercambio", "pt": "Intercâmbio"}, directed=True)
MEMBERSHIP = Layer(
    "membership",
    {"en": "Membership", "es": "Pertenencia", "pt": "Filiação"},
    shown=False,
    family="membership",
)
Rows = list[dict[str, Any]]


def add_exchange(
    G: nx.DiGraph[str], flags: Rows, events: Events, names: Names, gathered: Gathered, *, both: bool
) -> None:
    """Add a link for each dyad with a flow; its evidence is where one gave and the other received.

    `flags` has event, city, contributes and benefits (2 yes, 1 unknown, 0 no), as the projection saw them.
    """
    least = 1 if both else 2
    gave: dict[str, set[str]] = defaultdict(set)
    got: dict[str, set[str]] = defaultdict(set)
    for row in flags:
        if row["contributes"] >= least:
            gave[row["city"]].add(row["event"])
        if row["benefits"] >= least:
            got[row["city"]].add(row["event"])
    for giver, receiver in sorted(G.edges):
        found = [
            gathered.proof(
                event,
                name_of(event, names).texts,
                events.date(event),
                events.sources[event],
                events.certainty(event, giver, receiver),
            )
            for event in sorted(gave[giver] & got[receiver])
        ]
        gathered.flow(giver, receiver, EXCHANGE.key, found, G.edges[giver, receiver]["weight"])


def add_agreements(agreements: pa.Table, names: Names, gathered: Joins) -> tuple[list[Layer], list[Node]]:
    """Add a link for each pair of parties and kind, or spokes to a node; return layers and such nodes."""
    parties: dict[str, Rows] = defaultdict(list)
    for row in agreements.to_pylist():
        parties[row["agreement"]].append(row)
    layers: dict[str, Layer] = {}
    nodes = []
    for agreement, rows in sorted(parties.items()):
        layer = _agreement_layer(rows, names)
        layers[layer.key] = layer
        ends = sorted({row["party"] for row in rows})
        proof = gathered.proof(
            agreement,
            name_of(agreement, names).texts,
            _date(rows),
            _all_sources(rows),
            weakest(word for row in rows for word in certainties(row)),
        )
        if len(ends) < MANY_PARTIES:
            for source, target in combinations(ends, 2):
                gathered.join(source, target, layer.key, [proof])
        else:
            nodes.append(Node(agreement, name_of(agreement, names).texts, "agreement", always=False))
            for party in ends:
                gathered.join(party, agreement, layer.key, [proof])
    return [layers[key] for key in sorted(layers)], nodes


def _agreement_layer(rows: Rows, names: Names) -> Layer:
    kinds = sorted({kind for row in rows for kind in as_list(row["kind"])}) or ["other"]
    texts: Texts = name_of(kinds[0], names).texts
    return Layer(f"agreement {kinds[0]}", texts, family="agreement")


def add_memberships(memberships: pa.Table, names: Names, gathered: Joins) -> None:
    """Add a link for each city and network; the evidence says in what role and since when."""
    for row in memberships.to_pylist():
        roles = [name_of(role, names).texts for role in as_list(row["role"])]
        texts = roles[0] if roles else MEMBERSHIP.texts
        period = "–".join(filter(None, (row["since"], row["until"])))
        proof = gathered.proof(row["membership"], texts, period, row["source"] or ())
        gathered.join(row["city"], row["network"], MEMBERSHIP.key, [proof])


def _date(rows: Rows) -> str:
    dates = [row["signed"] or row["start"] for row in rows if row["signed"] or row["start"]]
    return min(dates, default="")


def _all_sources(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    return {source for row in rows for source in row["source"] or ()}
