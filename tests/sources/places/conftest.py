"""A gazetteer small enough to know by heart."""

from __future__ import annotations

import pytest

from coopgraph.sources.places.gazetteer import Gazetteer, load_gazetteer
from coopgraph.sources.places.making import Place, write_gazetteer


def place(
    number: int, name: str, country: str, lat: float, lon: float, population: int, *names: str
) -> Place:
    return Place(number, name, name, names, country, "", lat, lon, population)


PLACES = (
    place(
        1, "Lisbon", "PT", 38.72, -9.15, 517802, "Lisboa", "Lissabon", "LIS", "lysbwn", "Лиссабон", "لشبونة"
    ),
    place(2, "Córdoba", "ES", 37.89, -4.77, 328428, "Cordova"),
    place(3, "Córdoba", "AR", -31.41, -64.18, 1430000),
    place(4, "San José", "CR", 9.93, -84.08, 335007, "San Jose"),
    place(5, "San Jose", "US", 37.34, -121.89, 1026908),
    place(6, "Saint-Denis", "FR", 48.93, 2.36, 96128),
    place(7, "Saint-Denis", "RE", -20.88, 55.45, 137195),
    place(8, "Saint-Denis", "FR", 43.36, 2.22, 500),
    place(9, "Sankt Pölten", "AT", 48.20, 15.62, 49005, "St. Poelten"),
    place(10, "Aix-en-Provence", "FR", 43.53, 5.45, 146821),
    place(11, "Bogotá", "CO", 4.61, -74.08, 7674366, "Santafé de Bogotá"),
    place(12, "Palma de Mallorca", "ES", 39.57, 2.65, 409661),
    place(13, "Halle (Saale)", "DE", 51.48, 11.97, 234107, "Halle"),
    place(14, "Halle", "DE", 52.06, 8.36, 21000),
    place(15, "Øster", "DK", 55.0, 9.0, 10000),
    place(16, "Łódź", "PL", 51.75, 19.47, 768755),
    place(17, "Haguenau", "FR", 48.82, 7.79, 34504),
    place(18, "Springfield", "US", 39.80, -89.64, 114394),
    place(19, "Springfield", "US", 37.22, -93.29, 169176),
    place(20, "Portland", "US", 45.52, -122.68, 652503),
    place(21, "Athens", "GR", 37.98, 23.73, 664046, "Αθήνα", "Athína"),
)


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("gazetteer") / "small.parquet"
    write_gazetteer(PLACES, path, title="GeoNames, 21 places")
    return load_gazetteer(path)
