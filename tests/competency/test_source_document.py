"""Every fact of the source document, the question that answers it, and the cell where the answer stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Answer = list[dict[str, str]]

# fact: (question, column whose cell holds the answer, the words that must be in it)
FACTS: dict[str, tuple[int, str, str]] = {
    "the text's own name for it": (1, "alsoCalled", "Comprehensive Cooperation with Cities and Territories"),
    "purpose: tackle shared problems jointly": (
        1,
        "purpose",
        "tackle together the problems and challenges they share",
    ),
    "purpose: each city gives in its best way": (1, "purpose", "each city gives what it does best"),
    "cities as engines of development": (1, "note", "cities as engines of development"),
    "cooperation is best from peer to peer": (1, "note", "works best from peer to peer"),
    "proposed and financed by the Madrid City Council": (
        1,
        "note",
        "Madrid City Council, which finances its measures",
    ),
    "who leads": (1, "leadName", "Madrid"),
    "from 2015": (1, "start", "2015"),
    "to 2019": (1, "end", "2019"),
    "objective: support cooperation, strengthen local capacities": (
        2,
        "label",
        "strengthen local capacities",
    ),
    "objective: exchange of experiences, mutual solidarity": (
        2,
        "label",
        "exchange of experiences and mutual solidarity",
    ),
    "objective: presence and image, international projection": (
        2,
        "label",
        "international presence and image",
    ),
    "measures: strengthen local governments": (
        3,
        "label",
        "strengthen local governments and the institutional network",
    ),
    "measures: for municipalities of several countries": (
        3,
        "definition",
        "municipalities of several countries",
    ),
    "measures: presence and role in the Ibero-American sphere": (3, "definition", "Ibero-American"),
    "aspect: institutional": (4, "label", "institutional"),
    "aspect: social": (4, "label", "social"),
    "aspect: academic": (4, "label", "academic"),
    "aspect: cultural": (4, "label", "cultural"),
    "aspect: educational": (4, "label", "educational"),
    "aspect: economic": (4, "label", "economic"),
    "aspect: associative": (4, "label", "associative"),
    "means: actions of integral cooperation": (5, "label", "integral cooperation"),
    "means: technical assistance": (5, "label", "technical assistance"),
    "means: training assistance": (5, "label", "training assistance"),
    "means: exchange of experiences": (5, "label", "exchange of experiences"),
    "means: international positioning": (5, "label", "international positioning"),
    "principle: horizontal": (6, "label", "horizontality"),
    "principle: as equals, peer to peer": (6, "definition", "as equals, each offering what it does best"),
    "principle: reciprocal solidarity": (6, "label", "reciprocal solidarity"),
    "principle: participatory, local government as energiser": (
        6,
        "definition",
        "local government sets them in motion",
    ),
    "principle: municipal international action": (6, "label", "municipal international action"),
    "principle: localisation of the SDGs": (6, "label", "localisation of the SDGs"),
    "line: green urban networks": (7, "label", "green urban networks"),
    "line: inclusive social development": (7, "label", "inclusive social development"),
    "line: institutional strengthening": (7, "label", "institutional strengthening"),
    "line: gender equality": (7, "label", "gender equality"),
    "line: global/international dialogue": (7, "label", "global and international dialogue"),
    "SDG 11": (8, "code", "11"),
    "SDG 17": (8, "code", "17"),
    "what the SDGs aim at": (
        9,
        "definition",
        "human settlements become inclusive, safe, resilient and sustainable",
    ),
    "2016: a new model": (9, "label", "A new model of integral cooperation"),
    "2016: two agreements with UCCI": (9, "definition", "signs two agreements with UCCI"),
    "2016: first contact, bilateral models": (
        9,
        "definition",
        "first contact with local governments, bilateral models",
    ),
    "2016: adhering to memoranda": (9, "definition", "14 cities and 2 networks adhere to memoranda"),
    "2017: agreement renewed": (9, "label", "Renewal of the agreement with UCCI"),
    "2017: programmes deepened": (9, "definition", "deepen the integral cooperation programmes"),
    "2018 and 2019: continuation": (9, "label", "Continuation co-financed in 2018 and 2019"),
    "2018 and 2019: because results were positive": (
        9,
        "definition",
        "results of bilateral cooperation were positive",
    ),
    "2018 and 2019: new activities and programmes": (
        9,
        "definition",
        "new activities and the signing of new",
    ),
    "link: UCCI": (10, "title", "Latin American Capital Cities (UCCI) website"),
    "link: Madrid Solidario Forum": (10, "title", "Madrid Solidario Forum website"),
    "investment planned": (11, "planned", "6600000"),
    "invested so far": (11, "invested", "4759000"),
    "invested until when": (11, "investedIn", "since its launch up until 2018"),
    "the rest": (11, "remainder", "1841000"),
    "the share": (11, "sharePercent", "72.1"),
    "who pays": (11, "payerName", "Madrid"),
    "first agreement of 2016": (12, "title", "First of two 2016 agreements between Madrid and UCCI"),
    "second agreement of 2016": (12, "title", "Second of two 2016 agreements between Madrid and UCCI"),
    "renewal of 2017": (12, "title", "Renewal of the Madrid-UCCI agreement"),
    "which one was renewed is not said": (12, "note", "which of the two 2016 agreements is not stated"),
    "party: UCCI": (12, "partyName", "Union of Ibero-American Capital Cities"),
    "programme with Panama": (13, "name", "Panama City"),
    "programme with La Paz": (13, "name", "La Paz"),
    "programme with Brasilia": (13, "name", "Brasília"),
    "programme with Montevideo": (13, "name", "Montevideo"),
    "programme with Buenos Aires": (13, "name", "Buenos Aires"),
    "printed, of cities like these": (13, "note", 'the programmes of "cities like" this partner'),
    "at least these five": (13, "atLeast", "5"),
    "which one was renewed is left open": (24, "statedRenewal", "which of the two of 2016 is not stated"),
    "memoranda evolve into programmes": (14, "nextLabel", "integral cooperation programme"),
}

# fact: (words of the measure, value, unit, qualifier, period as worded)
FIGURES: dict[str, tuple[str, str, str, str, str]] = {
    "14 cities": ("cities adhering to memoranda", "14", "cities", "exact", "2016"),
    "2 networks": ("networks adhering to memoranda", "2", "networks", "exact", "2016"),
    "2 agreements": ("agreements signed by Madrid with UCCI", "2", "agreements", "exact", "2016"),
    "19 cities": ("cities with cooperation agreements", "19", "cities", "exact", "during this period (2017)"),
    "3 networks": (
        "networks with cooperation agreements",
        "3",
        "networks",
        "exact",
        "during this period (2017)",
    ),
    "at least 5 programmes": (
        "integral cooperation programmes",
        "5",
        "programmes",
        "at least",
        "during this period (2017)",
    ),
    "75 actions": ("integral cooperation actions", "75", "actions", "exact", "during this period (2017)"),
    "20 cities": (
        "cities where the actions took place",
        "20",
        "cities",
        "exact",
        "during this period (2017)",
    ),
    "2 regional events": ("regional events", "2", "events", "exact", "during this period (2017)"),
    "5 lines": ("strategic lines", "5", "lines", "exact", "2017"),
    "2 SDGs": ("SDGs named", "2", "SDGs", "exact", "2017"),
    "planned": ("planned investment", "6600000", "EUR", "exact", "from 2015 to 2019"),
    "invested": ("invested so far", "4759000", "EUR", "to date", "since its launch up until 2018"),
}


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_has_its_cell(fact: str, answer: Callable[[int], Answer]) -> None:
    number, column, words = FACTS[fact]
    cells = [row[column] for row in answer(number)]
    assert any(words in cell for cell in cells), cells


@pytest.mark.parametrize("fact", FIGURES)
def test_a_total_is_kept_as_reported(fact: str, answer: Callable[[int], Answer]) -> None:
    words, *expected = FIGURES[fact]
    rows = [row for row in answer(15) if row["measure"].startswith(words)]
    assert [[row[c] for c in ("value", "unit", "qualifierLabel", "statedPeriod")] for row in rows] == [
        expected
    ]


def test_nothing_is_missing_or_added(answer: Callable[[int], Answer]) -> None:
    rows = {number: len(answer(number)) for number in range(1, 16)}
    assert (rows[2], rows[3], rows[4], rows[7], rows[8], rows[13]) == (3, 2, 7, 5, 2, 5)
    assert rows[15] == len(FIGURES)
    assert len({row["agreement"] for row in answer(12)}) == 3 + 5


def test_cumulative_or_not_is_left_open(answer: Callable[[int], Answer]) -> None:
    open_ones = [
        row["measure"] for row in answer(15) if "cumulative since 2016 or not is unclear" in row["note"]
    ]
    assert len(open_ones) == 6
    assert all(row["certaintyLabel"] == "derived" for row in answer(15) if row["measure"] in open_ones)


def test_reported_beside_documented(answer: Callable[[int], Answer]) -> None:
    beside = {
        row["measure"]: (row["qualifierLabel"], row["reported"], row["documented"]) for row in answer(16)
    }
    assert beside == {
        "cities adhering to memoranda of integral cooperation": ("exact", "14", "0"),
        "networks adhering to memoranda of integral cooperation": ("exact", "2", "0"),
        "agreements signed by Madrid with UCCI": ("exact", "2", "2"),
        "integral cooperation programmes issued (named cities)": ("at least", "5", "5"),
    }
    actions = {row["measure"]: (row["reported"], row["documented"]) for row in answer(17)}
    assert actions["integral cooperation actions"] == ("75", "0")
    assert actions["cities where the actions took place"] == ("20", "0")


def test_conflicting_member_counts_stand_side_by_side(answer: Callable[[int], Answer]) -> None:
    counts = [
        (row["reported"], row["sourceTitle"]) for row in answer(18) if row["measure"] == "member cities"
    ]
    assert [count for count, _ in counts] == ["26", "27", "29", "29", "29"]
    assert len({title for _, title in counts}) == 5
    assert {(row["membersNamed"], row["associatesNamed"]) for row in answer(18)} == {("27", "1")}


def test_the_cities_named_are_examples(answer: Callable[[int], Answer]) -> None:
    """The source speaks of "cities like" five: neither that they signed nor that there are no more."""
    assert {row["certainty"] for row in answer(13)} == {"derived"}
    assert {row["atLeast"] for row in answer(13)} == {"5"}
    assert all("cities like" in row["note"] for row in answer(13))
