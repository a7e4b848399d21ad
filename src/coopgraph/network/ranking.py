"""Rank cities by a measure, with everything that must be said beside it.

In: a release (or tables) and the options of `flows`. Out: a Ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Unpack

from coopgraph.network.asked import measure_column, prior_column
from coopgraph.network.cities import labelled
from coopgraph.network.classical import CLASSICAL, Classical, classical
from coopgraph.network.correlation import pearson, spearman
from coopgraph.network.flows import Flows, selected, selection_for
from coopgraph.network.leading import FIRST, leading
from coopgraph.network.ranked import Ranking
from coopgraph.network.selection import Options
from coopgraph.network.sensitivity.loss import KEEP, SEED, Loss, check_loss
from coopgraph.network.sensitivity.ranges import Progress, ranges_of
from coopgraph.network.tables import Source, opened

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine
    from coopgraph.network.projection import Projection


def rank(
    source: Source,
    *,
    measure: str = "peer-exchange",
    prior: float | None = None,
    top: int | None = None,
    language: str = "en",
    replicates: int = 0,
    keep: float = KEEP,
    seed: int = SEED,
    progress: Progress | None = None,
    **options: Unpack[Options],
) -> Ranking:
    """Rank the cities by a measure: any number column of the table, hyphens or underscores alike.

    Parameters
    ----------
    source
        As for `flows`; labels and countries come from its cities, where there are any.
    measure
        peer-exchange (default), peer-exchange-k1, given, received, balance, reciprocity, partners,
        effective-partners-given, effective-partners-received, generalised-exchange, degree, out-degree,
        in-degree or strength; or a classical measure, such as pagerank or betweenness: docs/measures.md
        explains them all.
    prior
        Rank by peer exchange with this k instead, in the unit of the weights: a column `peer_exchange_prior`
        beside those with k = 0 and 1.
    top
        How many rows to keep; None keeps all. What is said of the network is said of all of it.
    language
        Which label to prefer: en, es or pt.
    replicates, keep, seed, progress
        As for `ranges`; without replicates, which is the default, no range is worked out. `top_share` is that
        within the first `top` ranks, or within ten. Classical measures have no ranges.
    **options
        The options of `flows`.

    Raises
    ------
    MeasureError
        For an unknown measure, a top below 1, a prior that is no number of 0 or more, and what `ranges`
        refuses.
    ProjectionError
        As `flows` does.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit"] * 3, "city": ["Lima", "Quito", "La Paz"],
    ...                   "contributes": [True, True, False], "benefits": [True, True, True]})
    >>> ranking = rank(table)
    >>> ranking.table.select(["rank", "city", "peer_exchange"]).to_pydict()
    {'rank': [1, 1, 3], 'city': ['Lima', 'Quito', 'La Paz'], 'peer_exchange': [0.5, 0.5, 0.0]}
    """
    column = prior_column(measure_column(measure, top, language, more=CLASSICAL), prior)
    loss = Loss(keep, replicates, seed, top or FIRST) if replicates else None
    if loss:
        check_loss(loss, (measure,))
    selection = selection_for(source, **options)
    from coopgraph.network.projection import basis_of, contributions_of, edges_kept, edges_of, project

    with opened(source, selection) as engine:
        rows, left_out = selected(engine, source, selection)
        made = project(engine, selection, rows, left_out)
        terms = contributions_of(made) if loss else None
        extra = classical(column, edges_of(made), source) if column in CLASSICAL else None
        edges = edges_kept(made)
        scores = engine.fetch(_ranked(made, edges, source, column, language, prior, extra))
        mutual = _mutual_share(engine, edges)
        first = leading(engine, rows, _first(scores), source, selection)
    if loss and terms:
        found = ranges_of(terms, column, loss, progress, prior=prior or 0.0)
        scores = _with_ranges(scores, terms.flows, found)
    return Ranking(
        table=scores if top is None else scores.slice(0, top),
        basis=basis_of(selection, made.found, made.cities),
        measure=column,
        prior=prior,
        ranked=len(scores),
        undefined=scores.column("rank").null_count,
        shared=_shared(scores.column("rank").to_pylist()),
        leading=first,
        mutual_share=mutual,
        **_with_degree(scores),
        loss=loss,
        said=extra.said if extra else (),
    )


def _ranked(
    made: Projection,
    edges: ir.Table,
    source: Source,
    column: str,
    language: str,
    prior: float | None,
    extra: Classical | None,
) -> ir.Table:
    import ibis

    from coopgraph.network.measures import MEASURES, node_measures, rounded

    inside = made.cities.filter(made.cities.column("inside"))
    nodes = made.engine.table(inside.select(["city", "place"]).rename_columns(["iri", "city"]))
    scores = rounded(node_measures(edges, nodes.select("city"), len(inside), prior=prior))
    scores = scores.join(nodes, "city").drop("city").rename(city="iri")
    if extra:
        scores = scores.join(made.engine.table(extra.table), "city")
    group = [name for name in ("group",) if name in scores.columns]  # scores compare within groups only
    score = ibis.ifelse(scores.group == 1, scores[column], None) if group else scores[column]
    place = ibis.ifelse(score.notnull(), ibis.rank().over(order_by=ibis.desc(score)) + 1, None).cast("int64")
    named = labelled(made.engine, scores.mutate(rank=place), source, language)
    measures = MEASURES if column in MEASURES else (*MEASURES, column)
    order = [ibis.asc("rank"), *([ibis.asc("group"), ibis.desc(column)] if group else []), "city"]
    return named.order_by(order).select("rank", "city", "label", "country", *group, *measures)


def _mutual_share(engine: Engine, edges: ir.Table) -> float | None:
    from coopgraph.network.chosen import number

    back = edges.select(giver="target", getter="source")
    mutual = edges.semi_join(back, [edges.source == back.giver, edges.target == back.getter])
    every = number(engine, edges.count())
    return number(engine, mutual.count()) / every if every else None


def _first(scores: pa.Table) -> list[str]:
    """Return the cities within the first ranks that have any flow."""
    rows = scores.select(["rank", "city", "partners"]).to_pylist()
    return [row["city"] for row in rows if row["rank"] and row["rank"] <= FIRST and row["partners"]]


def _shared(ranks: Sequence[int | None]) -> int:
    """Count the cities whose rank another city has too."""
    return sum(1 for here, place in enumerate(ranks) if place is not None and place in _beside(ranks, here))


def _beside(ranks: Sequence[int | None], here: int) -> tuple[int | None, ...]:
    return (*ranks[max(here - 1, 0) : here], *ranks[here + 1 : here + 2])


def _with_ranges(scores: pa.Table, made: Flows, found: pa.Table) -> pa.Table:
    """Put each city's ranges, which come in the order of the nodes, beside its scores."""
    import pyarrow.compute as pc

    from coopgraph.columns.engine import text_column

    places = pc.index_in(scores.column("city"), value_set=text_column(made.nodes))
    for name in found.column_names:
        scores = scores.append_column(name, found.column(name).take(places))
    return scores


def _with_degree(scores: pa.Table) -> dict[str, Any]:
    exchange, degree = (scores.column(name).to_pylist() for name in ("peer_exchange", "partners"))
    return {"pearson": pearson(exchange, degree), "spearman": spearman(exchange, degree)}
