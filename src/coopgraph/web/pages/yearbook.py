"""The year book: the years there is one of, and each as a page that needs nothing beside it, and as a PDF.

In: a language and a year. Out: HTML, PDF; each is made once for a release. Standard: CSP 3.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from coopgraph.errors import ProjectionError
from coopgraph.secretariat.wording import word
from coopgraph.web.failures import failure
from coopgraph.web.shell import Asked, address, asked, page

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.release import Release
    from coopgraph.yearbook.years import Years

MOST_KEPT: Final = 8  # books, and as many PDFs
POLICY: Final = (  # of the book: it runs nothing and asks nobody; its styles, fonts and pictures are in it
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ONE = threading.Lock()  # what draws and prints has settings of the whole process


def years(request: Request) -> Response:
    """List the years of which something is dated; lead on to the year that is asked for."""
    from coopgraph.yearbook.years import COUNTED

    this = asked(request)
    wanted = request.query_params.get("year", "").strip()
    if _is_year(wanted):
        return RedirectResponse(_address(this, wanted), 303)
    found = _years(this)
    return page(
        request,
        "secretariat.yearbook.html.j2",
        status=400 if wanted else 200,
        wanted=wanted,
        counted=COUNTED,
        counts=found.counts,
        undated=[(sort, n) for sort, n in found.undated.items() if n],
        book=lambda name: _address(this, name),
        say=lambda key, **values: word("yearbook", key, this.lang, values),
    )


def book(request: Request) -> Response:
    """Give the book of a year as a page."""
    this, year = asked(request), _year(request)
    return HTMLResponse(
        _page(this, year), headers={"Content-Security-Policy": POLICY, **_named(this, year, "html")}
    )


def pdf(request: Request) -> Response:
    """Give the book of a year as a PDF; 501 where what prints it is not installed."""
    from coopgraph.yearbook.pdf import printed, printer

    this, year = asked(request), _year(request)

    def make(_: Release) -> bytes:
        laid = _page(this, year)
        with _ONE:
            return printed(laid)

    try:
        printer()
    except ProjectionError as error:
        _ = this.words
        said = _("This server cannot make PDFs. Open the year book as a page and print it from there.")
        return failure(request, 501, f"{said} ({error})")
    made: bytes = this.served.made(this.release_id, ("yearbook pdf", this.lang, year), make, most=MOST_KEPT)
    return Response(made, media_type="application/pdf", headers=_named(this, year, "pdf"))


def _page(this: Asked, year: int) -> str:
    from coopgraph.yearbook.book import book_of
    from coopgraph.yearbook.layout import laid_out

    def make(release: Release) -> str:
        with _ONE:
            return laid_out(book_of(release, year, this.lang))

    made: str = this.served.made(this.release_id, ("yearbook", this.lang, year), make, most=MOST_KEPT)
    return made


def _years(this: Asked) -> Years:
    from coopgraph.yearbook.facts import facts_of
    from coopgraph.yearbook.years import years_of

    found: Years = this.served.made(
        this.release_id, "yearbook years", lambda release: years_of(facts_of(release), release.now)
    )
    return found


def _year(request: Request) -> int:
    wanted = request.path_params["year"]
    if not _is_year(wanted):
        raise HTTPException(404)
    return int(wanted)


def _is_year(text: str) -> bool:
    return re.fullmatch("[12][0-9]{3}", text) is not None


def _named(this: Asked, year: int, ending: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'inline; filename="yearbook-{year}-{this.lang}.{ending}"',
        "Content-Language": this.lang,
    }


def _address(this: Asked, name: str) -> str:
    """The address of a book, of the release that the list is of."""
    return address(
        this.lang, f"secretariat/yearbook/{name}", release=this.request.query_params.get("release")
    )


routes: Final = [
    Route("/{lang}/secretariat/yearbook", years),
    Route("/{lang}/secretariat/yearbook/{year}.pdf", pdf),
    Route("/{lang}/secretariat/yearbook/{year}", book),
]
