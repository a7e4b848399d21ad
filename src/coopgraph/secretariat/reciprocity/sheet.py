"""Who gives and who receives: of the whole network, of one city, of one pair.

In: an open release, perhaps a city and a partner. Out: a Dossier. What passes is what docs/peer-exchange.md
says, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from coopgraph.errors import ProjectionError
from coopgraph.network.cities import find_city, known_cities
from coopgraph.network.faults import fault
from coopgraph.network.selection import select
from coopgraph.network.sensitivity.loss import KEEP, REPLICATES, SEED, Loss, check_loss
from coopgraph.secretariat.dossier import Dossier, Said, Table
from coopgraph.secretariat.naming import named
from coopgraph.secretariat.reciprocity.cities import city_table, money_by_city, network_of, one_way_table
from coopgraph.secretariat.reciprocity.gathered import Certainty, Facts, Policy, Reading, gathered
from coopgraph.secretariat.reciprocity.parts import (
    Side,
    in_kind_table,
    money_table,
    paid_table,
    partner_table,
    served_table,
)
from coopgraph.secretariat.reciprocity.sides import action_table, sum_table
from coopgraph.secretariat.reciprocity.told import gaps, idle, method
from coopgraph.secretariat.reciprocity.whole import Years, over_time_table, whole_table

if TYPE_CHECKING:
    from coopgraph.release import Release


@named
def reciprocity_sheet(
    release: Release,
    city: str | None = None,
    partner: str | None = None,
    *,
    unknown: Policy = "exclude",
    certainty: Certainty = "any",
    window: int = 1,
    first: int | None = None,
    last: int | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Dossier:
    """Say who gives and who receives: in actions, in money, in kind; and how sure that is.

    Without a city the whole network: each city, who only gives or only receives, how horizontal the network
    is over time. With one its sheet: by partner, strategic line, SDG, action. With a partner the pair.

    Parameters
    ----------
    release
        An open release.
    city, partner
        IRI, short id, or label in any language, accents and capitals aside.
    unknown, certainty
        As for `flows`: what an unknown role counts as, and whether derived roles count. The other reading of
        unknown roles stands beside the sums.
    window, first, last
        How many years a window of the network over time has, and the years to begin and end with.
    replicates, seed
        Of the ranges, as for `ranges`.

    Raises
    ------
    MeasureError
        For a number of replicates or a seed that cannot be.
    ProjectionError
        For a city that is not there, or not one alone; for a partner that is the city itself, or alone; and
        as `flows` and `over_time` do.

    Examples
    --------
    >>> import coopgraph as cg, rdflib
    >>> text = '''@prefix : <https://example.org/> . @prefix coop: <https://w3id.org/coopgraph/ns#> .
    ... @prefix is: <https://w3id.org/coopgraph/concept/answer/> .
    ... [] coop:event :visit ; coop:participant :lima ; coop:contributes is:yes ; coop:benefits is:no .
    ... [] coop:event :visit ; coop:participant :quito ; coop:contributes is:no ; coop:benefits is:yes .'''
    >>> with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as opened:
    ...     sheet = cg.reciprocity_sheet(opened)
    >>> for row in sheet.records("cities"):
    ...     print(row["city"], row["given"], row["received"], row["stands"])
    https://example.org/lima 1.0 0.0 only-gives
    https://example.org/quito 0.0 1.0 only-receives
    """
    loss = Loss(KEEP, replicates, seed)
    check_loss(loss)
    select(unknown=unknown, certainty=certainty)
    one, other = _meant(release, city, partner)
    facts = gathered(release, Reading(unknown, certainty, loss))
    asked = {
        "city": one,
        "partner": other,
        "unknown": unknown,
        "certainty": certainty,
        "replicates": replicates,
        "seed": seed,
    }
    if one is None:
        return _network(facts, Years(window, first, last), asked)
    return _side(Side(facts, one, other), asked)


def _meant(release: Release, city: str | None, partner: str | None) -> tuple[str | None, str | None]:
    """Return the cities meant; every one that is not found is said at once."""
    if city is None and partner is not None:
        raise _refused("A partner needs a city to be the partner of.", "Name the city first.")
    taking_part = set(release.table("participations").column("city").to_pylist())
    known = known_cities(release, taking_part)
    known |= known_cities(release)
    found: list[str | None] = []
    faults = []
    for text in (city, partner):
        try:
            found.append(None if text is None else find_city(known, text))
        except ProjectionError as error:
            faults.append(error)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        told = [one for error in faults for one in (fault(error.message), *error.faults)]
        raise ProjectionError("Neither city is found.", faults=told)
    if city is not None and found[0] == found[1]:
        raise _refused(f"'{partner}' is the city itself.", "Name another city as its partner.")
    return found[0], found[1]


def _refused(what: str, fix: str) -> ProjectionError:
    return ProjectionError("There is no sheet of such a pair.", faults=[fault(what, fix)])


def _network(facts: Facts, years: Years, asked: dict[str, Any]) -> Dossier:
    network = network_of(facts)
    tables = (
        whole_table(facts),
        over_time_table(facts, years),
        one_way_table(network),
        city_table(network),
        money_by_city(network),
        in_kind_table(facts, facts.events),
    )
    asked |= {"window": years.window, "first": years.first, "last": years.last}
    return _dossier(
        facts, tables, asked, (*method(facts), Said("chance")), chain(idle(facts), gaps(facts, facts.events))
    )


def _side(side: Side, asked: dict[str, Any]) -> Dossier:
    cities = side.members if side.partner is not None else None
    tables = (
        sum_table(side),
        *(() if side.partner is not None else (partner_table(side),)),
        action_table(side),
        served_table(side, "lines"),
        served_table(side, "sdgs"),
        money_table(side),
        in_kind_table(side.facts, side.events, cities),
        paid_table(side),
    )
    what, members = (
        ("pair" if side.partner else "city"),
        dict(zip(("city", "partner"), side.members, strict=False)),
    )
    told = (Said(what, {}, members), *method(side.facts), Said("groups"))
    missing = () if side.events else (Said(f"idle-{what}", {}, members),)
    return _dossier(
        side.facts, tables, asked, told, chain(missing, gaps(side.facts, side.events, side.members))
    )


def _dossier(
    facts: Facts,
    tables: tuple[Table, ...],
    asked: dict[str, Any],
    told: tuple[Said, ...],
    unknown: Iterator[Said],
) -> Dossier:
    release = facts.release
    return Dossier(
        "reciprocity", asked, tables, told, tuple(unknown), release.manifest.id or "", release.now or ""
    )
