"""What one wants to talk about: a goal or target, a line, a theme; which events and interests are about it.

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
from coopgraph.secretariat.goals import goal_code, goal_order
from coopgraph.secretariat.partners.known import Interest, Known, Role

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.views.names import Names

_CODE: Final = re.compile(r"(?:sdg\s*)?([0-9]{1,2}(?:\.[0-9a-d]{1,2})?)", re.IGNORECASE)
_LINES: Final = f"{CONCEPT}strategic-line/"
_TIER: Final = {
    "delivers-and-needs": 0, "delivers": 0, "offers-and-needs": 1, "offers": 1, "needs": 2, "took-part": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """The events about what was asked, and what must be said of how they were found.

    `values` has, for each thing that was asked, what a city may declare that fits it; `declared` are the
    cities that declare something that fits all of them.
    """

    events: frozenset[str]
    kinds: tuple[str, ...]
    said: tuple[Said, ...]
    unknown: tuple[Said, ...] = ()
    values: tuple[frozenset[str], ...] = ()
    declared: frozenset[str] = frozenset()

    @property
    def is_stated(self) -> bool:
        """Whether anything is about it: an event, or what a city declares."""
        return bool(self.events or self.declared)

    def of_city(self, known: Known, city: str) -> dict[str, Role]:
        """Return the roles of a city in these events."""
        events = [event for event in known.events_of(city) if event in self.events]
        return {event: known.roles[event, city] for event in events}

    def role_of_city(self, known: Known, city: str) -> str | None:
        """Return what a city is in what was asked, by events and by its own word; None for nothing."""
        seeks, offers = bool(self.sought(known, city)), bool(self.offered(known, city))
        return role_of(self.of_city(known, city), seeks=seeks, offers=offers)

    def sought(self, known: Known, city: str) -> tuple[Interest, ...]:
        """Return the interests in which a city declares that it seeks this; of several things, each."""
        return self._fitting(known.interests.get(city, ()), lambda interest: interest.seeks)

    def offered(self, known: Known, city: str) -> tuple[Interest, ...]:
        """Return the interests in which a city declares that it offers this; of several things, each."""
        return self._fitting(known.interests.get(city, ()), lambda interest: interest.offers)

    def _fitting(
        self, interests: Sequence[Interest], of: Callable[[Interest], frozenset[str]]
    ) -> tuple[Interest, ...]:
        found = [[one for one in interests if of(one) & values] for values in self.values]
        return tuple(dict.fromkeys(one for part in found for one in part)) if all(found) else ()

    def fits(self, values: frozenset[str]) -> tuple[str, ...]:
        """Return those of some declared values that are what was asked, in order."""
        return tuple(sorted(values & frozenset().union(*self.values), key=goal_order))


def role_of(roles: Mapping[str, Role], *, seeks: bool = False, offers: bool = False) -> str | None:
    """Return what a city is in some events, or by what it declares: one yes is enough; None for nothing.

    >>> role_of({"urn:e": Role(contributes=None, benefits=True)}), role_of({"urn:e": Role()}), role_of({})
    ('needs', 'took-part', None)
    >>> role_of({"urn:e": Role(contributes=True)}, seeks=True), role_of({}, offers=True)
    ('delivers-and-needs', 'offers')
    """
    gives = any(role.contributes for role in roles.values())
    needs = seeks or any(role.benefits for role in roles.values())
    if gives or offers:
        giving = "delivers" if gives else "offers"
        return f"{giving}-and-needs" if needs else giving
    return "needs" if needs else "took-part" if roles else None


def tier(role: str | None) -> int:
    """Return the place of a role in the order: delivered, offers, needs, took part, nothing.

    >>> tier("delivers"), tier("offers"), tier("needs"), tier(None)
    (0, 1, 2, 4)
    """
    return _TIER[role] if role else 4


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
    values = tuple(value for part in parts for value in part.values)
    found = Subject(events, tuple(part.kinds[0] for part in parts), said, missing, values)
    declared = {city for city in known.interests if found.sought(known, city) or found.offered(known, city)}
    if not events:
        missing = (*missing, Said("declared-alone" if declared else "nobody"))
    return replace(found, unknown=missing, declared=frozenset(declared))


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
    within = frozenset(value for value in _declared(known) if goal_code(value).partition(".")[0] == goal)
    if code == goal:
        about = Said("about-goal", {"number": goal}, {"goal": iri})
        return Subject(wide, ("sdg",), (about,), _programmes(known, "sdg", iri, wide), (within,))
    if exact:
        said = (Said("about-target", {"code": code}, {"target": iri}),)
        return Subject(exact, ("sdg",), said, values=(frozenset({iri}),))
    found = Said("fell-back", {"code": code, "number": goal}, {"target": iri, "goal": f"{SDG}{goal}"})
    missing = (found, *_programmes(known, "sdg", f"{SDG}{goal}", wide))
    return Subject(wide, ("sdg",), (), missing, (within,))


def _line(release: Release, known: Known, names: Names, text: str, wrong: list[Fault]) -> Subject:
    stated = {value for of in known.subjects.values() for value in of.get("line", ())}
    stated |= {value for value in _declared(known) if not value.startswith(SDG)}
    things = with_names(release, sorted(stated | {iri for iri in names if iri.startswith(_LINES)}))
    fits = cities_called(things, text)
    if len(fits) != 1:
        wrong.append(several(things, text, fits) if fits else unknown(things, text, "No strategic line"))
        return _NONE
    events = _about(known, "line", lambda value: value == fits[0])
    about = Said("about", things={"what": fits[0]})
    missing = _programmes(known, "line", fits[0], events)
    return Subject(events, ("line",), (about,), missing, (frozenset(fits),))


def _declared(known: Known) -> frozenset[str]:
    """Return all that any city seeks or offers."""
    interests = [interest for of in known.interests.values() for interest in of]
    return frozenset(value for interest in interests for value in interest.seeks | interest.offers)


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
    return Subject(events, ("theme",), (Said("about-theme", {"theme": text}),), values=(frozenset(),))


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
