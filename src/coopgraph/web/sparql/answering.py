"""One request to the endpoint: read, checked, answered, or told what is wrong.

In: an HTTP request. Out: an HTTP response. Standard: SPARQL 1.1 Protocol.
"""

from __future__ import annotations

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from coopgraph.errors import CoopgraphError, QueryError, QueryTimeout, StoreError
from coopgraph.rdf.guard import check
from coopgraph.rdf.pool import Pool
from coopgraph.release.served import LIVE
from coopgraph.web.log import note
from coopgraph.web.sparql.description import address, described
from coopgraph.web.sparql.flags import LIMITS, NOTE, RELEASE, TRUNCATED, cut_words, flagged, limits_told
from coopgraph.web.sparql.negotiation import Chosen, accepts_html, choose, formats
from coopgraph.web.sparql.origins import shared
from coopgraph.web.sparql.protocol import METHODS, Asked, Refused, read
from coopgraph.web.sparql.trouble import told

if TYPE_CHECKING:
    from concurrent.futures import Future

    from starlette.types import Receive, Scope, Send

    from coopgraph.rdf.client import Answer
    from coopgraph.rdf.client import Request as Query
    from coopgraph.rdf.limits import Limits
    from coopgraph.release import Release
    from coopgraph.release.served import Served
    from coopgraph.web.settings import ServeSettings

_ELSEWHERE: Final = (
    "This site shows the remote store {0}, which holds no release that coopgraph published, and passes no "
    "queries on to it: a store may count what two graphs state twice. Ask it at its own address, or publish "
    "a release there (coopgraph release publish)."
)
_A_WHILE: Final = 5.0
_LONG: Final = 8_000  # characters: what is longer is looked at beside the others, one at a time
_LONG_WAITING: Final = 16
_THERE: Final = 4  # queries that a remote store is asked at a time
_THERE_WAITING: Final = 32


class Endpoint:
    """The SPARQL endpoint over the releases served, an ASGI application. Close it: its processes must go."""

    def __init__(self, served: Served, settings: ServeSettings) -> None:
        self.served = served
        self.settings = settings
        self.pool = Pool(settings.pool)
        served.share(self.pool)
        self._long = asyncio.Semaphore(1)
        self._long_waiting = 0
        self._there = ThreadPoolExecutor(_THERE, thread_name_prefix="remote-store")
        self._there_waiting = BoundedSemaphore(_THERE_WAITING)  # given back by the threads

    def close(self) -> None:
        """End the processes."""
        self.pool.close()
        self._there.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Refused as refused:
            response = told(request, refused.status, refused.said, headers=refused.headers)
        except CoopgraphError as error:
            response = _failed(request, error)
        shared(request, response, self.settings.origins)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        asked = await read(request)
        try:
            release = self.served.release(asked.release)
        except StoreError as error:
            raise Refused(410, str(error)) from error
        if release.remote is not None and not await asyncio.to_thread(lambda: release.manifest.id):
            raise Refused(501, _ELSEWHERE.format(release.remote.shown))
        if asked.query is None:
            return self._description(request, release)
        return await self._answer(request, asked, asked.query, release)

    def _description(self, request: Request, release: Release) -> Response:
        from coopgraph.web.app import preferred

        accept, language = request.headers.get("accept"), request.headers.get("accept-language", "")
        if accepts_html(accept):
            return RedirectResponse(f"/{preferred(language)}/query", 303, headers={"Vary": "Accept"})
        chosen = _chosen(accept, request.query_params.get("format"), "DESCRIBE")
        body = described(request, release, self.settings.limits(release.limits), chosen.form)
        return Response(body, headers=_headers(chosen, release))

    async def _answer(self, request: Request, asked: Asked, query: str, release: Release) -> Response:
        note(request, query=query, release=release.manifest.id)
        limits = self.settings.limits(release.limits)
        if len(query) > limits.length:
            raise Refused(
                413, f"The query has {len(query):,} characters; at most {limits.length:,} are allowed."
            )
        if len(query) > _LONG:
            chosen, future = await self._in_turn(request, asked, query, release, limits)
        else:
            chosen, future = self._begin(request, asked, query, release, limits)
        answer = await asyncio.wrap_future(future)
        headers = _headers(chosen, release) | {LIMITS: limits_told(limits)}
        body = answer.payload
        if release.caution:
            headers |= {NOTE: release.caution}
        if answer.truncated:
            words = cut_words(answer, limits)
            headers |= {TRUNCATED: answer.truncated, NOTE: words}
            body = flagged(body, chosen.form, words, f"{address(request)}#limits")
        return Response(body, headers=headers)

    async def _in_turn(
        self, request: Request, asked: Asked, query: str, release: Release, limits: Limits
    ) -> tuple[Chosen, Future[Answer]]:
        """Look at a long query in a thread, one at a time, so that nobody else waits for it."""
        if self._long_waiting >= _LONG_WAITING:
            raise QueryTimeout(
                "Too many long queries are waiting to be read. Ask again in a moment.",
                reason="busy",
                wait=2.0,
            )
        self._long_waiting += 1
        try:
            async with self._long:
                return await asyncio.to_thread(self._begin, request, asked, query, release, limits)
        finally:
            self._long_waiting -= 1

    def _begin(
        self, request: Request, asked: Asked, query: str, release: Release, limits: Limits
    ) -> tuple[Chosen, Future[Answer]]:
        """Check a query, choose its format and let it run."""
        checked = check(
            query, release.prefixes, release.base, limits, default=asked.default, named=asked.named
        )
        chosen = _chosen(request.headers.get("accept"), asked.form, checked.word)
        if release.remote is not None:
            return chosen, self._from_there(release, checked, limits, chosen.form)
        return chosen, self.pool.ask(release.directory / "store", checked, limits, chosen.form)

    def _from_there(self, release: Release, checked: Query, limits: Limits, form: str) -> Future[Answer]:
        """Let a remote store answer, a few queries at a time."""
        if not self._there_waiting.acquire(blocking=False):
            raise QueryTimeout("Too many queries wait for the store. Ask again.", reason="busy", wait=2.0)
        future = self._there.submit(_answer_there, release, checked, limits, form)
        future.add_done_callback(lambda _: self._there_waiting.release())
        return future


def _answer_there(release: Release, checked: Query, limits: Limits, form: str) -> Answer:
    answer = release.answer_there(checked, limits, form)
    _ = release.caution  # which asks the store once, here where it may take its time
    return answer


def _chosen(accept: str | None, wanted: str | None, word: str) -> Chosen:
    known = formats(word)
    chosen = choose(accept, wanted, known)
    if chosen is None:
        types = ", ".join(types[0] for types in known.values())
        said = f"The answer to {word} cannot be written as asked by Accept. Ask for one of {types}."
        raise Refused(406, said, {"Vary": "Accept"})
    return chosen


def _headers(chosen: Chosen, release: Release) -> dict[str, str]:
    return {
        "Content-Type": chosen.content_type,
        "Vary": "Accept",
        "Cache-Control": "private, no-cache",
        RELEASE: release.manifest.id or LIVE,
    }


def _failed(request: Request, error: CoopgraphError) -> Response:
    """Say an error of ours: 400 for what is wrong, 503 for what took too much or cannot be had now."""
    if isinstance(error, QueryError):
        return told(request, 400, error.message, faults=error.faults)
    wait = error.wait if isinstance(error, QueryTimeout) else None
    return told(request, 503, error.message, headers={"Retry-After": str(math.ceil(wait or _A_WHILE))})
