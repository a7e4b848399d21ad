"""The page of questions in plain words, and the page of each: its form, its answer as table or picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.routing import Route

from coopgraph.errors import QueryTimeout
from coopgraph.views.answer import answer_of, things_in
from coopgraph.views.answer.net import shown as short
from coopgraph.views.answer.pictures import pictures_of
from coopgraph.views.land import land
from coopgraph.web.answer_words import THEMES, heading
from coopgraph.web.land import places_of
from coopgraph.web.questions import Form
from coopgraph.web.shell import asked, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from coopgraph.rdf.limits import Limits
    from coopgraph.rdf.stored import StoredQuery
    from coopgraph.views.answer import Answer, Things
    from coopgraph.web.shell import Asked
    from coopgraph.web.sparql import Endpoint

ROWS: Final = 1_000  # as many rows of an answer are on a page
_TAKEN: Final = ("name", "page", "lang")  # words that addresses of the site need for themselves
SECONDS: Final = 20.0  # as long a question may take


def ask(request: Request) -> Response:
    """Show the stored questions by theme."""
    groups = grouped(asked(request))
    return page(request, "ask.html.j2", rooms=("ask",), groups=groups, count=sum(len(of) for _, of in groups))


def question(request: Request) -> Response:
    """Show one question: its form, and its answer where nothing is wrong with what is asked."""
    this = asked(request)
    query = _query(this, request.path_params["name"])
    things = things_of(this)
    form = Form(query, this.release, things, this.words)
    fields = form.fields(request.query_params)
    arguments = form.arguments(fields)
    wrong = any(field.wrong for field in fields)
    answer, late = None, ""
    limits = limits_of(this)
    if not wrong:
        try:
            found = this.release.query(query.name, limits=limits, **arguments)
            answer = answer_of(found, things, this.release.prefixes, this.lang)
        except QueryTimeout as error:
            late = error.reason or "late"
    return page(
        request,
        "ask.question.html.j2",
        rooms=("ask",),
        status=503 if late else 400 if wrong else 200,
        query=query,
        title=query.title(this.lang),
        fields=fields,
        given={field.name: field.value for field in fields if field.name not in _TAKEN},
        answer=answer,
        late=late,
        seconds=limits.seconds,
        heading=lambda name: heading(name, this.words),
        **pictured(this, answer),
    )


def limits_of(this: Asked) -> Limits:
    """Return how much a question asked on a page may take: the endpoint's limits, or a page's."""
    endpoint: Endpoint = this.request.app.state.endpoint
    usual = endpoint.settings.limits(this.release.limits)
    return replace(usual, rows=min(ROWS, usual.rows), seconds=min(SECONDS, usual.seconds))


def pictured(this: Asked, answer: Answer | None) -> dict[str, Any]:
    """Return what the template of an answer needs: its pictures, and the page's address with others."""
    given = this.request.query_params
    return {
        "pictures": answer
        and pictures_of(answer, places_of(this), land, kind=given.get("as", ""), column=given.get("y", "")),
        "again": lambda **more: "?" + urlencode({**given, **more}),
        "short": short,
    }


def things_of(this: Asked) -> Things:
    """Return everything of the release that has a name, worked out once."""
    return this.served.made(this.release_id, "things", things_in)


def grouped(this: Asked) -> list[tuple[str, list[StoredQuery]]]:
    """Return the stored questions by theme: (what it is called, its questions)."""
    _ = this.words
    queries = this.release.queries()
    found = [
        (_(called), [query for query in queries if query.theme == theme]) for theme, called in THEMES.items()
    ]
    others = [query for query in queries if query.theme not in THEMES]
    return [(called, of) for called, of in [*found, (_("Questions of this workspace"), others)] if of]


def _query(this: Asked, name: str) -> StoredQuery:
    library = this.release.library
    query = library.get(name) if name in library else None
    if query is None or not query.titles:
        raise HTTPException(404)
    return query


routes: Final = [Route("/{lang}/ask", ask), Route("/{lang}/ask/{name}", question)]
