"""Which agreements are shown, in which groups and in which order.

In: agreements and what a reader asks for. Out: groups of agreements, each agreement once in a group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from coopgraph.views.names import slug
from coopgraph.views.timeline.agreements import Agreement
from coopgraph.views.timeline.states import STATES

GROUPS: Final = ("kind", "city", "state", "none")
SORTS: Final = ("start", "end", "name")
_LAST: Final = "9999"  # what has no date stands last

Say = Callable[[str], str]


@dataclass(frozen=True)
class Choice:
    """What a reader asks for; an empty text asks for everything."""

    kind: str = ""
    city: str = ""
    state: str = ""
    since: int | None = None  # the first and the last year of a period
    until: int | None = None
    group: str = GROUPS[0]
    sort: str = SORTS[0]


@dataclass(frozen=True)
class Group:
    """Agreements that stand together; `key` is a kind, a city, a state or ""."""

    key: str
    agreements: tuple[Agreement, ...]


def chosen(agreements: Iterable[Agreement], choice: Choice) -> list[Agreement]:
    """Return the agreements a choice lets through."""
    return [
        one
        for one in agreements
        if choice.kind in ("", slug(one.kind))
        and (not choice.city or choice.city in map(slug, (*one.cities, *one.others)))
        and choice.state in ("", one.state)
        and _falls_within(one, choice)
    ]


def _falls_within(agreement: Agreement, choice: Choice) -> bool:
    """Whether the days that are stated touch the period; an end nobody states does not reach into it."""
    if choice.since is None and choice.until is None:
        return True
    windows = [within for within in (agreement.began_within, agreement.ended_within) if within]
    if not windows:
        return False
    first, last = windows[0][0].year, windows[-1][1].year
    return last >= (choice.since or first) and first <= (choice.until or last)


def grouped(agreements: Sequence[Agreement], choice: Choice, say: Say) -> list[Group]:
    """Return the agreements by group, the largest first; by city each stands with all its cities."""
    members: dict[str, list[Agreement]] = {}
    for one in agreements:
        for key in _keys(one, choice.group):
            members.setdefault(key, []).append(one)
    if choice.group == "city" and choice.city:
        members = {key: found for key, found in members.items() if slug(key) == choice.city} or members

    def order(key: str) -> tuple[int, str, str]:
        if choice.group == "state":
            return STATES.index(key), "", key
        return -len(members[key]), say(key), key

    return [Group(key, tuple(ordered(members[key], choice.sort, say))) for key in sorted(members, key=order)]


def _keys(agreement: Agreement, group: str) -> tuple[str, ...]:
    if group == "city":
        return agreement.cities or ("",)
    return ({"kind": agreement.kind, "state": agreement.state}.get(group, ""),)


def ordered(agreements: Iterable[Agreement], sort: str, say: Say) -> list[Agreement]:
    """Return agreements in an order; by start, a renewal follows what it renews."""
    found = list(agreements)
    if sort == "name":
        return sorted(found, key=lambda one: (say(one.iri), one.iri))
    if sort == "end":
        return sorted(found, key=lambda one: (one.end or _LAST, one.begins or _LAST, one.iri))
    first: dict[str, str] = {}  # when each chain of renewals began
    for one in found:
        first[one.origin] = min(first.get(one.origin, _LAST), one.begins or _LAST)
    return sorted(found, key=lambda one: (first[one.origin], one.origin, one.begins or _LAST, one.iri))
