"""What the pages about one thing share: find it, lead to the page of its kind, say where nothing is.

In: a request with `iri`. Out: a `Profile`, or an answer to send in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response

from coopgraph.views.profiles import Profile, profile_of
from coopgraph.views.profiles.standing import Standings, standings
from coopgraph.web.shell import address, asked, page

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.network.explanation import Explanation
    from coopgraph.release.served import Served

OWN_PAGES: Final = ("city", "network")


def profile_asked(request: Request, kind: str) -> Profile | Response:
    """Return what is asked for; where it is of another kind, or nothing here, the answer that says so."""
    this = asked(request)
    iri = request.query_params.get("iri", "").strip()
    found = profile_of(this.release, iri, this.lang, this.names) if iri else None
    if found is None:
        return page(request, "missing.html.j2", status=404, iri=iri)
    own = found.kind if found.kind in OWN_PAGES else "thing"
    if own != kind:
        there = address(this.lang, own, iri=iri, release=request.query_params.get("release"))
        return RedirectResponse(there, 307)
    return found


def standings_of(served: Served, release_id: str) -> Standings:
    """Return where every city of a release stands, worked out once."""
    return served.made(release_id, "standings", standings)


def explained(served: Served, release_id: str, city: str) -> Explanation:
    """Return a city's peer exchange taken apart; the last few are kept."""
    from coopgraph.network.explanation import explain

    return served.made(release_id, ("explained", city), lambda release: explain(release, city), most=64)
