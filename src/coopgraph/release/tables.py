"""The Parquet tables of a release (decision 4), made from its store by the queries in
`ontology/queries/tables/`.

In: an open store. Out: pyarrow tables. `<table>.rq` gives the rows, `<table>.<column>.rq` one column of them
as (key, value); each is a flat query, so nothing multiplies, and the columns are put side by side here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import COOP, COUNTRY
from coopgraph.rdf.select import select
from coopgraph.release.answers import Answers, joined, ordered
from coopgraph.release.columns_of import cast, date_column, list_column, mapped, one_column
from coopgraph.release.participation_table import (
    amounts_by_currency,
    certainty,
    money,
    participations,
    with_amounts,
)
from coopgraph.release.result_table import results
from coopgraph.resources import bundled

if TYPE_CHECKING:
    import pyarrow as pa
    import pyoxigraph as ox


@dataclass(frozen=True)
class TableSet:
    """The tables by name, and how many participations were merged with another of the same event and city."""

    tables: Mapping[str, pa.Table]
    merged: int


def make_tables(store: ox.Store, queries: Path | None = None) -> TableSet:
    """Make every table but `positions`, which is drawn, not queried."""
    answers = Answers(partial(select, store), queries or bundled("ontology") / "queries" / "tables")
    made: dict[str, pa.Table] = {}
    merged = 0
    for name, make in _TABLES.items():
        made[name], more = make(answers)
        merged += more
    return TableSet(made, merged)


def make_table(name: str, select: Callable[[Path], pa.Table]) -> pa.Table:
    """Make one of the tables in `TABLES` by what answers its queries."""
    table, _ = _TABLES[name](Answers(select, bundled("ontology") / "queries" / "tables"))
    return table


def newest_retrieved(store: ox.Store, queries: Path | None = None) -> str | None:
    """The newest `coop:retrieved` in the data as text: what `now` is unless a build says otherwise."""
    import pyarrow as pa

    table = select(store, (queries or bundled("ontology") / "queries" / "tables") / "now.rq")
    found = cast(table["now"], pa.string()).to_pylist()
    return found[0] if found else None


def _agreements(answers: Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa

    amounts = amounts_by_currency(answers("agreements.amount"))
    pairs = answers("agreements").group_by(["agreement", "party"]).aggregate([])
    rows = with_amounts(pairs, pairs["agreement"], amounts)
    agreement, party = rows["agreement"], rows["party"]
    signed, signed_from = date_column(agreement, answers("agreements.signed"))
    start, start_from = date_column(agreement, answers("agreements.start"))
    end, end_to = date_column(agreement, answers("agreements.end"), latest=True)
    source = list_column(
        joined(rows, "agreement", "party"), answers.sources("agreements.graph", "agreement", "party")
    )
    columns = {
        "agreement": agreement,
        "kind": one_column(agreement, answers("agreements.kind")),
        "party": party,
        "party_is_city": _is_city(party, answers("actors.kind")),
        "payer": _is_named(agreement, party, answers("agreements.payer")),
        "payee": _is_named(agreement, party, answers("agreements.payee")),
        "certainty": certainty(agreement, answers("agreements.certainty")),
        "signed": signed,
        "start": start,
        "end": end,
        "signed_from": signed_from,
        "start_from": start_from,
        "end_to": end_to,
        "part_of": one_column(agreement, answers("agreements.part_of")),
        "renews": one_column(agreement, answers("agreements.renews")),
        "amount": rows["amount"],
        "currency": rows["currency"],
        "source": source if len(rows) else pa.array([], pa.list_(pa.string())),
    }
    return ordered(columns, "agreement", "party", "currency"), 0


def _is_city(party: pa.ChunkedArray, kinds: pa.Table) -> pa.Array:
    """Whether a party is a city; null where nothing says what it is."""
    import pyarrow as pa
    import pyarrow.compute as pc

    other = pa.table({"actor": kinds["actor"], "other": pc.not_equal(kinds["kind"], f"{COOP}City")})
    return pc.invert(one_column(party, other, pa.bool_()))


def _is_named(agreement: pa.ChunkedArray, party: pa.ChunkedArray, table: pa.Table) -> pa.Array:
    """Whether this party is the one named; null where the agreement names nobody."""
    import pyarrow.compute as pc

    anybody = pc.is_in(agreement.combine_chunks(), value_set=table.column(0).combine_chunks())
    pair = pc.binary_join_element_wise(agreement, party, " ").combine_chunks()
    named = pc.binary_join_element_wise(table.column(0), table.column(1), " ").combine_chunks()
    return pc.if_else(anybody, pc.is_in(pair, value_set=named), None)


def _memberships(answers: Answers) -> tuple[pa.Table, int]:
    rows = answers("memberships").group_by(["membership", "city", "network"]).aggregate([])
    key = rows["membership"]
    columns = {
        "membership": key,
        "city": rows["city"],
        "network": rows["network"],
        "role": one_column(key, answers("memberships.role")),
        "certainty": certainty(key, answers("memberships.certainty")),
        "since": date_column(key, answers("memberships.since"))[0],
        "until": date_column(key, answers("memberships.until"), latest=True)[0],
        "source": list_column(key, answers.sources("memberships.graph", "membership")),
    }
    return ordered(columns, "membership", "city", "network"), 0


def _money_table(answers: Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa

    rows = answers("money")
    key = rows["figure"]
    columns = {
        "figure": key,
        "about": one_column(key, answers("money.about")),
        "kind": one_column(key, answers("money.kind")),
        "amount": money(rows["amount"], pa.decimal128(18, 2)),
        "currency": rows["currency"],
        "qualifier": one_column(key, answers("money.qualifier")),
        "payer": one_column(key, answers("money.payer")),
        "payee": one_column(key, answers("money.payee")),
        "start": date_column(key, answers("money.start"))[0],
        "end": date_column(key, answers("money.end"), latest=True)[0],
        "source": list_column(key, answers.sources("money.graph", "figure")),
    }
    return ordered(columns, "figure", "currency", "amount"), 0


def _figures(answers: Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa

    key = answers("figures")["figure"]
    texts = ("subject", "measure", "unit", "qualifier", "period", "certainty")
    found = {name: one_column(key, answers(f"figures.{name}")) for name in texts}
    value = one_column(key, answers("figures.value"), pa.decimal128(38, 6))
    source = list_column(key, answers.sources("figures.graph", "figure"))
    order = ("figure", "subject", "measure", "value", "unit", "qualifier", "period", "certainty", "source")
    columns = {"figure": key, **found, "value": value, "source": source}
    return ordered({name: columns[name] for name in order}, "figure"), 0


def _sources(answers: Answers) -> tuple[pa.Table, int]:
    key = answers("sources")["source"]
    names = ("title", "publisher", "url", "date", "retrieved")
    columns = {"source": key, **{name: one_column(key, answers(f"sources.{name}")) for name in names}}
    return ordered(columns, "source"), 0


def _cities(answers: Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa

    key = answers("cities")["city"]
    labels = answers("cities.label")
    columns = {
        "city": key,
        **{f"label_{language}": _label(key, labels, language) for language in LANGUAGES},
        "country": _country(key, answers("cities.country")),
        "lat": one_column(key, answers("cities.lat"), pa.float64()),
        "long": one_column(key, answers("cities.long"), pa.float64()),
        "population": one_column(key, answers("cities.population"), pa.int64()),
    }
    return ordered(columns, "city"), 0


def _label(key: pa.ChunkedArray, labels: pa.Table, language: str) -> pa.Array:
    """The label in a language (or a region's form of it), else the one without any language."""
    import pyarrow.compute as pc

    tag = pc.list_element(pc.split_pattern(labels["language"], "-"), 0)
    in_it = one_column(key, labels.filter(pc.equal(tag, language)).select(["city", "label"]))
    plain = one_column(key, labels.filter(pc.equal(tag, "")).select(["city", "label"]))
    return pc.coalesce(in_it, plain)


def _country(key: pa.ChunkedArray, countries: pa.Table) -> pa.Array:
    """The notation of the country, else the end of its IRI where that is one of ours."""
    import pyarrow as pa
    import pyarrow.compute as pc

    last = mapped(countries["country"], _code, pa.string())
    codes = pc.coalesce(cast(countries["code"], pa.string()), last)
    return one_column(key, pa.table({"city": countries["city"], "country": codes}))


def _code(country: str) -> str | None:
    return country.removeprefix(COUNTRY) if country.startswith(COUNTRY) else None


_TABLES: Final[dict[str, Callable[[Answers], tuple[pa.Table, int]]]] = {
    "participations": participations,
    "agreements": _agreements,
    "memberships": _memberships,
    "money": _money_table,
    "figures": _figures,
    "results": results,
    "sources": _sources,
    "cities": _cities,
}
TABLES: Final = tuple(sorted(_TABLES))
