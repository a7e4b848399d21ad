"""Rows that have cells and make no subject are told; rows a condition leaves out, and empty ones, are not."""

from __future__ import annotations

from tests.sources.conftest import Bench

CITY = """\
mappings:
  city:
    s: id:city/$(id)
    po:
      - [skos:prefLabel, $(name)]
"""


def test_a_row_without_a_subject_is_told_and_an_empty_one_is_not(bench: Bench) -> None:
    records = bench.read("a.csv", "id,name\nlima,Lima\n,Quito\n,\ncusco,\n")
    assert [str(fault) for fault in bench.map(records, CITY)] == [
        "a.csv, line 3: column 'id' is empty, so the row says nothing. Fill it in, or remove the row."
    ]
    assert len(bench.quads()) == 1


def test_every_empty_column_of_the_subject_is_named(bench: Bench) -> None:
    mapping = CITY.replace("city/$(id)", "p/$(action)/$(city)")
    records = bench.read("a.csv", "action,city,name\n,,x\nvisit,,y\nvisit,lima,z\n")
    assert [(f.line, f.column) for f in bench.map(records, mapping)] == [(2, "action' + 'city"), (3, "city")]


def test_one_subject_of_several_maps_is_enough(bench: Bench) -> None:
    mapping = CITY + CITY.split("\n", 1)[1].replace("city", "place").replace("$(id)", "$(place)")
    records = bench.read("a.csv", "id,place,name\nlima,,Lima\n,quito,Quito\n,,Cusco\n")
    assert [(f.line, f.column) for f in bench.map(records, mapping)] == [(4, "id")]


def test_a_row_no_condition_lets_through_is_left_out_on_purpose(bench: Bench) -> None:
    condition = "    condition: { function: equal, parameters: [[str1, $(kind)], [str2, city]] }\n    po:"
    mapping = CITY.replace("    po:", condition)
    records = bench.read("a.csv", "id,kind,name\n,region,Puno\n,city,Lima\nquito,city,Quito\n")
    assert [(f.line, f.column) for f in bench.map(records, mapping)] == [(3, "id")]


def test_an_empty_key_is_told_once(bench: Bench) -> None:
    spec = bench.spec("a.csv", "id,name\n,Quito\n,\n", key=("id",))
    records = bench.read("a.csv", "id,name\n,Quito\n,\n", key=("id",))
    assert [(f.line, f.what) for f in records.faults] == [(2, "is empty, and it is the key.")]
    assert bench.map(records, CITY, key=spec.key) == []


def test_a_thousand_are_told_and_the_rest_are_counted(bench: Bench) -> None:
    records = bench.read("a.csv", "id,name\n" + ",Lima\n" * 1003)
    faults = bench.map(records, CITY)
    assert len(faults) == 1001
    assert str(faults[-1]) == "a.csv: has 3 more rows that say nothing."
