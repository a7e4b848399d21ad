"""A city by the names people use, or the names nearest to what they wrote."""

from __future__ import annotations

import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network.cities import City, find_city

ID = "https://w3id.org/coopgraph/id/city/"
CITIES = {
    city.iri: city
    for city in (
        City(ID + "madrid", {"en": "Madrid"}, "ES"),
        City(ID + "madrid-co", {"en": "Madrid"}, "CO"),
        City(ID + "sao-paulo", {"en": "São Paulo", "es": "San Pablo"}, "BR"),
        City(ID + "lisbon", {"en": "Lisbon", "pt": "Lisboa"}, "PT"),
    )
}


@pytest.mark.parametrize(
    "text",
    [
        ID + "sao-paulo",
        "city/sao-paulo",
        "sao-paulo",
        "São Paulo",
        "sao paulo",
        " SAN  PABLO ",
        "Sa\u0303o Paulo",
    ],
)
def test_every_way_to_say_it(text: str) -> None:
    assert find_city(CITIES, text) == ID + "sao-paulo"


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("Łódź", "Lodz"),
        ("Tromsø", "tromso"),
        ("Gießen", "GIESSEN"),
        ("Đà Nẵng", "da nang"),
        ("Ærøskøbing", "Aeroskobing"),
        ("Þorlákshöfn", "Thorlakshofn"),
        ("Isparta", "ısparta"),
    ],
)
def test_letters_that_are_no_accented_ones(label: str, plain: str) -> None:
    cities = {"x/1": City("x/1", {"en": label}), **CITIES}
    assert find_city(cities, plain) == find_city(cities, label) == "x/1"


def test_two_of_one_name_are_named() -> None:
    with pytest.raises(ProjectionError) as refused:
        find_city(CITIES, "madrid")
    assert [fault.what for fault in refused.value.faults] == [
        "Madrid, ES (city/madrid).",
        "Madrid, CO (city/madrid-co).",
    ]
    assert find_city(CITIES, "city/madrid") == ID + "madrid"


def test_an_unknown_one_names_the_nearest() -> None:
    with pytest.raises(ProjectionError, match="No city is called 'Lisbom'") as refused:
        find_city(CITIES, "Lisbom")
    assert refused.value.faults[0].what == "Near it: Lisbon, PT (city/lisbon)."
    with pytest.raises(ProjectionError) as refused:
        find_city(CITIES, "xyz")
    assert refused.value.faults == ()
