"""The Parquet tables of a release (decision 4), made from its store by the queries in
`ontology/queries/tables/`.

In: an open store. Out: pyarrow tables. `<table>.rq` gives the rows, `<table>.<column>.rq` one column of them
as (key, value); each is a flat query, so nothing multiplies, and the columns are put side by side here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import StoreError
from coopgraph.namespaces import CONCEPT, COOP, COUNTRY
from coopgraph.rdf.select import select
from coopgraph.release.columns_of import cast, date_column, list_column, mapped, one_column, taken
from coopgraph.resources import bundled

if TYPE_CHECKING:
    import pyarrow as pa
    import pyoxigraph as ox

_ANSWERS: Final = {f"{CONCEPT}answer/yes": 2, f"{CONCEPT}answer/unknown": 1, f"{CONCEPT}answer/no": 0}


@dataclass(frozen=True)
class TableSet:
    """The tables by name, and how many participations were merged with another of the same event and city."""

    tables: Mapping[str, pa.Table]
    merged: int


class _Answers:
    """The answers of the table queries, each run once."""

    def __init__(self, store: ox.Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._sources: dict[str, str] | None = None

    def __call__(self, name: str) -> pa.Table:
        return select(self._store, self._folder / f"{name}.rq")

    def sources(self, name: str, *key: str) -> pa.Table:
        """(key, source): the source of each graph that states it, or the graph itself where it names none."""
        import pyarrow as pa

        if self._sources is None:
            found = self("graphs.source")
            self._sources = dict(sorted(zip(*found.to_pydict().values(), strict=True), reverse=True))
        table = self(name)
        sources = mapped(table["graph"], lambda graph: (self._sources or {}).get(graph, graph), pa.string())
        return pa.table({"key": _joined(table, *key), "source": sources})


def make_tables(store: ox.Store, queries: Path | None = None) -> TableSet:
    """Make every table but `positions`, which is drawn, not queried."""
    answers = _Answers(store, queries or bundled("ontology") / "queries" / "tables")
    made: dict[str, pa.Table] = {}
    merged = 0
    for name, make in _TABLES.items():
        made[name], more = make(answers)
        merged += more
    return TableSet(made, merged)


def newest_retrieved(store: ox.Store, queries: Path | None = None) -> str | None:
    """The newest `coop:retrieved` in the data as text: what `now` is unless a build says otherwise."""
    import pyarrow as pa

    table = select(store, (queries or bundled("ontology") / "queries" / "tables") / "now.rq")
    found = cast(table["now"], pa.string()).to_pylist()
    return found[0] if found else None


def _joined(table: pa.Table, *names: str) -> pa.ChunkedArray:
    """One text of several columns; no IRI has a space."""
    import pyarrow.compute as pc

    return (
        table[names[0]] if len(names) == 1 else pc.binary_join_element_wise(*(table[n] for n in names), " ")
    )


def _ordered(columns: Mapping[str, Any], *by: str) -> pa.Table:
    import pyarrow as pa

    table = pa.table(dict(columns)).sort_by([(name, "ascending") for name in by])
    return table.combine_chunks()


def _participations(answers: _Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa
    import pyarrow.compute as pc

    stated = answers("participations")
    pair = _joined(stated, "event", "city").combine_chunks()
    of = stated["participation"].combine_chunks()

    def by_pair(table: pa.Table) -> pa.Table:
        """The same (key, ...) with the event and city in place of the participation."""
        keys = taken(table.column(0), of, pair)
        return table.set_column(0, "key", keys).filter(pc.is_valid(keys))

    rows = stated.select(["event", "city"]).group_by(["event", "city"]).aggregate([])
    rows = _with_amounts(
        rows, _joined(rows, "event", "city"), _amounts(by_pair(answers("participations.amount")))
    )
    event, keys = rows["event"], rows["key"]
    start, start_from = date_column(event, answers("actions.start"))
    end, end_to = date_column(event, answers("actions.end"), latest=True)
    columns = {
        "event": event,
        "event_kind": pa.repeat(pa.scalar("action"), len(rows)),
        "city": rows["city"],
        "contributes": _flag(keys, by_pair(answers("participations.contributes"))),
        "benefits": _flag(keys, by_pair(answers("participations.benefits"))),
        "certainty": _certainty(keys, by_pair(answers("participations.certainty"))),
        "amount": rows["amount"],
        "currency": rows["currency"],
        "start": start,
        "end": end,
        "start_from": start_from,
        "end_to": end_to,
        "part_of": list_column(event, answers("actions.part_of")),
        "programme": list_column(event, answers("actions.programme")),
        "organiser": list_column(event, answers("actions.organiser")),
        "strategic_line": list_column(event, answers("actions.strategic_line")),
        "sdgs": list_column(event, answers("actions.sdgs")),
        "source": list_column(keys, by_pair(answers.sources("participations.graph", "participation"))),
    }
    merged = len(of) - len(pc.unique(pair))
    return _ordered(columns, "event", "city", "currency"), merged


def _flag(keys: pa.ChunkedArray, table: pa.Table) -> pa.Array:
    """Yes wins over unknown, unknown over no; unknown and unstated are null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ranks = mapped(table["answer"], lambda answer: _ANSWERS.get(answer, 1), pa.int8())
    best = pa.table({"key": table["key"], "rank": ranks}).group_by("key").aggregate([("rank", "max")])
    found = taken(keys, best["key"].combine_chunks(), best["rank_max"].combine_chunks())
    return pc.if_else(pc.equal(found, 1), pa.scalar(None, pa.bool_()), pc.equal(found, 2))


