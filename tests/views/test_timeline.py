"""Agreements over time: states equal the stored questions, bars stand where dates say."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.views.timeline.agreements import Agreement, agreements_of, day_of
from coopgraph.views.timeline.bars import Bar, Scale, bar_of, scale_for
from coopgraph.views.timeline.choice import Choice, chosen, grouped, ordered
from coopgraph.views.timeline.states import STATES

TURTLE = """
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix kind: <https://w3id.org/coopgraph/concept/agreement-kind/> .
@prefix : <https://w3id.org/coopgraph/id/agreement/> .
@prefix city: <https://w3id.org/coopgraph/id/city/> .
city:a a coop:City ; skos:prefLabel "A" . city:b a coop:City ; skos:prefLabel "B" .
:first a coop:Agreement ; skos:prefLabel "first" ;
  coop:agreementKind kind:twinning ; coop:party city:a, city:b ;
  coop:signedOn "1990"^^xsd:gYear ; schema:endDate "1999-06"^^xsd:gYearMonth .
:second a coop:Agreement ; skos:prefLabel "second" ;
  coop:agreementKind kind:twinning ; coop:party city:a, city:b ;
  coop:renews :first ; coop:signedOn "2001-01-01"^^xsd:date .
:memo a coop:Agreement ; skos:prefLabel "memo" ;
  coop:agreementKind kind:memorandum ; coop:party city:a, city:b ;
  coop:signedOn "2005"^^xsd:gYear .
:grown a coop:Agreement ; skos:prefLabel "grown" ;
  coop:agreementKind kind:twinning ; coop:party city:a, city:b ;
  coop:evolvedFrom :memo ; schema:startDate "2010-01-01"^^xsd:date ; schema:endDate "2090"^^xsd:gYear .
:late a coop:Agreement ; skos:prefLabel "late" ;
  coop:agreementKind kind:memorandum ; coop:party city:b ;
  schema:startDate "2080"^^xsd:gYear .
:lapsed a coop:Agreement ; skos:prefLabel "lapsed" ;
  coop:agreementKind kind:memorandum ; coop:party city:b ;
  schema:endDate "2019"^^xsd:gYear .
:undated a coop:Agreement ; skos:prefLabel "undated" ;
  coop:agreementKind kind:memorandum ; coop:party city:a .
