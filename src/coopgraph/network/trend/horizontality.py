"""How horizontal a network is, window by window: how much of what is given comes back, beside chance.

In: a release (or tables) and the options of `flows`. Out: a Horizontality: one row per window of years, in
which events lie as those of a trend do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from coopgraph.errors import MeasureError
from coopgraph.network.basis import Basis
from coopgraph.network.flows import Contributions, Flows
from coopgraph.network.selection import Options, select
from coopgraph.network.sensitivity.loss import Loss
from coopgraph.network.sensitivity.whole_range import ReciprocityRange, reciprocity_range
from coopgraph.network.tables import Source, opened
from coopgraph.network.trend.over_time import in_years

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.network.trend.windows import Window

OF_CHANCE = 6  # digits: the null model is solved to 1e-8


@dataclass(frozen=True)
class Horizontal:
    """How much of what was given in a window came back.

    Attributes
    ----------
    window
        The years, as ISO 8601 writes an interval.
    events
        The events in which something was given, in order.
    cities, pairs, mutual
        How many cities gave or received, in how many pairs, and how many of these gave both ways.
    returned
        The share of all flow that is returned, with its range; all None without flow.
    expected, beyond
        The share chance would return, if each city gave and received as much as it does, with anybody; and
        (returned - expected) / (1 - expected). None without flow, or where the null model is not found.
    """

    window: str
    events: tuple[str, ...]
    cities: int
    pairs: int
    mutual: int
    returned: ReciprocityRange
    expected: float | None
    beyond: float | None


@dataclass(frozen=True)
class Horizontality:
    """The rows, and what the flows of all windows together rest on."""

    rows: tuple[Horizontal, ...]
    basis: Basis


def horizontality(
    source: Source,
    *,
    window: int = 1,
    step: int = 1,
    first: int | None = None,
    last: int | None = None,
    loss: Loss | None = None,
    **options: Unpack[Options],
) -> Horizontality:
    """Say for each window of years how much of what is given comes back, and how much would by chance.

    The share is sum of min(w_ij, w_ji) over sum of w_ij, chance the directed weighted configuration model
    (Squartini et al. 2013, doi:10.1038/srep02729; see `reciprocity_excess`). Parameters and errors are those
    of `over_time`; `loss` is that of the ranges.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit"] * 2 + ["workshop"] * 2, "city": ["Lima", "Quito"] * 2,
    ...                   "contributes": [True, False, True, True], "benefits": [False, True, True, True],
    ...                   "start": ["2016"] * 2 + ["2017-05"] * 2, "end": ["2016"] * 2 + ["2017-06"] * 2})
    >>> for row in horizontality(table).rows:
    ...     print(row.window, row.pairs, row.mutual, row.returned.value, row.expected, row.beyond)
    2016 1 0 0.0 0.0 0.0
    2017 1 1 1.0 0.333333 1.0
    """
    from coopgraph.network.projection import contributions_of
    from coopgraph.network.trend.scores import in_windows

    selection = select(**options)
    with opened(source, selection) as engine:
        placed = in_years(engine, source, selection, window, step, first, last)
        _, edges = in_windows(placed.projected, placed.put)
        flowing, pairs = engine.fetch(edges), engine.fetch(placed.put.pairs.select("event", "layer"))
        terms = contributions_of(placed.projected)
    cities = placed.projected.cities.column("city").combine_chunks()
    rows = tuple(
        _row(named, _layer(flowing, layer, cities, terms.flows), _terms_of(terms, pairs, layer), loss)
        for layer, named in enumerate(placed.windows)
    )
    return Horizontality(rows, terms.flows.basis)


def _layer(edges: pa.Table, layer: int, cities: pa.Array, whole: Flows) -> Flows:
    """Return the flows of one window; ends of edges are coded as layer * size + place."""
    import pyarrow.compute as pc

    size = len(cities)
    low, high = layer * size, (layer + 1) * size
    own = edges.filter(
        pc.and_(pc.greater_equal(edges.column("source"), low), pc.less(edges.column("source"), high))
    )
    for place, name in enumerate(("source", "target")):
        ends = pc.subtract(own.column(name), low).combine_chunks()
        own = own.set_column(place, name, cities.take(ends))
    return Flows(own, whole.nodes, whole.basis)


def _terms_of(terms: Contributions, pairs: pa.Table, layer: int) -> Contributions:
    import pyarrow.compute as pc

    events = pairs.filter(pc.equal(pairs.column("layer"), layer)).column("event").combine_chunks()
    names = terms.table.column("event").cast(events.type)
    return Contributions(terms.flows, terms.table.filter(pc.is_in(names, value_set=events)))


def _row(window: Window, made: Flows, terms: Contributions, loss: Loss | None) -> Horizontal:
    from coopgraph.network.centrality.reciprocity import reciprocity_excess

    pairs = set(zip(*(made.edges.column(name).to_pylist() for name in ("source", "target")), strict=True))
    mutual = sum(1 for giver, receiver in pairs if (receiver, giver) in pairs)
    try:
        excess = reciprocity_excess(made, replicates=0)
    except MeasureError:  # the null model is not found, or too large
        excess = None
    return Horizontal(
        window=str(window),
        events=tuple(sorted(set(terms.table.column("event").to_pylist()))),
        cities=len({city for pair in pairs for city in pair}),
        pairs=len(pairs) - mutual // 2,
        mutual=mutual // 2,
        returned=reciprocity_range(terms, loss),
        expected=None if excess is None else round(excess.expected, OF_CHANCE),
        beyond=None if excess is None else round(excess.rho, OF_CHANCE) + 0.0,
    )
