"""Reciprocity sheets: exact by hand, equal to rankings and ranges, counted from the files."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

import coopgraph as cg
from coopgraph.languages import LANGUAGES
from coopgraph.network.sensitivity.balance_range import balance_ranges
from coopgraph.network.sensitivity.draws import draws, keys
from coopgraph.network.sensitivity.loss import Loss
from coopgraph.secretariat.dossier import Dossier, Interval, Money
from coopgraph.secretariat.reciprocity.figures import all_figures, by_partner, together
from coopgraph.secretariat.reciprocity.gathered import Facts, Reading, gathered

CITY = "https://w3id.org/coopgraph/id/city/"


@pytest.fixture(scope="module")
def small() -> Iterator[cg.Release]:
    with cg.open(Path(__file__).with_name("reciprocity.trig")) as release:
        yield release


@pytest.fixture(scope="module")
def whole(small: cg.Release) -> Dossier:
    return cg.reciprocity_sheet(small)


@pytest.fixture(scope="module")
def avila(small: cg.Release) -> Dossier:
    return cg.reciprocity_sheet(small, "avila")


@pytest.fixture(scope="module")
def all_of_it(bundled: cg.Release) -> Dossier:
    return cg.reciprocity_sheet(bundled)


def cells(found: Dossier, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table, ranges left off."""
    return [
        tuple(cell.value if isinstance(cell, Interval) else cell for cell in row.cells)
        for row in found.table(table).rows
    ]


def said(found: Dossier, table: str) -> list[tuple[Any, ...]]:
    return [(note.key, *note.values.values()) for note in found.table(table).notes]


def test_sums_of_a_city(avila: Dossier) -> None:
    """w: AB 2, AC 1, BA 5/2, CA 3/2, as docs/peer-exchange.md has them."""
    (strict, open_) = cells(avila, "balance")
    assert strict == (
        *("unknown-exclude", 4, 3, 3, 3.0, 4.0, round(-1 / 7, 12), round(6 / 7, 12), 2, 2, "both-ways"),
    )
    assert open_[1:] == strict[1:]  # none of its actions has an unknown role
    assert cells(avila, "partners") == [
        ("urn:b", 4, 3, 3, 2.0, 2.5, round(-1 / 9, 12), 1, None),
        ("urn:c", 3, 2, 2, 1.0, 1.5, -0.2, 1, 1),
    ]


def test_an_action_of_several_lines_stands_under_each_and_the_total_apart(avila: Dossier) -> None:
    assert cells(avila, "lines") == [
        ("urn:fair", 1, 1, 1, 1, 1.0, 1.0, 0.0, None, None),
        ("urn:green", 1, 2, 2, 2, 2.0, 2.0, 0.0, None, None),
        (None, 0, 2, 1, 1, 1.0, 2.0, round(-1 / 3, 12), 1, 1),
    ]
    goal = "http://metadata.un.org/sdg/"
    assert cells(avila, "sdgs") == [
        (f"{goal}11", 1, 2, 2, 1, 2.0, 1.0, round(1 / 3, 12), 1, None),
        (f"{goal}13", 1, 1, 1, 1, 1.0, 1.0, 0.0, None, None),
        (None, 0, 2, 1, 2, 1.0, 3.0, -0.5, None, 1),
    ]
    assert avila.table("lines").rows[0].evidence == ("urn:e2a", "urn:e2b", "urn:e2c")
    assert avila.table("partners").rows[1].evidence == tuple(
        f"urn:e{n}{who}" for n in (2, 3, 4) for who in "ac"
    )
    assert said(avila, "lines") == [("none-stated",), ("total", 4, 3.0, 4.0)] == said(avila, "sdgs")


