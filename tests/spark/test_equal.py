"""The same expressions give the same numbers on Spark as on DuckDB, whatever is asked."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import coopgraph as cg
from coopgraph.columns.engine import Engine
from coopgraph.network.flows import Flows, contributions

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]

PARTICIPATIONS = pa.schema(
    [
        ("event", pa.string()),
        ("city", pa.string()),
        ("contributes", pa.bool_()),
        ("benefits", pa.bool_()),
        ("certainty", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("currency", pa.string()),
        ("start", pa.string()),
        ("end", pa.string()),
        ("programme", pa.list_(pa.string())),
        ("sdgs", pa.list_(pa.string())),
        ("part_of", pa.list_(pa.string())),
    ]
)
FLAG = st.sampled_from([True, True, False, None])
DATE = st.sampled_from([None, "2014", "2015-06", "2016-02-28", "2018-12-31"])
ROW = st.fixed_dictionaries(
    {
        "event": st.sampled_from(["e", "é", "f/1", "Z"]),
        "city": st.sampled_from(["a", "b", "ñ", "C", "𝕏", "~"]),
        "contributes": FLAG,
        "benefits": FLAG,
        "certainty": st.sampled_from([None, "stated", "derived"]),
        "amount": st.one_of(st.none(), st.decimals(min_value=0, max_value=10**9, places=2)),
        "currency": st.sampled_from([None, "EUR", "EUR", "USD"]),
        "start": DATE,
        "end": DATE,
        "programme": st.sampled_from([None, [], ["x/p"], ["x/p", "x/q"]]),
        "sdgs": st.sampled_from([None, [], ["http://metadata.un.org/sdg/11.3"], ["11", "5"]]),
        "part_of": st.sampled_from([None, [], ["f/1"], ["e", "Z"]]),
    }
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "unknown": st.just("both"),
        "certainty": st.just("stated"),
        "period": st.sampled_from([("2015", "2016"), (None, "2015"), ("2016", None)]),
        "sdg": st.sampled_from(["11", "5"]),
        "programme": st.sampled_from(["p", "x/q"]),
        "nodes": st.just(["a", "ñ", "nobody"]),
        "weight": st.sampled_from(["amount", "amount", "newman", "events"]),
        "half_life": st.sampled_from([0.5, 7]),
        "largest_event": st.sampled_from([2, 3]),
    },
)


def same(one: Flows, other: Flows) -> None:
    """Equal but for the last digits of weights."""
    assert one.basis == other.basis
    assert one.nodes == other.nodes
    assert one.edges.schema == other.edges.schema
    assert one.edges.drop(["weight"]) == other.edges.drop(["weight"])
    near(one.edges, other.edges)


def near(one: pa.Table, other: pa.Table) -> None:
    weights = other.column("weight").to_pylist()
    assert one.column("weight").to_pylist() == pytest.approx(weights, rel=1e-12, abs=1e-12)


def ranked_alike(one: cg.network.Ranking, other: cg.network.Ranking) -> None:
    assert one.table.column_names == other.table.column_names
    assert one.basis == other.basis
    for name in one.table.column_names:
        here, there = one.table.column(name).to_pylist(), other.table.column(name).to_pylist()
        if one.table.schema.field(name).type != pa.float64():
            assert here == there, name
            continue
        assert [score is None for score in here] == [score is None for score in there], name
        stated = [score for score in there if score is not None]
        assert [score for score in here if score is not None] == pytest.approx(stated, rel=1e-12, abs=1e-12)
    assert (one.mutual_share, one.shared, one.leading) == (other.mutual_share, other.shared, other.leading)


@given(st.lists(ROW, max_size=30), OPTIONS)
@settings(
    max_examples=8, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_any_participations_and_any_options(
    spark: Engine, rows: list[dict[str, Any]], options: dict[str, Any]
) -> None:
    if options.get("weight") == "amount":
        options = options | {"currency": "EUR"}
    if "half_life" in options:
        options = options | {"now": "2020-02-29"}
    table = pa.Table.from_pylist(rows, schema=PARTICIPATIONS)
    one, other = flows_or_refusal(table, options | {"engine": spark}), flows_or_refusal(table, options)
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
    else:
        same(one, other)


def flows_or_refusal(table: pa.Table, options: Any) -> Flows | str:
    """Return the flows, or what is said of a filter that nothing in the data meets."""
    try:
        return cg.flows(table, **options)
    except cg.ProjectionError as error:
        return str(error)


def test_contributions_are_the_same_terms(spark: Engine) -> None:
    chance = random.Random(7)
    flags = [True, True, False, None]
    rows = [
        {"event": f"e{chance.randrange(40)}", "city": f"c{chance.randrange(15)}",
         "contributes": chance.choice(flags), "benefits": chance.choice(flags)}
        for _ in range(300)
    ]  # fmt: skip
    table = pa.Table.from_pylist(rows)
    one, other = (
        contributions(table, engine=spark, nodes=["c1", "c2", "c3"]),
        contributions(table, nodes=["c1", "c2", "c3"]),
    )
    assert one.table.schema == other.table.schema
    assert one.table.drop(["weight"]) == other.table.drop(["weight"])
    near(one.table, other.table)
    same(one.flows, other.flows)


@pytest.fixture(scope="module")
def urbact(root: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    workspace = tmp_path_factory.mktemp("urbact") / "workspace"
    shutil.copytree(root / "examples" / "urbact", workspace, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(workspace, settings={"data": str(shared_data / "urbact")})
    with cg.open(workspace) as opened:
        yield opened


@pytest.mark.parametrize("options", [{}, {"events": "all", "country": "ES"}], ids=["plain", "all of Spain"])
def test_urbact(spark: Engine, urbact: cg.Release, options: Any) -> None:
    ranked_alike(cg.rank(urbact, engine=spark, **options), cg.rank(urbact, **options))


def test_agreements(spark: Engine) -> None:
    kinds = {"agreement": "a1", "kind": "twinning", "party_is_city": True, "part_of": ["p"], "signed": "2001"}
    plain = {"payer": None, "payee": None, "start": None, "end": None, "renews": None, "amount": None,
             "currency": None}  # fmt: skip
    rows = [
        {**plain, **kinds, "party": "A"},
        {**plain, **kinds, "party": "B"},
        {**plain, **kinds, "party": "network", "party_is_city": False},
        {**plain, **kinds, "agreement": "a2", "party": "A", "renews": "a1", "signed": "2005"},
        {**plain, **kinds, "agreement": "a2", "party": "B", "renews": "a1", "signed": "2005"},
        {**plain, **kinds, "agreement": "a3", "kind": "funding-agreement", "party": "A", "payer": True},
        {**plain, **kinds, "agreement": "a3", "kind": "funding-agreement", "party": "C", "payee": True},
    ]
    schema = pa.schema([(name, pa.string()) for name in ("agreement", "kind", "party", "signed")]
                       + [("party_is_city", pa.bool_()), ("payer", pa.bool_()), ("payee", pa.bool_()),
                          ("start", pa.string()), ("end", pa.string()), ("part_of", pa.list_(pa.string())),
                          ("renews", pa.string()), ("amount", pa.decimal128(18, 2)),
                          ("currency", pa.string())])  # fmt: skip
    source = {"agreements": pa.Table.from_pylist(rows, schema=schema)}
    for options in ({}, {"period": ("2000", "2002")}):
        told: Any = {"events": "agreements", **options}
        same(cg.flows(source, engine=spark, **told), cg.flows(source, **told))


@pytest.mark.parametrize("rows", [[], [("e", "a")]], ids=["empty", "one city"])
def test_next_to_nothing(spark: Engine, rows: list[tuple[str, str]]) -> None:
    types = {"event": pa.string(), "city": pa.string(), "contributes": pa.bool_(), "benefits": pa.bool_()}
    whole = [dict(zip(types, (*row, True, True), strict=True)) for row in rows]
    table = pa.Table.from_pylist(whole, schema=pa.schema(types))
    ranked_alike(cg.rank(table, engine=spark), cg.rank(table))
