"""The page that draws who cooperates with whom.

In: a request. Out: the frame of the drawing; its script fills it from `/data/graph.json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from coopgraph.web.shell import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def explore(request: Request) -> Response:
    """Show the frame of the drawing: the script fills it."""
    return page(request, "explore.html.j2", rooms=("explore", "stage"))


routes: Final = [Route("/{lang}/explore", explore)]
