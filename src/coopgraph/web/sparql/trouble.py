"""What is wrong with a request, for people as text and for programs as problem details.

In: a status and words. Out: a response. Standard: RFC 9457 (`application/problem+json`) for those who accept
JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, PlainTextResponse, Response

from coopgraph.errors import CoopgraphError, Fault

if TYPE_CHECKING:
    from starlette.requests import Request


def told(
    request: Request,
    status: int,
    said: str,
    *,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Say what is wrong; each fault of a query with its line and its character, both from 1."""
    kept = {"Cache-Control": "no-store", **(headers or {})}
    if "json" not in request.headers.get("accept", ""):
        return PlainTextResponse(f"{CoopgraphError(said, faults=faults)}\n", status, headers=kept)
    problem: dict[str, Any] = {
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(CoopgraphError(said, faults=faults)),
    }
    if faults:
        problem["errors"] = [
            {"line": fault.line, "character": fault.character, "what": fault.what, "fix": fault.fix}
            for fault in faults
        ]
    return JSONResponse(problem, status, headers=kept, media_type="application/problem+json")
