"""A small network worked out by hand: three dated years, and something missing in every field."""

from __future__ import annotations

PREFIXES = """
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix kind: <https://w3id.org/coopgraph/concept/agreement-kind/> .
@prefix answer: <https://w3id.org/coopgraph/concept/answer/> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix city: <https://w3id.org/coopgraph/id/city/> .
@prefix action: <https://w3id.org/coopgraph/id/action/> .
@prefix : <https://w3id.org/coopgraph/id/agreement/> .
"""


def day(text: str) -> str:
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]
    return f'"{text}"^^xsd:{kind}'


def action(name: str, parts: dict[str, str], start: str = "", end: str = "", goals: str = "") -> str:
    """An action; of each city "g" (gives), "r" (receives), "gr", "" (no role) or "?" (not known)."""
    said = ["a coop:Action", f'skos:prefLabel "{name}"']
    said += [f"schema:startDate {day(start)}"] if start else []
    said += [f"schema:endDate {day(end)}"] if end else []
    said += [f"coop:sdg sdg:{goal}" for goal in goals.split()]
    taking = []
    for city, roles in parts.items():
        flags = f"; coop:contributes {_flag('g', roles)} ; coop:benefits {_flag('r', roles)}"
        known = "" if roles == "?" else flags
        taking.append(
            f"[] a coop:Participation ; coop:event action:{name} ; coop:participant city:{city} {known} .\n"
        )
    return f"action:{name} {' ; '.join(said)} .\n{''.join(taking)}"


def _flag(role: str, roles: str) -> str:
    return "answer:yes" if role in roles else "answer:no"


def agreement(name: str, cities: str, **stated: str) -> str:
    terms = {"signed": "coop:signedOn", "start": "schema:startDate", "end": "schema:endDate"}
    said = [f"{terms[key]} {day(text)}" for key, text in stated.items()]
    said += ["a coop:Agreement", f'skos:prefLabel "{name}"', "coop:agreementKind kind:twinning"]
    said += [f"coop:party city:{city}" for city in cities.split()]
    return f":{name} {' ; '.join(said)} .\n"


def city(name: str, label: str, place: str = "", country: str = "") -> str:
    said = ["a coop:City", f'skos:prefLabel "{label}"']
    said += [f"geo:lat {place.split()[0]} ; geo:long {place.split()[1]}"] if place else []
    said += [f"coop:country <https://w3id.org/coopgraph/country/{country}>"] if country else []
    return f"city:{name} {' ; '.join(said)} .\n"


TURTLE = PREFIXES + "".join(
    [
        city("lodz", "Łódź", "51.77 19.46", "PL"),
        city("quito", "Quito & <b>más</b>", "-0.22 -78.51", "EC"),
        city("lima", "Lima", "-12.05 -77.04", "PE"),
        city("nowhere", "Nowhere"),
        action("exchange", {"lodz": "gr", "quito": "gr"}, "2018-03-01", "2019", "11 13.1"),
        action("lesson", {"lima": "g", "quito": "r", "nowhere": "?"}, "2018"),
        action("old", {"lodz": "g", "lima": "r"}, "2016", "2017", "13"),
        action("open", {"lodz": "g", "lima": "r"}, "2015"),
        action("ended", {"lima": "?"}, end="2018-06"),
        action("undated", {"lodz": "gr", "lima": "gr"}),
        agreement("signed", "lodz quito", signed="2018-05", end="2020"),
        agreement("begun", "lodz lima", start="2018"),
        agreement("over", "quito lima", signed="2010", end="2018"),
        agreement("dateless", "lima quito"),
    ]
)
