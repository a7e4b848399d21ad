"""`/data/thing?iri=&lang=`: all that is known of one thing, each fact with its sources.

In: an IRI. Out: a `Profile` as JSON (`views/profiles`), with its measures where it is a node of the graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from coopgraph.web.data.graph import packed_graph
from coopgraph.web.shell import asked

if TYPE_CHECKING:
    from starlette.requests import Request


def thing(request: Request) -> Response:
    """Answer with what is known; raises HTTPException 404 for an IRI of which nothing is stated."""
    from coopgraph.views.profiles import plain, profile_of

    this = asked(request)
    iri = request.query_params.get("iri", "")
    found = profile_of(this.release, iri, this.lang, this.names)
    if found is None:
        raise HTTPException(404, f"Nothing is stated of {iri[:200]!r} in this release.")
    measures = packed_graph(this.served, this.release_id).measures.get(iri)
    told: dict[str, Any] = {**plain(found), "measures": measures}
    return JSONResponse(told, headers={"Cache-Control": "private, max-age=300"})


routes: Final = [Route("/data/thing", thing)]
