"""The city whose table it is: a party to each of its agreements, though no column says so.

In: a name, with a country after a comma. Out: the city as the gazetteer knows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from coopgraph.errors import ConfigError
from coopgraph.sources.places.countries import country_code, shown_country
from coopgraph.sources.places.gazetteer import load_gazetteer
from coopgraph.sources.places.matching import match_names


@dataclass(frozen=True)
class OwnCity:
    """A city that is certain; `country` is empty where a release knows no country of its code (XK)."""

    id: str
    label: str
    country: str


def own_city(text: str) -> OwnCity:
    """Return the city a text names.

    Raises ConfigError when it is not certain which city that is.

    >>> own_city("Lisboa, Portugal")
    OwnCity(id='geonames-2267057', label='Lisbon', country='PT')
    """
    name, _, rest = text.rpartition(",")
    country = country_code(rest) if name else None
    gazetteer = load_gazetteer()
    (match,) = match_names(gazetteer, [name if country else text], [country])
    if match.row is None:
        raise ConfigError(
            f"It is not certain which city '{text}' is ({match.how}). Add its country: \"Madrid, ES\"."
        )
    known = {key: str(gazetteer.of(key, match.row)) for key in ("id", "name", "country")}
    return OwnCity(f"geonames-{known['id']}", known["name"], shown_country(known["country"]) or "")
