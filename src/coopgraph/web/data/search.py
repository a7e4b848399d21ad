"""`/data/search?q=&lang=&kind=&limit=`: what is called so, as one types.

In: a few letters. Out: JSON, best first: iri, label in the reader's language, kind, the name it was found by,
and a city's country; `more` counts the others, null where they are more than a thousand.
Format: docs/decisions/0013-explorer-data.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from coopgraph.languages import LANGUAGES
from coopgraph.web.shell import asked

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.release.served import Served
    from coopgraph.views.explorer.search import Index

MOST: Final = 100
LONGEST: Final = 200


def search(request: Request) -> Response:
    """Answer with what is found; raises HTTPException 400 for a kind or a limit there is not."""
    from coopgraph.views.explorer.search import KINDS, find

    this = asked(request)
    kind = request.query_params.get("kind", "")
    if kind and kind not in KINDS.values():
        raise HTTPException(
            400, f"There is no kind {kind[:40]!r}. Choose one of {', '.join(KINDS.values())}."
        )
    text = request.query_params.get("q", "")[:LONGEST]
    found = find(index(this.served, this.release_id), text, kind=kind, limit=_limit(request))
    place = LANGUAGES.index(this.lang)
    hits = [
        {
            "iri": hit.thing.iri,
            "label": hit.thing.labels[place],
            "kind": hit.thing.kind,
            "name": hit.name,
            "country": hit.thing.countries[place] if hit.thing.countries else "",
        }
        for hit in found.hits
    ]
    told = {"q": text, "found": hits, "more": found.more}
    return JSONResponse(told, headers={"Cache-Control": "private, max-age=300"})


def index(served: Served, identity: str) -> Index:
    """Return the names of a release, read once."""
    from coopgraph.views.explorer.search import index_of

    return served.made(identity, "search", index_of)


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", "10")
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise HTTPException(400, f"limit={text[:20]!r} is no number from 1 to {MOST}.")
    return int(text)


routes: Final = [Route("/data/search", search)]
