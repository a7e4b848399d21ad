"""One line of JSON for each request, without anything of the person who asked.

In: requests and responses. Out: lines on standard error: when, method, path, status, milliseconds, bytes, the
release, and of a query a digest alone. No address, no user agent, no query text, nothing after `?`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTES: Final = "coopgraph.notes"


def note(request: Request, *, query: str, release: str) -> None:
    """Let the line of a request name its query, by a digest, and its release."""
    digest = hashlib.sha256(query.encode()).hexdigest()[:16]
    request.scope[_NOTES] = {"query": digest, "release": release}


class Log:
    """Middleware that writes a line when a response has gone out."""

    def __init__(self, app: ASGIApp, out: TextIO | None = None) -> None:
        self.app = app
        self.out = out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        line: dict[str, Any] = {"status": 500, "bytes": 0}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                line["status"] = message["status"]
            line["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            self._write(scope, line, time.perf_counter() - begun)

    def _write(self, scope: Scope, line: dict[str, Any], seconds: float) -> None:
        told = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": scope["method"],
            "path": scope["path"],
            **line,
            "ms": round(seconds * 1000, 1),
            **scope.get(_NOTES, {}),
        }
        out = self.out or sys.stderr
        out.write(json.dumps(told) + "\n")
        out.flush()