def test_money_by_currency_never_added_up(avila: Dossier, small: cg.Release) -> None:
    def euro(amount: int | str) -> Money:
        return Money(Decimal(amount), "EUR")

    rows = cells(avila, "money")
    assert [row[:3] for row in rows][:3] == [
        ("total", None, None),
        ("partner", "urn:b", None),
        ("partner", "urn:c", None),
    ]
    assert [row[3:] for row in rows[:3]] == [
        (2, euro("901.01"), euro(100), round(801.01 / 1001.01, 12)),
        (2, euro("450.505"), euro(100), round(350.505 / 550.505, 12)),
        (1, euro("450.505"), euro(0), 1.0),
    ]
    ranked = cg.rank(small, weight="amount", currency="EUR").table.to_pylist()
    own = next(row for row in ranked if row["city"] == "urn:a")
    assert (own["given"], own["received"], own["balance"]) == (901.01, 100.0, rows[0][6])
    dollars = [row for row in rows if row[5].currency == "USD"]
    assert dollars[0][3:] == (1, Money(Decimal(0), "USD"), Money(Decimal(50), "USD"), -1.0)
    assert [row[:2] for row in rows if row[0] == "sdg" and row[4].currency == "EUR"] == [
        ("sdg", "http://metadata.un.org/sdg/11"),
        ("sdg", None),
    ]
    assert cells(avila, "paid") == [
        ("urn:a", None, "urn:e1", "https://w3id.org/coopgraph/concept/money-kind/planned",
         Money(Decimal(7000), "EUR"), None, None, None)
    ]  # fmt: skip


def test_in_kind_as_stated_and_to_whom(avila: Dossier, whole: Dossier, small: cg.Release) -> None:
    assert (
        [row[:4] for row in cells(avila, "in-kind")]
        == [
            ("urn:a", "urn:e3", "rooms for a week", ("urn:b", "urn:c")),
            ("urn:c", "urn:e4", "two experts", ("urn:a",)),
        ]
        == [row[:4] for row in cells(whole, "in-kind")]
    )
    assert avila.table("in-kind").rows[0].evidence == ("urn:e3a",)
    pair = cg.reciprocity_sheet(small, "cusco", "braga")  # what C gave in e4, it gave to A
    assert [row[-2:] for row in cells(pair, "lines")] == [(None, None), (None, None), (0, None)]


def test_a_pair_event_by_event_with_evidence(small: cg.Release) -> None:
    pair = cg.reciprocity_sheet(small, "urn:b", "Cusco")
    assert cells(pair, "balance")[0][1:8] == (3, 1, 1, 0.5, 0.5, 0.0, 1.0)
    told = [(row[0], row[3:7], row[9:12]) for row in cells(pair, "actions")]
    assert told == [
        ("urn:e4", ("yes", "no", "yes", "no"), ("nothing-passed", 0.0, 0.0)),
        ("urn:e3", ("no", "yes", "no", "yes"), ("nothing-passed", 0.0, 0.0)),
        ("urn:e2", ("yes", "yes", "yes", "yes"), ("gave-and-got", 0.5, 0.5)),
    ]
    row = pair.table("actions").rows[0]
    assert (row.sources, row.evidence) == (("urn:source:two",), ("urn:e4b", "urn:e4c"))
    assert cells(pair, "in-kind") == [
        ("urn:c", "urn:e4", "two experts", ("urn:a",), (), (), None)
    ]  # fmt: skip
    assert cells(pair, "paid") == [] and "partners" not in [table.key for table in pair.tables]


def test_one_way_and_how_many_only_because_roles_are_unknown(whole: Dossier) -> None:
    rows = {row[0]: row[1:] for row in cells(whole, "one-way")}
    assert rows == {
        "urn:e": ("only-gives", 1, 1, 1.0, 0.0, True, 1.0),
        "urn:h": ("only-gives", 1, 0, 1.0, 0.0, False, None),
        "urn:g": ("only-receives", 1, 1, 0.0, 1.0, True, 1.0),
        "urn:i": ("only-receives", 1, 0, 0.0, 1.0, False, None),
    }
    assert said(whole, "one-way") == [
        ("only-gives-count", 2, 2, 1),
        ("only-receives-count", 2, 2, 1),
        ("nothing-documented-count", 1, 1, 0),
        ("both-ways-count", 3, 3, 0),
    ]


