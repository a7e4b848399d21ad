"""The parts of a score as tables: by partner, by event, by source, and event by event for each partner.

In: where a city stands and what each of its events adds. Out: Arrow tables, each of which adds up to the
score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING, Any

from coopgraph.network.cities import City
from coopgraph.network.explanation.changes import Change
from coopgraph.network.explanation.events import Event, Terms
from coopgraph.network.explanation.shares import Dyads, Parts
from coopgraph.network.explanation.unknown_roles import Reading

if TYPE_CHECKING:
    import pyarrow as pa

Name = Callable[[str], str]


@dataclass(frozen=True)
class Term:
    """What one event adds to one dyad, and its part of the score."""

    partner: str
    event: str
    given: float
    received: float
    part: float


def terms_of(parts: Parts, added: Mapping[str, Terms]) -> list[Term]:
    """Share each partner's part among the events, in proportion to what each adds to either direction."""
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for event_terms in added.values():
        for partner, (given, received) in event_terms.items():
            old = sums.get(partner, (Fraction(0), Fraction(0)))
            sums[partner] = (old[0] + given, old[1] + received)
    return sorted(
        (
            Term(partner, event, float(pair[0]), float(pair[1]), _part(parts[partner], pair, sums[partner]))
            for event, event_terms in added.items()
            for partner, pair in event_terms.items()
            if partner in parts  # an amount below the millionth of its unit makes no edge
        ),
        key=lambda term: (term.partner, term.event),
    )


def _part(
    parts: tuple[float, float], pair: tuple[Fraction, Fraction], sums: tuple[Fraction, Fraction]
) -> float:
    return fsum(
        part * float(added / whole) for part, added, whole in zip(parts, pair, sums, strict=True) if whole
    )


def partner_table(
    dyads: Dyads, parts: Parts, terms: Sequence[Term], cities: Mapping[str, City], language: str
) -> pa.Table:
    """Return partner, label, country, events, given, received and part, the largest part first."""
    events: dict[str, int] = {}
    for term in terms:
        events[term.partner] = events.get(term.partner, 0) + 1
    rows = [
        {
            "partner": partner,
            "label": cities[partner].label(language),
            "country": cities[partner].country,
            "events": events[partner],
            "given": given,
            "received": received,
            "part": fsum(parts[partner]),
        }
        for partner, (given, received) in dyads.items()
    ]
    return _table(rows, _PARTNERS, "partner")


def event_table(city: str, events: Mapping[str, Event], terms: Sequence[Term], label: Name) -> pa.Table:
    """Return event, label, partners, given, received, derived and part, the largest part first."""
    rows = [
        {
            "event": event,
            "label": label(event),
            "partners": len(own),
            "given": fsum(term.given for term in own),
            "received": fsum(term.received for term in own),
            "derived": any(events[event][who].derived for who in (city, *(term.partner for term in own))),
            "part": fsum(term.part for term in own),
        }
        for event, own in _by_event(terms).items()
    ]
    return _table(rows, _EVENTS, "event")


def source_table(
    terms: Sequence[Term],
    stated: Mapping[str, Sequence[str]],
    titles: Mapping[str, tuple[str | None, str | None]],
) -> pa.Table:
    """Return source, title, url, events and part; a source nobody states is null."""
    parts: dict[str | None, list[float]] = {}
    for event, own in _by_event(terms).items():
        whole = fsum(term.part for term in own)
        sources: Sequence[str | None] = stated.get(event) or (None,)
        for source in sources:
            parts.setdefault(source, []).append(whole / len(sources))
    rows = []
    for source, shares in parts.items():
        title, url = titles.get(source or "", (None, None))
        rows.append(
            {"source": source, "title": title, "url": url, "events": len(shares), "part": fsum(shares)}
        )
    return _table(rows, _SOURCES, "source")


def term_table(terms: Sequence[Term], label: Name, cities: Mapping[str, City], language: str) -> pa.Table:
    """Return partner, partner_label, event, label, given, received and part, in the order of the IRIs."""
    import pyarrow as pa

    rows = [
        {
            **asdict(term),
            "partner_label": cities[term.partner].label(language),
            "label": label(term.event),
        }
        for term in terms
    ]
    return pa.Table.from_pylist(rows, schema=schema(_TERMS))


def change_table(changes: Iterable[Change], cities: Mapping[str, City], language: str) -> pa.Table:
    """Return change, partner, label, score, gain and rank, the largest gain first."""
    import pyarrow as pa

    rows = [
        {**asdict(found), "label": found.partner and cities[found.partner].label(language)}
        for found in changes
    ]
    return pa.Table.from_pylist(rows, schema=schema(_CHANGES))


def reading_table(
    readings: Iterable[Reading], label: Name, cities: Mapping[str, City], language: str
) -> pa.Table:
    """Return event, label, city, city_label, roles, score and change, the largest change first."""
    import pyarrow as pa

    rows = [
        {
            **asdict(found),
            "label": label(found.event),
            "city_label": found.city and cities.get(found.city, City(found.city, {})).label(language),
        }
        for found in readings
    ]
    return pa.Table.from_pylist(rows, schema=schema(_READINGS))


def _by_event(terms: Iterable[Term]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in terms:
        found.setdefault(term.event, []).append(term)
    return found


_TERMS = {
    "partner": str,
    "partner_label": str,
    "event": str,
    "label": str,
    "given": float,
    "received": float,
    "part": float,
}
_PARTNERS = {
    "partner": str,
    "label": str,
    "country": str,
    "events": int,
    "given": float,
    "received": float,
    "part": float,
}
_EVENTS = {
    "event": str,
    "label": str,
    "partners": int,
    "given": float,
    "received": float,
    "derived": bool,
    "part": float,
}
_CHANGES = {"change": str, "partner": str, "label": str, "score": float, "gain": float, "rank": int}
_READINGS = {
    "event": str,
    "label": str,
    "city": str,
    "city_label": str,
    "roles": str,
    "score": float,
    "change": float,
}
_SOURCES = {"source": str, "title": str, "url": str, "events": int, "part": float}


def schema(columns: Mapping[str, type]) -> pa.Schema:
    """Return an Arrow schema of columns of text, numbers and answers."""
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return pa.schema([(name, kinds[kind]) for name, kind in columns.items()])


def _table(rows: list[dict[str, Any]], columns: Mapping[str, type], key: str) -> pa.Table:
    """Order by the part as it is shown, so that bits of rounding do not; ties by the IRI."""
    import pyarrow as pa

    rows.sort(key=lambda row: (-round(row["part"], 12), row[key] is None, row[key] or ""))
    return pa.Table.from_pylist(rows, schema=schema(columns))
