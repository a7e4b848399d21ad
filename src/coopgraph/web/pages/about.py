"""The page about the data: date, licence, every source; and the licences of the program's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from coopgraph.web.shell import asked, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def about(request: Request) -> Response:
    """Show where the data come from."""
    return page(request, "about.html.j2", statements=asked(request).release.manifest.quads)


routes: Final = [Route("/{lang}/about", about)]