def test_unknown_roles_as_a_yes(small: cg.Release) -> None:
    found = cg.reciprocity_sheet(small, unknown="both")
    assert {row[0] for row in cells(found, "one-way")} == {"urn:h", "urn:i"}
    assert said(found, "one-way")[-1] == ("both-ways-count", 5, 5, 2)
    assert [row[0] for row in cells(found, "whole")] == ["unknown-both", "unknown-exclude"]


def test_derived_roles_left_out(small: cg.Release) -> None:
    """Without B's derived part in e1, A gives and receives 1 less there."""
    found = cg.reciprocity_sheet(small, "avila", certainty="stated")
    assert [row[4:6] for row in cells(found, "balance")] == [(2.0, 3.0), (3.0, 4.0)]
    told = {row[0]: row[6:9] for row in cells(found, "actions")}
    assert told["urn:e1"] == ("roles-unknown", None, None)  # not zero
    pair = cg.reciprocity_sheet(small, "avila", "braga", certainty="stated")
    flags = {row[0]: row[3:7] for row in cells(pair, "actions")}
    assert flags["urn:e1"] == ("yes", "yes", "unknown", "unknown")
    assert {row[0]: row[12] for row in cells(pair, "actions")}["urn:e1"] == 0  # no other city in it


def test_horizontality_of_the_whole(whole: Dossier) -> None:
    """Of 10 AB 2 and 2, AC 1 and 1, BC 1/2 and 1/2 come back; with unknown roles as a yes EG 1 and 1 too."""
    strict, open_ = cells(whole, "whole")
    assert strict[:6] == ("unknown-exclude", 6, 7, 5, 3, 0.7)
    assert open_[:6] == ("unknown-both", 6, 7, 5, 4, round(9 / 11, 12))
    assert whole.table("whole").rows[0].evidence == tuple(f"urn:e{n}" for n in (1, 2, 3, 4, 6, 7))


def test_two_cities_have_no_chance_to_be_beyond() -> None:
    import rdflib

    text = """@prefix : <urn:> . @prefix coop: <https://w3id.org/coopgraph/ns#> .
    @prefix schema: <https://schema.org/> .
    @prefix is: <https://w3id.org/coopgraph/concept/answer/> .
    [] coop:event :e ; coop:participant :a ; coop:contributes is:yes ; coop:benefits is:no .
    [] coop:event :e ; coop:participant :b ; coop:contributes is:no ; coop:benefits is:yes .
    :e a coop:Action ; schema:startDate "2016" ; schema:endDate "2016" ."""
    with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
        found = cg.reciprocity_sheet(release)
    assert cells(found, "whole")[0][1:] == (1, 2, 1, 0, 0.0, None, None, None, None)
    assert [row[3:] for row in cells(found, "over-time")] == [(1, 0, 0.0, None, None)]


def test_horizontality_over_time(whole: Dossier, small: cg.Release) -> None:
    rows = cells(whole, "over-time")
    assert [row[:6] for row in rows] == [
        ("2016", 2, 3, 3, 3, 1.0),
        ("2017", 3, 5, 4, 3, 0.6),
        ("2018", 1, 3, 2, 0, 0.0),
    ]
    assert rows[2][6:] == (0.0, 0.0)  # who receives gives nothing, so by chance nothing comes back either
    assert said(whole, "over-time") == [("windows", 1), ("not-in-years", 7, 2, 7)]
    assert whole.records("over-time")[2]["returned"] == Interval(0.0)  # a single action has no range


def test_over_time_is_what_each_year_alone_would_be(bundled: cg.Release, all_of_it: Dossier) -> None:
    rows = {row[0]: row for row in cells(all_of_it, "over-time")}
    for year in ("2014", "2019", "2025"):
        G = cg.exchange_graph(bundled, period=(year, year))
        excess = cg.reciprocity_excess(G, replicates=0)
        assert excess is not None
        told = rows[year]
        assert (*told[4:5], round(told[5], 6), *told[6:]) == (
            sum(G.has_edge(v, u) for u, v in G.edges) // 2,
            *(round(value, 6) for value in (excess.observed, excess.expected, excess.rho)),
        )


