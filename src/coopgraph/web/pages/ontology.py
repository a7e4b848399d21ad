"""The page of the ontology: a drawing of the main classes, every term with its meaning and uses, schemes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from coopgraph.namespaces import DCTERMS, ORG, SKOS
from coopgraph.views.answer import Thing, Things
from coopgraph.views.answer.diagram import ACTORS, BOX, HEIGHT, WIDTH, diagram_of
from coopgraph.views.answer.things import by_name
from coopgraph.views.answer.vocabulary import USES
from coopgraph.web.pages.ask import things_of
from coopgraph.web.pages.query import vocabulary_of
from coopgraph.web.shell import asked, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from coopgraph.web.words import Words

MEMBERS: Final = "things-of-class"  # the stored query that lists what is of a class
_NUMBERED: Final = re.compile(r"[0-9]+(\.[0-9a-z]+)?")


def ontology(request: Request) -> Response:
    """Show what the data are written in."""
    this = asked(request)
    vocabulary, things = vocabulary_of(this), things_of(this)
    return page(
        request,
        "ontology.html.j2",
        diagram=diagram_of(vocabulary),
        size=(WIDTH, HEIGHT),
        box=BOX,
        actors=ACTORS,
        vocabulary=vocabulary,
        things=things,
        called=borrowed(this.words),
        schemes=schemes_of(things, this.lang),
        prefixes=sorted(this.release.prefixes.items()),
        uses=this.release.library.get(USES).name,
        members=this.release.library.get(MEMBERS).name,
    )


def borrowed(_: Words) -> dict[str, str]:
    """What terms of other vocabularies are called here: their own labels are not part of a release."""
    return {
        f"{DCTERMS}isPartOf": _("part of"),
        f"{DCTERMS}source": _("source"),
        f"{ORG}Membership": _("membership"),
        f"{ORG}member": _("member"),
        f"{ORG}organization": _("of the network"),
    }


def schemes_of(things: Things, lang: str) -> list[tuple[Thing, list[Thing]]]:
    """Return each scheme of concepts with its concepts: by number where they have one, else by name."""
    found: dict[str, list[Thing]] = {}
    for thing in things.by_iri.values():
        for scheme in thing.schemes:
            found.setdefault(scheme, []).append(thing)
    schemes = tuple(thing for thing in things.by_iri.values() if f"{SKOS}ConceptScheme" in thing.classes)
    return [(scheme, _ordered(found.get(scheme.iri, []), lang)) for scheme in by_name(schemes, lang)]


def _ordered(concepts: list[Thing], lang: str) -> list[Thing]:
    if all(_NUMBERED.fullmatch(_last(concept)) for concept in concepts):
        return sorted(concepts, key=lambda concept: [part.zfill(3) for part in _last(concept).split(".")])
    return by_name(tuple(concepts), lang)


def _last(concept: Thing) -> str:
    return concept.iri.rsplit("/", 1)[-1]


routes: Final = [Route("/{lang}/ontology", ontology)]
