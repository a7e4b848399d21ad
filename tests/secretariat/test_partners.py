"""The partner finder: exact by hand, counted from the files, and what is said where little is known."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib

import coopgraph as cg
from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import COUNTRY, SDG
from coopgraph.secretariat.dossier import Dossier, Said
from coopgraph.secretariat.partners.offered import offered
from coopgraph.secretariat.partners.reasons import ALIKE
from coopgraph.views.names import names_in

ID = "https://w3id.org/coopgraph/id/"


@pytest.fixture(scope="module")
def small() -> Iterator[cg.Release]:
    with cg.open(Path(__file__).with_name("partners.trig")) as release:
        yield release


def cells(found: Dossier, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row.cells) for row in found.table(table).rows]


def keys(found: Dossier) -> list[str]:
    return [said.key for said in found.rests_on]


def test_who_delivered_comes_first_then_who_needs_it_then_who_took_part(small: cg.Release) -> None:
    found = cg.find_partners(small, "Alfa", sdg="13")
    told = [(row["city"], row["role"], row["about-it"], row["score"]) for row in found.records("candidates")]
    assert told == [
        ("urn:d", "delivers-and-needs", 1, 4.902),
        ("urn:c", "needs", 1, 5.642),  # a higher score, but it only gained
        ("urn:e", "took-part", 1, 4.33),
    ]
    assert keys(found)[:3] == ["about-goal", "need", "ordered"]
    assert cells(found, "partners") == [("urn:b", f"{COUNTRY}ES", "delivers", 1, ("urn:ab",), 1.0)]


def test_who_delivers_and_who_needs_it_without_a_city(small: cg.Release) -> None:
    found = cg.find_partners(small, sdg="13.2")
    assert [table.key for table in found.tables] == ["delivers", "offers", "needs"]
    assert cells(found, "offers") == []
    bcd = ("urn:bcd",)
    assert cells(found, "delivers") == [
        ("urn:b", f"{COUNTRY}ES", bcd, 1, 0),
        ("urn:d", f"{COUNTRY}PT", bcd, 1, 0),
    ]
    assert cells(found, "needs") == [
        ("urn:c", f"{COUNTRY}BR", bcd, 1, 1, (), None),
        ("urn:d", f"{COUNTRY}PT", bcd, 1, 0, (), None),
    ]
    assert found.table("needs").rows[0].evidence == ("urn:bcd-c",)
    assert found.table("needs").rows[0].sources == ("urn:source:one",)


def test_a_target_nobody_states_falls_back_to_its_goal_and_says_so(small: cg.Release) -> None:
    fallen, goal = (cg.find_partners(small, "Alfa", sdg=sdg) for sdg in ("13.1", "13"))
    assert [table.rows for table in fallen.tables] == [table.rows for table in goal.tables]
    assert fallen.to("en").unknown[0].startswith("No event states SDG 13.1 (Resilience to climate hazards")
    exact = cg.find_partners(small, "Alfa", sdg="SDG 13.2")
    assert keys(exact)[0] == "about-target"
    assert [row[1] for row in cells(exact, "candidates")] == ["urn:d", "urn:c"]
    assert cg.find_partners(small, "Alfa", sdg=f"{SDG}13.2").tables == exact.tables


def test_a_goal_nobody_states_says_so_and_ranks_without_it(small: cg.Release) -> None:
    found = cg.find_partners(small, "Alfa", sdg="5")
    assert keys(found)[0] == "about-goal"
    assert [said.key for said in found.unknown[:2]] == ["programme", "nobody"]
    assert not found.table("delivers").rows and not found.table("needs").rows
    assert [row["city"] for row in found.records("candidates")] == [
        "urn:c",
        "urn:d",
        "urn:e",
        "urn:f",
        "urn:g",
    ]
    assert "role" not in found.records("candidates")[0]


def test_each_reason_with_its_points_and_its_proof(small: cg.Release) -> None:
    found = cg.find_partners(small, "Alfa")
    told = {(row[0], row[1]): (*row[2:], evidence.evidence) for row, evidence in zip(
        cells(found, "reasons"), found.table("reasons").rows, strict=True)}  # fmt: skip
    assert told["urn:c", "chains"] == (
        ("urn:b",),
        Said("common-partners", {"n": 1}),
        1.2275,
        "weighted",
        4.818,
        ("urn:ab", "urn:bcd-b", "urn:bcd-c"),
    )
    assert round(math.log(1 + 100 * 1.2275), 3) == 4.818
    assert told["urn:e", "chains"][1] == Said("no-common-partner", {"n": 0})
    assert told["urn:c", "experience"] == ((), None, 2, "events", 0.824, ("urn:bcd-c", "urn:ce-c"))
    assert told["urn:c", "language"] == ((), "português", None, None, 0.0, ("urn:a", "urn:c"))
    assert told["urn:c", "size"] == ((), "1\u00a0000 : 2\u00a0000", 2.0, "times", 0.0, ("urn:a", "urn:c"))
    assert told["urn:c", "networks"] == (("urn:net",), None, 1, "networks", 0.0, ("urn:net-a", "urn:net-c"))
    assert told["urn:d", "country"] == ((f"{COUNTRY}PT",), None, None, None, 0.0, ("urn:a", "urn:d"))
    assert ("urn:d", "networks") not in told  # its membership ended in 2001
    assert ("urn:d", "size") not in told and ALIKE == 2  # 2001 inhabitants are more than twice 1000


def test_common_themes_with_the_events_of_both() -> None:
    text = """
    @prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix sdg: <http://metadata.un.org/sdg/> .
    <urn:a> a coop:City . <urn:b> a coop:City .
    <urn:x> a coop:Action ; coop:theme "Water" ; coop:sdg sdg:6 .
    <urn:y> a coop:Action ; coop:theme "Water" ; coop:sdg sdg:6 .
    <urn:x-a> a coop:Participation ; coop:event <urn:x> ; coop:participant <urn:a> .
    <urn:y-b> a coop:Participation ; coop:event <urn:y> ; coop:participant <urn:b> .
    """
    with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
        (why,) = cg.find_partners(release, "urn:a").table("reasons").rows
    assert why.cells == ("urn:b", "themes", (f"{SDG}6",), "Water", 2, "themes", 0.0)
    assert why.evidence == ("urn:x-a", "urn:y-b")


def test_each_step_of_an_introduction_has_the_event_that_proves_it(small: cg.Release) -> None:
    found = cg.find_partners(small, "Alfa", sdg="13").table("introductions").rows
    assert [(row.cells, row.evidence) for row in found if row.cells[0] == "urn:e"] == [
        (("urn:e", 1, 1, "urn:a", "urn:b", "urn:ab", "2015-03", 1, 1.0), ("urn:ab",)),
        (("urn:e", 1, 2, "urn:b", "urn:c", "urn:bcd", "2018", 1, 0.5), ("urn:bcd-b", "urn:bcd-c")),
        (("urn:e", 1, 3, "urn:c", "urn:e", "urn:ce", None, 1, 1.0), ("urn:ce-c", "urn:ce-e")),
    ]


def test_what_is_alike_orders_equal_scores(small: cg.Release) -> None:
    told = {row["city"]: row for row in cg.find_partners(small, "Alfa").records("candidates")}
    assert told["urn:f"]["score"] == told["urn:g"]["score"] == 0
    assert list(told)[-2:] == ["urn:f", "urn:g"]
    assert told["urn:f"]["reasons"] == ("networks", "language") and told["urn:g"]["reasons"] == ()
    assert told["urn:f"]["introduced-by"] == ()


def test_first_says_how_many_there_are(small: cg.Release) -> None:
    found = cg.find_partners(small, "Alfa", first=2)
    assert [row[1] for row in cells(found, "candidates")] == ["urn:c", "urn:d"]
    assert found.table("candidates").notes[0].values == {"n": 2, "all": 5}


def test_candidates_say_that_their_score_is_not_about_what_was_asked(small: cg.Release) -> None:
    def notes(**asked: Any) -> list[str]:
        return [note.key for note in cg.find_partners(small, "Alfa", **asked).table("candidates").notes]

    assert notes() == ["candidates"]
    assert notes(sdg="13") == ["candidates", "score-of-all"]
    assert notes(sdg="5") == ["candidates", "score-of-none"]


def test_what_is_offered_is_what_is_stated(small: cg.Release) -> None:
    """A goal of each stated target too, and that of a programme; each can be asked as it is written."""
    told = offered(small, names_in(small), "es")
    assert [code for code, _ in told["sdg"]] == ["5", "13", "13.2"]
    assert told["sdg"][0][1] == "5 Igualdad de mujeres, hombres y niñas"
    assert told["line"] == (("redes urbanas verdes",) * 2,)
    assert told["theme"] == (("Roads",) * 2, ("Water, and floods",) * 2)
    for kind, offers in told.items():
        for written, _ in offers:
            asked: dict[str, Any] = {kind: written}
            assert cells(cg.find_partners(small, **asked), "needs") is not None


def test_what_is_not_known_is_counted(small: cg.Release) -> None:
    found = cg.find_partners(small, "Foxtrot", sdg="13")
    assert {said.key: said.values for said in found.unknown} == {
        "roles": {"n": 3, "all": 6},
        "derived": {"n": 1, "all": 6},
        "declare-nothing": {"n": 7, "all": 7},
        "without-sdg": {"n": 2, "all": 4},
        "no-ties": {},
        "without-country": {"n": 2, "all": 7},
        "without-population": {"n": 3, "all": 7},
        "without-network": {"n": 4, "all": 7},  # one membership has ended
        "elsewhere": {},
    }


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"sdg": "18"}, "There is no goal or target '18'."),
        ({"sdg": "13.9"}, "There is no goal or target '13.9'."),
        ({"line": "green"}, "No strategic line is called 'green'. Near it: green urban networks"),
        ({"theme": "raods"}, "No event has the theme 'raods'. Near it: Roads."),
        ({"city": "Alpha"}, "No city is called 'Alpha'."),
        ({"city": "Alfa", "first": 0}, "first is 0. Use 1 or more."),
    ],
)
def test_what_cannot_be_asked(small: cg.Release, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(ProjectionError) as raised:
        cg.find_partners(small, **asked)
    assert told in f"{raised.value} {' '.join(map(str, raised.value.faults))}"


def test_nothing_asked_tells_what_can_be_asked_about(small: cg.Release) -> None:
    found = cg.find_partners(small)
    assert cells(found, "subjects") == [
        (
            "sdg",
            f"{SDG}13",
            "13",
            1,
            0,
            0,
            0,
        ),  # an open file, without the rules of a build: 13.2 is not 13 too
        ("sdg", f"{SDG}13.2", "13.2", 1, 2, 0, 2),
        ("line", "https://w3id.org/coopgraph/concept/strategic-line/green-urban-networks", None, 1, 2, 0, 2),
        ("theme", None, "Roads", 1, 0, 0, 0),
        ("theme", None, "Water, and floods", 1, 2, 0, 2),
    ]


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    """The same cities; four of them declare what they seek and offer."""
    path = tmp_path_factory.mktemp("declared") / "partners.trig"
    own = """
    <urn:graph:two> prov:hadPrimarySource <urn:source:two> .
    <urn:source:two> a coop:Source ; dcterms:title "Two" .
    GRAPH <urn:graph:two> {
      <urn:i-b> a coop:Interest ; coop:interestOf <urn:b> ; coop:seeks sdg:13 ; coop:offers sdg:5.1 .
      <urn:i-e> a coop:Interest ; coop:interestOf <urn:e> ; coop:seeks sdg:13.2 .
      <urn:i-f> a coop:Interest ; coop:interestOf <urn:f> ; coop:offers sdg:13.2, line:green-urban-networks .
      <urn:i-g> a coop:Interest ; coop:interestOf <urn:g> ; coop:seeks sdg:13.1 .
      <urn:i-g> dcterms:description "Dykes" .
      <urn:i-c> a coop:Interest ; coop:interestOf <urn:c> ; coop:offers sdg:13.2 ; coop:deniedBy <urn:c> .
    }
    """
    path.write_text(Path(__file__).with_name("partners.trig").read_text("utf-8") + own, "utf-8")
    with cg.open(path) as release:
        yield release


def test_a_declared_need_or_offer_gives_a_role_and_no_points(declared: cg.Release, small: cg.Release) -> None:
    found = cg.find_partners(declared, "Alfa", sdg="13.1").records("candidates")  # falls back to its goal
    assert [(row["city"], row["role"], row["about-it"], row["score"]) for row in found] == [
        ("urn:d", "delivers-and-needs", 1, 4.902),
        ("urn:f", "offers", 0, 0.0),
        ("urn:c", "needs", 1, 5.642),
        ("urn:e", "needs", 1, 4.33),
        ("urn:g", "needs", 0, 0.0),
    ]
    scores = {row["city"]: row["score"] for row in cg.find_partners(small, "Alfa").records("candidates")}
    assert {row["city"]: row["score"] for row in found} == scores
    of_f, of_g = (row["reasons"] for row in found if row["city"] in ("urn:f", "urn:g"))
    assert of_f[0] == "declared-offer" and of_g == ("declared-need",)
    exact = cg.find_partners(declared, "Alfa", sdg="13.2")
    assert [row["city"] for row in exact.records("candidates")] == ["urn:d", "urn:f", "urn:c", "urn:e"]
    assert cells(exact, "partners")[0][2] == "delivers"  # Bravo seeks the goal as a whole, not this target


def test_a_declaration_leads_to_its_own_row(declared: cg.Release) -> None:
    found = cg.find_partners(declared, "Alfa", sdg="13")
    told = {
        (row[0], row[1]): (row[2:], why.sources, why.evidence)
        for row, why in zip(cells(found, "reasons"), found.table("reasons").rows, strict=True)
    }
    assert told["urn:g", "declared-need"] == (
        ((f"{SDG}13.1",), "Dykes", None, None, 0.0), ("urn:source:two",), ("urn:i-g",)
    )  # fmt: skip
    assert told["urn:e", "took-part"][2] == ("urn:solo-e",)  # by events alone it took part
    (partner,) = found.table("partners").rows
    assert partner.cells[:3] == ("urn:b", f"{COUNTRY}ES", "delivers-and-needs")
    assert partner.evidence == ("urn:bcd-b", "urn:ab", "urn:i-b")
    assert partner.sources == ("urn:source:one", "urn:source:two")


def test_who_declares_so_itself_is_told_first_of_those_who_need_it(declared: cg.Release) -> None:
    found = cg.find_partners(declared, sdg="13")
    assert [
        (row["city"], row["times"], row["declares"], row["detail"]) for row in found.records("needs")
    ] == [
        ("urn:b", 0, (f"{SDG}13",), None),
        ("urn:e", 0, (f"{SDG}13.2",), None),
        ("urn:g", 0, (f"{SDG}13.1",), "Dykes"),
        ("urn:c", 1, (), None),
        ("urn:d", 1, (), None),
    ]
    assert cells(found, "offers") == [("urn:f", f"{COUNTRY}BR", (f"{SDG}13.2",), None)]
    assert [row["city"] for row in found.records("delivers")] == ["urn:b", "urn:d"]  # an offer is no delivery
    (silent,) = (said for said in found.unknown if said.key == "declare-nothing")
    assert silent.values == {"n": 3, "all": 7}


def test_of_several_things_a_city_must_declare_each(declared: cg.Release) -> None:
    found = cg.find_partners(declared, sdg="13", line="green-urban-networks")
    assert [row["city"] for row in found.records("offers")] == ["urn:f"]
    assert [row["city"] for row in found.records("needs")] == ["urn:c", "urn:d"]  # Echo seeks no line
    assert not cg.find_partners(declared, sdg="13", theme="water").table("offers").rows


def test_what_nobody_but_a_city_itself_states(declared: cg.Release) -> None:
    found = cg.find_partners(declared, "Alfa", sdg="5")
    assert [said.key for said in found.unknown[:2]] == ["programme", "declared-alone"]
    assert not found.table("candidates").rows
    assert cells(found, "partners")[0][2:4] == ("offers", 0)
    told = {row[1]: row[2:] for row in cells(cg.find_partners(declared), "subjects") if row[1]}
    assert told[f"{SDG}5.1"] == ("5.1", 0, 0, 1, 0)
    assert told[f"{SDG}13.2"] == ("13.2", 1, 2, 1, 3)


def test_all_faults_at_once(small: cg.Release) -> None:
    with pytest.raises(ProjectionError) as raised:
        cg.find_partners(small, "Alfa", sdg="99", line="x", theme="zzz")
    assert len(raised.value.faults) == 3


def test_bundled_who_benefits_from_early_childhood(bundled: cg.Release, root: Path) -> None:
    with (root / "data" / "participations.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["action"] == "mc18-early-childhood"]
    found = cg.find_partners(bundled, sdg="4.2")  # the action states goal 4
    assert found.unknown[0].key == "fell-back"
    for table, flag in (("delivers", "contributes"), ("needs", "benefits")):
        wanted = sorted(f"{ID}city/{row['city']}" for row in rows if row[flag] == "yes")
        assert [row["city"] for row in found.records(table)] == wanted and wanted


def test_bundled_candidates_are_no_partners_and_all_else(bundled: cg.Release, root: Path) -> None:
    madrid = f"{ID}city/madrid"
    found = cg.find_partners(bundled, "Madrid", first=1000)
    events: dict[str, set[str]] = {}
    for table, event, city in (("participations", "event", "city"), ("agreements", "agreement", "party")):
        for row in bundled.table(table).to_pylist():
            events.setdefault(row[event], set()).add(row[city])
    with (root / "data" / "cities.csv").open(encoding="utf-8") as file:
        cities = {f"{ID}city/{row['id']}" for row in csv.DictReader(file)}
    partners = (set().union(*(who for who in events.values() if madrid in who)) & cities) - {madrid}
    assert {row["city"] for row in found.records("partners")} == partners
    assert {row["city"] for row in found.records("candidates")} == cities - partners - {madrid}
    for row in found.records("introductions"):
        assert {row["from"], row["to"]} <= events[row["event"]]


def test_nothing_but_a_city_is_no_trouble() -> None:
    text = "<urn:city/a> a <https://w3id.org/coopgraph/ns#City> ."
    with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
        found = cg.find_partners(release, "a", sdg="13.1")
    assert not any(table.rows for table in found.tables)
    assert str(found)


def test_no_language_is_left_untranslated(small: cg.Release) -> None:
    found = cg.find_partners(small, "Alfa", sdg="13.1", line="green-urban-networks", theme="water and floods")
    told = {lang: found.to(lang) for lang in LANGUAGES}
    for lang, written in told.items():
        said = [
            *written.rests_on,
            *written.unknown,
            *(note for table in written.tables for note in table.notes),
        ]
        assert not [one for one in said if re.search(r"[{}]", one)], lang
        if lang != "en":
            assert not set(said) & set(told["en"].rests_on + told["en"].unknown)
            heads = [column.head for table in written.tables for column in table.columns]
            assert "Score" not in heads and "Began or signed" not in heads
