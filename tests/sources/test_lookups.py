"""Lookups: a left join that never doubles a row."""

from __future__ import annotations

from typing import Any

import pytest

from coopgraph.errors import SourceError
from coopgraph.sources.read import read_all
from coopgraph.sources.records import Records
from coopgraph.sources.source_spec import Lookup, SourceSpec


def both(bench: Any, left: str, right: str, *lookups: Lookup, **settings: Any) -> dict[str, Records]:
    specs = [
        SourceSpec("left", (bench.write("left.csv", left),), "csv", lookups=lookups),
        SourceSpec("right", (bench.write("right.csv", right),), "csv", **settings),
    ]
    return read_all(specs, bench.connection)


def sentences(bench: Any, left: str, right: str, *lookups: Lookup, **settings: Any) -> list[str]:
    with pytest.raises(SourceError) as caught:
        both(bench, left, right, *lookups, **settings)
    return [str(fault) for fault in caught.value.faults]


KIND = Lookup("right", (("code", "id"),), ("kind",))


def test_columns_are_taken_over_and_no_row_is_lost(bench: Any) -> None:
    read = both(
        bench,
        "n,code\n1,b\n2,a\n3,\n4,zz\n5,b\n",
        "id,kind\na,x\nb,y;z\n,none\n",
        KIND,
        separators={"kind": ";"},
    )
    left = read["left"]
    assert [(row["n"], row["kind"]) for row in bench.rows(left)] == [
        ("1", ["y", "z"]), ("2", ["x"]), ("3", None), ("4", None), ("5", ["y", "z"]),
    ]  # fmt: skip
    assert left.lists == {"kind"}
    assert left.locate(5) == ("left.csv", 6)


def test_several_keys_and_several_lookups(bench: Any) -> None:
    by_two = Lookup("right", (("a", "a"), ("b", "b")), ("kind",))
    again = Lookup("right", (("a", "b"),), ("more",))
    read = both(bench, "a,b\n1,2\n2,1\n", "a,b,kind,more\n1,2,x,p\n2,1,y,q\n", by_two, again)
    assert [(row["kind"], row["more"]) for row in bench.rows(read["left"])] == [("x", "q"), ("y", "p")]


def test_decimals_are_taken_over(bench: Any) -> None:
    assert both(bench, "n,code\n1,a\n", 'id,kind\na,"1,5"\n', KIND, decimals={"kind": ","})[
        "left"
    ].decimals == {"kind": ","}


def test_a_key_that_is_there_twice_is_refused(bench: Any) -> None:
    assert sentences(bench, "n,code\n1,a\n", "id,kind\na,x\nb,y\na,z\n", KIND) == [
        "right.csv, line 4: column 'id' has 'a' again (first in line 2), and a lookup needs each key once. "
        "Make them one row."
    ]


def test_columns_that_are_not_there_or_there_already_are_refused(bench: Any) -> None:
    lookup = Lookup("right", (("code", "idd"),), ("n", "kin"))
    assert sentences(bench, "n,code\n1,a\n", "id,kind\na,x\n", lookup) == [
        "coopgraph.toml: 'sources.left.lookup' joins on 'idd', which right.csv does not have. Did "
        "you mean 'id'?",
        "coopgraph.toml: 'sources.left.lookup' takes 'n', which right.csv does not have. Known: id, kind.",
        "coopgraph.toml: 'sources.left.lookup' takes 'n', which left.csv has itself. Rename one of "
        "the columns.",
        "coopgraph.toml: 'sources.left.lookup' takes 'kin', which right.csv does not have. Did you "
        "mean 'kind'?",
    ]


def test_faults_of_all_files_are_told_at_once(bench: Any) -> None:
    assert sentences(bench, "", "id,id\n") == [
        "left.csv: is empty. Put a header in its first line.",
        "right.csv, line 1: the header has 'id' 2 times (columns 1 and 2). Give each column a name "
        "of its own.",
    ]
