"""The page of a city: what it agreed, did, gave and received, with whom, and how sure that is; to be printed.

In: `iri`. Out: one page; every figure names the stored query behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from coopgraph.network.catalogue import measure_called
from coopgraph.views.plot_foot import rests_on
from coopgraph.views.profiles.ego import ego
from coopgraph.views.profiles.standing import SHOWN
from coopgraph.web.profiles import explained, profile_asked, standings_of
from coopgraph.web.shell import asked, page

if TYPE_CHECKING:
    from starlette.requests import Request


def city(request: Request) -> Response:
    """Show a city."""
    profile = profile_asked(request, "city")
    if isinstance(profile, Response):
        return profile
    this = asked(request)
    stand = standings_of(this.served, this.release_id)
    mine = stand.cities.get(profile.iri, ())
    taken = explained(this.served, this.release_id, profile.iri) if mine else None
    partners = {row["partner"]: row for row in taken.partners.to_pylist()} if taken else {}
    flows = {iri: (row["given"], row["received"]) for iri, row in partners.items()}
    return page(
        request,
        "city.html.j2",
        rooms=("tables",),
        profile=profile,
        standing=mine,
        measures={name: measure_called(name) for name in SHOWN},
        stand=stand,
        rests=rests_on(stand.basis, this.lang),
        explained=taken,
        exchanged=partners,
        parts={row["event"]: row for row in taken.events.to_pylist()} if taken else {},
        ego=ego(profile.partners, flows),
    )


routes: Final = [Route("/{lang}/city", city)]
