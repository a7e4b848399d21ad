"""What holds for any names of places: order, spelling and namesakes."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.sources.places.folding import folded, readings
from coopgraph.sources.places.gazetteer import Gazetteer, load_gazetteer
from coopgraph.sources.places.making import Place, write_gazetteer
from coopgraph.sources.places.matching import match_names

WORDS = ("San", "José", "Santa", "Łódź", "Aix", "St", "Córdoba", "Öster", "Halle", "Palma", "Москва", "Αθήνα")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
COUNTRIES = st.sampled_from(("ES", "FR", None))
DEGREES = st.one_of(st.none(), st.floats(-60, 60))
ROWS = st.lists(st.tuples(NAMES, COUNTRIES, DEGREES, DEGREES), min_size=1, max_size=8)
PLACES = st.lists(
    st.builds(
        lambda name, also, country, lat, lon, population: Place(
            0, name, name, tuple(also), country, "", lat, lon, population
        ),
        NAMES,
        st.lists(NAMES, max_size=2),
        st.sampled_from(("ES", "FR")),
        st.floats(-60, 60),
        st.floats(-60, 60),
        st.integers(0, 10**7),
    ),
    min_size=1,
    max_size=8,
).map(lambda places: [replace(place, id=number) for number, place in enumerate(places, 1)])


def made(places: list[Place]) -> Gazetteer:
    with TemporaryDirectory() as folder:
        write_gazetteer(places, Path(folder) / "g.parquet", title="t")
        return load_gazetteer(Path(folder) / "g.parquet")


def hows(gazetteer: Gazetteer, rows: list[tuple[str, str | None, float | None, float | None]]) -> list[str]:
    matches = match_names(gazetteer, *map(list, zip(*rows, strict=True)))
    return [
        f"{match.how} {None if match.row is None else gazetteer.of('id', match.row)}" for match in matches
    ]


@given(PLACES, ROWS, st.randoms())
@settings(deadline=None)
def test_order_of_rows_and_of_places_changes_no_match(places: list[Place], rows, chosen) -> None:  # type: ignore[no-untyped-def]
    before = dict(zip(rows, hows(made(places), rows), strict=True))
    chosen.shuffle(rows)
    chosen.shuffle(places)
    assert dict(zip(rows, hows(made(places), rows), strict=True)) == before


@given(PLACES, NAMES, COUNTRIES)
def test_case_accents_and_composition_change_no_match(
    places: list[Place], name: str, country: str | None
) -> None:
    gazetteer = made(places)
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    spelt = [name, name.upper(), name.lower(), unicodedata.normalize("NFD", name), plain, f"  {name} "]
    assert len({tuple(hows(gazetteer, [(text, country, None, None)])) for text in spelt}) == 1


@given(PLACES, NAMES, st.sampled_from(("ES", "FR")), st.integers(0, 10**8))
@settings(max_examples=200)
def test_another_place_of_the_name_never_makes_a_doubt_certain(
    places: list[Place], name: str, country: str, population: int
) -> None:
    before = match_names(made(places), [name], [country], dominant=False)[0]
    namesake = Place(99, name, name, (), country, "", 80.0, 0.0, population)
    gazetteer = made([*places, namesake])
    after = match_names(gazetteer, [name], [country], dominant=False)[0]
    if before.how == "ambiguous" and any(place.name == name and place.country == country for place in places):
        assert after.how == "ambiguous"
    if before.row is not None and before.how == "exact":
        assert after.row is None  # two of one own name: a tie, whatever their size
    by_size = match_names(gazetteer, [name], [country])[0]
    if by_size.how == "dominant":
        assert by_size.row is not None
        people = gazetteer.of("population", by_size.row)
        assert people >= 50_000
        assert gazetteer.of("id", by_size.row) == 99 or people >= 20 * population


@given(st.text(max_size=40))
def test_folding_again_changes_nothing_and_readings_are_folded(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert all(folded(reading.key) == reading.key for reading in readings(name))
