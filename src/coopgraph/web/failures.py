"""The one place where the web says what went wrong.

In: an exception. Out: a page, or JSON for what scripts ask: what, where, what to do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from coopgraph.errors import (
    ConfigError,
    CoopgraphError,
    MeasureError,
    ProjectionError,
    QueryError,
    QueryTimeout,
)

Handler = Callable[[Any, Any], "Response | Awaitable[Response]"]


def handlers() -> dict[Any, Handler]:
    """Return what answers an exception of each kind."""
    return {HTTPException: _http, CoopgraphError: _ours}


def _http(request: Request, error: HTTPException) -> Response:
    return failure(request, error.status_code, error.detail, headers=dict(error.headers or {}))


def _ours(request: Request, error: CoopgraphError) -> Response:
    return failure(request, status_of(error), str(error))


def status_of(error: CoopgraphError) -> int:
    """Return the HTTP status of an error: 400 for what was asked wrongly, 503 for what took too much.

    >>> status_of(QueryError("no")), status_of(CoopgraphError("broken"))
    (400, 500)
    """
    if isinstance(error, QueryTimeout):
        return 503
    return 400 if isinstance(error, QueryError | ProjectionError | MeasureError | ConfigError) else 500


def failure(request: Request, status: int, said: str, *, headers: dict[str, str] | None = None) -> Response:
    """Say it as a page to people and as JSON to scripts."""
    from coopgraph.languages import LANGUAGE_NAMES
    from coopgraph.web.shell import page

    if request.url.path.startswith(("/data/", "/download/", "/static/")):
        return JSONResponse({"error": said, "status": status}, status, headers=headers)
    lang = request.url.path.strip("/").partition("/")[0]
    of_now = {
        "path_params": {"lang": lang if lang in LANGUAGE_NAMES else "en", "page": ""},
        "query_string": b"",
    }
    request = Request({**request.scope, **of_now})  # whatever was asked, the release in force is there
    response = page(request, "failure.html.j2", status=status, said=said)
    response.headers.update(headers or {})
    return response
