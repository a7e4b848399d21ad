"""Countries as people write them: a code of two or three letters, or a name in English, Spanish, Portuguese.

In: the text of a cell. Out: the ISO 3166-1 alpha-2 code.
Sources: Unicode CLDR (names), ISO 3166-1 (codes), both in `gazetteer/countries.tsv`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import Final

from coopgraph.resources import bundled
from coopgraph.sources.places.folding import folded

# Territories that have a code of their own and that lists often count as their country.
TERRITORIES: Final[Mapping[str, tuple[str, ...]]] = {
    "AU": ("CC", "CX", "NF"),
    "CN": ("HK", "MO"),
    "DK": ("FO", "GL"),
    "FI": ("AX",),
    "FR": ("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"),
    "GB": ("AI", "BM", "FK", "GG", "GI", "IM", "JE", "KY", "MS", "SH", "TC", "VG"),
    "NL": ("AW", "BQ", "CW", "SX"),
    "NO": ("SJ",),
    "NZ": ("CK", "NU", "TK"),
    "RS": ("XK",),
    "US": ("AS", "GU", "MP", "PR", "VI"),
}

_NOBODYS: Final = ("XK",)  # GeoNames has a code for it, ISO 3166-1 and the ontology have not


def shown_country(code: str | None) -> str | None:
    """Return a code where it is of one of the countries a release knows, else None."""
    return None if code in _NOBODYS else code


def country_code(text: str) -> str | None:
    """Return the alpha-2 code a text means, or None.

    >>> [country_code(text) for text in ("pt", "PRT", "Alemania", "Brasil", "UK", "EL", "Freedonia")]
    ['PT', 'PT', 'DE', 'BR', 'GB', 'GR', None]
    """
    return _codes().get(folded(text))


@cache
def _codes() -> Mapping[str, str]:
    """Every code and name, folded."""
    with (bundled("gazetteer") / "countries.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    found: dict[str, str] = {}
    for row in rows:
        for text in (row["code"], row["alpha3"], *row["names"].split("|")):
            found.setdefault(folded(text), row["code"])
    return found
