"""An Explanation in plain sentences.

In: an Explanation. Out: score and rank, how the score is taken apart, what unknown roles could do, the basis.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from typing import TYPE_CHECKING

from coopgraph.network.explanation.shares import rule
from coopgraph.network.explanation.unknown_roles import LARGE
from coopgraph.network.said import hypothetical

if TYPE_CHECKING:
    from coopgraph.network.explanation.explained import Explanation, Place

_RECIPROCATED = ("peer_exchange", "peer_exchange_k1", "reciprocity")
_UNBOUNDED = ("given", "received", "strength", "degree", "out_degree", "in_degree", "partners")


def sentences(found: Explanation) -> tuple[str, ...]:
    """Return everything that must be said beside the tables, what is hypothetical first."""
    return (*headlines(found), *notes(found))


def headlines(found: Explanation) -> tuple[str, ...]:
    """Return what stands above the tables: what is hypothetical, score and rank."""
    where = f", {found.country}" if found.country else ""
    told = f"{found.label}{where}: {found.measure.name} {place_text(found, found.place)}."
    return (*hypothetical(found.basis), told, *_before(found))


def notes(found: Explanation) -> tuple[str, ...]:
    """Return what stands below the tables: how the score is taken apart, and what it rests on."""
    basis = found.basis.sentences()[len(tuple(hypothetical(found.basis))) :]
    return (*_taken_apart(found), *_derived(found), *_changes(found), *_unknown(found), *basis)


def _before(found: Explanation) -> Iterator[str]:
    if found.before:
        yield f"Without what is hypothetical: {place_text(found, found.before)}."
    elif found.basis.hypothetical:
        yield "Without what is hypothetical it takes part in nothing that is selected."


def place_text(found: Explanation, place: Place) -> str:
    """Return score and rank, and how many share it."""
    if place.score is None:
        return "undefined, because nothing passes between it and another city"
    others = f", shared with {_count(place.shared, 'other city', 'other cities')}" if place.shared else ""
    return f"{number(found.measure.column, place.score)}, rank {place.rank} of {place.ranked}{others}"


def number(column: str, value: float) -> str:
    """Return a score for people: four decimals, or four digits where it has no upper bound.

    >>> number("peer_exchange", 0.54321), number("given", 12.0)
    ('0.5432', '12')
    """
    return f"{value:,.6g}" if column in _UNBOUNDED else f"{value:.4f}"


def _taken_apart(found: Explanation) -> Iterator[str]:
    takes = f"{found.label} takes part in {found.participations} of {found.basis.selected_events} events"
    if not len(found.terms):
        yield f"{takes}, in which nothing passes between it and another city: there is nothing to take apart."
        return
    partners = _count(len(found.partners), "other city", "other cities")
    yield f"{takes}; in {len(found.events)} of them something passes between it and {partners}."
    yield f"{rule(found.measure, max(found.basis.nodes - 1, 1))} The parts add up to the score."
    if found.measure.column in _RECIPROCATED:
        yield (
            "That part is shared among the events of the two in proportion to what each adds to the weaker "
            "direction, which sets how much is reciprocated; where both are equal, each decides half."
        )
    else:
        yield "That part is shared among the events of the two in proportion to what each adds."
    yield f"An event's part is shared equally among the sources that say {found.label} took part."


def _derived(found: Explanation) -> Iterator[str]:
    """Say how much of the score rests on readings, where parts are shares of a whole."""
    derived = [
        row for row in found.events.select(["derived", "part"]).to_pylist() if row["derived"] and row["part"]
    ]
    if derived:
        part = number(found.measure.column, fsum(row["part"] for row in derived))
        yield (
            f"Derived roles: {part} of the score comes from {_count(len(derived), 'event', 'events')} in "
            "which a role that counts is derived: a reading or a rule, not what a source states."
        )


def _changes(found: Explanation) -> Iterator[str]:
    if found.basis.weight == "amount":
        yield "What would raise it is told where events are counted: an amount has no natural unit."
    elif len(found.changes):
        yield (
            "What would raise it: one event more, of the two cities alone, is added and the score is "
            "measured again; all else stays as it is. The other city's score changes too, which the rank "
            "counts."
        )
    else:
        yield "No event more of the city and one other alone would raise it."


def _unknown(found: Explanation) -> Iterator[str]:
    if not found.basis.unknown_participations:
        return
    here = found.basis.unknown == "exclude"
    answer, other = ("a yes", "both") if here else ("not a yes", "exclude")
    alone = sum(city is not None for city in found.unknown.column("city").to_pylist())
    together = len(found.unknown) - alone
    yield (
        f"Unknown roles of one city in one event, read as {answer}, would change the score in "
        f"{_count(alone, 'case', 'cases')}; those of everybody in one event, in {together}. With every "
        f"unknown role in the data read so (unknown={other}): {place_text(found, found.other_place)}."
    )
    if found.largest_event > LARGE:
        yield f"In events of more than {LARGE} cities unknown roles are read all at once only."


def _count(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
