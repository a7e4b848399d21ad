"""The main classes of the ontology and how they join, as a drawing.

In: a vocabulary. Out: `Diagram`: boxes and arrows at places set by hand, so that no arrow crosses a box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coopgraph.namespaces import COOP, DCTERMS, ORG
from coopgraph.views.answer.vocabulary import Term, Vocabulary

WIDTH, HEIGHT = 1200, 620
BOX: Final = (180, 62)  # width and height of a box
ACTORS: Final = (8, 300, 856, 132)  # x, y, width and height of the frame around the three kinds of actor

_PLACES: Final = {
    f"{COOP}Programme": (108, 62),
    f"{COOP}Agreement": (436, 62),
    f"{COOP}Action": (764, 62),
    f"{COOP}Money": (1092, 62),
    f"{COOP}Participation": (764, 206),
    f"{COOP}ReportedFigure": (1092, 206),
    f"{COOP}Organisation": (108, 380),
    f"{COOP}Network": (436, 380),
    f"{COOP}City": (764, 380),
    f"{COOP}Source": (1092, 380),
    f"{ORG}Membership": (600, 546),
    f"{COOP}Country": (928, 546),
}
_TOP, _LEFT, _RIGHT, _BOTTOM = (0, -31), (-90, 0), (90, 0), (0, 31)
_ACTOR: Final = f"{COOP}Actor"

# what joins, from which side of which box, to which side of which; the actors' frame is reached straight down
_JOINS: Final = (
    (f"{DCTERMS}isPartOf", f"{COOP}Agreement", _LEFT, f"{COOP}Programme", _RIGHT),
    (f"{COOP}underAgreement", f"{COOP}Action", _LEFT, f"{COOP}Agreement", _RIGHT),
    (f"{COOP}about", f"{COOP}Money", _LEFT, f"{COOP}Action", _RIGHT),
    (f"{COOP}event", f"{COOP}Participation", _TOP, f"{COOP}Action", _BOTTOM),
    (f"{COOP}ledBy", f"{COOP}Programme", _BOTTOM, _ACTOR, _TOP),
    (f"{COOP}party", f"{COOP}Agreement", _BOTTOM, _ACTOR, _TOP),
    (f"{COOP}participant", f"{COOP}Participation", _BOTTOM, _ACTOR, _TOP),
    (f"{DCTERMS}source", f"{COOP}ReportedFigure", _BOTTOM, f"{COOP}Source", _TOP),
    (f"{ORG}organization", f"{ORG}Membership", (-49, -31), f"{COOP}Network", (49, 31)),
    (f"{ORG}member", f"{ORG}Membership", (49, -31), f"{COOP}City", (-49, 31)),
    (f"{COOP}country", f"{COOP}City", (49, 31), f"{COOP}Country", (-49, -31)),
)


@dataclass(frozen=True)
class Box:
    """A class and the middle of its box."""

    term: Term
    x: int
    y: int


@dataclass(frozen=True)
class Arrow:
    """A property, and where its arrow begins and ends; the class it comes from and the one it leads to."""

    term: Term
    start: tuple[int, int]
    end: tuple[int, int]
    source: str
    target: str


@dataclass(frozen=True)
class Diagram:
    """What is drawn: classes, properties, and the class all actors share."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    actor: Term


def diagram_of(vocabulary: Vocabulary) -> Diagram:
    """Return the drawing of the main classes."""
    terms = vocabulary.terms
    return Diagram(
        tuple(Box(terms[iri], *place) for iri, place in _PLACES.items() if iri in terms),
        tuple(
            Arrow(terms[name], _moved(_PLACES[source], leaves), _end(source, target, enters), source, target)
            for name, source, leaves, target, enters in _JOINS
            if {name, source, target} <= set(terms)
        ),
        terms[_ACTOR],
    )


def _end(source: str, target: str, enters: tuple[int, int]) -> tuple[int, int]:
    return (_PLACES[source][0], ACTORS[1]) if target == _ACTOR else _moved(_PLACES[target], enters)


def _moved(place: tuple[int, int], by: tuple[int, int]) -> tuple[int, int]:
    return (place[0] + by[0], place[1] + by[1])
