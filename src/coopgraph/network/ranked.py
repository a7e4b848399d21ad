"""A ranking, and the sentences that must be said beside it.

In: what `rank` worked out. Out: a Ranking: an Arrow table and what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.basis import Basis
from coopgraph.network.leading import Leading
from coopgraph.network.sensitivity.loss import Loss

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Ranking:
    """Cities in the order of a measure.

    Attributes
    ----------
    table
        rank, city (IRI), label, country, and all measures rounded to 12 digits; equal scores share a rank
        and stand in the order of their IRIs; a city for which the measure is undefined has no rank. With
        `replicates` also the columns of `Ranges`, for the measure ranked by. A classical measure is a column
        of its own where it is ranked by.
    basis
        What the flows rest on.
    measure, ranked, shared
        The column ranked by, how many cities there are in all, and how many of them share their rank.
    undefined
        How many of the cities have no rank, for the measure is not defined for them, or not in the largest
        group, where scores compare within one only (column `group`).
    leading
        The one event in which most of the first cities are peers; None where there is none.
    mutual_share
        Share of directed edges that have one back; None without edges.
    pearson, spearman
        Correlation of peer exchange (k = 0) with the number of partners; None where one of them is constant.
    loss
        The loss the ranges are worked out under; None without ranges.
    said
        What belongs beside a classical measure: what it is, and where it is not defined.
    prior
        The k of the column `peer_exchange_prior`; None where there is no such column.
    """

    table: pa.Table
    basis: Basis
    measure: str
    ranked: int
    shared: int
    leading: Leading | None
    mutual_share: float | None
    pearson: float | None
    spearman: float | None
    loss: Loss | None = None
    prior: float | None = None
    said: tuple[str, ...] = ()
    undefined: int = 0

    def sentences(self) -> tuple[str, ...]:
        """Return what was selected, V, the unknown policy, what was left out, ties and the caveat."""
        told = (*self.said, *self._prior(), *self._shared(), *self._leading())
        said = (*self.basis.sentences(), *told, self.caveat())
        return (*said, self.loss.sentence()) if self.loss and self.ranked else said

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from coopgraph.markup import described

        return described(self.table, self.sentences(), columns=self._shown())

    def _shown(self) -> tuple[str, ...]:
        """Return the columns that fit a page, the one ranked by first."""
        measures = (self.measure, "peer_exchange", "peer_exchange_k1", "reciprocity", "partners")
        ranges = ("score_low", "score_high", "rank_low", "rank_high", "top_share")
        return tuple(dict.fromkeys(("rank", "label", "city", "country", *measures, *ranges)))

    def _prior(self) -> tuple[str, ...]:
        return () if self.prior is None else (f"Ranked by peer exchange with k = {self.prior:g}.",)

    def _shared(self) -> tuple[str, ...]:
        if not self.shared:
            return ()
        placed = self.ranked - self.undefined
        those = f"the {placed} cities ranked" if self.undefined else f"{placed} cities"
        return (f"{self.shared} of {those} share their rank with another.",)

    def _leading(self) -> tuple[str, ...]:
        return (self.leading.sentence(),) if self.leading else ()

    def caveat(self) -> str:
        """Return how near peer exchange is to plain degree on this network."""
        if self.mutual_share is None:
            return "No city contributed to another, so there is no exchange to measure."
        ranked_by = self.measure.startswith("peer_exchange")
        told = "Where nearly all are peers, peer exchange is nearly degree."
        if not ranked_by:
            told = "Peer exchange, in the table too, is nearly degree where nearly all are peers."
        told += f" Here {self.mutual_share:.1%} of directed edges are mutual"
        if self.pearson is not None and self.spearman is not None:
            told += f" and it correlates {self.pearson:.3f} with degree (Spearman {self.spearman:.3f})"
        return f"{told}. Read k = 1 and reciprocity beside it." if ranked_by else f"{told}."
