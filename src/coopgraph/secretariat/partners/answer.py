"""The partner finder: whom a city should talk to, about what, who can introduce it, and why.

In: an open release, a city, a goal, line or theme. Out: the dossier `partners`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coopgraph.errors import ProjectionError
from coopgraph.network.cities import find_city, known_cities
from coopgraph.network.faults import fault
from coopgraph.network.partnering.rule import points
from coopgraph.network.partnering.ways import ways
from coopgraph.secretariat.dossier import Dossier, Said, Table
from coopgraph.secretariat.naming import named
from coopgraph.secretariat.partners import tables
from coopgraph.secretariat.partners.known import Known, known
from coopgraph.secretariat.partners.reasons import Found, Reason, circumstances, reasons
from coopgraph.secretariat.partners.subject import Subject, subject_of, tier
from coopgraph.views.names import names_in

if TYPE_CHECKING:
    from coopgraph.release import Release


@named
def find_partners(
    release: Release,
    city: str | None = None,
    *,
    sdg: str | None = None,
    line: str | None = None,
    theme: str | None = None,
    first: int = 20,
) -> Dossier:
    """Find whom a city should talk to: who delivered, who needs it, who can introduce it, and why.

    Candidates share no event and no agreement with the city yet. Asked about something, those who
    contributed to an event about it come first, then those who declare that they offer it, then those who
    benefited or declare that they seek it, then those who took part in a role that is not known; within these
    by the score of decision 23, to which what a city declares adds nothing.

    Parameters
    ----------
    release
        An open release.
    city
        Who asks: an id, a label or an IRI. Without it, who delivers and who needs it is told.
    sdg
        A goal (13) or a target (13.1). A target nobody states is looked for as its goal.
    line, theme
        A strategic line; words that stand in a theme.
    first
        How many candidates are told.

    Returns
    -------
    Dossier
        Tables `candidates`, `reasons`, `introductions` and `partners` with a city; `delivers`, `offers` and
        `needs` where it is asked about something; with neither, `subjects` that can be asked about.

    Raises
    ------
    ProjectionError
        For an unknown city, goal, line or theme.

    Examples
    --------
    >>> import rdflib
    >>> import coopgraph as cg
    >>> text = '''PREFIX coop: <https://w3id.org/coopgraph/ns#> PREFIX : <urn:city/>
    ... [] a coop:Participation ; coop:event <urn:e1> ; coop:participant :lima .
    ... [] a coop:Participation ; coop:event <urn:e1> ; coop:participant :quito .
    ... [] a coop:Participation ; coop:event <urn:e2> ; coop:participant :quito .
    ... [] a coop:Participation ; coop:event <urn:e2> ; coop:participant :cuenca .
    ... :lima a coop:City . :quito a coop:City . :cuenca a coop:City .'''
    >>> with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
    ...     found = cg.find_partners(release, "lima")
    >>> [(row["city"], row["introduced-by"]) for row in found.records("candidates")]
    [('urn:city/cuenca', ('urn:city/quito',))]
    """
    read = known(release)
    names = names_in(release) if sdg or line else {}
    subject = subject_of(release, read, names, sdg, line, theme)
    asking = find_city(known_cities(release, read.ties.cities), city) if city else None
    if first < 1:
        raise ProjectionError(
            "So many candidates cannot be told.", faults=[fault(f"first is {first}.", "Use 1 or more.")]
        )
    made: list[Table] = []
    if asking is not None:
        made += _for_city(read, asking, subject, first)
    if subject is not None:
        made += [tables.delivers(read, subject), tables.offers(read, subject), tables.needs(read, subject)]
    if not made:
        made.append(tables.subjects(read))
    return Dossier(
        "partners",
        {"city": city, "sdg": sdg, "line": line, "theme": theme, "first": first},
        tuple(made),
        _rests_on(subject, asking),
        tuple(_unknown(read, subject, asking)),
        release.manifest.id,
        release.now or "",
    )


def _for_city(known: Known, asking: str, subject: Subject | None, first: int) -> list[Table]:
    ranked = _ranked(known, asking, subject)
    ties = known.ties
    told = ranked[:first]
    leading = ways(ties, ties.place[asking], [ties.place[one.city] for one in told])
    found: list[tuple[Found, Sequence[Reason]]] = []
    for one in told:
        led = replace(one, ways=leading[ties.place[one.city]])
        found.append((led, reasons(known, asking, led, subject)))
    return [
        tables.candidates(known, found, len(ranked), subject),
        tables.reason_table(found),
        tables.introductions(known, found),
        tables.partners(known, asking, subject),
    ]


def _ranked(known: Known, asking: str, subject: Subject | None) -> list[Found]:
    """Return those who are no partners: by role in the subject, by score, by what is alike, by IRI."""
    ties = known.ties
    own = ties.place[asking]
    scored = points(ties, [own])
    away = {own, *ties.of(own)}
    keyed = []
    for place, city in enumerate(ties.cities):
        roles = subject.of_city(known, city) if subject else {}
        role = subject.role_of_city(known, city) if subject else None
        if place in away or (subject and subject.is_stated and not role):
            continue
        chains, experience = (float(part[0, place]) for part in (scored.chains, scored.experience))
        key = (tier(role), -float(scored.score[0, place]))
        keyed.append((key, city, Found(city, chains, experience, role, roles)))
    counts: dict[tuple[int, float], int] = {}
    for key, *_ in keyed:
        counts[key] = counts.get(key, 0) + 1
    alike = {
        city: -len(circumstances(known, asking, city)) if counts[key] > 1 else 0 for key, city, _ in keyed
    }
    return [one for *_, one in sorted(keyed, key=lambda each: (each[0], alike[each[1]], each[1]))]


def _rests_on(subject: Subject | None, asking: str | None) -> tuple[Said, ...]:
    said = list(subject.said) if subject else []
    if subject or not asking:
        said.append(Said("need"))
    if asking:
        said += [Said("ordered")] if subject and subject.is_stated else []
        said += [Said("rule"), Said("measured"), Said("alike"), Said("ways"), Said("languages")]
    return tuple(said)


def _unknown(known: Known, subject: Subject | None, asking: str | None) -> list[Said]:
    parts = [role for (event, _), role in known.roles.items() if event in known.actions]
    said = list(subject.unknown) if subject else []
    silent = sum(role.contributes is None or role.benefits is None for role in parts)
    if silent:
        said.append(Said("roles", {"n": silent, "all": len(parts)}))
    if derived := sum(role.derived for role in parts):
        said.append(Said("derived", {"n": derived, "all": len(parts)}))
    if subject:
        cities = known.ties.cities
        silent = sum(city not in known.interests for city in cities)
        said += [Said("declare-nothing", {"n": silent, "all": len(cities)})] if silent else []
    for kind in subject.kinds if subject else ():
        events = {event for event, _ in known.roles}
        without = sum(not known.subjects.get(event, {}).get(kind) for event in events)
        if without:
            said.append(Said(f"without-{kind}", {"n": without, "all": len(events)}))
    if asking:
        said += _of_cities(known, asking)
    return [*said, Said("elsewhere")]


def _of_cities(known: Known, asking: str) -> list[Said]:
    said = []
    cities = known.ties.cities
    if not known.ties.experience[known.ties.place[asking]]:
        said.append(Said("no-ties", things={"city": asking}))
    for name in ("country", "population"):
        without = sum(known.cities.get(city, {}).get(name) is None for city in cities)
        if without:
            said.append(Said(f"without-{name}", {"n": without, "all": len(cities)}))
    without = sum(city not in known.networks for city in cities)
    if without:
        said.append(Said("without-network", {"n": without, "all": len(cities)}))
    return said
