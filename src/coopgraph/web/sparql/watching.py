"""How the server is doing: `/health` for a look, `/metrics` for Prometheus.

In: the endpoint. Out: JSON, and the Prometheus text format 0.0.4. Neither names a query or who asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, PlainTextResponse, Response

from coopgraph import __version__
from coopgraph.release.served import LIVE

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.web.sparql.answering import Endpoint

_FRESH: Final = {"Cache-Control": "no-store"}
_GAUGES: Final = {
    "running": "Queries that are being answered now.",
    "waiting": "Queries that wait for a process.",
    "processes": "Processes that answer queries.",
    "kept_bytes": "Bytes of answers that are kept for the same query.",
}
_COUNTERS: Final = {
    "answered": "Queries answered by a process.",
    "kept": "Queries answered from a kept answer.",
    "joined": "Queries answered together with the same query of somebody else.",
    "failed": "Queries that were wrong.",
    "stopped": "Queries stopped at a limit of time or memory.",
    "busy": "Queries turned away because too many were waiting.",
    "moved": "Queries that were not quick and were begun again among the slow ones.",
}


def health(endpoint: Endpoint) -> Callable[[Request], Response]:
    """What is served, and whether queries are answered."""

    def answer(request: Request) -> Response:
        counts = endpoint.pool.counts()
        release = endpoint.served.current
        return JSONResponse(
            {
                "status": "ok",
                "version": __version__,
                "release": release.manifest.id or LIVE,
                "built_at": release.manifest.built_at or None,
                "processes": counts.processes,
                "running": counts.running,
                "waiting": counts.waiting,
            },
            headers=_FRESH,
        )

    return answer


def metrics(endpoint: Endpoint) -> Callable[[Request], Response]:
    """The counts as Prometheus reads them."""

    def answer(request: Request) -> Response:
        counts = asdict(endpoint.pool.counts())
        lines: list[str] = []
        for kind, texts in (("counter", _COUNTERS), ("gauge", _GAUGES)):
            for name, text in texts.items():
                full = f"coopgraph_queries_{name}" + ("_total" if kind == "counter" else "")
                lines += [f"# HELP {full} {text}", f"# TYPE {full} {kind}", f"{full} {counts[name]}"]
        release = endpoint.served.current.manifest.id or LIVE
        lines += [
            "# HELP coopgraph_release_info The release in force.",
            "# TYPE coopgraph_release_info gauge",
            f'coopgraph_release_info{{release="{release}",version="{__version__}"}} 1',
        ]
        return PlainTextResponse(
            "\n".join(lines) + "\n", headers=_FRESH, media_type="text/plain; version=0.0.4"
        )

    return answer
