"""Participations become flows between cities: w_ij += c_ie / |R_e without i|.

In: a release, an Arrow table of participations, or tables by name. Out: Flows: edges, nodes, and what they
rest on. The definition is docs/peer-exchange.md; the expressions are in `participations`, `agreements` and
`exchange`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, Unpack

from coopgraph.network.basis import Basis
from coopgraph.network.hypothetical.laid import laid_over
from coopgraph.network.selection import Options, Period, Selection, Wanted, Weight, select
from coopgraph.network.tables import Source, bind, day_of, opened

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine


@dataclass(frozen=True)
class Flows:
    """Flows between cities.

    Attributes
    ----------
    edges
        One row per ordered pair with a flow: source, target (IRIs), weight, events; in the order of the IRIs.
    nodes
        V, sorted: every city with a participation of any role in the selected events, or the nodes given.
    basis
        What must be said beside a number drawn from these flows.
    """

    edges: pa.Table
    nodes: tuple[str, ...]
    basis: Basis


def flows(
    source: Source,
    *,
    events: Literal["actions", "agreements", "all"] = "actions",
    weight: Weight = "count",
    currency: str | None = None,
    half_life: float | None = None,
    now: date | str | None = None,
    largest_event: int | None = None,
    unknown: Literal["exclude", "both"] = "exclude",
    certainty: Literal["any", "stated"] = "any",
    period: Period | None = None,
    sdg: Wanted = None,
    strategic_line: Wanted = None,
    programme: Wanted = None,
    organiser: Wanted = None,
    country: Wanted = None,
    nodes: Iterable[str] | None = None,
    engine: str | Engine | None = None,
    memory: str | None = None,
) -> Flows:
    """Work out who contributed how much to whom.

    Filters select events, never single cities within one; a filter given several values takes any of them.

    Parameters
    ----------
    source
        A release; or a table (Arrow, or the path of Parquet) with the columns event, city, contributes,
        benefits (booleans, null is unknown); or tables by name, as ``{"participations": ...,
        "agreements": ..., "cities": ...}``.
    events
        Actions, agreements (parties are peers, funding runs from payer to payee, renewals count once), or
        all.
    weight, currency
        What one event adds to the flow from a contributor to a beneficiary: ``count``, one shared among the
        beneficiaries; ``amount``, what is stated for the participation in `currency`, shared likewise;
        ``events``, one to each, so that weights are numbers of common events; ``newman``, 1/(n - 1) between
        any two of n participants whatever their roles, the collaboration weight of co-membership networks
        (Newman 2001, doi:10.1103/PhysRevE.64.016132).
    half_life, now
        With a half-life in years, what an event adds counts 2 ** -(age / half_life): its age is from its end,
        else its start, to `now` (default: the release's), nothing where it is still to come; a date less
        precise than a day counts as its middle. Undated events are left out and counted.
    largest_event
        Leave out events of more cities than this, counted: n cities make n * (n - 1) pairs. Default: none.
    unknown
        What an unknown flag counts as: not a yes (``exclude``), or a yes (``both``).
    certainty
        Whether flags that are a reading of the source count as they are (``any``), or as unknown, so that
        only what sources state counts (``stated``).
    period
        First and last day, each a date, a text as precise as known, or None for no bound; events overlap it.
        An action that states no end goes on, in a release no further than the day it speaks of.
    sdg
        Goals (``11``, with its targets) or targets (``11.3``), as numbers or IRIs.
    strategic_line, programme, organiser
        IRIs, their last part, or in a release their label or acronym; capitals and accents do not matter.
    country
        ISO codes: events in which a city of that country takes part.
    nodes
        V itself, so that years can be compared; flows to other cities are left out.
    engine
        ``duckdb`` (embedded), ``spark``, ``spark://HOST:PORT``, ``spark:`` and another master, or an engine
        that `open_engine` opened; default: what the release's workspace says, else DuckDB.
    memory
        Like ``2GB``: DuckDB spills to disk beyond it; of Spark it is the driver's.

    Raises
    ------
    ProjectionError
        With every option or column that is wrong; for a strategic line, programme, organiser or country
        that is not in the data, with the names nearest to it; and for a currency in which nothing is stated.
    ConfigError
        Where the engine cannot be started.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({
    ...     "event": ["visit", "visit", "workshop", "workshop", "workshop"],
    ...     "city": ["Lima", "Quito", "Lima", "Quito", "La Paz"],
    ...     "contributes": [True, False, True, True, None],
    ...     "benefits": [False, True, True, True, True],
    ... })
    >>> made = flows(table)
    >>> made.edges.to_pylist()[0]
    {'source': 'Lima', 'target': 'La Paz', 'weight': 0.5, 'events': 1}
    >>> made.basis.unknown_participations, made.basis.dyads_could_become_mutual
    (1, 2)
    """
    selection = selection_for(
        source, events=events, weight=weight, currency=currency, half_life=half_life, now=now,
        largest_event=largest_event, unknown=unknown, certainty=certainty, period=period, sdg=sdg,
        strategic_line=strategic_line, programme=programme, organiser=organiser, country=country,
        nodes=nodes, engine=engine, memory=memory,
    )  # fmt: skip
    from coopgraph.network.projection import edges_of, project

    with opened(source, selection) as running:
        return edges_of(project(running, selection, *selected(running, source, selection)))


@dataclass(frozen=True)
class Contributions:
    """Flows, and what each event adds to them.

    Attributes
    ----------
    flows
        The flows of which the rows of `table` are the terms.
    table
        event, source, target (IRIs, dictionary-encoded: the dictionaries are sorted and hold every event and
        every city selected) and weight; one row per event and ordered pair, in the order of the IRIs.
    """

    flows: Flows
    table: pa.Table


def contributions(source: Source, **options: Unpack[Options]) -> Contributions:
    """Return flows together with what each event adds to them; takes and raises what `flows` does.

    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit"] * 2, "city": ["Lima", "Quito"],
    ...                   "contributes": [True, False], "benefits": [False, True]})
    >>> contributions(table).table.to_pylist()
    [{'event': 'visit', 'source': 'Lima', 'target': 'Quito', 'weight': 1.0}]
    """
    selection = selection_for(source, **options)
    from coopgraph.network.projection import contributions_of, project

    with opened(source, selection) as engine:
        return contributions_of(project(engine, selection, *selected(engine, source, selection)))


def merged_participations(source: Source, selection: Selection) -> pa.Table:
    """Return event, city and both flags (2 yes, 1 unknown, 0 no), one row per (event, city) selected."""
    from coopgraph.network.participations import flags

    with opened(source, selection) as engine:
        rows, _ = selected(engine, source, selection)
        merged = rows.group_by("event", "city").agg(**flags(rows, selection))
        return engine.fetch(merged.order_by("event", "city"))


def selected(engine: Engine, source: Source, selection: Selection) -> tuple[ir.Table, dict[str, int]]:
    """Return the participations of the events selected, and what was left out on the way."""
    from coopgraph.network.chosen import no_larger, of_country, rows_of_actions, rows_of_agreements
    from coopgraph.network.wanted import check_currency, named

    selection = named(engine, source, selection)
    parts = {"actions": (rows_of_actions,), "agreements": (rows_of_agreements,)}.get(
        selection.events, (rows_of_actions, rows_of_agreements)
    )
    made = [part(engine, source, selection) for part in parts]
    rows = made[0][0] if len(made) == 1 else made[0][0].union(made[1][0])
    left_out = laid_over(source)
    for _, counted in made:
        left_out |= {name: left_out.get(name, 0) + number for name, number in counted.items()}
    if selection.country:
        rows = of_country(rows, bind(engine, source, "cities", ("city", "country")), selection.country)
    check_currency(engine, rows, selection)
    if selection.largest_event is not None:
        rows, left_out["too_large"] = no_larger(engine, rows, selection.largest_event)
    return rows, left_out


def selection_for(source: Source, **options: Unpack[Options]) -> Selection:
    """Return the selection with the day of a release: events age to it, and what has no end goes on to it."""
    checked = select(**options)
    if checked.period is None and checked.half_life is None:
        return checked
    day = day_of(source)
    now = checked.now or (None if checked.half_life is None else day)
    return replace(checked, now=now, known_until=day)


def node_table(engine: Engine, nodes: Sequence[str]) -> ir.Table:
    """Return the nodes as an expression with the one column city."""
    import pyarrow as pa

    from coopgraph.columns.engine import text_column

    return engine.table(pa.table({"city": text_column(nodes)}))
