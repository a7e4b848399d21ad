"""Names of places to places: who is meant, how that was found, and who else it may be.

In: columns of names, countries and coordinates. Out: a `Match` for each row. A name is taken for a place only
when nothing else it may mean is left, or what is left is a fraction of it in one country
(docs/decisions/0016-places.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final, Literal
from unicodedata import normalize

from coopgraph.sources.places.countries import TERRITORIES, country_code
from coopgraph.sources.places.folding import Reading, folded, readings
from coopgraph.sources.places.gazetteer import Bearer, Gazetteer
from coopgraph.sources.places.making import ELSEWHERE, OWN, SAME_PLACE_KM

How = Literal["exact", "alias", "dominant", "near", "judged", "ambiguous", "far", "unknown", ""]

FOUND: Final = frozenset(("exact", "alias", "dominant", "near", "judged"))
NEAR_KM: Final = 25.0  # how far a stated position may lie from the place's own: a large municipality
ALIAS_KM: Final = 10.0  # the same for a name that is not its own
CLEARLY: Final = 3.0  # how many times nearer the nearest of two namesakes must be
DOMINANT: Final = 20  # how many times more people than its largest namesake in the country a place must have
LARGE: Final = 50_000  # how many people it must have at least


@dataclass(frozen=True)
class Query:
    """One name with what is said beside it. `country` is an ISO 3166-1 alpha-2 code; `dominant`: whether a
    place may be taken because its namesakes in the country are so much smaller."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    dominant: bool = True


@dataclass(frozen=True)
class Candidate:
    """A place a name may mean: its row, how alike the names are (0 to 100), how many km away it lies; and of
    its namesakes that are not in the gazetteer what `Bearer` says."""

    row: int
    score: float
    km: float | None = None
    left_out: int = 0
    largest: int = 0


@dataclass(frozen=True)
class Match:
    """What a name was taken for, and how; `row` is None where it is not certain."""

    how: How
    row: int | None = None
    candidates: tuple[Candidate, ...] = ()


NOTHING: Final = Match("")


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
    return [found[query] if query else NOTHING for query in queries]


def _degrees(value: float | None) -> float | None:
    return None if value is None or isnan(value) else value


def match_queries(gazetteer: Gazetteer, queries: Sequence[Query]) -> dict[Query, Match]:
    """Match distinct queries."""
    from coopgraph.sources.places.near import near_match

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
            return Match("ambiguous", None, _candidates(gazetteer, query, several))
        if here:
            return _decided(gazetteer, query, here, reading)
        elsewhere = elsewhere or _candidates(gazetteer, query, every)
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
    return [*here, *beyond] if is_placed(query) else here or beyond


def is_placed(query: Query) -> bool:
    return query.lat is not None and query.lon is not None


def _decided(gazetteer: Gazetteer, query: Query, here: Sequence[Bearer], reading: Reading) -> Match:
    candidates = _candidates(gazetteer, query, here)
    apart = _apart(gazetteer, here)
    if is_placed(query):
        return _by_position(gazetteer, query, apart, candidates, whole=reading.whole)
    country = _country_of(gazetteer, query, here, reading)
    one = apart[0] if len(apart) == 1 else _eponym(gazetteer, apart)
    if one and (not one.left_out or (country and _is_alone(one))):
        return _found(one, candidates, whole=reading.whole)
    may_be_large = query.dominant and country and _is_plain(gazetteer, here, reading)
    large = _dominant(gazetteer, apart) if may_be_large else None
    return Match("dominant", large.row, candidates) if large else Match("ambiguous", None, candidates)


def _country_of(gazetteer: Gazetteer, query: Query, here: Sequence[Bearer], reading: Reading) -> str | None:
    """The country stated: in a column, or beside the name where those that are left are in it."""
    code = query.country or (country_code(reading.beside) if reading.beside else None)
    is_there = query.country or all(gazetteer.of("country", one.row) == code for one in here)
    return code if is_there else None


def _is_plain(gazetteer: Gazetteer, here: Sequence[Bearer], reading: Reading) -> bool:
    """Whether nothing stands beside the name but its country or region: Karşıyaka (Erdek) is another."""
    beside = reading.beside
    if not beside or country_code(beside):
        return True
    return all(folded(gazetteer.of("admin1", one.row)) == beside for one in here)


def _is_alone(one: Bearer) -> bool:
    """Whether the places left out are in other countries, or are only also called by its own name."""
    return one.left_out == ELSEWHERE or (one.own and one.left_out != OWN)