def _certainty(keys: pa.ChunkedArray, table: pa.Table) -> pa.Array:
    """Stated only where all that say anything say so: one derived reading makes the whole derived."""
    import pyarrow as pa

    last = mapped(table["certainty"], lambda certainty: certainty.rsplit("/", 1)[-1], pa.string())
    return one_column(
        keys, pa.table({"key": table.column(0), "certainty": last})
    )  # the first in order: derived


def _amounts(table: pa.Table) -> pa.Table:
    """(key, currency, amount) of (key, money, amount, currency): money nodes once each, added by currency."""
    import pyarrow as pa

    kind = pa.decimal128(18, 2)
    once = pa.table(
        {
            "key": table.column(0),
            "money": table["money"],
            "currency": table["currency"],
            "amount": _money(table["amount"], kind),
        }
    )
    once = once.group_by(["key", "money", "currency"]).aggregate([("amount", "min")])
    added = once.group_by(["key", "currency"]).aggregate([("amount_min", "sum")])
    sums = cast(added["amount_min_sum"], kind)
    return pa.table({"key": added["key"], "currency": added["currency"], "amount": sums})


def _money(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    import pyarrow as pa

    try:
        return cast(column, kind)
    except pa.ArrowInvalid as error:
        raise StoreError(f"An amount of money cannot be written as decimal(18,2): {error}") from error


def _with_amounts(rows: pa.Table, keys: pa.ChunkedArray, amounts: pa.Table) -> pa.Table:
    """Each row with its amount and currency; again for each further currency; null where none is stated."""
    return rows.append_column("key", keys).join(
        amounts, keys="key", join_type="left outer", use_threads=False
    )


def _agreements(answers: _Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa

    amounts = _amounts(answers("agreements.amount"))
    pairs = answers("agreements").group_by(["agreement", "party"]).aggregate([])
    rows = _with_amounts(pairs, pairs["agreement"], amounts)
    agreement, party = rows["agreement"], rows["party"]
    signed, signed_from = date_column(agreement, answers("agreements.signed"))
    start, start_from = date_column(agreement, answers("agreements.start"))
    end, end_to = date_column(agreement, answers("agreements.end"), latest=True)
    source = list_column(
        _joined(rows, "agreement", "party"), answers.sources("agreements.graph", "agreement", "party")
    )
    columns = {
        "agreement": agreement,
        "kind": one_column(agreement, answers("agreements.kind")),
        "party": party,
        "party_is_city": _is_city(party, answers("actors.kind")),
        "payer": _is_named(agreement, party, answers("agreements.payer")),
        "payee": _is_named(agreement, party, answers("agreements.payee")),
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
    return _ordered(columns, "agreement", "party", "currency"), 0


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


def _memberships(answers: _Answers) -> tuple[pa.Table, int]:
    rows = answers("memberships").group_by(["membership", "city", "network"]).aggregate([])
    key = rows["membership"]
    columns = {
        "membership": key,
        "city": rows["city"],
        "network": rows["network"],
        "role": one_column(key, answers("memberships.role")),
        "since": date_column(key, answers("memberships.since"))[0],
        "until": date_column(key, answers("memberships.until"), latest=True)[0],
        "source": list_column(key, answers.sources("memberships.graph", "membership")),
    }
    return _ordered(columns, "membership", "city", "network"), 0


def _money_table(answers: _Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa

    rows = answers("money")
    key = rows["figure"]
    columns = {
        "figure": key,
        "about": one_column(key, answers("money.about")),
        "kind": one_column(key, answers("money.kind")),
        "amount": _money(rows["amount"], pa.decimal128(18, 2)),
        "currency": rows["currency"],
        "payer": one_column(key, answers("money.payer")),
        "payee": one_column(key, answers("money.payee")),
        "start": date_column(key, answers("money.start"))[0],
        "end": date_column(key, answers("money.end"), latest=True)[0],
        "source": list_column(key, answers.sources("money.graph", "figure")),
    }
    return _ordered(columns, "figure", "currency", "amount"), 0


def _figures(answers: _Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa

    key = answers("figures")["figure"]
    texts = ("subject", "measure", "unit", "qualifier", "period", "certainty")
    found = {name: one_column(key, answers(f"figures.{name}")) for name in texts}
    value = one_column(key, answers("figures.value"), pa.decimal128(38, 6))
    source = list_column(key, answers.sources("figures.graph", "figure"))
    order = ("figure", "subject", "measure", "value", "unit", "qualifier", "period", "certainty", "source")
    columns = {"figure": key, **found, "value": value, "source": source}
    return _ordered({name: columns[name] for name in order}, "figure"), 0


def _sources(answers: _Answers) -> tuple[pa.Table, int]:
    key = answers("sources")["source"]
    names = ("title", "publisher", "url", "date", "retrieved")
    columns = {"source": key, **{name: one_column(key, answers(f"sources.{name}")) for name in names}}
    return _ordered(columns, "source"), 0


def _cities(answers: _Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa

    key = answers("cities")["city"]
    labels = answers("cities.label")
    columns = {
        "city": key,
        **{f"label_{language}": _label(key, labels, language) for language in ("en", "es", "pt")},
        "country": _country(key, answers("cities.country")),
        "lat": one_column(key, answers("cities.lat"), pa.float64()),
        "long": one_column(key, answers("cities.long"), pa.float64()),
        "population": one_column(key, answers("cities.population"), pa.int64()),
    }
    return _ordered(columns, "city"), 0


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


_TABLES: Final[dict[str, Callable[[_Answers], tuple[pa.Table, int]]]] = {
    "participations": _participations,
    "agreements": _agreements,
    "memberships": _memberships,
    "money": _money_table,
    "figures": _figures,
    "sources": _sources,
    "cities": _cities,
}
