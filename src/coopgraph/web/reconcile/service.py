"""`/reconcile`: names of cities reconciled with the release and the gazetteer, for OpenRefine.

In: requests by GET or as a form. Out: JSON, and small pages of HTML.
Standard: Reconciliation Service API 0.2, with CORS for the sites that `--allow-origin` names; no JSONP.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

import coopgraph
from coopgraph.errors import CoopgraphError
from coopgraph.web.data.search import index
from coopgraph.web.reconcile.answers import EXTENDED, extended, preview, reconciled, suggested
from coopgraph.web.reconcile.asked import (
    CITY,
    LONGEST,
    PROPERTIES,
    read_batch,
    read_extension,
    read_one,
)
from coopgraph.web.reconcile.entities import Entities, entities_of, id_space
from coopgraph.web.sparql.origins import shared
from coopgraph.web.sparql.protocol import Refused, form_fields

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from coopgraph.release.served import Served
    from coopgraph.web.settings import ServeSettings

    Answering = Callable[[Request], Awaitable[Response]]

PATH: Final = "/reconcile"
_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_PREVIEW: Final = {"width": 360, "height": 160}


class Reconciliation:
    """The service over the releases served: each request is answered from the release in force."""

    def __init__(self, served: Served, settings: ServeSettings) -> None:
        self.served = served
        self.settings = settings

    @property
    def routes(self) -> list[Route]:
        """The addresses of the service."""
        answering = {
            "": self._service,
            "/suggest/entity": self._suggest_entity,
            "/suggest/property": self._suggest_property,
            "/suggest/type": self._suggest_type,
            "/properties": self._propose,
            "/preview": self._preview,
            "/view": self._view,
        }
        return [
            Route(f"{PATH}{end}", self._guarded(answer), methods=list(_METHODS))
            for end, answer in answering.items()
        ]

    def _guarded(self, answer: Answering) -> Answering:
        """What answers one address: refusals in words, and the headers of CORS."""

        async def answered(request: Request) -> Response:
            try:
                if request.method == "OPTIONS":
                    response = Response(status_code=204, headers={"Allow": ", ".join(_METHODS)})
                else:
                    response = await answer(request)
            except Refused as refused:
                response = JSONResponse(
                    {"status": "error", "message": refused.said}, refused.status, headers=refused.headers
                )
            except CoopgraphError as error:  # the workspace's gazetteer cannot be read
                response = JSONResponse({"status": "error", "message": str(error)}, 503)
            response.headers.setdefault("Cache-Control", "no-store")
            shared(request, response, self.settings.origins)
            return response

        return answered

    async def _entities(self) -> Entities:
        """The cities of the release in force and of the gazetteer, joined once."""
        identity = self.served.current_id
        names = await asyncio.to_thread(index, self.served, identity)
        return await asyncio.to_thread(
            self.served.made, identity, "reconcile", lambda release: entities_of(release, names)
        )

    async def _service(self, request: Request) -> Response:
        fields = await form_fields(request)
        asked = [name for name in ("queries", "query", "extend") if name in fields]
        if len(asked) > 1:
            raise Refused(400, f"Send one of {', '.join(f'`{name}`' for name in asked)}.")
        if not asked:
            return JSONResponse(manifest(id_space(self.served.current), str(request.base_url).rstrip("/")))
        answer = await asyncio.to_thread(_answer, await self._entities(), asked[0], fields[asked[0]][0])
        return JSONResponse(answer)

    async def _suggest_entity(self, request: Request) -> Response:
        prefix, start = _prefix(request), request.query_params.get("cursor", "0")
        if not start.isdecimal() or len(start) > 6:
            raise Refused(400, f"cursor={start[:20]!r} is no number.")
        return JSONResponse({"result": suggested(await self._entities(), prefix, int(start))})

    async def _suggest_property(self, request: Request) -> Response:
        prefix = _prefix(request).casefold()
        found = [
            {"id": name, "name": name, "description": said}
            for name, said in PROPERTIES.items()
            if prefix in name or prefix in said.casefold()
        ]
        return JSONResponse({"result": found})

    async def _suggest_type(self, request: Request) -> Response:
        return JSONResponse({"result": [CITY] if _prefix(request).casefold() in "city" else []})

    async def _propose(self, request: Request) -> Response:
        wanted = request.query_params.get("type", CITY["id"])
        properties = [{"id": name, "name": said} for name, said in EXTENDED.items()]
        return JSONResponse({"type": wanted[:LONGEST], "properties": properties})

    async def _preview(self, request: Request) -> Response:
        entities = await self._entities()
        row = _row(entities, request)
        page = HTMLResponse(preview(entities, row, _address(entities, row, str(request.base_url))))
        framed = " ".join(["'self'", *self.settings.origins])
        page.headers["Content-Security-Policy"] = f"default-src 'none'; frame-ancestors {framed}"
        page.headers["X-Frame-Options"] = "SAMEORIGIN"  # what knows frame-ancestors goes by that
        return page

    async def _view(self, request: Request) -> Response:
        entities = await self._entities()
        return RedirectResponse(_address(entities, _row(entities, request), str(request.base_url)), 303)


def manifest(space: str, site: str) -> dict[str, Any]:
    """Say what the service does, and where."""
    here = f"{site}{PATH}"
    return {
        "versions": ["0.2"],
        "name": "Cities (coopgraph)",
        "identifierSpace": space,
        "schemaSpace": "https://w3id.org/coopgraph/ns#",
        "serviceVersion": coopgraph.__version__,
        "defaultTypes": [CITY],
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", **_PREVIEW},
        "suggest": {
            name: {"service_url": here, "service_path": f"/suggest/{name}"}
            for name in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _answer(entities: Entities, kind: str, text: str) -> dict[str, Any]:
    if kind == "queries":
        batch = read_batch(text)
        return dict(zip(batch, reconciled(entities, list(batch.values())), strict=True))
    if kind == "query":
        return reconciled(entities, [read_one(text)])[0]
    return extended(entities, *read_extension(text))


def _prefix(request: Request) -> str:
    return request.query_params.get("prefix", "")[:LONGEST].strip()


def _row(entities: Entities, request: Request) -> int:
    one = request.query_params.get("id", "")
    if one not in entities.row_of:
        raise Refused(404, f"There is no city {one[:LONGEST]!r} here.")
    return entities.row_of[one]


def _address(entities: Entities, row: int, site: str) -> str:
    """Where people read about a city: its page on this site, or GeoNames' own."""
    iri = entities.iris.get(row)
    if iri is None:
        return f"https://www.geonames.org/{quote(str(entities.gazetteer.of('id', row)))}"
    return f"{site}en/city?{urlencode({'iri': iri})}"
