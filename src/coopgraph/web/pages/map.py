"""The page that draws who cooperates with whom where they lie.

In: a request. Out: the frame of the map; its script fills it from `/data/graph.json` and Natural Earth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from coopgraph.web.shell import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def geographic(request: Request) -> Response:
    """Show the frame of the map: the script fills it."""
    return page(request, "map.html.j2", rooms=("explore", "stage", "map"))


routes: Final = [Route("/{lang}/map", geographic)]