@pytest.mark.parametrize("unknown", ["exclude", "both"])
def test_every_sheet_sums_to_the_ranking_to_the_last_digit(bundled: cg.Release, unknown: Any) -> None:
    facts = gathered(bundled, Reading(unknown, "any", Loss()))
    ranked = cg.rank(bundled, unknown=unknown).table.to_pylist()
    assert len(ranked) == 140
    check_against(facts, ranked)


def check_against(facts: Facts, ranked: list[dict[str, Any]]) -> None:
    """What each city gave and received, by partner and by action, sums to what the ranking has."""
    mine = {row["city"]: by_partner(facts.read.terms, row["city"]) for row in ranked}
    told = all_figures({city: together(parts.values()) for city, parts in mine.items()}, Loss(replicates=1))
    for row in ranked:
        found = told[row["city"]]
        balance = found.balance.value if found.balance else None
        assert (found.given, found.received, balance) == (row["given"], row["received"], row["balance"])
        assert len(mine[row["city"]]) == row["partners"]


def test_ranges_are_those_of_ranges(bundled: cg.Release, all_of_it: Dossier) -> None:
    expected = {row["city"]: row for row in cg.ranges(bundled, measure="balance").table.to_pylist()}
    sheet = cg.reciprocity_sheet(bundled, "medellin")
    (row, *_) = sheet.records("balance")
    own = expected[f"{CITY}medellin"]
    assert (row["balance"].low, row["balance"].high) == (own["score_low"], own["score_high"])
    for line in all_of_it.records("cities"):
        one = line["balance"]
        if one is not None and one.low is not None:
            assert (one.low, one.high) == tuple(expected[line["city"]][f"score_{e}"] for e in ("low", "high"))


