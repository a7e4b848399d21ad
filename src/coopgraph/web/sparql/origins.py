"""Which other sites' scripts may read the endpoint's answers: none, unless the settings name them.

In: a request and the origins allowed. Out: the headers of CORS (Fetch standard) on its response.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coopgraph.web.settings import ANYONE
from coopgraph.web.sparql.flags import EXPOSED

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def is_allowed(origin: str, origins: Sequence[str]) -> bool:
    """Whether a site is among those allowed.

    >>> is_allowed("https://a.org", ["https://a.org"]), is_allowed("https://b.org", ["https://a.org"])
    (True, False)
    """
    return ANYONE in origins or origin.lower() in origins


def shared(request: Request, response: Response, origins: Sequence[str]) -> None:
    """Let an allowed site read a response, and send what it announces."""
    if not origins:
        return
    response.headers.add_vary_header("Origin")
    origin = request.headers.get("origin")
    if origin is None or not is_allowed(origin, origins):
        return
    response.headers["Access-Control-Allow-Origin"] = "*" if ANYONE in origins else origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type"
        response.headers["Access-Control-Max-Age"] = "86400"
