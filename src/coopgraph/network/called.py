"""Things that are no cities by the names people use: programmes, networks, strategic lines, events.

In: a source, IRIs, and what a user wrote. Out: the IRIs that may be meant, or a Fault with those near it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote

from coopgraph.errors import Fault
from coopgraph.languages import LANGUAGES
from coopgraph.network.cities import City, nearest
from coopgraph.network.faults import fault
from coopgraph.network.tables import Labelled, Named, Source


def by_id(iris: Iterable[str]) -> dict[str, City]:
    """Return things named by the last part of their IRIs alone."""
    return {iri: City(iri, {"": unquote(iri).rsplit("/", 1)[-1]}) for iri in iris}


def with_names(source: Source, iris: Iterable[str]) -> dict[str, City]:
    """Return things with their ids and, of a release, their labels in every language and other names."""
    things = by_id(iris)
    if not isinstance(source, Labelled):
        return things
    return {
        iri: City(
            iri, {**thing.labels, **{tag: source.label(iri, tag) for tag in LANGUAGES}, **_more(source, iri)}
        )
        for iri, thing in things.items()
    }


def _more(source: Source, iri: str) -> dict[str, str]:
    names = source.names(iri) if isinstance(source, Named) else ()
    return {f"name {place}": name for place, name in enumerate(names)}


def several(things: Mapping[str, City], text: str, fits: Sequence[str]) -> Fault:
    """Say that a text may mean several things."""
    which = "; ".join(things[iri].described() for iri in fits)
    return fault(f"'{text}' may be {which}.", "Write the id or the IRI of the one meant.")


def unknown(things: Mapping[str, City], text: str, what: str) -> Fault:
    """Say that nothing is called so, and what is near it."""
    near = "; ".join(things[iri].described() for iri in nearest(things, text))
    return fault(f"{what} is called '{text}'.", f"Near it: {near}." if near else None)