@drawn(
    st.dictionaries(
        st.text(min_size=1, max_size=3),
        st.tuples(st.integers(0, 5).map(float), st.integers(0, 5).map(float)),
        max_size=6,
    ),
    st.integers(0, 3),
)
def test_a_range_is_what_was_reached_in_the_networks_drawn(
    passed: dict[str, tuple[float, float]], seed: int
) -> None:
    loss = Loss(replicates=40, seed=seed)
    found = balance_ranges({"x": passed}, loss)["x"]
    flowing = {event: pair for event, pair in passed.items() if any(pair)}
    kept = draws(keys(flowing, seed), 0, 40) < loss.keep
    reached = []
    for network in kept.T:
        pairs = [pair for pair, is_kept in zip(flowing.values(), network, strict=True) if is_kept]
        gave, got = (sum(Fraction(pair[side]) for pair in pairs) for side in (0, 1))
        if gave + got:
            reached.append((gave - got) / (gave + got))
    if len(flowing) < 2 or not reached:
        assert found is None
        return
    reached.sort()
    ends = (reached[-(-percent * len(reached) // 100) - 1] for percent in (5, 95))
    assert found == pytest.approx(tuple(map(float, ends)), abs=1e-12)


def test_bundled_counted_from_the_files(all_of_it: Dossier, root: Path) -> None:
    """Flows made again from the CSV, in fractions."""
    actions: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    with (root / "data" / "participations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            actions[row["action"]][row["city"]] = (row["contributes"], row["benefits"])
    gave: dict[str, Fraction] = defaultdict(Fraction)
    got: dict[str, Fraction] = defaultdict(Fraction)
    for cities in actions.values():
        for giver, (contributes, _) in cities.items():
            others = [city for city, flags in cities.items() if flags[1] == "yes" and city != giver]
            for receiver in others if contributes == "yes" else ():
                gave[giver] += Fraction(1, len(others))
                got[receiver] += Fraction(1, len(others))
    found = all_of_it
    rows = {row["city"].rsplit("/", 1)[1]: row for row in found.records("cities")}
    assert len(rows) == 140
    for city, told in rows.items():
        assert (told["given"], told["received"]) == pytest.approx((float(gave[city]), float(got[city])))
        assert told["unknown-roles"] == sum("unknown" in cities.get(city, ()) for cities in actions.values())
    one_way = {row["city"].rsplit("/", 1)[1]: row["stands"] for row in found.records("one-way")}
    assert one_way == {
        **{city: "only-gives" for city in gave if gave[city] and not got[city]},
        **{city: "only-receives" for city in got if got[city] and not gave[city]},
    }
    assert one_way.keys() == {"montevideo", "cadiz", "havana", "navolato", "san-jose", "valparaiso"}
    assert all(row["only-unknown"] for row in found.records("one-way"))
    told = {note.key: note.values for note in found.unknown}
    assert (told["roles"]["count"], told["roles"]["of"]) == (248, 354)
    assert (told["idle"]["count"], told["idle"]["of"]) == (33, 173)
    assert found.tables[-1].rows == () and found.tables[-1].empty == "no-in-kind-stated"


def test_rows_lead_back_to_the_files(bundled: cg.Release) -> None:
    pair = cg.reciprocity_sheet(bundled, "Barcelona", "Medellín")
    row = next(row for row in pair.table("actions").rows if row.cells[0].endswith("bcn-cali-libraries"))
    places = {place.title for iri in row.evidence for place in bundled.evidence(iri).rows}
    assert places == {"participations.csv"} and len(row.evidence) == 2
    assert row.cells[10:12] == (0.5, 0.5)


def test_urbact(shared_data: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    import shutil

    folder = tmp_path_factory.mktemp("urbact") / "urbact"
    shutil.copytree(root / "examples" / "urbact", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(folder, settings={"data": str(shared_data / "urbact")})
    with cg.open(folder) as release:
        facts = gathered(release, Reading("exclude", "any", Loss()))
        ranked = cg.rank(release).table.to_pylist()
        assert len(ranked) == 591 and facts.other is facts.read
        check_against(facts, ranked)


def test_nothing_known_is_said_not_zero(small: cg.Release) -> None:
    found = cg.reciprocity_sheet(small, "faro")
    assert cells(found, "balance")[0] == ("unknown-exclude", 0, *[None] * 8, "nothing-documented")
    assert found.unknown[0].key == "idle-city"
    pair = cg.reciprocity_sheet(small, "avila", "faro")
    assert pair.unknown[0].key == "idle-pair" and not pair.table("actions").rows


def test_a_release_without_anything() -> None:
    import rdflib

    with cg.open(rdflib.Graph()) as release:
        found = cg.reciprocity_sheet(release)
    assert cells(found, "whole")[0][1:] == (0, 0, 0, 0, None, None, None, None, None)
    assert [table.key for table in found.tables if table.rows] == ["whole"]
    assert "no está documentada" not in str(found.to("es"))


def test_wrong_use_is_told(small: cg.Release) -> None:
    with pytest.raises(cg.ProjectionError, match="Neither city is found") as caught:
        cg.reciprocity_sheet(small, "Avlia", "Nowhere")
    told = [fault.what for fault in caught.value.faults]
    assert told[0] == "No city is called 'Avlia'." and told[1].startswith("Near it: Ávila")
    assert told[2:] == ["No city is called 'Nowhere'."]
    with pytest.raises(cg.ProjectionError, match="No city is called 'Nowhere'"):
        cg.reciprocity_sheet(small, "avila", "Nowhere")
    with pytest.raises(cg.ProjectionError, match="no sheet of such a pair"):
        cg.reciprocity_sheet(small, "avila", "urn:a")
    with pytest.raises(cg.ProjectionError, match="no sheet of such a pair"):
        cg.reciprocity_sheet(small, partner="avila")
    with pytest.raises(cg.ProjectionError, match="unknown"):
        cg.reciprocity_sheet(small, unknown="maybe")  # type: ignore[arg-type]
    with pytest.raises(cg.MeasureError, match="replicates=0"):
        cg.reciprocity_sheet(small, replicates=0)


def test_written_without_a_word_missing(small: cg.Release, whole: Dossier, avila: Dossier) -> None:
    pair = cg.reciprocity_sheet(small, "avila", "braga", unknown="both", certainty="stated")
    for found in (whole, avila, pair, cg.reciprocity_sheet(small, "faro")):
        for lang in LANGUAGES:
            told = found.to(lang)
            assert told.title and len(told.tables) == len(found.tables)
    again = cg.reciprocity_sheet(small, "avila")
    assert again == avila  # drawn again, the same
