"""Columns added to records: what each row gets, one id for one name, and what is told."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from coopgraph.sources.places.adding import add_places
from coopgraph.sources.places.gazetteer import Gazetteer
from coopgraph.sources.places.setting import PlaceSetting
from coopgraph.sources.read import read_all
from coopgraph.sources.source_spec import SourceSpec

from ..conftest import Bench

SETTING = PlaceSetting(("seat", "name"), "city", "cc", "lat", "lon")
ROWS = (
    "Lisboa,Lisboa,PT,,",
    "Metropole,Lisboa,Portugal,38.7,-9.1",
    "Springfield,,US,,",
    "Haguenau,,FRA,48.8,7.8",
    "Nowhere-sur-Mer,,FR,50,1",
    "NOWHERE SUR MER,,FR,50,1",
    "NOWHERE SUR MER,,FR,51,2",
    ",,FR,,",
    "Atlantis,,Freedonia,,x",
)


def added(
    bench: Any,
    gazetteer: Gazetteer,
    rows: tuple[str, ...],
    setting: PlaceSetting = SETTING,
    name: str = "members",
) -> Any:
    path = bench.write("m.csv", "name,seat,cc,lat,lon\n" + "\n".join(rows) + "\n")
    spec = SourceSpec(name, (path,), "csv", places=(setting,))
    return add_places([spec], read_all([spec], bench.connection), gazetteer, bench.connection)


def test_each_row_gets_an_id_and_what_is_known_of_it(bench: Bench, gazetteer: Gazetteer) -> None:
    found = bench.rows(added(bench, gazetteer, ROWS).records["members"])
    assert [tuple(row[name] for name in SETTING.added) for row in found] == [
        ("geonames-1", "alias", "Lisbon", "PT", "38.72", "-9.15", "1"),
        ("geonames-1", "alias", "Lisbon", "PT", "38.72", "-9.15", "1"),
        ("name-us-springfield", "ambiguous", "Springfield", "US", None, None, None),
        ("geonames-17", "exact", "Haguenau", "FR", "48.82", "7.79", "17"),
        *[("name-fr-nowhere-sur-mer", "unknown", "NOWHERE SUR MER", "FR", "50.0", "1.0", None)] * 3,
        (None, None, None, None, None, None, None),
        ("name-zz-atlantis", "unknown", "Atlantis", None, None, None, None),
    ]


def test_what_is_doubtful_or_unreadable_is_told(bench: Bench, gazetteer: Gazetteer) -> None:
    assert [str(fault) for fault in added(bench, gazetteer, ROWS).faults] == [
        "m.csv, line 10: column 'cc' has 'Freedonia', which is no country known here. "
        "The name beside it was looked up without it.",
        "m.csv, line 10: column 'lon' has 'x', which makes no position. "
        "The name beside it was looked up without it.",
        "m.csv: 5 of 8 names in 'seat' are of no certain place (1 ambiguous, 4 unknown). "
        "Decide them in a sheet: coopgraph check --review review.xlsx.",
    ]


def test_names_taken_for_their_size_are_counted_and_may_be_left_open(
    bench: Bench, gazetteer: Gazetteer
) -> None:
    rows = ("Saint-Denis,,FR,,", "Lisboa,,PT,,")
    told = [fault.what for fault in added(bench, gazetteer, rows).faults]
    assert told == ["1 name is taken for the city far larger than all others so called in its country."]
    strict = added(bench, gazetteer, rows, replace(SETTING, dominant=False), name="others")
    assert [fault.what for fault in strict.faults] == [
        "1 of 2 names in 'seat' are of no certain place (1 ambiguous).",
    ]


def test_a_country_no_release_knows_is_not_written(bench: Bench, gazetteer: Gazetteer) -> None:
    (row,) = bench.rows(added(bench, gazetteer, ("Gllogjan,,Kosovo,,",)).records["members"])
    assert (row["city"], row["city_country"]) == ("name-xk-gllogjan", None)


def test_order_of_rows_changes_nothing(bench: Bench, gazetteer: Gazetteer) -> None:
    shuffled = list(ROWS)
    random.Random(5).shuffle(shuffled)
    one = bench.rows(added(bench, gazetteer, ROWS).records["members"])
    other = bench.rows(added(bench, gazetteer, tuple(shuffled), name="others").records["others"])
    assert sorted(map(str, one)) == sorted(map(str, other))


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (PlaceSetting(("town",), "city"), "names 'town', which m.csv does not have."),
        (PlaceSetting(("name",), "lat"), "adds 'lat', which m.csv has itself."),
    ],
)
def test_setting_that_does_not_fit_is_told(
    bench: Bench, gazetteer: Gazetteer, setting: PlaceSetting, told: str
) -> None:
    result = added(bench, gazetteer, ROWS, setting)
    assert [fault.what for fault in result.faults] == [f"'sources.members.place' {told}"]
    assert "city" not in result.records["members"].columns
