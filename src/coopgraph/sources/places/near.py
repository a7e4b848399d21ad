"""Names that nobody bears as they are written: who bears one that is much alike, in the same block.

In: a query that matched nothing. Out: a match where the position confirms it, else candidates to review.
The block is what lies around the stated position, or the country and the first letter; without either there
is none. Measure: Levenshtein (insertions, deletions, substitutions), and words in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from coopgraph.sources.places.countries import TERRITORIES
from coopgraph.sources.places.folding import readings
from coopgraph.sources.places.gazetteer import Gazetteer
from coopgraph.sources.places.query import Candidate, Match, Query, order

AROUND_KM: Final = 10.0
ALIKE: Final = 80.0  # of 100; what is less alike is not shown
SURE: Final = 85.0  # of 100; beside a position that agrees
_SHORTEST: Final = 4  # characters; "ogo" is like too much
_MOST: Final = 8


def near_match(gazetteer: Gazetteer, query: Query, match: Match) -> Match:
    """Return the place whose name is nearly this one and lies where the row says; else who is alike."""
    keys = [reading.key for reading in readings(query.name) if len(reading.key) >= _SHORTEST]
    if not keys:
        return match
    if query.position:
        found = _around(gazetteer, query.position, keys)
        sure = [one for one in found if one.score >= SURE]
        if len(sure) == 1 and _is_in(gazetteer, sure[0].row, query.country):
            return Match("near", sure[0].row, tuple(found))
    else:
        found = _in_country(gazetteer, query.country, keys) if query.country else []
    known = {one.row for one in found}
    others = (one for one in match.candidates if one.row not in known)
    return replace(match, candidates=(*found, *others)[:_MOST])


def _is_in(gazetteer: Gazetteer, row: int, country: str | None) -> bool:
    return country is None or gazetteer.of("country", row) in (country, *TERRITORIES.get(country, ()))


def _around(gazetteer: Gazetteer, position: tuple[float, float], keys: list[str]) -> list[Candidate]:
    """The places around a position, as alike as the most alike of their names."""
    found = []
    for row in gazetteer.around(*position, AROUND_KM):
        score = max((_alike(key, other) for key in keys for other in gazetteer.keys(row)), default=0.0)
        if score >= ALIKE:
            found.append(Candidate(row, round(score, 1), gazetteer.km(row, *position)))
    return sorted(found, key=lambda one: order(gazetteer, one))


def _alike(key: str, other: str) -> float:
    """How alike two keys are, 0 to 100: letter by letter, or the longer beginning with the shorter."""
    from rapidfuzz.distance import Levenshtein

    letters = 100 * Levenshtein.normalized_similarity(
        key.replace(" ", ""), other.replace(" ", ""), score_cutoff=ALIKE / 100
    )
    return max(letters, 90.0 if _is_longer(key, other) else 0.0)


def _is_longer(key: str, other: str) -> bool:
    """Whether a longer name begins with this one, or has the same words: Palma, Palma de Mallorca.

    One that only ends with it is another place, named after this one.
    """
    return other.startswith(f"{key} ") or sorted(key.split()) == sorted(other.split())


def _in_country(gazetteer: Gazetteer, country: str, keys: Iterable[str]) -> list[Candidate]:
    """The places of a country whose name begins with the same letter and is much alike."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    best: dict[int, float] = {}
    for key in keys:
        text = key.replace(" ", "")
        names, rows = gazetteer.initials.get((country, text[0]), ([], []))
        close = process.extract(
            text, names, scorer=Levenshtein.normalized_similarity, score_cutoff=ALIKE / 100, limit=_MOST
        )
        for _, score, number in close:
            best[rows[number]] = max(best.get(rows[number], 0.0), 100 * score)
    found = [Candidate(row, round(score, 1)) for row, score in best.items()]
    return sorted(found, key=lambda one: order(gazetteer, one))[:_MOST]
