"""The gazetteer's file: the same bytes, what it keeps of places left out, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coopgraph.errors import SourceError
from coopgraph.sources.places.folding import folded
from coopgraph.sources.places.gazetteer import Gazetteer, gazetteer_file, load_gazetteer
from coopgraph.sources.places.making import write_gazetteer
from coopgraph.sources.places.matching import match_names

from .conftest import PLACES


def test_same_places_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    for name, places in (("a", PLACES), ("b", PLACES[::-1])):
        write_gazetteer(places, tmp_path / name, title="t")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_name_shared_with_a_place_left_out_is_not_certain(tmp_path: Path) -> None:
    path = tmp_path / "large.parquet"
    assert write_gazetteer(PLACES, path, title="t", keep=lambda place: place.population > 96_000) == 16
    large = load_gazetteer(path)
    names = ["Saint-Denis", "Haguenau", "Aix-en-Provence"]
    hows = [match.how for match in match_names(large, names, ["FR"] * 3, dominant=False)]
    assert hows == ["ambiguous", "unknown", "exact"]  # another Saint-Denis in France was left out
    assert match_names(large, names, ["FR"] * 3)[0].how == "dominant"  # and has 500 inhabitants
    assert match_names(large, ["Saint-Denis"], ["FR"], [48.93], [2.36])[0].how == "exact"


def test_bundled_one_is_small_and_says_where_it_is_from() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer_file().stat().st_size < 1_500_000
    assert len(gazetteer) == 12_385  # as docs/sources/places.md says
    assert gazetteer.title.startswith("GeoNames: capitals and places of 50,000 inhabitants and more")


def test_own_name_and_country_never_mean_another_place_by_its_other_name() -> None:
    gazetteer = load_gazetteer()
    names, countries = (
        [gazetteer.of(column, row) for row in range(len(gazetteer))] for column in ("name", "country")
    )
    wrong = [
        (name, country, gazetteer.of("name", match.row))
        for row, (name, country, match) in enumerate(
            zip(names, countries, match_names(gazetteer, names, countries), strict=True)
        )
        if match.row not in (None, row)
        and folded(name).replace(" ", "") not in _own_keys(gazetteer, match.row or 0)
    ]
    assert wrong == []


def _own_keys(gazetteer: Gazetteer, row: int) -> list[str]:
    own = gazetteer.table["own"][row].as_py()
    return [key.replace(" ", "") for key in gazetteer.keys(row)[:own]]


def test_large_cities_are_found_by_name_and_country() -> None:
    names = {
        "BR": "São Paulo|Brasília|Belo Horizonte|Porto Alegre|Fortaleza", "CR": "San José",
        "PT": "Évora|Lisboa",
        "MX": "Guadalajara|Monterrey|Mérida|Puebla|CDMX|Ciudad de México D.F.", "FR": "Marseille",
        "DE": "Essen", "VN": "Hanoi", "US": "Chicago|Boston|Houston|New York", "IN": "New Delhi",
        "EC": "Quito DM", "CO": "Bogotá D.C.", "Rep. Dominicana": "Santo Domingo",
        "EE.UU.": "Washington D.C.", "EUA": "Philadelphia", "UK": "London", "Holanda": "Amsterdam",
        "Rep. Checa": "Praha",
    }  # fmt: skip
    rows = [(name, country) for country, each in names.items() for name in each.split("|")]
    found = match_names(load_gazetteer(), *(list(column) for column in zip(*rows, strict=True)))
    assert [row for row, match in zip(rows, found, strict=True) if match.row is None] == []
    ties = match_names(load_gazetteer(), ["Springfield", "Portland", "Münster"], ["US", "US", "DE"])
    assert [match.how for match in ties] == ["ambiguous"] * 3


@pytest.mark.parametrize("name", ["San Jose", "Santiago", "Córdoba", "Paris", "Springfield"])
def test_names_of_many_places_are_never_taken_without_a_country(name: str) -> None:
    (match,) = match_names(load_gazetteer(), [name])
    assert (match.how, match.row) == ("ambiguous", None)
    assert match.candidates


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is not a gazetteer: it is no whole Parquet file."),
        (b"id,name\n1,Lisbon\n", "is not a gazetteer: it is no whole Parquet file."),
        (None, "is not there."),
    ],
)
def test_what_is_no_gazetteer_is_refused(tmp_path: Path, content: bytes | None, what: str) -> None:
    path = tmp_path / "g.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        load_gazetteer(path)
    assert caught.value.faults[0].what == what


def test_parquet_of_something_else_and_of_another_version_are_refused(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    pq.write_table(pa.table({"id": [1]}), tmp_path / "a.parquet")
    old = gazetteer.table.replace_schema_metadata({"coopgraph.folding": "0", "coopgraph.title": "t"})
    pq.write_table(old, tmp_path / "b.parquet")
    told = []
    for name in ("a", "b"):
        with pytest.raises(SourceError) as caught:
            load_gazetteer(tmp_path / f"{name}.parquet")
        told.append(caught.value.faults[0].what)
    assert told == [
        "is not a gazetteer that coopgraph gazetteer build made.",
        "was made by another version of coopgraph, which read names differently.",
    ]


def test_places_around_a_position(gazetteer: Gazetteer) -> None:
    assert [gazetteer.of("name", row) for row in gazetteer.around(48.9, 2.4, 10)] == ["Saint-Denis"]
    assert gazetteer.around(0, 179.99, 500) == []
