"""The page where people write SPARQL: an editor, the stored questions as examples, the answer by names.

It asks what `/sparql` asks, within the same limits, and says on which line a query is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.routing import Route

from coopgraph.errors import Fault, QueryError, QueryTimeout
from coopgraph.rdf.stored import plain_default
from coopgraph.release.served import LIVE
from coopgraph.views.answer import answer_of
from coopgraph.views.answer.vocabulary import Vocabulary, vocabulary_in
from coopgraph.web.answer_words import heading
from coopgraph.web.fault_words import fault_in
from coopgraph.web.pages.ask import grouped, limits_of, pictured, things_of
from coopgraph.web.questions import Form
from coopgraph.web.shell import asked, page
from coopgraph.web.sparql.negotiation import ROWS, TRIPLES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from coopgraph.release import Release
    from coopgraph.views.answer import Answer
    from coopgraph.web.shell import Asked

_HEAD: Final = re.compile(r"^#\s*(title@|theme:|param:).*\n", re.MULTILINE)
_FIRST: Final = "cq-025"  # what stands in the editor at first


@dataclass(frozen=True)
class Wrong:
    """One thing wrong with a query: where, and what."""

    text: str
    line: int | None = None
    character: int | None = None
    english: bool = True


@dataclass(frozen=True)
class Asking:
    """What came of a query: an answer, a yes or no, or what is wrong; and the forms `/sparql` gives it in."""

    answer: Answer | None = None
    yes: bool | None = None
    wrong: tuple[Wrong, ...] = ()
    status: int = 200
    forms: tuple[str, ...] = ()


def query(request: Request) -> Response:
    """Show the editor, and the answer of what stands in it."""
    this = asked(request)
    text, example, run = _text(this)
    found = _asked(this, text) if run else Asking()
    kept = {"release": this.release_id} if this.release_id != LIVE else {}
    return page(
        request,
        "query.html.j2",
        rooms=("query",),
        status=found.status,
        text=text,
        found=found,
        example=example,
        endpoint=str(request.url.replace(path="/sparql", query="")),
        raw=[(form, "/sparql?" + urlencode({**kept, "query": text, "format": form})) for form in found.forms],
        groups=grouped(this),
        limits=limits_of(this),
        prefixes=sorted(this.release.prefixes.items()),
        offered=vocabulary_of(this).offered(this.lang),
        heading=lambda name: "?" + name if name not in _TRIPLE else heading(name, this.words),
        **pictured(this, found.answer),
    )


_TRIPLE: Final = ("subject", "predicate", "object")


def vocabulary_of(this: Asked) -> Vocabulary:
    """Return the terms of the release, worked out once."""
    things = things_of(this)
    return this.served.made(this.release_id, "vocabulary", lambda release: vocabulary_in(release, things))


def _text(this: Asked) -> tuple[str, str, bool]:
    """What stands in the editor, the stored question it is, and whether it is to be asked."""
    given = this.request.query_params
    if given.get("query", "").strip():
        return given["query"].replace("\r\n", "\n"), "", True
    library = this.release.library
    name = given.get("name", "")
    known = name if name in library and library.get(name).titles else _FIRST
    stored = library.get(known)
    form = Form(stored, this.release, things_of(this), this.words)
    fields = [field for field in form.fields(given) if not field.wrong]
    text = stored.bind(form.arguments(fields), this.release.prefixes)
    return f"# {stored.title(this.lang)}\n{_HEAD.sub('', text).strip()}\n", stored.name, known == name


def _asked(this: Asked, text: str) -> Asking:
    release = this.release
    try:
        solutions = release.query(text, limits=limits_of(this), **_own_day(release, text))
        if solutions.kind == "boolean":
            return Asking(yes=bool(solutions), forms=("json", "xml"))
        forms = tuple(TRIPLES if solutions.kind == "triples" else ROWS)
        return Asking(answer_of(solutions, things_of(this), release.prefixes, this.lang), forms=forms)
    except QueryTimeout as error:
        return Asking(wrong=(Wrong(str(error)),), status=503)
    except QueryError as error:
        return Asking(
            wrong=tuple(_wrong(one, this) for one in error.faults) or (Wrong(str(error)),), status=400
        )


def _own_day(release: Release, text: str) -> dict[str, Any]:
    """The day a pasted stored query asks about: the one in its text, not the release's."""
    return {one.name: plain_default(one) for one in release.asked(text).parameters if one.name == "now"}


def _wrong(fault: Fault, this: Asked) -> Wrong:
    text = f"{fault.what} {fault.fix or ''}".strip()
    said = fault_in(text, this.words) if this.lang != "en" else None
    return Wrong(said or text, fault.line, fault.character, english=said is None)


routes: Final = [Route("/{lang}/query", query)]
