"""The answers a secretariat needs, as pages: a form, tables with sources, what they rest on, what is unknown.

In: the parameters of an answer in the address. Out: HTML; an answer is worked out once for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from coopgraph.errors import CoopgraphError
from coopgraph.forms.wording import say
from coopgraph.secretariat.asked import asked_of
from coopgraph.secretariat.catalogue import ANSWERS, Answer, Parameter
from coopgraph.secretariat.partners.offered import Offers, offered
from coopgraph.secretariat.wording import texts, word
from coopgraph.views.drawing import in_language
from coopgraph.views.profiles.reader import Reader
from coopgraph.web.answer_faults import Reading, Sentence
from coopgraph.web.failures import failure, status_of
from coopgraph.web.shell import Asked, address, asked, page

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier
    from coopgraph.views.profiles.profile import Source

MOST_KEPT: Final = 24  # answers of one name
MOST_LISTED: Final = 2000  # names suggested in a field
STATED: Final = ("sdg", "line", "theme")  # suggested are those the release states
PARTS: Final = ("city", "network", "programme")


@dataclass(frozen=True)
class Field:
    """A field of the form: what it is called, what is in it, what may be chosen."""

    name: str
    label: str
    kind: str
    shown: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cited:
    """The sources of a page in the order they are cited, and their places by IRI."""

    sources: tuple[Source, ...]
    places: dict[str, int]

    def at(self, iris: Iterable[str]) -> tuple[int, ...]:
        """Return the places of sources."""
        return tuple(sorted({self.places[iri] for iri in iris}))


def index(request: Request) -> Response:
    """List the answers."""
    lang = asked(request).lang
    listed = [(name, word(name, "title", lang), word(name, "lead", lang)) for name in ANSWERS]
    listed.append(("yearbook", word("yearbook", "title", lang), word("yearbook", "lead", lang)))
    listed.append(("forms", say("page.title", lang), say("page.lead", lang)))
    return page(request, "secretariat.html.j2", answers=listed)


def answer(request: Request) -> Response:
    """Show one answer, and the form to ask it otherwise."""
    this = asked(request)
    found = ANSWERS.get(request.path_params["answer"])
    if found is None:
        raise HTTPException(404)
    told, cited, status = None, Cited((), {}), 200
    wrong: tuple[Sentence, ...] = ()
    try:
        dossier = _answered(this, found)
        if dossier is not None:
            told, cited = dossier.to(this.lang), _cited(this, dossier)
    except CoopgraphError as error:
        wrong, status = _faults(this, found, error), status_of(error)
        if status >= 500:
            raise
    waits = told is None and not wrong
    return page(
        request,
        "secretariat.answer.html.j2",
        rooms=("tables",),
        status=status,
        name=found.name,
        title=word(found.name, "title", this.lang),
        lead=word(found.name, "lead", this.lang),
        fields=[_field(this, found, one) for one in _offered(found)],
        told=told,
        profile=cited,
        wrong=wrong,
        waits=waits,
        calendar=found.calendar
        and address(this.lang, f"secretariat/{found.name}.ics", **dict(request.query_params)),
        calendar_name=found.calendar and word(found.name, "calendar.name", this.lang),
        say=lambda key: word("all", f"head.{key}", this.lang),
    )


def calendar(request: Request) -> Response:
    """Give the days to come of an answer as a calendar file."""
    this = asked(request)
    found = ANSWERS.get(request.path_params["answer"])
    if found is None or not found.calendar:
        raise HTTPException(404)
    try:
        dossier = _answered(this, found)
    except CoopgraphError as error:
        told = " ".join(one.text for one in _faults(this, found, error))
        return failure(request, status_of(error), told)
    if dossier is None:
        raise HTTPException(400)
    return Response(
        found.as_calendar(this.release, dossier, this.lang),
        media_type="text/calendar",
        headers={"Content-Disposition": f'attachment; filename="{found.name}.ics"'},
    )


def called(found: Answer, key: str, lang: str) -> str:
    """What a field or a choice of an answer is called; the end of its key where it has no name."""
    known = {**texts("all"), **texts(found.name)}
    return word(found.name, key, lang) if key in known else key.partition(".")[2]


def _answered(this: Asked, found: Answer) -> Dossier | None:
    """Work the answer out, or take one that is kept; None where something required is not given."""
    query = this.request.query_params
    given: dict[str, Any] = {
        one.name: query.getlist(one.name) if one.several else query.get(one.name, "")
        for one in _offered(found)
    }
    if not any(given.values()) and any(one.required for one in found.parameters):
        return None
    values = asked_of(found, given)
    key = (f"secretariat {found.name}", tuple(sorted(values.items())))

    def make(release: Release) -> Dossier:
        return found(release, **values)

    dossier: Dossier = this.served.made(this.release_id, key, make, most=MOST_KEPT)
    return dossier


def _offered(found: Answer) -> list[Parameter]:
    """What a page asks: no files of this machine, nor what is of use only beside one."""
    return [one for one in found.parameters if one.on_page and one.kind != "file"]


def _cited(this: Asked, dossier: Dossier) -> Cited:
    reader = Reader(this.release, this.lang, this.names)
    iris = dict.fromkeys(iri for table in dossier.tables for row in table.rows for iri in row.sources)
    places = {iri: reader.cite([iri])[0] for iri in iris}
    return Cited(reader.sources(), places)


def _faults(this: Asked, found: Answer, error: CoopgraphError) -> tuple[Sentence, ...]:
    return Reading(this.words, this.names, lambda key: called(found, key, this.lang)).of(error)


def _field(this: Asked, found: Answer, one: Parameter) -> Field:
    given = this.request.query_params.getlist(one.name)
    usual = this.release.now if one.name == "as_of" else one.default
    shown = "; ".join(given) if given else "" if usual is None else str(usual)
    label = word(found.name, f"parameter.{one.name}", this.lang)
    choices = tuple((value, called(found, f"choice.{value}", this.lang)) for value in one.choices)
    return Field(one.name, label, one.kind, shown, choices or _suggested(this, one))


def _suggested(this: Asked, one: Parameter) -> tuple[tuple[str, str], ...]:
    """What may be written in a field, and what it is called; nothing where it is too much to list."""
    found = _suggestions(this).get(one.kind, ()) if one.kind in STATED else _things(this, one)
    return found if len(found) <= MOST_LISTED else ()


def _suggestions(this: Asked) -> Offers:
    def make(release: Release) -> Offers:
        return offered(release, this.names, this.lang)

    found: Offers = this.served.made(this.release_id, ("secretariat offers", this.lang), make)
    return found


def _things(this: Asked, one: Parameter) -> tuple[tuple[str, str], ...]:
    """The names of all things of a kind."""
    kinds = PARTS if one.kind == "part" else (one.kind,)
    found = {in_language(name.texts, this.lang) for name in this.names.values() if name.kind in kinds}
    return tuple((name, name) for name in sorted(found, key=str.casefold))


routes: Final = [
    Route("/{lang}/secretariat", index),
    Route("/{lang}/secretariat/{answer}.ics", calendar),
    Route("/{lang}/secretariat/{answer}", answer),
]
