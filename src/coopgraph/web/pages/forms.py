"""The forms of cities, to download one by one; answers are taken in on the shell, not here.

In: a language and the name of a form. Out: the list of cities, or a workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from coopgraph.forms.form import form_of
from coopgraph.forms.form_book import form_workbook
from coopgraph.forms.vocabulary import Vocabulary, vocabulary_of
from coopgraph.forms.wording import say
from coopgraph.forms.writing import file_names
from coopgraph.letters import plain_letters
from coopgraph.network.cities import known_cities
from coopgraph.web.shell import Asked, asked, page

if TYPE_CHECKING:
    from starlette.requests import Request

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def forms(request: Request) -> Response:
    """List the cities, each with its form."""
    this = asked(request)
    words = _words(this)
    named = [(iri, words.called(iri), quote(file)) for iri, file in _files(this).items()]
    cities = sorted(named, key=lambda city: (plain_letters(city[1]), city[0]))
    return page(request, "forms.html.j2", cities=cities, say=say)


def form(request: Request) -> Response:
    """Give the form of one city."""
    this = asked(request)
    wanted = f"{request.path_params['city']}.xlsx"
    city = next((iri for iri, file in _files(this).items() if file == wanted), None)
    if city is None:
        raise HTTPException(404)
    words = _words(this)
    book = form_workbook(form_of(this.release, city, words), words)
    named = f"attachment; filename*=UTF-8''{quote(wanted)}"
    return Response(book, media_type=XLSX, headers={"Content-Disposition": named})


def _words(this: Asked) -> Vocabulary:
    key = ("forms words", this.lang)
    found: Vocabulary = this.served.made(
        this.release_id, key, lambda release: vocabulary_of(release, this.lang)
    )
    return found


def _files(this: Asked) -> dict[str, str]:
    return file_names(sorted(known_cities(this.release)))


routes: Final = [
    Route("/{lang}/secretariat/forms", forms),
    Route("/{lang}/secretariat/forms/{city}.xlsx", form),
]
