"""Cities by the names people use: IRI, short id, or a label in any language.

In: a source, and what a user wrote. Out: the IRI of one city; or a ProjectionError with the candidates, or
the names nearest to it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.letters import plain_letters
from coopgraph.network.faults import fault
from coopgraph.network.tables import Source, Tables, bind, rows_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from coopgraph.columns.engine import Engine

_NEAR = 3


@dataclass(frozen=True)
class City:
    """A city: its labels by language, and its country."""

    iri: str
    labels: Mapping[str, str]
    country: str | None = None

    def label(self, language: str = "en") -> str:
        """Return the label in this language, else in another, else the IRI."""
        order = sorted(LANGUAGES, key=lambda tag: tag != language)
        return next((self.labels[tag] for tag in order if tag in self.labels), self.iri)

    def described(self, language: str = "en") -> str:
        """Return label, country and short id, as an error names a candidate.

        >>> City("https://example.org/id/city/lima", {"en": "Lima"}, "PE").described()
        'Lima, PE (city/lima)'
        """
        where = f", {self.country}" if self.country else ""
        short = "/".join(self.iri.rsplit("/", 2)[-2:])
        return f"{self.label(language)}{where} ({short})"


def known_cities(source: Source, nodes: Iterable[str] = ()) -> dict[str, City]:
    """Return the cities of the source by IRI, and the nodes it has no row for."""
    known = {city: City(city, {}) for city in nodes}
    if isinstance(source, Tables) or (isinstance(source, Mapping) and "cities" in source):
        columns = ("city", "country", *(f"label_{tag}" for tag in LANGUAGES))
        for row in rows_of(source, "cities", columns).select(columns).to_pylist():
            labels = {tag: row[f"label_{tag}"] for tag in LANGUAGES if row[f"label_{tag}"]}
            known[row["city"]] = City(row["city"], labels, row["country"])
    return known


def labelled(engine: Engine, scores: ir.Table, source: Source, language: str) -> ir.Table:
    """Put a label and a country beside each city; without either, the IRI is its label."""
    import ibis

    if not (isinstance(source, Tables) or (isinstance(source, Mapping) and "cities" in source)):
        return scores.mutate(label=scores.city, country=ibis.null("string"))
    order = sorted(LANGUAGES, key=lambda tag: tag != language)
    cities = bind(engine, source, "cities", ("city", "country", *(f"label_{tag}" for tag in LANGUAGES)))
    names = cities.select(
        "country", iri=cities.city, label=ibis.coalesce(*(cities[f"label_{tag}"] for tag in order))
    )
    joined = scores.left_join(names, scores.city == names.iri)
    return joined.mutate(label=ibis.coalesce(joined.label, joined.city))


def find_city(cities: Mapping[str, City], text: str) -> str:
    """Return the IRI of the one city meant; capitals and accents do not matter in a label.

    Raises
    ------
    ProjectionError
        Where no city is called so, naming the nearest; or several are, naming them.

    Examples
    --------
    >>> cities = {"x/sp": City("x/sp", {"pt": "São Paulo"}), "x/b": City("x/b", {"pt": "Brasília"})}
    >>> find_city(cities, "sao paulo"), find_city(cities, "b"), find_city(cities, "x/sp")
    ('x/sp', 'x/b', 'x/sp')
    """
    found = cities_called(cities, text)
    if len(found) == 1:
        return found[0]
    if found:
        faults = [fault(f"{cities[iri].described()}.") for iri in found]
        raise ProjectionError(
            f"Several cities are called '{text}'. Write the id of the one you mean.", faults=faults
        )
    near = nearest(cities, text)
    faults = [fault(f"Near it: {cities[iri].described()}.") for iri in near]
    raise ProjectionError(f"No city is called '{text}'.", faults=faults)


def cities_called(cities: Mapping[str, City], text: str) -> list[str]:
    """Return every city the text may mean: by IRI, else by the end of an IRI or by a label."""
    if text in cities:
        return [text]
    wanted = plain_letters(text)
    return sorted(
        iri
        for iri, city in cities.items()
        if iri.endswith(f"/{text}") or wanted in map(plain_letters, city.labels.values())
    )


def nearest(cities: Mapping[str, City], text: str) -> list[str]:
    """Return the cities whose label or id is near to the text, or has a word that begins so."""
    names: dict[str, str] = {}
    for iri, city in sorted(cities.items()):
        for name in (iri.rsplit("/", 1)[-1], *city.labels.values()):
            names.setdefault(plain_letters(name), iri)
    wanted = plain_letters(text)
    near = difflib.get_close_matches(wanted, names, n=2 * _NEAR)
    part = sorted(name for name in names if f" {wanted}" in f" {name}") if wanted else []
    found = list(dict.fromkeys(names[name] for name in near))[:_NEAR]
    return list(dict.fromkeys([*found, *(names[name] for name in part)]))[: 2 * _NEAR]
