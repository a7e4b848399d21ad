"""Missing-data ranges: how score and rank move when a part of the events goes unrecorded.

In: a release (or tables) and the options of `flows`. Out: Ranges: for each city the 5th to 95th percentile of
score and rank over seeded replicates, and in how many of them it is among the first. A range under a stated
loss (docs/peer-exchange.md), not a confidence interval; which events a replicate keeps is said in `draws`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, Unpack

from coopgraph.network.basis import Basis
from coopgraph.network.flows import Contributions, contributions
from coopgraph.network.leading import FIRST
from coopgraph.network.selection import Options
from coopgraph.network.sensitivity.loss import KEEP, REPLICATES, SEED, Loss, check_loss
from coopgraph.network.tables import Source

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from coopgraph.network.sensitivity.resampled import Floats, Resampled

    Ranks: TypeAlias = NDArray[np.int32]

Progress: TypeAlias = Callable[[int, int], None]
LOW, HIGH = 5, 95  # percentiles
RANGE = ("score_low", "score_high", "rank_low", "rank_high", "top_share", "defined_share")
MEMORY = 64 * 2**20  # bytes a chunk of replicates may take
UNRANKED = 2**31 - 1
_DIGITS, _SIGNIFICANT = 12, 14


@dataclass(frozen=True)
class Ranges:
    """Ranges of each city.

    Attributes
    ----------
    table
        One row per measure and city, in the order asked for and of the IRIs: measure, city, score_low and
        score_high, rank_low (the better) and rank_high, top_share (the share of replicates in which it is
        within the first ranks), defined_share (the share in which the measure is defined). Percentiles are
        values that were reached: the smallest that is not below so many hundredths of those defined. Null
        where none is.
    basis
        What the flows rest on, with every event.
    loss
        What was lost, and how.
    """

    table: pa.Table
    basis: Basis
    loss: Loss

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from coopgraph.markup import described

        return described(self.table, (*self.basis.sentences(), self.loss.sentence()))


def ranges(
    source: Source,
    *,
    measure: str | tuple[str, ...] = "peer-exchange",
    keep: float = KEEP,
    replicates: int = REPLICATES,
    seed: int = SEED,
    first: int = FIRST,
    progress: Progress | None = None,
    **options: Unpack[Options],
) -> Ranges:
    """Say how score and rank would move had a part of the events gone unrecorded.

    Each event is kept with probability `keep`, by a draw that depends on the seed, its IRI and the number of
    the replicate alone. V stays as it is. Losing events mostly takes exchange away, so ranges lean downward.

    Parameters
    ----------
    source
        As for `flows`.
    measure
        One of the measures of `rank`, or several.
    keep, replicates, seed
        The loss, how many networks to draw, and from which seed.
    first
        Count in `top_share` the replicates in which a city is within so many first ranks.
    progress
        Called with how many replicates are done, and how many there are.
    **options
        The options of `flows`.

    Raises
    ------
    MeasureError
        For an unknown measure, and a keep, replicates, seed or first that cannot be.
    ProjectionError
        As `flows` does.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit", "visit", "talk", "talk"], "city": ["Lima", "Quito"] * 2,
    ...                   "contributes": [True] * 4, "benefits": [True] * 4})
    >>> ranges(table, measure="given").table.select(["city", "score_low", "score_high"]).to_pydict()
    {'city': ['Lima', 'Quito'], 'score_low': [1.0, 1.0], 'score_high': [2.0, 2.0]}
    """
    import pyarrow as pa

    loss = Loss(keep, replicates, seed, first)
    measures = (measure,) if isinstance(measure, str) else tuple(measure)
    check_loss(loss, measures)
    made = contributions(source, **options)
    parts = [
        ranges_of(made, name.replace("-", "_"), loss, progress)
        .add_column(0, "city", pa.array(made.flows.nodes, pa.string()))
        .add_column(0, "measure", pa.array([name.replace("-", "_")] * len(made.flows.nodes), pa.string()))
        for name in measures
    ]
    return Ranges(pa.concat_tables(parts), made.flows.basis, loss)


def ranges_of(
    made: Contributions, measure: str, loss: Loss, progress: Progress | None = None, *, prior: float = 0.0
) -> pa.Table:
    """Return the columns of RANGE for each node, in the order of the nodes."""
    import numpy as np

    from coopgraph.network.sensitivity.draws import keys
    from coopgraph.network.sensitivity.resampled import resampled

    network = resampled(made)
    named = keys(network.events, loss.seed)
    shape = (len(made.flows.nodes), loss.replicates)
    scores, ranks = np.empty(shape), np.empty(shape, np.int32)
    for first, last in chunks(network, loss.replicates):
        scores[:, first:last] = replicates(network, measure, named, loss.keep, first, last, prior=prior)
        ranks[:, first:last] = ranked(scores[:, first:last])
        if progress:
            progress(last, loss.replicates)
    return _table(scores, ranks, loss)


def replicates(
    network: Resampled,
    measure: str,
    named: NDArray[np.uint64],
    keep: float,
    first: int,
    last: int,
    *,
    prior: float = 0.0,
) -> Floats:
    """Return the measure of each city (row) in the replicates from `first` up to `last` (columns)."""
    from coopgraph.network.sensitivity.draws import draws
    from coopgraph.network.sensitivity.measured import measured

    return measured(network, (draws(named, first, last) < keep).astype(float), measure, prior=prior)


def ranked(scores: Floats) -> Ranks:
    """Return the rank of each score in its column, highest first; equal ones share the best.

    Scores are equal when they are after rounding to 12 digits, as in `rank`, or to as many as make 14
    significant ones of the largest: what is beyond depends on the order sums are made in. NaN is ranked last,
    with UNRANKED.

    >>> import numpy as np
    >>> ranked(np.array([[0.5], [0.1 + 0.2], [0.3], [0.2]])).ravel().tolist()
    [1, 2, 2, 4]
    """
    import numpy as np

    largest = np.nanmax(np.abs(scores), initial=1.0)
    digits = min(_DIGITS, _SIGNIFICANT - int(np.ceil(np.log10(largest))))
    rounded = np.ascontiguousarray(-np.round(scores, digits).T)
    order = rounded.argsort(axis=1)
    ordered = np.take_along_axis(rounded, order, axis=1)
    new = np.ones(ordered.shape, bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    places = np.maximum.accumulate(np.where(new, np.arange(1, len(scores) + 1, dtype=np.int32), 0), axis=1)
    places[np.isnan(ordered)] = UNRANKED
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, order, places, axis=1)
    return ranks.T


def chunks(network: Resampled, count: int) -> Iterator[tuple[int, int]]:
    """Return which networks are taken together, so that a chunk stays within MEMORY."""
    from coopgraph.network.sensitivity.resampled import SCIPY_PAYS

    columns = 3 * len(network.events) + 2 * len(network.flows.starts) + 3 * len(network.pairs[0])
    columns += 2 * min(len(network.dyads.terms), SCIPY_PAYS)
    size = max(1, min(MEMORY // (8 * columns + 1), count))
    return ((first, min(first + size, count)) for first in range(0, count, size))


def _table(scores: Floats, ranks: Ranks, loss: Loss) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    top = (ranks <= loss.first).mean(axis=1)
    defined: NDArray[np.int64] = (ranks < UNRANKED).sum(axis=1)
    scores.sort(axis=1)  # NaN last
    ranks.sort(axis=1)
    columns = {"top_share": pa.array(top), "defined_share": pa.array(defined / loss.replicates)}
    cities = np.arange(len(scores))
    for end, percent in (("low", LOW), ("high", HIGH)):
        reached = np.maximum((percent * defined + 99) // 100 - 1, 0)
        score = np.round(scores[cities, reached], _DIGITS) + 0.0
        columns[f"score_{end}"] = pa.array(score, mask=defined == 0)
        columns[f"rank_{end}"] = pa.array(ranks[cities, reached].astype(np.int64), mask=defined == 0)
    return pa.table({name: columns[name] for name in RANGE})
