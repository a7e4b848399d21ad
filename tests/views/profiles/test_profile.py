"""A profile says what the release says: five cities by hand, the bundled ones by the stored queries."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import coopgraph as cg
from coopgraph.errors import QueryError
from coopgraph.views.profiles import Profile, plain, profile_of
from coopgraph.views.profiles.reader import Reader
from tests.views.profiles.conftest import ID


def profile(release: cg.Release, slug: str, lang: str = "en") -> Profile:
    found = profile_of(release, ID + slug, lang)
    assert found is not None
    return found


def rows(release: cg.Release, question: str, **arguments: str) -> list[dict[str, Any]]:
    given: dict[str, Any] = {**arguments}
    return list(release.query(question, trusted=True, **given).dicts())


def test_a_city_is_told_as_stated(five: cg.Release) -> None:
    lisbon = profile(five, "city/lisboa", "pt")
    assert (lisbon.kind, lisbon.called, lisbon.label) == ("city", "cidade", "Lisboa")
    assert lisbon.names == {"en": "Lisbon", "pt": "Lisboa"}
    assert lisbon.country is not None and lisbon.country.label == "Portugal"
    assert (lisbon.population, lisbon.lat, lisbon.long) == (545000, 38.7, -9.1)
    madrid = profile(five, "city/madrid")
    assert madrid.population is None and madrid.also == ("Villa y Corte",)


def test_agreements_have_their_state_at_the_releases_day(five: cg.Release) -> None:
    agreements = profile(five, "city/madrid").agreements
    assert [(one.agreement.label, one.signed, one.state) for one in agreements] == [
        ("Grant", "2020", "expired"),
        ("Twins", "1982-10-12", "end not stated"),
        ("Treaty", None, "no date stated"),
    ]
    assert [party.label for party in agreements[2].parties] == ["Lima", "Lisbon", "Quito"]


def test_actions_say_what_was_given_and_what_is_not_known(five: cg.Release) -> None:
    parts = {one.action.label: one.part for one in profile(five, "city/madrid").actions}
    assert {name: part.word for name, part in parts.items() if part} == {
        "A visit": "both",
        "A course": "given",
    }
    bogota = profile(five, "city/bogota").actions[0].part
    assert bogota is not None and bogota.word == "unknown" and bogota.contributes is None
    quito = {one.action.label: one.part for one in profile(five, "city/quito").actions}
    assert quito["A visit"] is not None and quito["A visit"].certainty == "derived"
    assert quito["A course"] is not None and quito["A course"].word == "received"


def test_each_amount_stands_once_and_says_whose_it_is(five: cg.Release) -> None:
    money = profile(five, "city/madrid").money
    found = sorted((one.amount, one.currency, one.relation, one.about[0].label) for one in money)
    assert found == [
        (Decimal("700.50"), "EUR", "part", "A course"),  # Lima's 20 EUR are not Madrid's
        (Decimal(1500), "EUR", "agreement", "Grant"),
        (Decimal(1600), "USD", "agreement", "Grant"),
    ]
    assert {one.kind for one in money} == {None}


def test_a_target_counts_for_its_goal(five: cg.Release) -> None:
    goals = profile(five, "city/quito").goals
    assert [(goal.number, goal.through[0].label) for goal in goals] == [(5, "A visit"), (11, "A visit")]


def test_what_is_nothing_here_is_none_and_what_is_no_iri_is_told(five: cg.Release) -> None:
    assert profile_of(five, "urn:nothing") is None
    with pytest.raises(QueryError, match="'madrid' is no IRI"):
        profile_of(five, "madrid")


def test_anything_with_an_iri_has_a_profile(five: cg.Release) -> None:
    visit = profile(five, "action/visit")
    assert [(one.city.label, one.part.word) for one in visit.participants] == [
        ("Madrid", "both"),
        ("Quito", "both"),
    ]
    grant = profile(five, "agreement/grant")
    assert grant.state == "expired" and [party.label for party in grant.parties] == ["A fund", "Madrid"]
    report = profile(five, "source/report")
    assert (report.kind, report.label) == ("thing", "A report")


def test_the_bundled_city_equals_the_stored_queries(bundled: cg.Release) -> None:
    madrid, iri = profile(bundled, "city/madrid"), f"{ID}city/madrid"
    asked = {row["agreement"]: row["statusLabel"] for row in rows(bundled, "cq-021", city=iri)}
    assert {one.agreement.iri: one.state for one in madrid.agreements} == asked and len(asked) == 17
    asked = {row["partner"]: (row["agreements"], row["actions"]) for row in rows(bundled, "cq-025", city=iri)}
    assert {one.partner.iri: (one.agreements, one.actions) for one in madrid.partners} == asked
    actions = {row["action"] for row in rows(bundled, "cq-027", city=iri)}
    assert {one.action.iri for one in madrid.actions} == actions and len(actions) == 16
    offices = [(one.other.iri, one.role, one.scope or None) for one in madrid.memberships]
    asked_offices = [
        (row["network"], row["roleLabel"], row["scope"]) for row in rows(bundled, "cq-039", city=iri)
    ]
    assert sorted(map(str, offices)) == sorted(map(str, asked_offices))
    (twinnings,) = madrid.reported
    assert (int(twinnings.value), twinnings.qualifier, twinnings.documented) == (30, "at least", 5)


def test_the_nearest_way_an_amount_concerns_a_city_is_told(bundled: cg.Release) -> None:
    def relations(slug: str) -> dict[str, str]:
        return {one.money.rpartition("/")[2]: one.relation for one in profile(bundled, slug).money}

    assert relations("city/madrid") == {
        "madrid-ucci-2025": "pays",  # and it is party to the agreement
        "madrid-ucci-900k": "pays",
        "madrid-planned": "pays",
        "madrid-invested": "pays",
        "allas-grant": "action",  # of ten cities: not Madrid's money
    }
    assert relations("network/ucci") == {"madrid-ucci-2025": "receives", "madrid-ucci-900k": "receives"}
    assert relations("action/allas") == {"allas-grant": "own"}


def test_the_bundled_network_equals_the_stored_queries(bundled: cg.Release) -> None:
    ucci, iri = profile(bundled, "network/ucci"), f"{ID}network/ucci"
    members = [one for one in ucci.memberships if not one.office]
    assert len(members) == len(bundled.query("cq-037", network=iri))
    assert len(ucci.memberships) - len(members) == len(bundled.query("cq-038", network=iri))
    reported = sorted(one.value for one in ucci.reported if one.measure == "member cities")
    assert reported == [26, 27, 29, 29, 29]  # sources differ: none is preferred
    south = profile(bundled, "network/mercociudades").actions
    assert {one.action.iri for one in south} == {
        row["action"] for row in rows(bundled, "actions-of-network", network=f"{ID}network/mercociudades")
    }


@pytest.mark.parametrize("slug", ["city/madrid", "network/ucci", "action/allas", "source/seed"])
def test_every_source_cited_is_there_and_json_takes_it(bundled: cg.Release, slug: str) -> None:
    found = plain(profile(bundled, slug, "es"))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    places = {place for part in _lists(found) for place in part}
    assert places == set(range(len(found["sources"])))
    assert all(source["title"] for source in found["sources"])


def _lists(value: object) -> list[list[int]]:
    if isinstance(value, dict):
        own = [value[name] for name in ("sources", "place_sources") if _places(value.get(name))]
        return own + [found for item in value.values() for found in _lists(item)]
    return [found for item in value for found in _lists(item)] if isinstance(value, list) else []


def _places(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(place, int) for place in value)


def test_sources_are_numbered_alike_in_every_process(built: Path) -> None:
    """Those of one row by IRI, however a set of texts is ordered this time."""
    with cg.open(built) as release:
        reader = Reader(release, "en")
        cited = [f"urn:source:{n:02}" for n in range(40)]
        assert reader.cite(("urn:source:05",)) == (0,)
        assert reader.cite(reversed(cited)) == tuple(range(40))
        rest = [iri for iri in cited if iri != "urn:source:05"]
        assert list(reader._cited) == ["urn:source:05", *rest]


def test_results_are_told_of_what_they_came_of_and_of_themselves(root: Path) -> None:
    """A value is a number, else words, else not stated; a result that is not measured is a row too."""
    with cg.open(root / "tests" / "release" / "results.trig") as release:
        course, result = profile(release, "action/course"), profile(release, "result/b")
    told = [
        (one.result.iri[-1], one.kind and one.kind.label, one.indicator, one.baseline, one.target, one.actual)
        for one in course.results
    ]
    assert told == [
        ("a", "output", "people", None, Decimal(50), None),
        ("a", "output", "people", Decimal(0), Decimal("40.5"), Decimal(38)),
        ("c", "impact", "", None, None, None),
    ]
    assert [(one.unit, one.start, one.end) for one in course.results][1] == ("people", "2024", "2024-06")
    assert [(one.target, one.actual) for one in result.results] == [("adopted", "drafted")]
    assert plain(course)["results"][1]["target"] == 40.5
    assert {place for one in course.results for place in one.sources} <= set(range(len(course.sources)))
