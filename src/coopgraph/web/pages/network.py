"""The page of a network: who belongs to it, what it agreed and did, how mutual exchange in it is.

In: `iri`. Out: one page, to be printed; totals of sources that differ stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from coopgraph.views.land import land
from coopgraph.views.plot_foot import rests_on
from coopgraph.views.profiles.small_map import small_map
from coopgraph.web.land import places_of
from coopgraph.web.profiles import profile_asked
from coopgraph.web.shell import asked, page

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.network.basis import Basis
    from coopgraph.network.sensitivity.whole_range import ReciprocityRange
    from coopgraph.release import Release
    from coopgraph.release.served import Served


def network(request: Request) -> Response:
    """Show a network."""
    profile = profile_asked(request, "network")
    if isinstance(profile, Response):
        return profile
    this = asked(request)
    cities = {one.other.iri: one.other for one in profile.memberships}
    members = tuple(sorted(cities))
    places = places_of(this)
    found = within(this.served, this.release_id, members) if members else None
    return page(
        request,
        "network.html.j2",
        rooms=("tables",),
        profile=profile,
        members=[one for one in profile.memberships if not one.office],
        offices=[one for one in profile.memberships if one.office],
        totals=[one for one in profile.reported if one.documented is not None],
        named=next((one for one in profile.reported if one.associates is not None), None),
        small_map=small_map(((cities[iri], *places[iri]) for iri in members if iri in places), land()),
        within=found,
        rests=rests_on(found.basis, this.lang) if found else (),
    )


@dataclass(frozen=True)
class Within:
    """Exchange among the cities of a network: ordered pairs with any, and how mutual, read both ways."""

    cities: int
    ties: int
    usual: ReciprocityRange
    both: ReciprocityRange
    basis: Basis


def within(served: Served, release_id: str, members: tuple[str, ...]) -> Within:
    """Return the exchange among some cities; the last few are kept."""
    return served.made(release_id, ("within", members), lambda release: _within(release, members), most=64)


def _within(release: Release, members: tuple[str, ...]) -> Within:
    from coopgraph.network.flows import contributions
    from coopgraph.network.sensitivity.whole_range import reciprocity_range

    usual = contributions(release, nodes=members)
    both = contributions(release, nodes=members, unknown="both")
    ties = len({(row["source"], row["target"]) for row in usual.table.to_pylist()})
    return Within(len(members), ties, reciprocity_range(usual), reciprocity_range(both), usual.flows.basis)


routes: Final = [Route("/{lang}/network", network)]
