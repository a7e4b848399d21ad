"""What the service answers: candidates with their scores, suggestions, values of properties, previews.

In: what was asked and the entities. Out: plain data as the specification has them. `match` is true where a
build would take the name for the place, and nowhere else. Standard: Reconciliation Service API 0.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import isfinite
from typing import Any, Final

from coopgraph.sources.places.folding import folded
from coopgraph.sources.places.matching import match_queries
from coopgraph.sources.places.query import FOUND, Candidate, Match
from coopgraph.web.reconcile.asked import CITY, Asked
from coopgraph.web.reconcile.entities import Entities

EXTENDED: Final = {
    "name": "Name",
    "country": "Country (ISO 3166-1 alpha-2)",
    "lat": "Latitude in degrees",
    "lon": "Longitude in degrees",
    "population": "Inhabitants",
}
_MOST_SUGGESTED: Final = 20
_KM_TO_A_POINT: Final = 10.0  # of the score


def reconciled(entities: Entities, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the candidates of each query, the best first."""
    wanted = [one.query for one in asked if one.is_of_city and one.query.name]
    found = match_queries(entities.gazetteer, list(dict.fromkeys(wanted)))
    return [{"result": _candidates(entities, one, found.get(one.query, Match("")))} for one in asked]


def _candidates(entities: Entities, asked: Asked, match: Match) -> list[dict[str, Any]]:
    if not asked.is_of_city:
        return []
    candidates = match.candidates or ((Candidate(match.row, 100.0),) if match.row is not None else ())
    scored = [(_score(one), one) for one in candidates]
    ordered = sorted(
        scored,
        key=lambda pair: (
            pair[1].row != match.row,
            -pair[0],
            pair[1].row not in entities.iris,
            -entities.gazetteer.of("population", pair[1].row),
            pair[1].row,
        ),
    )
    return [
        _candidate(entities, one, score, is_match=one.row == match.row and match.how in FOUND)
        for score, one in ordered[: asked.limit]
    ]


def _score(candidate: Candidate) -> float:
    """How alike the names are, less a point for every ten kilometres the place lies away, down to half."""
    away = min(candidate.km or 0.0, 1e6) / _KM_TO_A_POINT
    return round(candidate.score - min(away, candidate.score / 2), 1)


def _candidate(entities: Entities, candidate: Candidate, score: float, *, is_match: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": entities.id(candidate.row),
        "name": entities.gazetteer.of("name", candidate.row),
        "description": described(entities, candidate.row),
        "type": [CITY],
        "score": score,
        "match": is_match,
        "features": [{"id": "name", "value": candidate.score}],
    }
    if candidate.km is not None and isfinite(candidate.km):
        told["features"].append({"id": "km", "value": round(candidate.km, 1)})
    return told


def described(entities: Entities, row: int) -> str:
    """Say where a place is, how large, and whether the release has it."""
    region, people = (entities.gazetteer.of(name, row) for name in ("admin1", "population"))
    parts = [
        *([region] if region and not region.isdigit() else []),
        *([country] if (country := entities.gazetteer.of("country", row)) else []),
        *([f"{people:,} inhabitants"] if people else []),
        "in this release" if row in entities.iris else "GeoNames",
    ]
    return ", ".join(parts)


def suggested(entities: Entities, prefix: str, start: int = 0) -> list[dict[str, Any]]:
    """Return the places whose name begins so, the release's first; then those also called so."""
    places = entities.gazetteer
    found = places.beginning(folded(prefix).replace(" ", ""))
    rows = sorted(
        found, key=lambda row: (not found[row], row not in entities.iris, -places.of("population", row), row)
    )
    return [
        {
            "id": entities.id(row),
            "name": entities.gazetteer.of("name", row),
            "description": described(entities, row),
            "notable": [CITY],
        }
        for row in rows[start : start + _MOST_SUGGESTED]
    ]


def extended(entities: Entities, ids: Sequence[str], properties: Sequence[str]) -> dict[str, Any]:
    """Return values of properties of entities; what is not known is an empty list."""
    meta = [{"id": name, "name": EXTENDED.get(name, name)} for name in properties]
    rows = {one: {name: _values(entities, one, name) for name in properties} for one in ids}
    return {"meta": meta, "rows": rows}


def _values(entities: Entities, one: str, name: str) -> list[dict[str, Any]]:
    row = entities.row_of.get(one)
    if row is None or name not in EXTENDED:
        return []
    value = entities.gazetteer.of(name, row)
    if isinstance(value, str):
        return [{"str": value}] if value else []
    if isinstance(value, int):
        return [{"int": value}] if value else []
    return [{"float": value}] if isfinite(value) else []


def preview(entities: Entities, row: int, address: str) -> str:
    """Return a small page about a place."""
    name, said = entities.gazetteer.of("name", row), described(entities, row)
    source = "" if row in entities.iris else "<p>GeoNames, CC BY 4.0</p>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(name)}</title></head><body><h1>{escape(name)}</h1><p>{escape(said)}</p>"
        f'<p><a href="{escape(address)}" target="_blank" rel="noopener">{escape(entities.id(row))}</a></p>'
        f"{source}</body></html>"
    )
