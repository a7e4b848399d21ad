"""Coverage and gaps: exact by hand, counted from the files, equal to the stored questions."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import coopgraph as cg
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import COOP, COUNTRY
from coopgraph.secretariat.catalogue import ANSWERS
from coopgraph.secretariat.dossier import Dossier
from coopgraph.views.profiles.counted import reported_of
from coopgraph.views.profiles.reader import Reader


@pytest.fixture(scope="module")
def small() -> Iterator[Dossier]:
    with cg.open(Path(__file__).with_name("coverage.trig")) as release:
        yield cg.coverage(release)


@pytest.fixture(scope="module")
def bundled(built: Path) -> Iterator[tuple[cg.Release, Dossier]]:
    with cg.open(built) as release:
        yield release, cg.coverage(release)


def cells(found: Dossier, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row.cells) for row in found.table(table).rows]


def asked(release: cg.Release, question: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in release.query(question).dicts()]


def test_reported_beside_named(small: Dossier) -> None:
    told = [(*row[:2], *row[4:8]) for row in cells(small, "reported")]
    assert told == [
        ("urn:p", "actions", 75.0, 1, None, 1 / 75),
        ("urn:p", "cities", 4.0, 2, None, None),  # at least four: of that no share can be told
        ("urn:net", "members", 2.0, 1, 0, 0.5),
        ("urn:x", "cities", 1.0, 2, None, None),  # more are named than reported
    ]
    assert small.table("reported").rows[0].evidence == ("urn:f1",)
    assert [one.values["n"] for one in small.unknown if one.key == "uncounted"] == [1]


def test_every_goal_stands_there_and_a_target_counts_for_its_goal(small: Dossier) -> None:
    rows = {row[1]: row[2:] for row in cells(small, "goals")}
    assert list(rows) == [str(number) for number in range(1, 18)]
    assert rows["11"] == (1, 1, 1, 2, 1, 10)
    assert rows["13"] == (0, 1, 0, 2, 0, 5)
    assert rows["1"] == (0, 0, 0, 0, 0, 7)
    assert sum(row[-1] for row in rows.values()) == 169


def test_targets_by_city_as_stated(small: Dossier) -> None:
    assert [row[1:] for row in cells(small, "targets")] == [
        ("11", "urn:a", 0, 1),
        ("11", "urn:b", 0, 1),
        ("11.3", "urn:a", 1, 0),
        ("11.3", "urn:b", 1, 0),
        ("13", "urn:a", 1, 0),
        ("13", "urn:b", 1, 0),
    ]
    row = small.table("targets").rows[2]
    assert (row.sources, row.evidence) == (("urn:source:one", "urn:source:two"), ("urn:x",))


def test_lines_and_their_years(small: Dossier) -> None:
    assert cells(small, "lines") == [
        ("urn:fair", 1, 0, 0, 0),
        ("urn:green", 1, 2, 0, 1),
        (None, 1, 1, 2, 2),  # Q, Y, both agreements; Q and the second agreement have no date
    ]
    assert cells(small, "lines-by-year") == [
        *(("urn:fair", year, 1, 0, 0) for year in ("2019", "2020", "2021")),
        ("urn:green", "2019", 1, 0, 0),
        ("urn:green", "2020", 1, 1, 0),
        ("urn:green", "2021", 1, 1, 0),
    ]


def test_countries_without_partners_come_first(small: Dossier) -> None:
    assert cells(small, "countries") == [
        (f"{COUNTRY}BR", "none", 1, 1, 0, 0, 0, 0),
        (None, "none", 1, 0, 0, 0, 0, 0),
        (f"{COUNTRY}CL", "alone", 1, 0, 1, 1, 0, 0),  # an action of its own, an agreement with a network
        (f"{COUNTRY}ES", "partners", 2, 0, 1, 1, 1, 1),
        (f"{COUNTRY}PT", "partners", 1, 0, 1, 1, 1, 1),
    ]
    assert [(row[0], row[2], row[3]) for row in cells(small, "cities")] == [
        ("urn:d", "none", ("urn:net",)),
        ("urn:c", "none", ()),
        ("urn:f", "none", ()),
        ("urn:e", "alone", ()),
    ]


def test_a_country_cites_all_that_is_counted_of_it(small: Dossier) -> None:
    rows = {row.cells[0]: row for row in small.table("countries").rows}
    assert rows[f"{COUNTRY}PT"].evidence == ("urn:a", "urn:g", "urn:x")
    assert rows[f"{COUNTRY}PT"].sources == ("urn:source:one", "urn:source:two")
    assert rows[f"{COUNTRY}BR"].evidence == ("urn:d", "urn:m-d")
    assert rows[f"{COUNTRY}CL"].evidence == ("urn:e", "urn:h", "urn:y")


def test_how_complete_each_class_is(small: Dossier) -> None:
    rows = {row[:2]: row[2:4] for row in cells(small, "completeness")}
    assert rows["action", "date"] == (3, 2)  # one only ends
    assert rows["action", "participants"] == (3, 2)
    assert rows["action", "whole"] == (3, 1)
    assert rows["agreement", "end"] == (2, 0)
    assert rows["participation", "contributes"] == (3, 1)
    assert rows["participation", "benefits"] == (3, 2)
    assert rows["participation", "roles"] == (3, 1)
    assert rows["membership", "role"] == (1, 1)
    assert rows["city", "coordinates"] == (6, 1)
    assert rows["money", "payer"] == (1, 1)
    assert rows["money", "period"] == (1, 0)
    assert rows["figure", "period"] == (5, 1)
    assert rows["source", "address"] == (2, 1)
    assert all(row[4] == row[3] / row[2] for row in cells(small, "completeness"))


def test_what_one_source_derives_is_derived(small: Dossier) -> None:
    rows = {row[0]: row[1:] for row in cells(small, "certainty")}
    assert rows["action"] == (3, 0, 1, 2)
    assert rows["participation"] == (3, 1, 0, 2)


def test_years_and_sources(small: Dossier) -> None:
    years = [row[:3] for row in cells(small, "years") if row[0] in ("action", "participation")]
    assert years == [
        ("action", "2020", 1),
        ("action", "2021", 1),
        ("action", None, 1),
        ("participation", "2020", 2),
        ("participation", "2021", 1),
    ]
    sources = {row[:2]: row[2:] for row in cells(small, "sources")}
    assert sources["One", "participation"] == (3, None, 1 / 3, None, None, 0.0, 0.0)
    assert sources["urn:source:two", "action"] == (1, 1.0, None, 1.0, 1.0, 1.0, 1.0)
    assert small.table("sources").rows[-1].sources == ("urn:source:two",)


def test_nothing_stated_at_all(tmp_path: Path) -> None:
    bare = tmp_path / "bare.ttl"
    bare.write_text(f"<urn:x> a <{COOP}Action> . <urn:f> a <{COOP}ReportedFigure> .\n")
    with cg.open(bare) as release:
        found = cg.coverage(release)
    assert [len(row) for row in cells(found, "goals")] == [8] * 17
    assert not any(found.table(name).rows for name in ("targets", "lines", "lines-by-year", "countries"))
    for lang in LANGUAGES:
        assert found.to(lang).title


def test_the_bundled_counts_are_those_of_the_files(bundled: tuple[cg.Release, Dossier], root: Path) -> None:
    _, found = bundled

    def rows(name: str) -> list[dict[str, str]]:
        with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    told = {row[:2]: row[2:4] for row in cells(found, "completeness")}
    parts, agreements, actions = rows("participations"), rows("agreements"), rows("actions")
    both = sum(part["contributes"] in "yes no" and part["benefits"] in "yes no" for part in parts)
    assert told["participation", "roles"] == (354, both) == (354, 106)
    assert told["agreement", "end"] == (100, sum(bool(one["end"]) for one in agreements)) == (100, 6)
    dated = sum(bool(one["start"] or one["end"]) for one in actions)
    assert told["action", "date"] == (95, dated) == (95, 49)
    assert told["action", "sdg"] == (95, sum(bool(one["sdgs"]) for one in actions)) == (95, 1)
    assert told["city", "coordinates"] == (173, sum(bool(one["lat"]) for one in rows("cities"))) == (173, 156)
    by_year = {row[1]: row[2] for row in cells(found, "years") if row[0] == "agreement"}
    signed = Counter((one["signed"] or one["start"] or one["end"])[:4] or None for one in agreements)
    assert by_year == signed
    where = Counter(one["country"] for one in rows("cities"))
    assert {row[0].removeprefix(COUNTRY): row[2] for row in cells(found, "countries")} == where
    assert not [row for row in cells(found, "countries") if row[1] != "partners"]
    assert len(cells(found, "cities")) == 6


def test_the_bundled_counts_are_those_of_the_stored_questions(bundled: tuple[cg.Release, Dossier]) -> None:
    release, found = bundled
    named = {row.evidence[0]: row.cells[5] for row in found.table("reported").rows}
    for question in ("cq-016", "cq-017", "cq-019"):  # the first asks about that programme unless told
        for figure, documented in asked(release, question, "figure", "documented"):
            assert named[figure] == documented
    for figure, members in asked(release, "cq-018", "figure", "membersNamed"):
        assert members == 27 and named[figure] == (28 if figure.endswith("/021") else 27)
    assert len(named) == 29
    told = {row.evidence[0].rsplit("/", 1)[-1]: row.cells for row in found.table("reported").rows}
    assert tuple(told["021"][4:7]) == (33.0, 28, None)  # members and associates, as worded
    assert round(100 * told["021"][7], 1) == 84.8
    assert tuple(told["046"][4:8]) == (12.0, None, None, None)  # founders are not told apart
    goals = {row[0]: row[2:4] for row in cells(found, "goals") if row[2] or row[3]}
    asked_goals = asked(release, "cq-033", "goal", "programmes", "actions")
    assert [(goal, *counts) for goal, counts in sorted(goals.items())] == sorted(asked_goals)
    by_city = [(row[0], *row[2:]) for row in cells(found, "targets")]
    assert sorted(by_city) == sorted(asked(release, "cq-054", "goal", "city", "actions", "agreements"))
    certain: Counter[str] = Counter()
    for kind, things in asked(release, "cq-043", "class", "things"):
        certain[kind] += things
    sure = {row[0]: row[2] + row[3] for row in cells(found, "certainty")}
    assert sure["participation"] == certain[f"{COOP}Participation"] == 354
    assert sure["agreement"] == certain[f"{COOP}Agreement"] == 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_written_in_each_language(bundled: tuple[cg.Release, Dossier], lang: str) -> None:
    written = ANSWERS["coverage"](bundled[0]).to(lang)
    assert len(written.tables) == 11 and written.unknown and written.rests_on
    assert all(column.head for table in written.tables for column in table.columns)


def test_what_is_named_beside_a_total_is_one_count_on_every_page(built: Path) -> None:
    with cg.open(built) as release:
        told = {
            row.evidence[0]: (row.cells[5], row.cells[6])
            for row in cg.coverage(release).table("reported").rows
        }
        reader = Reader(release, "en")
        subjects = {row["subject"] for row in release.table("figures").to_pylist() if row["subject"]}
        pages = {
            one.figure: (one.documented, one.associates)
            for subject in sorted(subjects)
            for one in reported_of(reader, subject)
        }
    assert {figure: pages[figure] for figure in told} == told and len(told) == 29
    assert {pages[figure] for figure in pages.keys() - told.keys()} == {(None, None)}
    of = {figure.rsplit("/", 1)[-1]: counts for figure, counts in pages.items()}
    assert of["021"] == (28, None)  # 33 capitals and associated cities: 27 members and 1 associate are named
    assert (of["042"], of["095"]) == ((7, None), (11, None))  # cities of actions, not members of a network


def test_results_state_aims_and_values_reached(root: Path) -> None:
    with cg.open(root / "tests" / "release" / "results.trig") as release:
        found = cg.coverage(release)
    rows = {row[:2]: row[2:4] for row in cells(found, "completeness")}
    told = {name: rows["result", name] for name in ("kind", "aim", "reached")}
    assert told == {"kind": (3, 2), "aim": (3, 2), "reached": (3, 2)}
    assert all(str(found.to(lang)) for lang in LANGUAGES)