"""
ID = "https://w3id.org/coopgraph/id/agreement/"


def test_each_state_is_told(made: cg.Release) -> None:
    found = agreements_of(made)
    assert {one.iri.removeprefix(ID): one.state for one in found} == {
        "first": "renewed",
        "second": "end-not-stated",
        "memo": "replaced",
        "grown": "in-force",
        "late": "not-yet-in-force",
        "lapsed": "expired",
        "undated": "date-not-stated",
    }
    by_name = {one.iri.removeprefix(ID): one for one in found}
    assert by_name["first"].renewed_by == (f"{ID}second",)
    assert by_name["second"].renews == (f"{ID}first",) and by_name["second"].origin == f"{ID}first"
    assert by_name["grown"].grew_out_of == (f"{ID}memo",)
    assert day_of(made) == date(2026, 11, 22), "no source says when: the day the question itself has"


def test_the_states_of_the_bundled_release_are_those_of_the_stored_questions(bundled: cg.Release) -> None:
    found = agreements_of(bundled)
    counted: Counter[str] = Counter()
    for row in bundled.query("cq-022").to_arrow().to_pylist():
        counted[row["statusLabel"]] += row["agreements"]
    assert counted == {
        "end not stated": 72,
        "no date stated": 20,
        "expired": 4,
        "renewed": 3,
        "in force": 1,
    }
    assert Counter(one.state.replace("-", " ").replace("date not", "no date") for one in found) == counted
    lapsed = {row["agreement"] for row in bundled.query("cq-023").to_arrow().to_pylist()}
    assert {one.iri for one in found if one.state == "expired"} == lapsed
    renewals = {
        (row["agreement"], row["renewed"])
        for row in bundled.query("cq-024").to_arrow().to_pylist()
        if row["renewed"]
    }
    assert {(one.iri, earlier) for one in found for earlier in one.renews} == renewals
    assert all(one.sources for one in found)


NOW = date(2009, 1, 1)  # 90.008 per cent of the axis from 2000 to 2010


def test_what_states_no_end_is_drawn_open_up_to_the_day_looked_at() -> None:
    scale = Scale(2000, 2010)
    twinned = bar_of(Agreement("x", "k", "end-not-stated", signed="2001"), scale, NOW)
    assert twinned is not None and twinned.open == (20.011, 69.997)
    renewed = bar_of(Agreement("x", "k", "renewed", signed="2001"), scale, NOW)
    assert renewed is not None and renewed.open is None, "it went over into another"
    later = bar_of(Agreement("x", "k", "end-not-stated", signed="2009"), scale, NOW)
    assert later is not None and later.open is None, "it begins within the year of the day"


def test_a_date_is_drawn_as_wide_as_it_is_stated() -> None:
    scale = Scale(2000, 2010)  # 3,653 days
    year = bar_of(Agreement("x", "k", "expired", signed="2001", end="2003-02"), scale, NOW)
    assert year == Bar((10.019, 9.992), (20.011, 10.84), (30.851, 0.767), None, None, None, 31.618)
    day = bar_of(Agreement("x", "k", "end-not-stated", start="2001-01-01"), scale, NOW)
    assert day == Bar((10.019, 0.028), None, None, None, (10.047, 7.0), (10.047, 79.961), 17.047)
    assert bar_of(Agreement("x", "k", "expired", end="2000"), scale, NOW) == Bar(
        None, None, (0.0, 10.019), (0.0, 0.0), None, None, 10.019
    )
    assert bar_of(Agreement("x", "k", "date-not-stated"), scale, NOW) is None
    same = bar_of(Agreement("x", "k", "expired", start="2005", end="2005"), scale, NOW)
    assert same is not None and same.sure is None and same.begin == same.end


def test_the_axis_holds_every_date_and_the_day() -> None:
    agreements = [Agreement("x", "k", "expired", signed="1982-10-12", end="2031")]
    scale = scale_for(agreements, date(2026, 11, 22))
    assert scale == Scale(1982, 2033)
    assert [tick.year for tick in scale.ticks] == [1990, 2000, 2010, 2020, 2030]
    assert scale_for([], date(2026, 1, 1)) == Scale(2026, 2028)


@pytest.mark.parametrize(
    "choice, names",
    [
        (Choice(), {"first", "second", "memo", "grown", "late", "lapsed", "undated"}),
        (Choice(kind="memorandum"), {"memo", "late", "lapsed", "undated"}),
        (Choice(city="city/a", state="replaced"), {"memo"}),
        (Choice(since=1995, until=2000), {"first"}),
        (Choice(since=2019, until=2019), {"grown", "lapsed"}),
        (Choice(kind="nothing"), set()),
    ],
)
def test_a_choice_lets_through_what_it_names(made: cg.Release, choice: Choice, names: set[str]) -> None:
    """An end nobody states does not reach into a period: `second` of 2001 is not there in 2019."""
    assert {one.iri.removeprefix(ID) for one in chosen(agreements_of(made), choice)} == names


def test_a_renewal_stands_below_what_it_renews() -> None:
    old = Agreement("old", "k", "renewed", signed="1990", origin="old")
    new = Agreement("new", "k", "end-not-stated", signed="2001", renews=("old",), origin="old")
    other = Agreement("other", "k", "end-not-stated", signed="1995", origin="other")
    assert [one.iri for one in ordered([new, old, other], "start", str)] == ["old", "new", "other"]


def test_groups_and_order(made: cg.Release) -> None:
    every = agreements_of(made)
    by_city = grouped(every, Choice(group="city"), str)
    assert [(group.key[-1], len(group.agreements)) for group in by_city] == [("b", 6), ("a", 5)]
    only = grouped(every, Choice(group="city", city="city/a"), str)
    assert [group.key[-1] for group in only] == ["a"]
    names = [one.iri.removeprefix(ID) for one in ordered(every, "start", str)]
    assert names == ["first", "second", "memo", "grown", "late", "lapsed", "undated"]
    assert [one.iri.removeprefix(ID) for one in ordered(every, "end", str)][:3] == [
        "first",
        "lapsed",
        "grown",
    ]
    by_state = grouped(every, Choice(group="state"), str)
    assert by_state[0].key == "in-force"


DATES = ("", "2016", "2016-04", "2016-04-15")
DAYS = ("2015-12-31", "2016-01-01", "2016-04-01", "2016-04-15", "2016-04-16", "2016-05-01", "2016-12-30",
        "2016-12-31", "2017-01-01", "2017-06-01", "2018-01-01")  # fmt: skip


def test_the_stored_questions_follow_the_same_rule(tmp_path: Path) -> None:
    """Every way to state a beginning, an end and a later agreement, on days around each of them."""
    types = {4: "gYear", 7: "gYearMonth", 10: "date"}

    def stated(term: str, text: str) -> str:
        return f'; {term} "{text}"^^xsd:{types[len(text)]}' if text else ""

    cases = product(DATES, DATES, ("none", "coop:renews", "coop:evolvedFrom"), ("", "2016-04", "2017"))
    lines = [TURTLE.partition("city:a a")[0]]
    for number, (begins, ends, link, later) in enumerate(cases):
        term = "coop:signedOn" if number % 2 else "schema:startDate"
        head = "a coop:Agreement ; coop:agreementKind kind:twinning ; coop:party city:a, city:b"
        lines.append(f":c{number} {head} {stated(term, begins)} {stated('schema:endDate', ends)} .")
        if link != "none":
            lines.append(f":l{number} {head} {stated('coop:signedOn', later)} ; {link} :c{number} .")
    path = tmp_path / "cases.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with cg.open(path) as release:
        seen = set()
        for text in DAYS:
            rows = release.query("cq-053", now=text).to_arrow().to_pylist()
            asked = {row["agreement"]: row["status"].rsplit("/", 1)[-1] for row in rows}
            found = {one.iri: one.state for one in agreements_of(release, date.fromisoformat(text))}
            assert found == asked
            seen |= set(found.values())
    assert seen == set(STATES)


def test_the_rule_is_written_alike_in_each_question(root: Path) -> None:
    rules = set()
    for name in ("cq-021-agreements-of-city", "cq-022-agreement-states", "cq-053-agreements-over-time"):
        text = (root / "ontology" / "queries" / "competency" / f"{name}.rq").read_text(encoding="utf-8")
        rules.add(text[text.index("  # A date that is") : text.index("AS ?status)")])
    assert len(rules) == 1
