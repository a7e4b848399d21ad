"""A gazetteer file: places with their keys, in one Parquet file that says where it is from.

In: places as GeoNames lists them. Out: a Parquet file of one row a place, by country and id; the same places
give the same bytes.
Source: GeoNames, CC BY 4.0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from coopgraph.release.durable import whole_file
from coopgraph.sources.bytes_read import writing
from coopgraph.sources.places.folding import FOLDING, folded
from coopgraph.sources.places.sphere import km_between

SAME_PLACE_KM: Final = 5.0  # two entries of one name so near are a town and its centre, not two towns
OWN, ELSEWHERE, CALLED = 1, 2, 3  # what is kept of places left out: see `_namesakes`
_LONGEST: Final = 60  # characters of a name; longer ones are descriptions

SCHEMA: Final = pa.schema(
    [
        ("id", pa.int64()),
        ("name", pa.string()),
        ("country", pa.string()),
        ("admin1", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("population", pa.int64()),
        ("feature", pa.string()),
        ("wikidata", pa.string()),
        ("keys", pa.list_(pa.string())),
        ("own", pa.int8()),
        ("left_out", pa.list_(pa.int8())),
        ("largest", pa.list_(pa.int64())),
    ]
)


@dataclass(frozen=True)
class Place:
    """One place of GeoNames. `names` are its other names; `admin1` is a region's name, or its code."""

    id: int
    name: str
    ascii: str
    names: tuple[str, ...]
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    feature: str = ""
    wikidata: str = ""


def write_gazetteer(
    places: Iterable[Place], path: Path, *, title: str, keep: Callable[[Place], bool] | None = None
) -> int:
    """Write a gazetteer and return how many places it holds.

    Parameters
    ----------
    keep
        Which places to hold. Of the others it is only kept that they have a name in common with one held, and
        how many people live in the largest such place of the country, so that a name is not taken for the one
        place it is here.
    """
    import pyarrow.parquet as pq

    table = place_table(places, keep)
    said = {"coopgraph.folding": str(FOLDING), "coopgraph.title": title, "coopgraph.licence": "CC BY 4.0"}
    with writing(path), whole_file(path) as beside:
        pq.write_table(table.replace_schema_metadata(said), beside, compression="zstd", compression_level=19)
    return int(table.num_rows)


def place_table(places: Iterable[Place], keep: Callable[[Place], bool] | None = None) -> pa.Table:
    """Return places as a gazetteer has them, by country and id."""
    every = sorted(places, key=lambda place: (place.country, place.id))
    held = [place for place in every if keep is None or keep(place)]
    keys = {place.id: keys_of(place) for place in every}
    others = _others(every, {place.id for place in held}, keys)
    return pa.Table.from_pylist([_row(place, keys, others) for place in held], schema=SCHEMA)


def keys_of(place: Place) -> tuple[list[str], int]:
    """The distinct keys of a place, those of its own name first, and how many those are.

    Left out are codes of airports (LIS) and letters of other scripts written in Latin for machines, which
    GeoNames has in small letters (lysbwn).
    """
    own = dict.fromkeys(key for name in (place.name, place.ascii) if (key := folded(name)))
    found = dict(own)
    for name in place.names:
        if not _is_code(name) and len(name) <= _LONGEST and (key := folded(name)):
            found.setdefault(key)
    return list(found), len(own)


def _is_code(name: str) -> bool:
    """Whether a text is a code or a machine's transcription, not a name somebody writes."""
    plain = name.isascii() and name.isalpha()
    return (len(name) <= 3 and plain and name.isupper()) or (name.isascii() and name[:1].islower())


def _others(
    every: Sequence[Place], held: set[int], keys: dict[int, tuple[list[str], int]]
) -> dict[str, list[Place]]:
    """The places that are not held, by each of their keys."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in every:
        if place.id not in held:
            for key in keys[place.id][0]:
                found[key.replace(" ", "")].append(place)
    return found


def _row(
    place: Place, every: dict[int, tuple[list[str], int]], others: dict[str, list[Place]]
) -> dict[str, object]:
    keys = every[place.id]
    flat = [key.replace(" ", "") for key in keys[0]]
    namesakes = [_namesakes(place, key, others.get(key, ()), every) for key in flat]
    return {
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "population": place.population,
        "feature": place.feature,
        "wikidata": place.wikidata,
        "keys": keys[0],
        "own": keys[1],
        "left_out": [where for where, _ in namesakes],
        "largest": [inhabitants for _, inhabitants in namesakes],
    }


def _namesakes(
    place: Place, key: str, others: Sequence[Place], keys: dict[int, tuple[list[str], int]]
) -> tuple[int, int]:
    """Where others of the name are, and how many live in the largest of the country; 0 where nobody says.

    0: nobody else has this name; OWN: it is the own name of one in the same country; ELSEWHERE: only ones in
    other countries have it; CALLED: ones in the same country are only also called so.
    """
    away = [
        other for other in others if km_between(place.lat, place.lon, other.lat, other.lon) > SAME_PLACE_KM
    ]
    here = [other for other in away if other.country == place.country]
    if not here:
        return (ELSEWHERE if away else 0), 0
    own = any(key in (each.replace(" ", "") for each in _own(keys[other.id])) for other in here)
    return (OWN if own else CALLED), max(other.population for other in here)


def _own(keys: tuple[list[str], int]) -> list[str]:
    return keys[0][: keys[1]]
