"""What one wants to talk about: a goal or target, a strategic line, a theme; and which events are about it.

In: `Known` and what a user wrote. Out: a `Subject`; or one ProjectionError with all that fits nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coopgraph.errors import Fault, ProjectionError
from coopgraph.letters import plain_letters
from coopgraph.namespaces import CONCEPT, SDG
from coopgraph.network.called import several, unknown, with_names
from coopgraph.network.cities import cities_called
from coopgraph.network.faults import fault
from coopgraph.secretariat.dossier import Said
from coopgraph.secretariat.goals import goal_code
from coopgraph.secretariat.partners.known import Known, Role

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.views.names import Names

_CODE: Final = re.compile(r"(?:sdg\s*)?([0-9]{1,2}(?:\.[0-9a-d]{1,2})?)", re.IGNORECASE)
_LINES: Final = f"{CONCEPT}strategic-line/"
ROLES: Final = ("delivers-and-needs", "delivers", "needs", "took-part")
TIER: Final = {"delivers-and-needs": 0, "delivers": 0, "needs": 1, "took-part": 2}


@dataclass(frozen=True)
class Subject:
    """The events about what was asked, and what must be said of how they were found."""

    events: frozenset[str]
    kinds: tuple[str, ...]
    said: tuple[Said, ...]
    unknown: tuple[Said, ...] = ()

    def of_city(self, known: Known, city: str) -> dict[str, Role]:
        """Return the roles of a city in these events."""
        events = [event for event in known.events_of(city) if event in self.events]
        return {event: known.roles[event, city] for event in events}


def role_of(roles: Mapping[str, Role]) -> str | None:
    """Return what a city is in some events: one yes is enough; None where it is in none.

    >>> role_of({"urn:e": Role(contributes=None, benefits=True)}), role_of({"urn:e": Role()}), role_of({})
    ('needs', 'took-part', None)
    """
    if not roles:
        return None
    gives = any(role.contributes for role in roles.values())
    needs = any(role.benefits for role in roles.values())
    return ROLES[0 if gives and needs else 1 if gives else 2 if needs else 3]


def subject_of(
    release: Release, known: Known, names: Names, sdg: str | None, line: str | None, theme: str | None
) -> Subject | None:
    """Return what was asked for, of several the events about all of them; None where nothing was.

    Raises
    ------
    ProjectionError
        For a goal or target there is not, and a line or theme that nothing has.
    """
    wrong: list[Fault] = []
    parts = []
    if sdg:
        parts.append(_sdg(known, names, sdg, wrong))
    if line:
        parts.append(_line(release, known, names, line, wrong))
    if theme:
        parts.append(_theme(known, theme, wrong))
    if wrong:
        raise ProjectionError("This is nothing that can be talked about here.", faults=wrong)
    if not parts:
        return None
    events = frozenset.intersection(*(part.events for part in parts))
    said = tuple(one for part in parts for one in part.said)
    missing = tuple(one for part in parts for one in part.unknown)
    if not events:
        missing = (*missing, Said("nobody"))
    return Subject(events, tuple(part.kinds[0] for part in parts), said, missing)


_NONE: Final = Subject(frozenset(), ("none",), ())


def _sdg(known: Known, names: Names, text: str, wrong: list[Fault]) -> Subject:
    """A target that nobody states is looked for as its goal; a goal includes its targets."""
    written = _CODE.fullmatch(goal_code(text).strip())
    iri = f"{SDG}{written[1].lower()}" if written else ""
    if iri not in names:
        wrong.append(
            fault(f"There is no goal or target '{text}'.", "Write a goal (13) or one of its targets (13.1).")
        )
        return _NONE
    code = goal_code(iri)
    goal = code.partition(".")[0]
    exact = _about(known, "sdg", lambda value: value == iri)
    wide = _about(known, "sdg", lambda value: goal_code(value).partition(".")[0] == goal)
    if code == goal:
        about = Said("about-goal", {"number": goal}, {"goal": iri})
        return Subject(wide, ("sdg",), (about,), _programmes(known, "sdg", iri, wide))
    if exact:
        return Subject(exact, ("sdg",), (Said("about-target", {"code": code}, {"target": iri}),))
    found = Said("fell-back", {"code": code, "number": goal}, {"target": iri, "goal": f"{SDG}{goal}"})
    return Subject(wide, ("sdg",), (), (found, *_programmes(known, "sdg", f"{SDG}{goal}", wide)))


def _line(release: Release, known: Known, names: Names, text: str, wrong: list[Fault]) -> Subject:
    stated = {value for of in known.subjects.values() for value in of.get("line", ())}
    things = with_names(release, sorted(stated | {iri for iri in names if iri.startswith(_LINES)}))
    fits = cities_called(things, text)
    if len(fits) != 1:
        wrong.append(several(things, text, fits) if fits else unknown(things, text, "No strategic line"))
        return _NONE
    events = _about(known, "line", lambda value: value == fits[0])
    about = Said("about", things={"what": fits[0]})
    return Subject(events, ("line",), (about,), _programmes(known, "line", fits[0], events))


def _programmes(known: Known, kind: str, value: str, events: frozenset[str]) -> tuple[Said, ...]:
    """Say which programmes state what no event does: what they aim at, their actions need not be about."""
    stating = [thing for thing, of in known.subjects.items() if value in of.get(kind, ())]
    at_all = {event for event, _ in known.roles}
    return tuple(
        Said("programme", things={"programme": thing})
        for thing in sorted(stating)
        if not events and thing not in at_all
    )


def _theme(known: Known, text: str, wrong: list[Fault]) -> Subject:
    """A theme is a text: it fits where the words stand in it; capitals and accents do not matter."""
    wanted = _words(text)
    events = _about(known, "theme", lambda value: wanted in _words(value))
    if not events:
        themes = sorted({value for of in known.subjects.values() for value in of.get("theme", ())})
        wrong.append(replace(fault(f"No event has the theme '{text}'."), fix=_near(themes, text)))
    return Subject(events, ("theme",), (Said("about-theme", {"theme": text}),))


def _words(text: str) -> str:
    found = " ".join(re.findall(r"[^\W_]+", plain_letters(text)))
    return f" {found} "


def _near(themes: Sequence[str], text: str) -> str:
    plain = {plain_letters(theme): theme for theme in themes}
    near = [plain[one] for one in difflib.get_close_matches(plain_letters(text), plain)]
    if near:
        return f"Near it: {', '.join(near)}."
    return f"Themes are, for example: {', '.join(themes[:5])}." if themes else "No event here states a theme."


def _about(known: Known, kind: str, fits: Callable[[str], bool]) -> frozenset[str]:
    events = {event for event, _ in known.roles}
    return frozenset(event for event in events if any(map(fits, known.subjects.get(event, {}).get(kind, ()))))
