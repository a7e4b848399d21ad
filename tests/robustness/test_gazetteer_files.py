"""GeoNames' files that were spoilt on their way: each is read or refused in words, none hangs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.sources.places.geonames import read_geonames
from coopgraph.sources.places.making import write_gazetteer
from tests.sources.places.test_geonames import ALTERNATES, city

from .mutations import mutant

CITIES = "\n".join(city(n, f"Town {n}", f"Stadt {n},Ciudad {n}") for n in range(1, 60)).encode()
FILES = ("cities500.txt", "cities500.zip", "alternateNamesV2.txt", "cities500.json")
PACKED = (
    b'{"1": {"geonameid": 1, "name": "Lisbon", "latitude": 38.7, "longitude": -9.1, "countrycode": "PT", '
    b'"population": 5, "admin1code": "14", "alternatenames": ["Lisboa", "Lissabon"]}}'
)


def archive(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("cities500.txt", content)
    return packed.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(200))
def test_spoilt_file_is_read_or_refused_in_words(tmp_path: Path, number: int) -> None:
    name = FILES[number % len(FILES)]
    whole = {FILES[0]: CITIES, FILES[1]: CITIES, FILES[2]: ALTERNATES.encode(), FILES[3]: PACKED}[name]
    spoilt = mutant(whole, number)[1]
    path = tmp_path / name
    path.write_bytes(archive(spoilt) if name.endswith(".zip") else spoilt)
    sound = tmp_path / "PT.txt"
    sound.write_bytes(CITIES)
    try:
        places = read_geonames([path, sound])
        write_gazetteer(places, tmp_path / "g.parquet", title="t")
    except CoopgraphError as error:
        assert error.faults
        assert all(fault.file == name and fault.what for fault in error.faults)
    assert not (tmp_path / "g.parquet.new").exists()
