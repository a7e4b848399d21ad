"""Names of places to places: who is meant, how that was found, and who else it may be.

In: columns of names, countries and coordinates. Out: a `Match` for each row: by the first reading of a name
that somebody bears in the country stated (docs/decisions/0016-places.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

from coopgraph.sources.places.countries import TERRITORIES, country_code
from coopgraph.sources.places.deciding import candidates_of, decided
from coopgraph.sources.places.folding import Reading, folded, readings
from coopgraph.sources.places.gazetteer import Bearer, Gazetteer
from coopgraph.sources.places.near import near_match
from coopgraph.sources.places.query import Candidate, Match, Query


def match_names(
    gazetteer: Gazetteer,
    names: Sequence[str | None],
    countries: Sequence[str | None] | None = None,
    lats: Sequence[float | None] | None = None,
    lons: Sequence[float | None] | None = None,
    *,
    dominant: bool = True,
) -> list[Match]:
    """Match columns of names; each distinct row is looked up once.

    Countries are codes of two or three letters, or names in English, Spanish or Portuguese; one that is none
    of these has no places. Positions are degrees; not a number counts as none. Without `dominant` no place is
    taken for being far larger than its namesakes in the country.

    >>> from coopgraph.sources.places.gazetteer import load_gazetteer
    >>> gazetteer = load_gazetteer()
    >>> names, countries = ["Lisboa", "Córdoba", "ogo", "Munich", None], ["PT", None, "CO", "DE", "DE"]
    >>> [match.how for match in match_names(gazetteer, names, countries)]
    ['alias', 'ambiguous', 'unknown', 'exact', '']
    """
    empty: list[None] = [None] * len(names)
    columns = (each if each is not None else empty for each in (countries, lats, lons))
    rows = zip(names, *columns, strict=True)
    codes = {text: country_code(text) or text for text in dict.fromkeys(countries or ()) if text}
    queries = [
        Query(name, codes.get(country), _degrees(lat), _degrees(lon), dominant) if name else None
        for name, country, lat, lon in rows
    ]
    found = match_queries(gazetteer, list(dict.fromkeys(query for query in queries if query)))
    return [found[query] if query else Match("") for query in queries]


def _degrees(value: float | None) -> float | None:
    return None if value is None or isnan(value) else value


def match_queries(gazetteer: Gazetteer, queries: Sequence[Query]) -> dict[Query, Match]:
    """Match distinct queries."""
    read = {query.name: readings(query.name) for query in queries}
    wanted = {_key(reading) for each in read.values() for reading in each}
    bearers = gazetteer.bearers(sorted(wanted))
    found = {}
    for query in queries:
        match = _by_name(gazetteer, query, read[query.name], bearers)
        found[query] = near_match(gazetteer, query, match) if match.how == "unknown" else match
    return found


def _key(reading: Reading) -> str:
    return reading.key.replace(" ", "")


def _by_name(
    gazetteer: Gazetteer, query: Query, read: Sequence[Reading], bearers: Mapping[str, Sequence[Bearer]]
) -> Match:
    """Decide by the first reading somebody bears in the country; else nobody has the name there."""
    elsewhere: tuple[Candidate, ...] = ()
    for reading in read:
        every = bearers.get(_key(reading), ())
        here = _inside(gazetteer, every, query, reading)
        if here and reading.part and (several := _several(gazetteer, query, read, bearers)):
            return Match("ambiguous", None, candidates_of(gazetteer, query, several))
        if here:
            return decided(gazetteer, query, here, reading)
        elsewhere = elsewhere or candidates_of(gazetteer, query, every)
    return Match("unknown", None, elsewhere)


def _several(
    gazetteer: Gazetteer, query: Query, read: Sequence[Reading], bearers: Mapping[str, Sequence[Bearer]]
) -> list[Bearer]:
    """Who bears the parts of a name that is a list of places: two parts that have no bearer in common."""
    parts = [
        (reading, here)
        for reading in read
        if reading.part and (here := _inside(gazetteer, bearers.get(_key(reading), ()), query, reading))
    ]
    first = {one.row for one in parts[0][1]}
    regions = {folded(gazetteer.of("admin1", row)) for row in first}
    others = [
        here for reading, here in parts[1:] if reading.key not in regions and not country_code(reading.key)
    ]
    if all(first & {one.row for one in here} for here in others):
        return []
    return list({one.row: one for _, here in parts for one in here}.values())


def _inside(
    gazetteer: Gazetteer, every: Sequence[Bearer], query: Query, reading: Reading
) -> Sequence[Bearer]:
    """Those in the country stated, and in the region or country that stands beside the name."""
    beside = reading.beside
    code = country_code(beside) if query.country is None and beside else None
    if code and (found := _in_country(gazetteer, every, code, query)):
        return found
    here = _in_country(gazetteer, every, query.country, query) if query.country else every
    if beside:
        return [one for one in here if folded(gazetteer.of("admin1", one.row)) == beside] or here
    return here


def _in_country(
    gazetteer: Gazetteer, every: Sequence[Bearer], country: str, query: Query
) -> Sequence[Bearer]:
    """Those in a country, and in its territories with a code of their own where the position will tell."""
    here = [one for one in every if gazetteer.of("country", one.row) == country]
    also = TERRITORIES.get(country, ())
    beyond = [one for one in every if gazetteer.of("country", one.row) in also]
    return [*here, *beyond] if query.position else here or beyond
