"""The form of a question: filled whatever the release, and what is not clear is asked back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib

import coopgraph as cg
from coopgraph.namespaces import COOP, SKOS
from coopgraph.views.answer import things_in
from coopgraph.web.questions import CHOSEN_FROM, OFFERED, Field, Form
from coopgraph.web.words import words_in

ID = "https://w3id.org/coopgraph/id/city/"
NAMES = {"cordoba": "Córdoba", "cordoba-ar": "Córdoba", "quito": "Quito", "lima": "Lima"}


def release_of(names: dict[str, str]) -> cg.Release:
    lines = [f'<{ID}{slug}> a coop:City ; skos:prefLabel "{name}"@es .' for slug, name in names.items()]
    prefixes = [f"@prefix coop: <{COOP}> .", f"@prefix skos: <{SKOS}> ."]
    return cg.open(rdflib.Graph().parse(data="\n".join([*prefixes, *lines]), format="turtle"), ontology=False)


@pytest.fixture(scope="module")
def release() -> Iterator[cg.Release]:
    with release_of(NAMES) as opened:
        yield opened


def field(release: cg.Release, **given: str) -> Field:
    form = Form(release.library.get("cq-025"), release, things_in(release), words_in("en"))
    (found,) = form.fields(given)
    return found


def test_a_release_without_the_default_offers_its_own(release: cg.Release) -> None:
    found = field(release)
    assert (found.kind, found.wrong, found.value) == ("choice", "", f"{ID}cordoba")
    assert [choice.text for choice in found.choices] == [
        "Córdoba (cordoba)",
        "Córdoba (cordoba-ar)",
        "Lima",
        "Quito",
    ]


def test_a_name_of_two_is_asked_back(release: cg.Release) -> None:
    found = field(release, city="cordoba")
    assert found.value == f"{ID}cordoba"  # the end of an identifier is clear
    found = field(release, city="Córdoba")
    assert found.value == "" and "id:city/cordoba, id:city/cordoba-ar" in found.wrong
    assert field(release, city="Córdoba (cordoba-ar)").value == f"{ID}cordoba-ar"


@pytest.mark.parametrize("given", ["QUITO", "id:city/quito", "quito", f"{ID}quito", " Quito "])
def test_a_thing_may_be_given_in_many_ways(release: cg.Release, given: str) -> None:
    assert field(release, city=given).value == f"{ID}quito"


@pytest.mark.parametrize("given", ["Atlantis", "urn:nowhere", "<x>", "a b", "'"])
def test_what_is_not_there_is_said(release: cg.Release, given: str) -> None:
    found = field(release, city=given)
    assert found.value == "" and found.shown == given and found.wrong.startswith("Nothing in these data")


@pytest.mark.parametrize(
    "number, kind, offered",
    [(CHOSEN_FROM, "choice", CHOSEN_FROM), (OFFERED, "thing", OFFERED), (OFFERED + 1, "thing", 0)],
)
def test_many_things_are_typed_not_listed(number: int, kind: str, offered: int) -> None:
    with release_of({f"c{i}": f"City {i}" for i in range(number)}) as release:
        found = field(release, city="city 7")
        assert (found.kind, len(found.choices), found.value, found.wrong) == (kind, offered, f"{ID}c7", "")
