"""What can be written into the fields of the partner finder: goals and targets, lines and themes.

In: an open release. Out: for each field what is written and what it is called, in order.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coopgraph.namespaces import SDG
from coopgraph.secretariat.goals import goal_code, goal_order
from coopgraph.secretariat.partners.known import interests_of, subjects_of
from coopgraph.views.names import full_name

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.views.names import Names

Offers = dict[str, tuple[tuple[str, str], ...]]


def offered(release: Release, names: Names, lang: str) -> Offers:
    """Return the goals, targets, lines and themes that events state or cities declare, as (written, called).

    The goal of a stated target is offered too. Goals are written as numbers, lines by their names.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for of in subjects_of(release).values():
        for kind, values in of.items():
            found[kind] |= values
    for interests in interests_of(release).values():
        for interest in interests:
            for value in interest.seeks | interest.offers:
                found["sdg" if value.startswith(SDG) else "line"].add(value)
    goals = {iri for iri in found["sdg"] if iri.startswith(SDG)}
    goals |= {f"{SDG}{goal_code(iri).partition('.')[0]}" for iri in goals}
    lines = {full_name(names, lang, iri) for iri in found["line"]}
    return {
        "sdg": tuple(_goal(names, lang, iri) for iri in sorted(goals, key=goal_order)),
        "line": tuple((line, line) for line in sorted(lines, key=str.casefold)),
        "theme": tuple((theme, theme) for theme in sorted(found["theme"], key=str.casefold)),
    }


def _goal(names: Names, lang: str, iri: str) -> tuple[str, str]:
    code = goal_code(iri)
    return code, f"{code} {full_name(names, lang, iri)}"
