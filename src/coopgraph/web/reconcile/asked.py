"""What is asked of the service: names with properties, in batches, or values of properties.

In: the JSON of a request. Out: `Asked` queries, or `Refused` in words.
Standard: Reconciliation Service API 0.2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final

from coopgraph.sources.places.countries import country_code
from coopgraph.sources.places.query import Query
from coopgraph.web.sparql.protocol import Refused

MOST_QUERIES: Final = 100
MOST_CANDIDATES: Final = 25
LONGEST: Final = 200
CITY: Final = {"id": "City", "name": "City"}
PROPERTIES: Final = {
    "country": "Country: a code (PT, PRT) or a name",
    "coordinates": "Coordinates: latitude,longitude in degrees",
    "lat": "Latitude in degrees",
    "lon": "Longitude in degrees",
}
_FEW: Final = 5


@dataclass(frozen=True)
class Asked:
    """One name to reconcile, and how many candidates are wanted."""

    query: Query
    limit: int = _FEW
    types: tuple[str, ...] = field(default=())

    @property
    def is_of_city(self) -> bool:
        """Whether cities are wanted, or anything at all."""
        return not self.types or CITY["id"] in self.types


def read_batch(text: str) -> dict[str, Asked]:
    """Read a batch of queries by their keys; raises Refused for what is no batch."""
    found = _object(text, "queries")
    if len(found) > MOST_QUERIES:
        raise Refused(413, f"There are {len(found):,} queries; at most {MOST_QUERIES} may be sent at once.")
    return {key: _asked(query, f"queries.{key[:40]}") for key, query in found.items()}


def read_one(text: str) -> Asked:
    """Read a single query: a name, or an object as in a batch."""
    if text.lstrip().startswith("{"):
        return _asked(_object(text, "query"), "query")
    return _asked({"query": text}, "query")


def read_extension(text: str) -> tuple[list[str], list[str]]:
    """Read which properties of which entities are wanted."""
    found = _object(text, "extend")
    ids, properties = found.get("ids"), found.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise Refused(400, "`extend.ids` is no list of ids.")
    if not isinstance(properties, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in properties
    ):
        raise Refused(400, "`extend.properties` is no list of objects with an id.")
    if len(ids) > MOST_QUERIES * 10 or len(properties) > 20:
        raise Refused(413, "At most 1,000 ids and 20 properties may be sent at once.")
    return ids, [one["id"] for one in properties]


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(400, f"`{name}` is not JSON.") from None
    if not isinstance(found, dict):
        raise Refused(400, f"`{name}` is no JSON object.")
    return found


def _asked(query: Any, at: str) -> Asked:
    if not isinstance(query, dict):
        raise Refused(400, f"`{at}` is no object with a `query`.")
    name = query.get("query", "")
    if not isinstance(name, str) or len(name) > LONGEST:
        raise Refused(400, f"`{at}.query` is no text of at most {LONGEST} characters.")
    limit = query.get("limit", _FEW)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 1 <= limit < 1e9:
        raise Refused(400, f"`{at}.limit` is no number above 0.")
    types = query.get("type", [])
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise Refused(400, f"`{at}.type` is no text or list of texts.")
    values = _properties(query.get("properties", []), at)
    lat, lon = _position(values)
    country = country_code(values.get("country", ""))
    return Asked(Query(name.strip(), country, lat, lon), min(int(limit), MOST_CANDIDATES), tuple(types))


def _properties(properties: Any, at: str) -> dict[str, str]:
    """The first value of each property that is known here; others make no difference."""
    if not isinstance(properties, list):
        raise Refused(400, f"`{at}.properties` is no list.")
    found: dict[str, str] = {}
    for one in properties:
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise Refused(400, f"`{at}.properties` has something without `pid` and `v`.")
        value = one["v"][0] if isinstance(one["v"], list) and one["v"] else one["v"]
        if isinstance(value, dict):
            value = value.get("name") or value.get("id") or ""
        if isinstance(value, str | int | float):
            found.setdefault(one["pid"], str(value)[:LONGEST])
    return found


def _position(values: Mapping[str, str]) -> tuple[float, float] | tuple[None, None]:
    lat, lon = values.get("lat", ""), values.get("lon", "")
    if not (lat and lon):
        lat, _, lon = values.get("coordinates", "").partition(",")
    try:
        place = float(lat), float(lon)
    except ValueError:
        return None, None
    is_on_globe = all(map(isfinite, place)) and abs(place[0]) <= 90 and abs(place[1]) <= 180
    return place if is_on_globe else (None, None)
