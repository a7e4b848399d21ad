"""The addresses of the endpoint: `/sparql`, and for those who watch over it `/health` and `/metrics`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from coopgraph.web.sparql import watching

if TYPE_CHECKING:
    from coopgraph.web.sparql.answering import Endpoint


def routes(endpoint: Endpoint) -> list[Route]:
    """The routes of an endpoint; every method of `/sparql` is answered by itself."""
    return [
        Route("/sparql", endpoint),
        Route("/health", watching.health(endpoint)),
        Route("/metrics", watching.metrics(endpoint)),
    ]
