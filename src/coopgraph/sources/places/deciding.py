"""Which of the places that bear a name is meant: by position, by whose own name it is, by size.

In: a query and who bears its name where it says. Out: a `Match`; a place is taken only when nothing else the
name may mean is left, or what is left is a fraction of it in one country (docs/decisions/0016-places.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

from coopgraph.sources.places.countries import country_code
from coopgraph.sources.places.folding import Reading, folded
from coopgraph.sources.places.gazetteer import Bearer, Gazetteer
from coopgraph.sources.places.making import ELSEWHERE, OWN, SAME_PLACE_KM
from coopgraph.sources.places.query import Candidate, Match, Query, order

NEAR_KM: Final = 25.0  # how far a stated position may lie from the place's own: a large municipality
ALIAS_KM: Final = 10.0  # the same for a name that is not its own
CLEARLY: Final = 3.0  # how many times nearer the nearest of two namesakes must be
DOMINANT: Final = 20  # how many times more people than its largest namesake in the country a place must have
LARGE: Final = 50_000  # how many people it must have at least


def decided(gazetteer: Gazetteer, query: Query, here: Sequence[Bearer], reading: Reading) -> Match:
    """Take one of those that bear a name in the country, or nobody where that is not certain."""
    candidates = candidates_of(gazetteer, query, here)
    apart = _apart(gazetteer, here)
    if query.position:
        return _by_position(gazetteer, query, query.position, apart, candidates, whole=reading.whole)
    country = _country_of(gazetteer, query, here, reading)
    one = apart[0] if len(apart) == 1 else _eponym(gazetteer, apart)
    if one and (not one.left_out or (country and _is_alone(one))):
        return _found(one, candidates, whole=reading.whole)
    may_be_large = query.dominant and country and _is_plain(gazetteer, here, reading)
    large = _dominant(gazetteer, apart) if may_be_large else None
    return Match("dominant", large.row, candidates) if large else Match("ambiguous", None, candidates)


def candidates_of(gazetteer: Gazetteer, query: Query, bearers: Sequence[Bearer]) -> tuple[Candidate, ...]:
    """All that bear the name: the nearest first where a position is stated, else the largest."""
    position = query.position
    found = [
        Candidate(
            one.row,
            100.0,
            gazetteer.km(one.row, *position) if position else None,
            one.left_out,
            one.largest,
        )
        for one in bearers
    ]
    return tuple(sorted(found, key=lambda each: order(gazetteer, each)))


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
    position: tuple[float, float],
    apart: Sequence[Bearer],
    candidates: tuple[Candidate, ...],
    *,
    whole: bool,
) -> Match:
    """The one that lies where the row says; nobody, when none does or two lie about as near."""
    ordered = sorted((gazetteer.km(one.row, *position), one.row, one) for one in apart)
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
