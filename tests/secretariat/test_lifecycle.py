"""The life of agreements: each table on a workspace worked out by hand, and the bundled files counted."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.languages import LANGUAGES
from coopgraph.secretariat.dossier import Dossier

ID = "https://w3id.org/coopgraph/id/"
PREFIXES = """
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix kind: <https://w3id.org/coopgraph/concept/agreement-kind/> .
@prefix city: <https://w3id.org/coopgraph/id/city/> .
@prefix action: <https://w3id.org/coopgraph/id/action/> .
@prefix result: <https://w3id.org/coopgraph/id/result/> .
@prefix : <https://w3id.org/coopgraph/id/agreement/> .
"""
CITIES = "abcdefgh"
PROGRAMME = "integral-cooperation-programme"


def day(text: str) -> str:
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]
    return f'"{text}"^^xsd:{kind}'


def agreement(name: str, cities: str, kind: str = "twinning", **stated: str) -> str:
    """An agreement; `signed`, `start`, `end` are dates, `renews` and `evolved` names."""
    terms = {"signed": "coop:signedOn", "start": "schema:startDate", "end": "schema:endDate"}
    said = [f"{terms[key]} {day(text)}" for key, text in stated.items() if key in terms]
    said += [f"coop:{key} :{stated[key]}" for key in ("renews", "evolvedFrom") if key in stated]
    said += [f"coop:party city:{city}" for city in cities]
    said += ["a coop:Agreement", f'skos:prefLabel "{name}"', f"coop:agreementKind kind:{kind}"]
    return f":{name} {' ; '.join(said)} .\n"


def action(name: str, cities: str, start: str = "", end: str = "", under: str = "") -> str:
    said = ["a coop:Action", f'skos:prefLabel "{name}"']
    said += [f"schema:startDate {day(start)}"] if start else []
    said += [f"schema:endDate {day(end)}"] if end else []
    said += [f"coop:underAgreement :{under}"] if under else []
    parts = [
        f"[] a coop:Participation ; coop:event action:{name} ; coop:participant city:{city} .\n"
        for city in cities
    ]
    return f"action:{name} {' ; '.join(said)} .\n{''.join(parts)}"


def result(name: str, of: str, *measured: str) -> str:
    """A result, and measurements of it: what each states beside its result."""
    said = f'result:{name} a coop:Result ; skos:prefLabel "{name}" ; coop:resultOf {of} .\n'
    each = (f"[] a coop:Measurement ; coop:measuresResult result:{name} ; {one} .\n" for one in measured)
    return said + "".join(each)


TURTLE = PREFIXES + "".join(
    [
        *(f'city:{city} a coop:City ; skos:prefLabel "{city.upper()}" .\n' for city in CITIES),
        # states on 2026-06-15
        agreement("in-force", "ab", signed="2020-01-01", end="2026-06-15"),
        agreement("year", "ac", signed="2020", end="2026"),
        agreement("month", "ad", start="2021-02", end="2027-06"),
        agreement("far", "ae", signed="2020-01-01", end="2030"),
        agreement("over", "bc", signed="2010", end="2026-06-14"),
        agreement("old", "bd", signed="1990", end="2026-12-31"),
        agreement("new", "bd", signed="2026-01-01", renews="old", end="2029"),
        agreement("next", "ae", signed="2026-01-01", start="2030", renews="far"),
        agreement("undated", "be"),
        agreement("future", "bf", start="2027"),
        # quiet or not
        agreement("silent", "cd", signed="2015"),
        agreement("acted", "ce", signed="2015-05-01"),
        agreement("between", "cf", signed="2015-05-01"),
        agreement("coarse", "cg", signed="2015-05-01"),
        agreement("unknown", "ch", signed="2015-05-01"),
        agreement("edge", "dh", signed="2015-05-01"),
        agreement("young", "de", signed="2024-06-16"),
        agreement("straddles", "df", signed="2024"),
        action("under", "c", start="2024-06-16", under="acted"),
        action("pair", "cf", start="2020-03", end="2024-06-16"),
        action("before", "cd", start="2023-01-10"),
        action("too-early", "cd", start="2001"),
        action("assembly", "abcdefgh", start="2026-01-01"),
        action("a-year", "cg", start="2024"),
        action("no-date", "ch"),
        action("just-before", "dh", start="2024-06-15"),
        # memoranda
        agreement("memo-stated", "gh", "memorandum", signed="2016-03"),
        agreement("programme", "gh", PROGRAMME, signed="2018", evolvedFrom="memo-stated"),
        agreement("memo-likely", "fg", "memorandum", signed="2016-03"),
        agreement("beside", "fg", PROGRAMME, signed="2019"),
        agreement("memo-alone", "eh", "memorandum", signed="2016-03"),
        agreement("earlier", "eh", PROGRAMME, signed="2010"),
        action("of-programme", "gh", start="2019", under="programme"),
        # results
        result("plan", ":memo-stated", f"schema:startDate {day('2019')} ; coop:actual 1.0"),
        result("trained", "action:of-programme", "coop:target 40.0 ; coop:actual 0.0", "coop:target 50.0"),
        result("words", "action:of-programme", 'coop:actual "adopted"', f"schema:startDate {day('2030')}"),
        result("to-come", "action:of-programme", f"coop:target 9.0 ; schema:startDate {day('2027')}"),
        result("hoped", "action:under", "coop:target 9.0"),
        result("elsewhere", "action:pair"),
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    path = tmp_path_factory.mktemp("lifecycle") / "made.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    with cg.open(path) as release:
        yield release


@pytest.fixture(scope="module")
def told(release: cg.Release) -> Dossier:
    return cg.lifecycle(release, "2026-06-15")


def short(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(short, value))
    return value.rsplit("/", 1)[-1] if isinstance(value, str) else value


def cells(told: Dossier, table: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(short(record[column]) for column in columns) for record in told.records(table)]


def pairs(told: Dossier, table: str, key: str, value: str) -> dict[object, object]:
    return {row[0]: row[1] for row in cells(told, table, key, value)}


def test_each_agreement_is_in_a_state_or_not_certain(told: Dossier) -> None:
    found = pairs(told, "agreements", "agreement", "state")
    assert {name for name, state in found.items() if state == "in-force"} == {
        "in-force",
        "month",
        "far",
        "new",
    }
    assert {name for name, state in found.items() if state == "not-certain"} == {"year"}
    assert (found["over"], found["old"], found["undated"], found["future"], found["next"]) == (
        "expired", "renewed", "date-not-stated", "not-yet-in-force", "not-yet-in-force",
    )  # fmt: skip
    assert (found["memo-stated"], found["memo-likely"]) == ("replaced", "end-not-stated")
    counted = pairs(told, "states", "state", "agreements")
    assert counted == {
        "in-force": 4, "not-yet-in-force": 2, "end-not-stated": 13, "renewed": 1, "replaced": 1, "expired": 1,
        "not-certain": 1, "date-not-stated": 1,
    }  # fmt: skip
    assert sum(
        share for (share,) in cells(told, "states", "share") if isinstance(share, float)
    ) == pytest.approx(1)


def test_it_is_said_what_else_it_can_be_and_how_long_that_holds(told: Dossier) -> None:
    found = {row[0]: row[1:] for row in cells(told, "agreements", "agreement", "could-be", "since", "until")}
    assert found["year"] == (("in-force", "expired"), "2026-01-02", "2026-12-31")
    assert found["in-force"] == ((), "2020-01-01", "2026-06-15")
    assert found["silent"] == ((), "2015-12-31", None)
    assert found["undated"] == ((), None, None)


def test_ends_to_come_soon(told: Dossier, release: cg.Release) -> None:
    """`old` ends soon and is renewed; `far` ends later; `over` ended yesterday."""
    columns = ("agreement", "end", "earliest", "latest", "days")
    assert cells(told, "soon", *columns) == [
        ("in-force", "2026-06-15", "2026-06-15", "2026-06-15", 0),
        ("year", "2026", "2026-01-01", "2026-12-31", 199),
        ("month", "2027-06", "2027-06-01", "2027-06-30", 380),
    ]
    nearer = cg.lifecycle(release, date(2026, 6, 15), soon_months=11)
    assert [name for (name,) in cells(nearer, "soon", "agreement")] == ["in-force", "year"]
    farther = cg.lifecycle(release, "2026-06-15", soon_months=60)
    assert ("far", ("next",)) in cells(farther, "soon", "agreement", "taken-up"), "its renewal has not begun"


def test_what_is_quiet_for_24_months(told: Dossier) -> None:
    """Since 2024-06-15: `before` is the last of `silent`; an assembly of eight is not an action of two."""
    found = {
        row[0]: row[1:]
        for row in cells(told, "quiet", "agreement", "last-action", "last-day", "months", "met")
    }
    assert found["silent"] == ("before", "2023-01-10", 41, 1)
    assert found["edge"] == ("just-before", "2024-06-15", 24, 1), "on the day 24 months before"
    assert found["in-force"] == (None, None, 77, 1)
    assert found["programme"] == ("of-programme", "2019", 77, 1)
    assert list(found) == sorted(found, key=lambda name: (-int(str(found[name][2])), name))
    assert cells(told, "active", "agreement", "last-action", "how", "took-part") == [
        ("acted", "under", "actions", 1),
        ("between", "pair", "shared-actions", 2),
    ]
    assert cells(told, "unjudged", "agreement", "why", "doubtful") == [
        ("coarse", "actions-coarse", ("a-year",)),
        ("straddles", "begin-coarse", ()),
        ("undated", "dates-missing", ()),
        ("unknown", "actions-undated", ("no-date",)),
    ]
    assert told.table("quiet").notes[0].values == {"n": 2}, "`young` and `new`"


def test_quiet_follows_the_months_asked(release: cg.Release) -> None:
    longer = cg.lifecycle(release, "2026-06-15", quiet_months=42)
    assert ("silent", "before") in cells(longer, "active", "agreement", "last-action")
    shorter = cg.lifecycle(release, "2026-06-15", quiet_months=23)
    assert {"acted", "between"} <= {name for (name,) in cells(shorter, "quiet", "agreement")}


def test_memoranda_without_a_programme(told: Dossier, release: cg.Release) -> None:
    """A programme signed before the memorandum did not come of it."""
    assert cells(told, "memoranda", "agreement", "became", "programme") == [
        ("memo-alone", "none-documented", None),
        ("memo-likely", "same-parties", "beside"),
    ]
    before = cg.lifecycle(release, "2017-01-01")
    assert [name for (name,) in cells(before, "memoranda", "agreement")] == [
        "memo-alone",
        "memo-likely",
        "memo-stated",
    ]


def test_the_chain_knows_no_later_action(release: cg.Release) -> None:
    then = cells(cg.lifecycle(release, "2018-06-01"), "chain", "memorandum", "later", "actions", "reaches")
    assert ("memo-stated", "programme", (), "programme") in then
    assert not [row for row in then if "acted" in row], "its action is of 2024"


def test_the_chain_is_followed_as_far_as_documented(told: Dossier) -> None:
    assert cells(told, "chain", "memorandum", "later", "link", "actions", "shared", "reaches") == [
        ("memo-alone", None, None, (), (), "memorandum"),
        ("memo-likely", "beside", "same-parties", (), (), "programme"),
        ("memo-stated", "programme", "stated", ("of-programme",), (), "results"),
        (None, "acted", None, ("under",), (), "actions"),
        (None, "earlier", None, (), (), "programme"),
    ]


def test_a_chain_ends_with_results_and_an_aim_is_none(told: Dossier) -> None:
    """`to-come` is of a period after the day; of `hoped` a target is stated and no value reached."""
    found = cells(told, "chain", "later", "results", "aimed", "reaches")
    assert [row for row in found if row[1]] == [
        ("programme", ("plan", "trained", "words"), 0, "results"),
        ("acted", ("hoped",), 1, "actions"),
    ]
    row = told.table("chain").rows[2]
    assert [one.rsplit("/", 1)[1] for one in row.evidence] == [
        *("memo-stated", "programme", "of-programme", "plan", "trained", "words"),
    ]
    assert [note.key for note in told.table("chain").notes] == ["reported-whole"]
    said = {one.key: (one.values["n"], one.values["all"]) for one in told.unknown if "results" in one.key}
    assert said == {"results-aimed": (1, 5), "results-loose": (1, 5)}
    assert told.to("en").unknown[-2:] == (
        "1 of 5 results states a target and no value reached: nobody says that it was reached.",
        "1 of 5 results came of what is under no agreement of a chain.",
    )


def test_the_bundled_agreements_by_the_files_themselves(bundled: cg.Release, root: Path) -> None:
    """94 of 100 state no end; none of these is in force, on any day."""
    with (root / "data" / "agreements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    endless = {row["id"] for row in rows if not row["end"]}
    assert (len(rows), len(endless)) == (100, 94)
    told = cg.lifecycle(bundled)
    assert told.now == "2026-11-22"
    assert Counter(state for (state,) in cells(told, "agreements", "state")) == {
        "end-not-stated": 72, "date-not-stated": 20, "expired": 4, "renewed": 3, "in-force": 1,
    }  # fmt: skip
    for when in ("1990-01-01", "2012-06-01", "2016-06-01", "2026-11-22"):
        then = cg.lifecycle(bundled, when)
        held = {
            name for name, state in cells(then, "agreements", "agreement", "state") if state == "in-force"
        }
        assert not held & endless
    sizes = {table.key: len(table.rows) for table in told.tables}
    assert sizes == {
        "states": 8, "soon": 0, "quiet": 60, "active": 2, "unjudged": 27, "memoranda": 7, "chain": 13,
        "agreements": 100,
    }  # fmt: skip
    said = {one.key: one.values.get("n") for one in told.unknown}
    assert [note.key for note in told.table("chain").notes] == ["no-results", "reported-whole"]
    assert said == {
        "no-end": 94, "no-date": 20, "renewal-unnamed": 2, "actions-undated": 46, "actions-loose": 94,
        "documented": None, "results": 10,
    }  # fmt: skip
    assert all(row.sources for row in told.table("agreements").rows)
    row = told.table("agreements").rows[0]
    place = bundled.evidence(row.evidence[0]).rows[0]
    assert (
        rows[(place.row or 0) - 2]["id"]
        == row.evidence[0].rsplit("/", 1)[-1]
        == "santo-domingo-buenos-aires-2025"
    )


def test_where_nothing_is_stated_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "bare.ttl"
    said = (
        ":x a coop:Agreement ; coop:party city:a .",
        ":y a coop:Agreement ; coop:agreementKind kind:memorandum .",
        "action:z a coop:Action .",
    )
    bare = PREFIXES + "\n".join(said)
    path.write_text(bare, encoding="utf-8")
    with cg.open(path) as release:
        told = cg.lifecycle(release, "2020-01-01")
    assert cells(told, "agreements", "agreement", "state", "parties") == [("y", "date-not-stated", ())]
    assert {one.key for one in told.unknown} >= {
        "without-kind",
        "no-end",
        "no-date",
        "actions-undated",
        "results-none",
    }
    empty = tmp_path / "empty.ttl"
    empty.write_text(PREFIXES + 'city:a a coop:City ; skos:prefLabel "A" .\n', encoding="utf-8")
    with cg.open(empty) as release:
        told = cg.lifecycle(release, "2020-01-01")
    assert [len(told.table(key).rows) for key in ("states", "soon", "agreements", "chain")] == [8, 0, 0, 0]
    assert all(str(told.to(lang)) for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_written_in_three_languages(told: Dossier, lang: str) -> None:
    written = told.to(lang)
    text = [written.title, written.lead, *written.rests_on, *written.unknown]
    text += [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert all(text) and not any("{" in one or one.startswith(("said.", "word.")) for one in text)


def test_every_fault_of_what_is_asked_is_told(release: cg.Release) -> None:
    with pytest.raises(cg.ProjectionError) as raised:
        cg.lifecycle(release, "2026-13-01", quiet_months=0, soon_months=5000)
    assert len(raised.value.faults) == 3
