"""The page of anything else that has an address: an organisation, an agreement, an action, a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from coopgraph.web.profiles import profile_asked
from coopgraph.web.shell import page

if TYPE_CHECKING:
    from starlette.requests import Request


def thing(request: Request) -> Response:
    """Show whatever the IRI stands for."""
    profile = profile_asked(request, "thing")
    if isinstance(profile, Response):
        return profile
    return page(request, "thing.html.j2", rooms=("tables",), profile=profile)


routes: Final = [Route("/{lang}/thing", thing)]