def _found(one: Bearer, candidates: tuple[Candidate, ...], *, whole: bool) -> Match:
    return Match("exact" if one.own and whole else "alias", one.row, candidates)


def _apart(gazetteer: Gazetteer, here: Sequence[Bearer]) -> list[Bearer]:
    """The bearers less those that lie beside a larger one of the same name: its centre, or a part of it.

    A name that is a place's own counts before one that a place beside it also has: New Delhi is not Delhi.
    """
    kept: list[Bearer] = []
    for one in sorted(here, key=lambda one: (not one.own, *_by_size(gazetteer, one))):
        lat, lon = gazetteer.of("lat", one.row), gazetteer.of("lon", one.row)
        if all(gazetteer.km(other.row, lat, lon) > SAME_PLACE_KM for other in kept):
            kept.append(one)
    return kept


def _by_size(gazetteer: Gazetteer, one: Bearer) -> tuple[int, int]:
    return -gazetteer.of("population", one.row), gazetteer.of("id", one.row)


def _eponym(gazetteer: Gazetteer, apart: Sequence[Bearer]) -> Bearer | None:
    """The largest, where it alone has the name for its own and the others are only also called so."""
    largest = min(apart, key=lambda one: _by_size(gazetteer, one))
    return largest if [one for one in apart if one.own] == [largest] else None


def _dominant(gazetteer: Gazetteer, apart: Sequence[Bearer]) -> Bearer | None:
    """The capital, or the city with twenty times the people of any other of the name in the country.

    It has the name for its own, or nobody has.
    """
    one, *others = sorted(apart, key=lambda one: _by_size(gazetteer, one))
    if not one.own and any(each.own or each.left_out == OWN for each in apart):
        return None
    most = max(each.largest for each in apart)
    if others:
        most = max(most, gazetteer.of("population", others[0].row))
    people = gazetteer.of("population", one.row)
    if gazetteer.of("feature", one.row) == "PPLC" and people > most:
        return one
    return one if people >= max(LARGE, DOMINANT * most) else None


def _by_position(
    gazetteer: Gazetteer,
    query: Query,
    apart: Sequence[Bearer],
    candidates: tuple[Candidate, ...],
    *,
    whole: bool,
) -> Match:
    """The one that lies where the row says; nobody, when none does or two lie about as near."""
    assert query.lat is not None and query.lon is not None
    ordered = sorted((gazetteer.km(one.row, query.lat, query.lon), one.row, one) for one in apart)
    nearest, _, one = ordered[0]
    if nearest > (NEAR_KM if one.own else ALIAS_KM):
        return Match("far", None, candidates)
    if len(ordered) > 1 and ordered[1][0] < CLEARLY * max(nearest, SAME_PLACE_KM / CLEARLY):
        return Match("ambiguous", None, candidates)
    if _is_written(gazetteer, query, ordered[1:]) and not _is_written(gazetteer, query, ordered[:1]):
        return Match("ambiguous", None, candidates)
    return _found(one, candidates, whole=whole)


def _is_written(gazetteer: Gazetteer, query: Query, ordered: Sequence[tuple[float, int, Bearer]]) -> bool:
    """Whether one of these is written with the accents of the query: Cagnò is not Cagno."""
    name = normalize("NFC", query.name).casefold()
    return not name.isascii() and any(gazetteer.of("name", row).casefold() == name for _, row, _ in ordered)


def _candidates(gazetteer: Gazetteer, query: Query, bearers: Sequence[Bearer]) -> tuple[Candidate, ...]:
    """All that bear the name: the nearest first where a position is stated, else the largest."""
    placed = query.lat is not None and query.lon is not None
    found = [
        Candidate(
            one.row,
            100.0,
            gazetteer.km(one.row, query.lat, query.lon) if placed else None,  # type: ignore[arg-type]
            one.left_out,
            one.largest,
        )
        for one in bearers
    ]
    return tuple(sorted(found, key=lambda each: order(gazetteer, each)))


def order(gazetteer: Gazetteer, candidate: Candidate) -> tuple[float, float, int, int]:
    """Sort candidates: near before far, alike before less alike, large before small."""
    row = candidate.row
    return (
        candidate.km if candidate.km is not None else 0.0,
        -candidate.score,
        -gazetteer.of("population", row),
        gazetteer.of("id", row),
    )
