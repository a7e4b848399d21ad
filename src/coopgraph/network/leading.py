"""Whether the first cities of a ranking are first because of one event.

In: the participations selected and the cities ranked first. Out: a Leading, or None where no event makes
peers of most of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coopgraph.network.selection import Selection
from coopgraph.network.tables import Labelled, Source

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine

FIRST = 10  # ranks looked at; cities that share the last of them are among them
_FEW = 3  # of so few cities, most of them say nothing


@dataclass(frozen=True)
class Leading:
    """The event in which most of the first cities both give and receive.

    Attributes
    ----------
    event, label
        Its IRI, and its label where the source has labels.
    first, among
        How many cities are ranked within the first ten ranks, and how many of them are peers in the event.
    derived
        How many of those are so by a derived reading.
    """

    event: str
    label: str
    first: int
    among: int
    derived: int

    def sentence(self) -> str:
        """Return it as a sentence.

        >>> Leading("visit", "A visit", 11, 10, 8).sentence()
        "10 of the first 11 cities both give and receive in one event, 'A visit'; 8 of these are derived."
        """
        every = "All the first " if self.among == self.first else f"{self.among} of the first "
        many = "all of these" if self.derived == self.among else f"{self.derived} of these"
        derived = f"; {many} are derived" if self.derived else ""
        return f"{every}{self.first} cities both give and receive in one event, '{self.label}'{derived}."


def leading(
    engine: Engine, rows: ir.Table, cities: Sequence[str], source: Source, selection: Selection
) -> Leading | None:
    """Find the event most of these cities are peers in; the first in the order of IRIs where two tie."""
    if len(cities) < _FEW:
        return None
    shared = _shared(engine.fetch(_merged(engine, rows, cities, selection)), selection.threshold)
    if not shared or shared[0]["among"] * 2 <= len(cities):
        return None
    event = shared[0]["event"]
    label = source.label(event) if isinstance(source, Labelled) else event
    return Leading(event, label, len(cities), shared[0]["among"], shared[0]["derived"])


def _merged(engine: Engine, rows: ir.Table, cities: Sequence[str], selection: Selection) -> ir.Table:
    """Return what these cities do in each event; the same for both policies, so it is translated once."""
    from coopgraph.network.flows import node_table
    from coopgraph.network.participations import flags

    theirs = rows.semi_join(node_table(engine, cities), "city")
    return theirs.group_by("event", "city").agg(
        **flags(theirs, selection), derived=theirs.derived.any().cast("int8")
    )


def _shared(merged: pa.Table, least: int) -> list[dict[str, Any]]:
    """Return the event with most peers: event, among, derived; nothing where there is none."""
    import pyarrow.compute as pc

    gives, gets = (pc.greater_equal(merged[name], least) for name in ("contributes", "benefits"))
    peers = merged.filter(pc.and_(gives, gets))
    events = peers.group_by("event").aggregate([("city", "count"), ("derived", "sum")])
    named = events.rename_columns(["event", "among", "derived"])
    order = [("among", "descending"), ("event", "ascending")]
    return list(named.sort_by(order).slice(0, 1).to_pylist())
