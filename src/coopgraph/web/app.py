"""The web application: which address leads where, and what stands around all of them.

In: the releases served. Out: an ASGI application (Starlette).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from coopgraph.languages import LANGUAGE_NAMES
from coopgraph.web.failures import handlers
from coopgraph.web.guards import Guards
from coopgraph.web.log import Log
from coopgraph.web.reconcile import Reconciliation
from coopgraph.web.settings import ServeSettings
from coopgraph.web.shell import STATIC
from coopgraph.web.sparql import Endpoint, routes

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from coopgraph.release.served import Served

# each is `coopgraph.web.pages.<name>`, with `routes`; the first is the front door
PAGES: Final = (
    "explore",
    "map",
    "about",
    "ask",
    "query",
    "ontology",
    "timeline",
    "sdgs",
    "city",
    "thing",
    "measures",
    "network",
    "money",
    "forms",  # before the answers, which take any name, as the next
    "yearbook",
    "secretariat",
)
# each is `coopgraph.web.data.<name>`, with `routes`
DATA: Final = (
    "graph",
    "search",
    "thing",
    "saved",  # before what takes any format
    "download",
)


def make_app(served: Served, settings: ServeSettings | None = None) -> Starlette:
    """Return the application over the releases served; its shutdown ends what answers queries."""
    settings = settings or ServeSettings()
    endpoint = Endpoint(served, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        endpoint.close()

    app = Site(
        settings,
        routes=[
            Route("/", front_door),
            *(
                route for name in DATA for route in import_module(f"coopgraph.web.data.{name}").routes
            ),  # before pages: `data` is no language
            *(route for name in PAGES for route in import_module(f"coopgraph.web.pages.{name}").routes),
            Route("/data/release.json", in_force),
            *routes(endpoint),
            *Reconciliation(served, settings).routes,
            Mount("/static", Lasting(directory=STATIC)),
        ],
        exception_handlers=handlers(),
        lifespan=lifespan,
    )
    app.state.served = served
    app.state.endpoint = endpoint
    app.state.beyond_loopback = settings.token is not None
    return app


class Site(Starlette):
    """The application with its guards around all of it, so that not even a failure goes out without them."""

    def __init__(self, settings: ServeSettings, **options: Any) -> None:
        self._settings = settings
        super().__init__(**options)

    def build_middleware_stack(self) -> ASGIApp:
        app = Guards(super().build_middleware_stack(), self._settings)
        return Log(app) if self._settings.log else app


def front_door(request: Request) -> Response:
    """Lead to the first page, in the reader's language."""
    return RedirectResponse(f"/{preferred(request.headers.get('accept-language', ''))}/{PAGES[0]}", 307)


def in_force(request: Request) -> Response:
    """Tell which release is in force, so that open pages can offer it."""
    from starlette.responses import JSONResponse

    served: Served = request.app.state.served
    identity = served.current_id
    return JSONResponse(
        {"id": identity, "built_at": served.release(identity).manifest.built_at},
        headers={"Cache-Control": "no-store"},
    )


def preferred(accepted: str) -> str:
    """Return the language of the site that a reader likes best, by RFC 9110 section 12.5.4.

    >>> preferred("fr, pt-BR;q=0.8, es;q=0.5"), preferred("de")
    ('pt', 'en')
    """
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, weight = part.strip().partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            quality = 0.0
        wanted.append((-quality, place, tag.partition("-")[0].lower()))
    return next((tag for quality, _, tag in sorted(wanted) if tag in LANGUAGE_NAMES and quality), "en")


class Lasting(StaticFiles):
    """Files whose address holds their digest, so they may be kept for good."""

    def file_response(self, *arguments: object, **options: object) -> Response:
        response = super().file_response(*arguments, **options)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
