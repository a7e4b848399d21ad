"""One figure, one value: what answers, stored questions, the year book and the release count is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import coopgraph as cg
from coopgraph.namespaces import COOP, ORG
from coopgraph.secretariat.dossier import Dossier
from coopgraph.yearbook.facts import facts_of
from coopgraph.yearbook.parts import undated
from coopgraph.yearbook.stated import quality


@pytest.fixture(scope="module")
def release(built: Path) -> Iterator[cg.Release]:
    with cg.open(built) as opened:
        yield opened


@pytest.fixture(scope="module")
def coverage(release: cg.Release) -> Dossier:
    return cg.coverage(release)


def asked(release: cg.Release, name: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in release.query(name).dicts()]


def stated(coverage: Dossier, kind: str, name: str) -> int:
    rows = {(row["class"], row["property"]): row["stated"] for row in coverage.records("completeness")}
    found: int = rows[kind, name]
    return found


def test_how_many_there_are(release: cg.Release, coverage: Dossier) -> None:
    classes = release.manifest.counts["classes"]
    names = {"membership": f"{ORG}Membership", "figure": f"{COOP}ReportedFigure"}
    things = {row["class"]: row["things"] for row in coverage.records("certainty")}
    assert things == {kind: classes[names.get(kind, f"{COOP}{kind.title()}")] for kind in things}
    facts = facts_of(release)
    book = {row.cells[0]: row.cells[1] for row in quality(release, facts, ()).tables[0].rows}
    words = {"city": "class-cities", "money": "class-money"}
    shared = {kind: book.get(words.get(kind, f"class-{kind}s")) for kind in things}
    assert {kind for kind, n in shared.items() if n is None} == {"programme", "source"}
    assert {kind: n for kind, n in shared.items() if n is not None}.items() <= things.items()
    assert things["membership"] == 71 + 21  # memberships and offices, as `build` tells them


def test_what_has_no_date(release: cg.Release, coverage: Dossier) -> None:
    rows = {name.rsplit("#", 1)[-1]: (n, without) for name, n, without in asked(release, "cq-044")}
    book, facts = undated(facts_of(release)), cg.lifecycle(release)
    told = {said.key: said.values for said in facts.unknown}
    assert rows["Action"] == (95, book["actions"]) == (95, 95 - stated(coverage, "action", "date"))
    assert (
        rows["Agreement"] == (100, book["agreements"]) == (100, 100 - stated(coverage, "agreement", "date"))
    )
    assert book["actions"] in [values.get("n") for values in told.values()]


def test_states_of_agreements(release: cg.Release) -> None:
    states = {
        row["state"].rsplit("/", 1)[-1]: row["agreements"] for row in cg.lifecycle(release).records("states")
    }
    timeline = Counter(str(row[-1]).rsplit("/", 1)[-1] for row in asked(release, "cq-053"))
    assert {state: n for state, n in states.items() if n} == timeline
    by_kind: Counter[str] = Counter()
    for _, status, number in asked(release, "cq-022"):
        by_kind[str(status)] += int(number)
    assert sorted(by_kind.values()) == sorted(timeline.values())


def test_amounts_goals_and_countries(release: cg.Release, coverage: Dossier) -> None:
    amounts = {what: number for what, _, number in asked(release, "cq-061")}
    assert amounts == {what: stated(coverage, what, "amount") for what in amounts}
    goals = {str(kind).rsplit("#", 1)[-1].lower(): number for kind, _, number in asked(release, "cq-057")}
    del goals["agreement"]
    assert goals == {kind: stated(coverage, kind, "sdg") for kind in goals}
    lands = {row["country"]: row["in-actions"] for row in coverage.records("countries")}
    assert {land: n for land, n in lands.items() if n} == {row[0]: row[2] for row in asked(release, "cq-046")}


def test_unknown_roles(release: cg.Release, coverage: Dossier) -> None:
    basis = cg.rank(release).basis
    said = next(one.values for one in coverage.rests_on if one.key == "ranking")
    book = {row.cells[0]: row.cells for row in quality(release, facts_of(release), ()).tables[0].rows}
    assert (basis.participations, basis.unknown_participations) == (354, 248)
    assert (
        (said["n"], said["unknown"])
        == (354, 248)
        == (book["class-participations"][1], book["class-participations"][4])
    )
