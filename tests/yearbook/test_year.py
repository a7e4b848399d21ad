"""What a year book says: by hand on a small network, and of the bundled workspace as its files count."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import COUNTRY
from coopgraph.secretariat.catalogue import ANSWERS
from coopgraph.secretariat.dossier import Interval
from coopgraph.yearbook import answers, exchanged, parts, pictures, stated
from coopgraph.yearbook.answers import CARRIED, answers_of
from coopgraph.yearbook.book import Book, book_of
from coopgraph.yearbook.facts import Facts, facts_of
from coopgraph.yearbook.parts import NO_MATTER, NONE, Part
from tests.yearbook.made import PREFIXES, TURTLE

ID = "https://w3id.org/coopgraph/id/"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    path = tmp_path_factory.mktemp("year") / "made.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    with cg.open(path) as release:
        yield release


@pytest.fixture(scope="module")
def facts(release: cg.Release) -> Facts:
    return facts_of(release)


@pytest.fixture(scope="module")
def book(release: cg.Release) -> Iterator[Book]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(answers, "CARRIED", {})
        yield book_of(release, 2018)


def cells(part: Part, table: str) -> list[tuple[object, ...]]:
    (found,) = (one for one in part.tables if one.key == table)
    return [tuple(row.cells) for row in found.rows]


def short(iris: object) -> list[str]:
    assert isinstance(iris, tuple)
    return [iri.rsplit("/", 1)[-1] for iri in iris]


def said(part: Part) -> dict[str, object]:
    return {one.key: one.values.get("n") for one in (*part.said, *part.after)}


def test_key_figures_by_hand(facts: Facts) -> None:
    rows = {row[0]: row[1:] for row in cells(parts.key_figures(facts, 2018, None), "key")}
    assert rows == {
        "actions-begun": (2, NONE, 2, 1),
        "actions-within": (3, 1, 2, NO_MATTER),  # exchange, lesson, ended; old goes on to 2017
        "actions-open": (1, 1, 0, NO_MATTER),  # open, of 2015
        "agreements-signed": (2, NONE, 2, 1),  # begun counts by its beginning
        "agreements-ended": (1, NONE, 1, NO_MATTER),
        "memberships-begun": (NONE, NONE, 0, 0),
        "cities": (4, 2, 2, NO_MATTER),
        "cities-new": (2, 0, 2, NO_MATTER),  # Quito and Nowhere
        "countries": (3, 2, 1, NO_MATTER),
        "participations": (6, 2, 4, NO_MATTER),
        "roles-unknown": (2, 0, 2, NO_MATTER),
        "pairs": (2, 1, 1, NO_MATTER),
        "mutual": (1, 0, 1, NO_MATTER),
    }


def test_a_year_of_nothing_has_no_zeros(facts: Facts) -> None:
    rows = cells(parts.key_figures(facts, 1950, None), "key")
    assert [row[1:3] for row in rows] == [(NONE, NONE)] * 13


def test_what_happened_by_hand(facts: Facts) -> None:
    part = parts.happened(facts, 2018)
    actions = cells(part, "actions")
    assert [(str(row[0]).rsplit("/", 1)[-1], *row[1:3]) for row in actions] == [
        ("lesson", "2018", None),
        ("exchange", "2018-03-01", "2019"),
        ("ended", None, "2018-06"),
    ]
    assert short(actions[1][3]) == ["lodz", "quito"]
    assert [row[3:] for row in cells(part, "agreements")] == [(None, "2018", None), ("2018-05", None, "2020")]
    assert [str(row[0]) for row in cells(part, "ended")] == [f"{ID}agreement/over"]
    assert said(part) == {"undated-actions": 1, "undated-agreements": 1}


def test_places_ranks_goals_and_changes_by_hand(facts: Facts) -> None:
    where = exchanged.where(facts, 2018)
    assert [(row[0], row[1]) for row in cells(where, "places")] == [
        (f"{COUNTRY}EC", 1),
        (f"{COUNTRY}PE", 1),
        (f"{COUNTRY}PL", 1),
        (None, 1),
    ]
    assert said(where) == {"land": None, "unplaced": 1}
    assert said(exchanged.network(facts, 2018)) == {"roles": 2}
    ranked = cells(exchanged.ranking(facts, 2018, "en"), "ranking")
    assert [(row[0], *short((row[1],)), *row[3:]) for row in ranked] == [
        (1, "lodz", 1.0, 1.0, 1),
        (1, "quito", 1.0, 2.0, 2),
    ]
    assert isinstance(ranked[0][2], Interval) and ranked[0][2].value == pytest.approx(1 / 3)
    goals = stated.goals(facts, 2018)
    assert [(short((row[0],)), *row[1:]) for row in cells(goals, "goals")] == [(["11"], 1, 0), (["13"], 1, 1)]
    assert said(goals)["no-goal"] == 2
    changes = parts.changes(facts, 2018)
    assert [short((row[0],)) for row in cells(changes, "new")] == [["nowhere"], ["quito"]]
    assert said(parts.changes(facts, 2020))["gone"] == 2  # of 2019, the exchange


def test_quality_by_hand(release: cg.Release, facts: Facts) -> None:
    rows = {row[0]: row[1:] for row in cells(stated.quality(release, facts, ()), "quality")}
    assert rows["class-actions"] == (6, 1, NO_MATTER, NO_MATTER, 0)
    assert rows["class-participations"][0] == 12 and rows["class-participations"][3] == 2
    assert rows["class-agreements"][:2] == (4, 1) and rows["class-agreements"][3] == 2
    assert rows["class-cities"] == (4, NO_MATTER, NO_MATTER, 1, NO_MATTER)


def test_undated_things_are_in_no_year(facts: Facts) -> None:
    every = {one.iri for year in range(1900, 2100) for one in facts.of(year)}
    assert f"{ID}action/undated" not in every and f"{ID}action/ended" in every


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_release_without_anything(tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "CARRIED", {})
    (tmp_path / "empty.ttl").write_text(PREFIXES + "city:a a coop:City .", encoding="utf-8")
    with cg.open(tmp_path / "empty.ttl") as empty:
        book = book_of(empty, 2018, lang)
        files = cg.report(empty, 2018, tmp_path / "empty.html", lang=lang)
    assert files[0].read_text("utf-8").count("<h2") == len(book.chapters) + 2  # contents, sources
    first = book.chapters[0]
    assert "2018" in first.said[0] and not first.pictures
    assert not [picture for chapter in book.chapters for picture in chapter.pictures]


def test_a_year_to_come_and_one_not_over(facts: Facts) -> None:
    assert [one.key for one in parts.key_figures(facts, 2018, "2018-05-01").said] == ["not-over"]
    assert [one.key for one in parts.key_figures(facts, 2030, "2018").said] == ["later", "empty-year"]
    assert not parts.key_figures(facts, 2018, "2018-12-31").said


def test_pictures_have_texts_that_say_what_they_show(book: Book) -> None:
    alts = {one.key: one.alt for chapter in book.chapters for one in chapter.pictures}
    assert alts["years"].startswith(
        "Bars by year from 2010 to 2018. In 2018: actions begun 2, agreements signed 2"
    )
    assert alts["map"].endswith("Lima, Łódź, Quito & <b>más</b>.")
    assert "pairs 2, of which giving both ways 1. Most partners first: Quito" in alts["network"]


def test_lines_that_would_hide_the_map_are_left_out(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = pictures.map_of(facts, 2018, str)
    assert drawn is not None and len(drawn.lines) == 2
    monkeypatch.setattr(pictures, "LINES", 1)
    bare = pictures.map_of(facts, 2018, str)
    assert bare is not None and bare.lines == () and bare.placed == drawn.placed


@pytest.mark.parametrize("year", [1950, 2018])
def test_an_answer_that_is_carried_is_limited_or_says_that_it_is_not(release: cg.Release, year: int) -> None:
    assert set(CARRIED) <= set(ANSWERS)
    for dossier, time in answers_of(release, year):
        assert tuple(table.key for table in dossier.tables) == CARRIED[dossier.name]
        if time.key == "of-day":
            assert dossier.asked["as_of"] == time.values["day"] == f"{year}-12-31"
        elif time.key == "of-years":
            (rows,) = (table.rows for table in dossier.tables)
            assert dossier.asked["last"] == year and all(int(row.cells[0]) <= year for row in rows)
        else:
            assert time.key == "of-all-years" and time.values["year"] == str(year), dossier.name


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "not of 2018"), ("es", "no solo de 2018"), ("pt", "não só de 2018")]
)
def test_the_chapter_of_an_answer_begins_with_its_time(
    release: cg.Release, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    monkeypatch.setattr(answers, "CARRIED", {"coverage": ("lines",), "reciprocity": ("over-time",)})
    chapters = [one for one in book_of(release, 2018, lang).chapters if one.key.startswith("answer-")]
    assert len(chapters) == 2 and all(told in chapter.said[0] for chapter in chapters)


def test_the_bundled_year_as_its_files_count(built: Path) -> None:
    def read(name: str) -> list[dict[str, str]]:
        with (built / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    actions, parted = read("actions.csv"), read("participations.csv")
    begun = [row["id"] for row in actions if row["start"].startswith("2018")]
    within = {
        row["id"]
        for row in actions
        if row["start"].startswith("2018")
        or (row["start"] and row["end"] and row["start"][:4] <= "2018" <= row["end"][:4])
    }
    with cg.open(built) as release:
        found = facts_of(release)
        of = parts.figures(found, 2018)
        assert of["actions-begun"] == len(begun) == 4
        assert of["actions-within"] == len(within) == 5
        assert of["cities"] == len({row["city"] for row in parted if row["action"] in within}) == 17
        signed = [row for row in read("agreements.csv") if row["signed"].startswith("2018")]
        assert of["agreements-signed"] == len(signed) == 1
        undated = [row for row in actions if not row["start"] and not row["end"]]
        assert parts.undated(found)["actions"] == len(undated) == 46
        amounts = cells(stated.money(found, 2018), "money")
        assert [(str(row[2].amount), row[6]) for row in amounts] == [  # type: ignore[attr-defined]
            ("4759000.00", "2015–2018"),
            ("6600000.00", "2015–2019"),
        ]


def test_beside_an_earlier_release(
    release: cg.Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "CARRIED", {})
    (tmp_path / "made.ttl").write_text(TURTLE.replace("action:lesson", "action:other"), encoding="utf-8")
    with cg.open(tmp_path / "made.ttl") as old:
        found = cg.compare(old, release, most=0)
        (file,) = cg.report(release, 2018, tmp_path / "book.html", against=old)
    rows = {
        str(row[0]).lower(): row[1:] for row in cells(parts.changes(facts_of(release), 2018, found), "data")
    }
    assert rows["action"] == (1, 1, 0)
    assert "What changed in the data" in file.read_text("utf-8")
