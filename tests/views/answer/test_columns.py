"""An answer as it is shown: things by name, numbers as numbers, nothing lost and nothing said twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coopgraph.namespaces import XSD
from coopgraph.rdf.client import Answer as Raw
from coopgraph.rdf.solutions import Solutions
from coopgraph.views.answer import Answer, answer_of
from coopgraph.views.answer.things import Things, things_from

CITY = "https://w3id.org/coopgraph/ns#City"


def row(
    thing: str, name: str, lang: str, *, of: str = CITY, scheme: str | None = None
) -> dict[str, str | None]:
    return {"thing": thing, "class": of, "scheme": scheme, "name": name, "lang": lang}


THINGS = things_from(
    [row("urn:lisbon", "Lisbon", "en"), row("urn:lisbon", "Lisboa", "pt"), row("urn:quito", "Quito", "")]
)


def answer(names: str, *lines: str, lang: str = "en", cut: str | None = None) -> Answer:
    header = "\t".join(f"?{name}" for name in names.split())
    payload = "".join(f"{line}\n" for line in (header, *lines)).encode()
    raw = Raw("bindings", tuple(names.split()), payload, cut)
    return answer_of(Solutions(raw), THINGS, {"id": "https://example.org/id/"}, lang)


def test_things_are_called_by_their_names_in_the_readers_language() -> None:
    found = answer("city", "<urn:lisbon>", "<urn:quito>", lang="es")
    assert [(cell.text, cell.language, cell.page, cell.iri) for cell in found.column("city")] == [
        ("Lisbon", "en", "city", "urn:lisbon"),
        ("Quito", "", "city", "urn:quito"),
    ]
    assert answer("city", "<urn:lisbon>", lang="pt").column("city")[0].text == "Lisboa"


def test_a_column_that_repeats_the_name_is_left_out() -> None:
    same = answer("city name n", '<urn:lisbon>\t"Lisbon"@en\t1', '<urn:quito>\t"Quito"\t2')
    assert [column.name for column in same.columns] == ["city", "n"]
    other = answer("city name n", '<urn:lisbon>\t"Lisbon"@en\t1', '<urn:quito>\t"San Francisco"\t2')
    assert [column.name for column in other.columns] == ["city", "name", "n"]
    unbound = answer("city name", "<urn:lisbon>\t")
    assert [column.name for column in unbound.columns] == ["city", "name"]


@pytest.mark.parametrize(
    "term, kind",
    [
        ("<urn:lisbon>", "thing"),
        ("12", "number"),
        ('"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', "number"),
        ("true", "boolean"),
        (f'"2017"^^<{XSD}gYear>', "date"),
        (f'"2017-05"^^<{XSD}gYearMonth>', "date"),
        (f'"2017-05-31"^^<{XSD}date>', "date"),
        (f'"2017-02-31"^^<{XSD}date>', "text"),  # no calendar has it
        (f'"-0044"^^<{XSD}gYear>', "text"),
        ('"2017"', "text"),
    ],
)
def test_a_column_has_the_kind_of_its_terms(term: str, kind: str) -> None:
    assert [column.kind for column in answer("x", term).columns] == [kind]
    assert answer("x", term, '"words"').columns[0].kind == "text"


def test_numbers_keep_every_digit() -> None:
    cell = answer("x", "4759000.50").column("x")[0]
    assert (cell.number, cell.text) == (Decimal("4759000.50"), "4759000.50")


def test_only_web_addresses_lead_out() -> None:
    address = f'"{{}}"^^<{XSD}anyURI>'
    found = answer("x", address.format("https://example.org/"), address.format("javascript:alert(1)"))
    assert [cell.url for cell in found.column("x")] == ["https://example.org/", ""]
    iris = answer("x", "<https://elsewhere.org/>", "<https://example.org/id/a>", "<javascript:alert(1)>")
    assert [cell.url for cell in iris.column("x")] == ["https://elsewhere.org/", "", ""]
    assert iris.column("x")[1].text == "id:a"


def test_what_cut_an_answer_is_told() -> None:
    assert (answer("x", "1").cut, answer("x", "1", cut="rows").cut, answer("x", cut="bytes").cut) == (
        "",
        "rows",
        "bytes",
    )


def test_names_lead_to_things_whatever_their_accents() -> None:
    both = things_from(
        [row("urn:a", "Córdoba", "es"), row("urn:b", "CORDOBA", "en"), row("urn:c", "Cord", "en")]
    )
    assert [thing.iri for thing in both.called("cordoba")] == ["urn:a", "urn:b"]
    assert both.called("cor") == ()


def test_a_concept_is_chosen_among_its_scheme_and_a_city_among_cities() -> None:
    concept = "http://www.w3.org/2004/02/skos/core#Concept"
    things: Things = things_from(
        [
            row("urn:k1", "one", "en", of=concept, scheme="urn:kinds"),
            row("urn:k2", "two", "en", of=concept, scheme="urn:kinds"),
            row("urn:other", "other", "en", of=concept, scheme="urn:roles"),
            row("urn:quito", "Quito", "en"),
        ]
    )
    assert [thing.iri for thing in things.like("urn:k1")] == ["urn:k1", "urn:k2"]
    assert [thing.iri for thing in things.like("urn:quito")] == ["urn:quito"]
    assert things.like("urn:nobody") == ()
