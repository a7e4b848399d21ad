"""Pairs in Wikidata's shape. Dates, references, countries and places are MADE here, from the items' numbers.

The pairs themselves are real ones (../shared/data/sister_cities); what is said of them beside is invented, so
that every kind of qualifier, precision, reference and rank occurs.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

HEAD = """
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX s: <http://www.wikidata.org/entity/statement/>
PREFIX ref: <http://www.wikidata.org/reference/>
PREFIX v: <http://www.wikidata.org/value/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
wd:Q29 wdt:P297 "ES" . wd:Q45 wdt:P297 "PT" . wd:Q183 wdt:P297 "DE" .
"""
COUNTRIES = ("Q29", "Q45", "Q183")
CODES = {"Q29": "ES", "Q45": "PT", "Q183": "DE"}


def statement(city: str, twin: str) -> str:
    return f"{city}-{twin}"


def year(city: str, twin: str) -> int | None:
    """The year a statement names; a third of them names none, and the two sides differ now and then."""
    number = int(city[1:]) + int(twin[1:])
    return None if number % 3 == 0 else 1950 + number % 60 + (1 if number % 50 == 7 and city < twin else 0)


def country(place: str) -> str:
    return CODES[COUNTRIES[int(place[1:]) % 3]]


def triples(pairs: Iterable[tuple[str, str]]) -> str:
    """The statements and places of some pairs as Turtle."""
    pairs = sorted(set(pairs))
    places = sorted({place for pair in pairs for place in pair})
    return HEAD + "".join(map(_statement, *zip(*pairs, strict=True))) + "".join(map(_place, places))


def filled(pairs: Iterable[tuple[str, str]], more: str = "") -> ox.Store:
    """A store that holds them."""
    store = ox.Store()
    store.bulk_load((triples(pairs) + more).encode(), ox.RdfFormat.TURTLE)
    return store


def _statement(city: str, twin: str) -> str:
    name, when = statement(city, twin), year(city, twin)
    text = f"wd:{city} p:P190 s:{name} . s:{name} ps:P190 wd:{twin} ; wikibase:rank wikibase:NormalRank .\n"
    if when is not None:
        text += _time(name, "P580", f"{when}-01-01T00:00:00Z", 9)
    number = int(city[1:])
    if number % 7 == 0 and when is not None:
        text += _time(name, "P582", f"{when + 20}-05-01T00:00:00Z", 10)
    if number % 2 == 0:
        text += (
            f"s:{name} prov:wasDerivedFrom ref:{name} . ref:{name} pr:P854 <https://example.org/{name}> ; "
            f'pr:P813 "2016-03-0{number % 9 + 1}T00:00:00Z"^^xsd:dateTime .\n'
        )
    if number % 5 == 0:
        text += f"s:{name} prov:wasDerivedFrom ref:w{name} . ref:w{name} pr:P248 wd:Q36578 .\n"
    return text


def _time(name: str, qualifier: str, moment: str, precision: int) -> str:
    node = f"v:{name}-{qualifier}"
    return (
        f's:{name} pq:{qualifier} "{moment}"^^xsd:dateTime ; pqv:{qualifier} {node} . '
        f'{node} wikibase:timeValue "{moment}"^^xsd:dateTime ; wikibase:timePrecision {precision} .\n'
    )


def _place(place: str) -> str:
    number = int(place[1:])
    return (
        f'wd:{place} rdfs:label "Place {place}"@en, "Lugar {place}"@es, "Lugar {place}"@pt, "O {place}"@de ; '
        f'wdt:P17 wd:{COUNTRIES[number % 3]} ; wdt:P1566 "{number}" ; wdt:P1082 {number % 900_000} ; '
        f'wdt:P625 "Point({number % 180}.5 -{number % 90}.25)"^^geo:wktLiteral .\n'
    )
