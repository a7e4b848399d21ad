"""Who is meant by a name: exact answers on a gazetteer of 21 places, and what must go to review."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.sources.places.gazetteer import Gazetteer, load_gazetteer
from coopgraph.sources.places.making import write_gazetteer
from coopgraph.sources.places.matching import match_names

from .conftest import place

FOUND = [
    ("Lisbon", "PT", "exact", 1),
    ("LISBOA", "PT", "alias", 1),
    ("Câmara Municipal de Lisboa", "PT", "alias", 1),
    ("Lisboa (Portugal)", None, "alias", 1),
    ("Lisbon, Portugal", None, "alias", 1),
    ("Лиссабон", None, "alias", 1),
    ("لشبونة", None, "alias", 1),
    ("αθηνα", "GR", "alias", 21),
    ("Cordoba", "ES", "exact", 2),
    ("Córdoba (Argentina)", None, "alias", 3),
    ("San José", "CR", "exact", 4),
    ("San Jose\u0301", "CR", "exact", 4),  # decomposed
    ("Municipality of San Jose", "CR", "alias", 4),
    ("St. Polten", "AT", "exact", 9),
    ("Saint Pölten", "AT", "exact", 9),
    ("Aix en Provence", "FR", "exact", 10),
    ("AIX-EN-PROVENCE", None, "exact", 10),
    ("Bogota D.C.", "CO", "alias", 11),
    ("Bogotá, D.C.", "CO", "alias", 11),
    ("Lodz", "PL", "exact", 16),
    ("Oster", "DK", "exact", 15),
    ("Bogotá, Greater", "CO", "alias", 11),
    ("Ville de Haguenau", "FR", "alias", 17),
    ("Athens / Αθήνα", None, "alias", 21),
    ("Bogotá - Cundinamarca", "CO", "alias", 11),
    ("Ayuntamiento de Córdoba", "ES", "alias", 2),
    ("Saint-Denis", "FR", "dominant", 6),  # 96,128 people; the other in France has 500
    ("Saint-Denis, France", None, "dominant", 6),
]
DOUBTFUL = [
    ("Córdoba", None, "ambiguous", {2, 3}),
    ("San Jose", None, "ambiguous", {4, 5}),
    ("Springfield", "US", "ambiguous", {18, 19}),
    ("Halle", "DE", "ambiguous", {13, 14}),  # the larger is only also called so
    ("Hagenau", "FR", "unknown", {17}),  # like it, but nothing confirms it
    ("Lisbon", "US", "unknown", {1}),  # no such place there
    ("ogo", "CO", "unknown", set()),
    ("Bogo", "CO", "unknown", set()),
    ("Atlantis", None, "unknown", set()),
    ("Haguenau, Aix-en-Provence", "FR", "ambiguous", {10, 17}),  # a list, no place
    ("Córdoba / Palma de Mallorca", "ES", "ambiguous", {2, 12}),
]


@pytest.mark.parametrize(("name", "country", "how", "number"), FOUND)
def test_found(gazetteer: Gazetteer, name: str, country: str | None, how: str, number: int) -> None:
    (match,) = match_names(gazetteer, [name], [country])
    assert match.row is not None
    assert (match.how, gazetteer.of("id", match.row)) == (how, number)


@pytest.mark.parametrize(("name", "country", "how", "numbers"), DOUBTFUL)
def test_goes_to_review(
    gazetteer: Gazetteer, name: str, country: str | None, how: str, numbers: set[int]
) -> None:
    (match,) = match_names(gazetteer, [name], [country])
    assert (match.how, match.row) == (how, None)
    assert {gazetteer.of("id", one.row) for one in match.candidates} == numbers


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon", "how", "number"),
    [
        ("Springfield", "US", 39.81, -89.6, "exact", 18),
        ("Springfield", "US", 37.2, -93.3, "exact", 19),
        ("Halle", "DE", 51.5, 12.0, "alias", 13),
        ("San Jose", None, 37.3, -121.9, "exact", 5),
        ("Saint Denis", "FR", -20.9, 55.4, "exact", 7),  # a territory with a code of its own
        ("Hagenau", "FR", 48.81, 7.8, "near", 17),
        ("Palma", "ES", 39.57, 2.65, "near", 12),
        ("Córdoba", "ES", -31.4, -64.2, "far", None),
        ("Lisbon", "PT", 38.9, -9.1, "exact", 1),  # 20 km
        ("Lisboa", "PT", 38.9, -9.1, "far", None),  # not its own name
        ("Palma", "ES", 41.0, 2.65, "unknown", None),
        ("Hagenau", "DE", 48.81, 7.8, "unknown", None),  # the country says no
        ("Athenz", "GR", 37.98, 23.73, "unknown", None),  # 83 of 100: not alike enough
    ],
)
def test_position_tells_apart_and_confirms(
    gazetteer: Gazetteer, name: str, country: str | None, lat: float, lon: float, how: str, number: int | None
) -> None:
    (match,) = match_names(gazetteer, [name], [country], [lat], [lon])
    assert match.how == how
    assert (None if match.row is None else gazetteer.of("id", match.row)) == number


def test_candidates_are_nearest_first_with_their_distance(gazetteer: Gazetteer) -> None:
    (match,) = match_names(gazetteer, ["Córdoba"], ["ES"], [40.0], [-4.77])
    assert [(gazetteer.of("id", one.row), round(one.km or 0)) for one in match.candidates] == [(2, 235)]
    (match,) = match_names(gazetteer, ["Córdoba"])
    assert [gazetteer.of("id", one.row) for one in match.candidates] == [3, 2]  # the larger first


@pytest.mark.parametrize(("name", "how"), [("Cagnò", "ambiguous"), ("Cagno", "exact"), ("CAGNO", "exact")])
def test_accent_that_is_written_is_meant(tmp_path: Path, name: str, how: str) -> None:
    places = [place(1, "Cagno", "IT", 45.81, 8.92, 2004), place(2, "Cagnò", "IT", 46.39, 11.04, 333)]
    write_gazetteer(places, tmp_path / "two.parquet", title="t")
    (match,) = match_names(load_gazetteer(tmp_path / "two.parquet"), [name], ["IT"], [45.81], [8.92])
    assert match.how == how


@pytest.mark.parametrize(("lat", "how"), [(45.01, "exact"), (45.06, "ambiguous"), (45.1, "ambiguous")])
def test_two_namesakes_about_as_near_are_a_tie(tmp_path: Path, lat: float, how: str) -> None:
    places = [place(1, "Sant'Elena", "IT", 45.0, 11.0, 838), place(2, "Sant'Elena", "IT", 45.2, 11.0, 1637)]
    write_gazetteer(places, tmp_path / "two.parquet", title="t")
    (match,) = match_names(load_gazetteer(tmp_path / "two.parquet"), ["Sant'Elena"], ["IT"], [lat], [11.0])
    assert match.how == how


def test_centre_and_town_are_one_place_and_the_larger_counts(tmp_path: Path) -> None:
    near, far = place(2, "Porto", "PT", 41.16, -8.62, 900), place(3, "Porto", "PT", 40.0, -8.0, 900)
    town = place(1, "Porto", "PT", 41.15, -8.61, 249633)
    hows = []
    for places in ([town, near], [town, near, far]):
        write_gazetteer(places, tmp_path / "g.parquet", title="t")
        gazetteer = load_gazetteer(tmp_path / "g.parquet")
        (match,) = match_names(gazetteer, ["Porto"], ["PT"])
        hows.append((match.how, None if match.row is None else gazetteer.of("id", match.row)))
    assert hows == [("exact", 1), ("dominant", 1)]


@pytest.mark.parametrize(
    ("name", "people", "other", "how"),
    [
        ("Porto", 100_000, 5_000, "dominant"),
        ("Porto", 99_999, 5_000, "ambiguous"),  # not twenty times
        ("Porto", 49_999, 500, "ambiguous"),  # no city
        ("Porto", 50_000, 0, "dominant"),  # not stated
        ("Porto, Braga", 100_000, 5_000, "ambiguous"),  # another place stands beside the name
        ("Porto, Portugal", 100_000, 5_000, "dominant"),
    ],
)
@pytest.mark.parametrize("is_held", [True, False])
def test_city_of_twenty_times_the_people_is_taken_where_the_country_is_stated(
    tmp_path: Path, name: str, people: int, other: int, how: str, is_held: bool
) -> None:
    places = [place(1, "Porto", "PT", 41.15, -8.61, people), place(2, "Porto", "PT", 40.0, -8.0, other)]
    path = tmp_path / "g.parquet"
    write_gazetteer(places, path, title="t", keep=lambda each: is_held or each.id == 1)
    gazetteer = load_gazetteer(path)
    (match,) = match_names(gazetteer, [name], ["PT"])
    assert (match.how, match.row) == (how, 0 if how == "dominant" else None)
    assert match_names(gazetteer, [name], ["PT"], dominant=False)[0].how == "ambiguous"
    assert match_names(gazetteer, ["Porto"])[0].how == "ambiguous", "no country is stated"
    assert match_names(gazetteer, ["Porto"], ["PT"], [37.0], [-8.0])[0].how == "far", "the position says no"


def test_capital_is_taken_before_smaller_namesakes_and_not_before_larger(tmp_path: Path) -> None:
    from dataclasses import replace

    hows = []
    for people in (30_000, 400_000):
        capital = replace(place(1, "San José", "CR", 9.93, -84.08, 335_007), feature="PPLC")
        places = [capital, place(2, "San José", "CR", 10.9, -85.1, people)]
        write_gazetteer(places, tmp_path / "g.parquet", title="t")
        hows.append(match_names(load_gazetteer(tmp_path / "g.parquet"), ["San José"], ["CR"])[0].how)
    assert hows == ["dominant", "ambiguous"]


def test_own_name_goes_before_the_other_name_of_a_larger_place_beside_it(tmp_path: Path) -> None:
    places = [
        place(1, "Delhi", "IN", 28.65, 77.23, 11_034_555, "New Delhi"),
        place(2, "New Delhi", "IN", 28.64, 77.22, 317_797),
    ]
    write_gazetteer(places, tmp_path / "g.parquet", title="t")
    gazetteer = load_gazetteer(tmp_path / "g.parquet")
    found = match_names(gazetteer, ["New Delhi"] * 2, ["IN"] * 2, [None, 28.65], [None, 77.23])
    assert [(match.how, match.row) for match in found] == [("exact", 1)] * 2


def test_countries_by_name_and_positions_that_are_none(gazetteer: Gazetteer) -> None:
    none = float("nan")
    names, countries = ["Lisboa", "Lisboa", "Lisboa"], ["Portugal", "PRT", "Freedonia"]
    found = match_names(gazetteer, names, countries, [none, None, none], [none, None, none])
    assert [match.how for match in found] == ["alias", "alias", "unknown"]
    assert match_names(gazetteer, []) == []


def test_code_of_an_airport_is_no_name(gazetteer: Gazetteer) -> None:
    assert match_names(gazetteer, ["LIS", "lysbwn", "", None], ["PT", "PT", "PT", "PT"])[0].row is None
