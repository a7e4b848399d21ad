"""Cells, gaps and totals of cities beside goals: worked out by hand, and equal to the stored questions."""

from __future__ import annotations

import coopgraph as cg
from coopgraph.views.sdg_matrix import City, matrix_of, ordered

TURTLE = """
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix city: <https://w3id.org/coopgraph/id/city/> .
@prefix : <https://w3id.org/coopgraph/id/thing/> .
city:a a coop:City ; skos:prefLabel "A" . city:b a coop:City ; skos:prefLabel "B" .
city:c a coop:City ; skos:prefLabel "C" .
:water a coop:Action ; skos:prefLabel "water" ; coop:sdg sdg:6, <http://metadata.un.org/sdg/6.1>, sdg:11 .
:street a coop:Action ; skos:prefLabel "street" ; coop:sdg <http://metadata.un.org/sdg/11.3> .
:talk a coop:Action ; skos:prefLabel "talk" .
:p1 a coop:Participation ; coop:participant city:a ; coop:event :water .
:p2 a coop:Participation ; coop:participant city:b ; coop:event :water .
:p3 a coop:Participation ; coop:participant city:a ; coop:event :street .
:p4 a coop:Participation ; coop:participant city:a ; coop:event :talk .
:p5 a coop:Participation ; coop:participant city:c ; coop:event :talk .
:pact a coop:Agreement ; skos:prefLabel "pact" ; coop:party city:a, city:b ; coop:sdg sdg:17 .
:plan a coop:Programme ; skos:prefLabel "plan" ; coop:sdg sdg:13 .
"""
CITY = "https://w3id.org/coopgraph/id/city/"


def cells(city: City, what: str) -> dict[int, int]:
    return {number: count for number, count in enumerate(city.cells[what], start=1) if count}


def test_a_target_counts_once_for_its_goal(made: cg.Release) -> None:
    matrix = matrix_of(made)
    a, b, c = matrix.cities
    assert cells(a, "actions") == {6: 1, 11: 2} and cells(b, "actions") == {6: 1, 11: 1}
    assert cells(a, "agreements") == cells(b, "agreements") == {17: 1}
    assert cells(c, "actions") == {} and (c.number["actions"], c.without_goal("actions")) == (1, 1)
    assert (a.number["actions"], a.with_goal["actions"], a.without_goal("actions")) == (3, 2, 1)
    assert matrix.number == {"actions": 3, "agreements": 1} and matrix.with_goal == {
        "actions": 2,
        "agreements": 1,
    }
    assert matrix.kinds == ["actions", "agreements"]


def test_what_serves_each_goal(made: cg.Release) -> None:
    goals = {goal.number: goal for goal in matrix_of(made).goals}
    assert sorted(number for number, goal in goals.items() if goal.served) == [6, 11, 13, 17]
    assert (goals[11].programmes, goals[11].actions, goals[11].cities) == (
        0,
        2,
        {"actions": 2, "agreements": 0},
    )
    assert (goals[13].programmes, goals[13].actions) == (1, 0)
    assert goals[17].cities == {"actions": 0, "agreements": 2} and goals[17].actions == 0


def test_rows_are_ordered(made: cg.Release) -> None:
    cities = matrix_of(made).cities
    names = {f"{CITY}a": "Zaragoza", f"{CITY}b": "Bogotá", f"{CITY}c": "Cádiz"}
    assert [city.iri[-1] for city in ordered(cities, "actions", "total", names.__getitem__)] == [
        "a",
        "b",
        "c",
    ]
    assert [city.iri[-1] for city in ordered(cities, "actions", "name", names.__getitem__)] == ["b", "c", "a"]


def test_the_bundled_release_says_what_the_stored_questions_say(bundled: cg.Release) -> None:
    matrix = matrix_of(bundled)
    found = {
        (city.iri, number): count
        for city in matrix.cities
        for number, count in cells(city, "actions").items()
    }
    asked = bundled.query("cq-054").to_arrow().to_pylist()
    assert found == {(row["city"], int(row["goal"].rsplit("/", 1)[-1])): row["actions"] for row in asked}
    assert found == {(f"{CITY}medellin", 4): 1, (f"{CITY}san-justo", 4): 1}
    assert matrix.number == {"actions": 95, "agreements": 100}
    assert matrix.with_goal == {"actions": 1, "agreements": 0} and matrix.kinds == ["actions"]
    covered = {
        int(row["goal"].rsplit("/", 1)[-1]): (row["programmes"], row["actions"])
        for row in bundled.query("cq-033").to_arrow().to_pylist()
    }
    assert {goal.number: (goal.programmes, goal.actions) for goal in matrix.goals if goal.served} == covered
    assert [goal.number for goal in matrix.goals if goal.served] == [4, 11, 17]
