"""What does not fit, by hand on few statements and in the bundled files; judged, kept and not asked again."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import coopgraph as cg
from coopgraph.cli import main
from coopgraph.errors import ConfigError, SourceError
from coopgraph.languages import LANGUAGES
from coopgraph.secretariat.dossier import Dossier

HEAD = """
@prefix : <https://example.org/id/city/> . @prefix s: <https://example.org/id/agreement/> .
@prefix e: <https://example.org/id/action/> . @prefix m: <https://example.org/id/money/> .
@prefix p: <https://example.org/id/part/> . @prefix graph: <https://example.org/graph/> .
@prefix source: <https://example.org/id/source/> . @prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix kind: <https://w3id.org/coopgraph/concept/agreement-kind/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix country: <https://w3id.org/coopgraph/country/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix org: <http://www.w3.org/ns/org#> .
graph:one prov:hadPrimarySource source:one . graph:two prov:hadPrimarySource source:two .
source:one a coop:Source ; dcterms:title "One" . source:two a coop:Source ; dcterms:title "Two" .
"""


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """What is to be judged in a few statements: kind, about, what, values, who says which, sources."""

    def looked(text: str) -> list[tuple[Any, ...]]:
        file = tmp_path / "few.trig"
        file.write_text(HEAD + text, encoding="utf-8")
        with cg.open(file) as release:
            told = cg.declared(release)
        return [
            (
                row["kind"],
                *(iri.rsplit("/", 1)[-1] for iri in row["about"]),
                row["what"],
                row["values"],
                row["said-by"],
            )
            for row in told.records("review")
        ]

    return looked


Found = Callable[[str], list[tuple[Any, ...]]]


@pytest.mark.parametrize(
    ("here", "there", "values"),
    [("1990", "1991", "1990; 1991"), ("1990", "1990-05", None), ("1990-05", "1990-06", "1990-05; 1990-06")],
)
def test_dates_of_two_sources(found: Found, here: str, there: str, values: str | None) -> None:
    text = (
        f'graph:one {{ s:a a coop:Agreement ; coop:party :lima, :quito ; coop:signedOn "{here}" . }}'
        f'graph:two {{ s:a coop:signedOn "{there}" . }}'
    )
    expected = [("signed-differs", "a", None, values, f"{here}: One; {there}: Two")] if values else []
    assert found(text) == expected


def test_a_membership_is_told_by_who_is_in_what(found: Found) -> None:
    text = """
    p:m a org:Membership ; org:member :lima ; org:organization p:net ; org:memberDuring p:during .
    graph:one { p:during schema:startDate "1982" . } graph:two { p:during schema:startDate "1983" . }
    """
    assert found(text) == [("start-differs", "lima", "net", None, "1982; 1983", "1982: One; 1983: Two")]


def test_what_a_city_denies_is_asked(found: Found) -> None:
    text = """
    graph:one { p:m a org:Membership ; org:member :lima ; org:organization p:net ; org:role kind:president . }
    graph:two { p:m a org:Membership ; skos:note "No" ; coop:deniedBy :lima . }
    """
    assert found(text) == [("denied", "lima", "net", None, "yes; no", "yes: One; no: Two")]
    remark = 'graph:three { p:m a org:Membership ; skos:note "See the minutes" . }'
    assert found(text + remark) == found(text), "who remarks on it does not state it"
    text = text.replace("coop:deniedBy :lima", 'coop:deniedValue "Role: president"@en')
    assert found(text) == [("value-denied", "lima", "net", "Role: president", "yes; no", "no: Two")]


def test_what_is_denied_is_told_by_what_it_is(found: Found) -> None:
    text = """
    graph:one {
      m:a a coop:Money ; coop:about s:a ; coop:amountKind kind:granted ; schema:value 900.5 .
      m:a schema:currency "EUR" .
      p:i a coop:Interest ; coop:interestOf :lima ; coop:seeks <http://metadata.un.org/sdg/13.1> .
    }
    graph:two { m:a a coop:Money ; coop:deniedBy :lima . p:i a coop:Interest ; coop:deniedBy :lima . }
    """
    assert found(text) == [
        ("denied", "a", "granted 900.5 EUR", "yes; no", "yes: One; no: Two"),
        ("denied", "13.1", "lima", None, "yes; no", "yes: One; no: Two"),
    ]


def test_two_numbers_of_inhabitants(found: Found) -> None:
    text = (
        "graph:one {{ :lima a coop:City ; coop:population {} . }} graph:two {{ :lima coop:population {} . }}"
    )
    assert found(text.format(7737, 7737002)) == [
        ("population-differs", "lima", None, "7737; 7737002", "7737: One; 7737002: Two")
    ]
    assert not found(text.format(7737002, 7737002))


def test_amounts_of_two_sources(found: Found) -> None:
    amount = (
        "m:{name} a coop:Money ; coop:about s:a ; coop:amountKind kind:planned ; "
        "schema:currency '{currency}' ; schema:value {value} ."
    )
    one = amount.format(name="a", currency="EUR", value="900.0")
    assert found(
        f"graph:one {{ {one} }} graph:two {{ {amount.format(name='b', currency='EUR', value='959.5')} }}"
    ) == [("amounts-differ", "a", "planned EUR", "900; 959.5", "900: One; 959.5: Two")]
    assert not found(
        f"graph:one {{ {one} }} graph:two {{ {amount.format(name='b', currency='USD', value='959.5')} }}"
    )
    assert not found(f"graph:one {{ {one} {amount.format(name='b', currency='EUR', value='959.5')} }}"), (
        "two of one source"
    )


def agreement(name: str, more: str = "", parties: str = ":lima, :quito", of: str = "twinning") -> str:
    return f"s:{name} a coop:Agreement ; coop:party {parties} ; coop:agreementKind kind:{of} {more} .\n"


@pytest.mark.parametrize(
    ("first", "second", "suspected"),
    [
        (agreement("a", '; coop:signedOn "1990"'), agreement("b", '; coop:signedOn "1990-05"'), True),
        (agreement("a", '; coop:signedOn "1990"'), agreement("b", '; coop:signedOn "1991"'), False),
        (agreement("a", '; coop:signedOn "1990"'), agreement("b"), True),
        (agreement("a"), agreement("b", of="memorandum"), False),
        (agreement("a"), agreement("b", parties=":lima, :quito, :cusco"), False),
        (agreement("a"), agreement("b", "; coop:renews s:a"), False),
        (
            agreement("a", "; prov:wasAttributedTo :lima"),
            agreement("b", "; prov:wasAttributedTo :quito"),
            False,
        ),
        (
            agreement("a", "; prov:wasAttributedTo :lima"),
            agreement("b", "; prov:wasAttributedTo :lima"),
            True,
        ),
    ],
)
def test_agreements_that_may_be_one(found: Found, first: str, second: str, *, suspected: bool) -> None:
    kinds = [row[:3] for row in found(first + second) if row[0] == "same-agreement"]
    assert kinds == ([("same-agreement", "a", "b")] if suspected else [])


@pytest.mark.parametrize(
    ("title", "cities", "more", "suspected"),
    [
        ("Exchange of urban gardens", "ab", "", True),
        ("Exchange on urban gardens", "ac", "", False),
        ("Exchange on public libraries", "ab", "", False),
        ("Exchange on urban gardens 2", "ab", "", False),
        ("Exchange of urban gardens", "ab", "; coop:actionPartOf e:x ; dcterms:isPartOf e:x", False),
        ("Exchange of urban gardens", "ab", '; schema:startDate "2019"', False),
    ],
)
def test_actions_that_may_be_one(
    found: Found, title: str, cities: str, more: str, *, suspected: bool
) -> None:
    def action(name: str, title: str, cities: str, more: str) -> str:
        parts = "".join(
            f"p:{name}{c} a coop:Participation ; coop:event e:{name} ; coop:participant :{c} .\n"
            for c in cities
        )
        return f'e:{name} a coop:Action ; skos:prefLabel "{title}"@en {more} .\n{parts}'

    text = action("x", "Exchange on urban gardens", "ab", '; schema:startDate "2018"') + action(
        "y", title, cities, more
    )
    assert found(text) == ([("same-action", "x", "y", None, "2018", "2018: few")] if suspected else [])


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ("wgs84:lat 0.05 ; wgs84:long 0.0 ; coop:country country:EC", "5.6 km"),
        ("wgs84:lat 0.1 ; wgs84:long 0.0 ; coop:country country:EC", ""),
        ("coop:country country:EC", None),
        ("coop:country country:PE", ""),
    ],
)
def test_cities_that_may_be_one(found: Found, other: str, what: str | None) -> None:
    text = f"""
    :a a coop:City ; skos:prefLabel "San José"@es ; wgs84:lat 0.0 ; wgs84:long 0.0 ; coop:country country:EC .
    :b a coop:City ; skos:prefLabel "San Jose"@en ; {other} .
    """
    assert found(text) == ([] if what == "" else [("same-city", "a", "b", what, None, None)])


def test_what_one_side_says(found: Found) -> None:
    both = agreement("b", "; prov:wasAttributedTo :quito", of="memorandum")
    text = agreement("a", '; prov:wasAttributedTo :lima ; coop:signedOn "1990"') + both
    assert found(text) == [
        ("one-sided", "lima", "quito", "twinning", "1990", "1990: lima (few)"),
        ("one-sided", "quito", "lima", "memorandum", None, "quito (few)"),
    ]


LISTS = """
graph:l prov:hadPrimarySource source:l . source:l a coop:Source ; dcterms:title "L" ;
  prov:wasAttributedTo :lima .
graph:press { s:a a coop:Agreement ; coop:party :lima, :quito .
  s:b a coop:Agreement ; coop:party :lima, :rio .
  s:c a coop:Agreement ; coop:party :lima, :quito, :rio, :cusco ; coop:agreementKind kind:twinning . }
"""
QUITOS = """
graph:q prov:hadPrimarySource source:q . source:q a coop:Source ; dcterms:title "Q" ;
  prov:wasAttributedTo :quito .
graph:q { :quito a coop:City . }
"""
REMARKS = "graph:l { s:a a coop:Agreement ; skos:note 'not so' . s:b skos:note 'see minutes' . }"
SAYS = "graph:l { s:a coop:party :lima . s:b coop:party :lima . s:c coop:party :lima . }"


@pytest.mark.parametrize(
    ("more", "expected", "unasked"),
    [
        (REMARKS, [], None),
        (SAYS, [], 5),  # of a and b one each, of c three: nobody else was asked
        (REMARKS + QUITOS, [], None),
        (
            SAYS + QUITOS,
            [
                ("one-sided", "lima", "quito", None, None, "lima (L)"),
                ("not-by-all", "c", "quito", "twinning", None, "lima (L)"),
            ],
            3,
        ),
        (
            SAYS + QUITOS + "graph:q { s:a coop:party :quito . s:c coop:party :quito . }",
            [],
            5,  # lima of rio twice and of cusco; quito of rio and of cusco
        ),
    ],
)
def test_a_citys_own_list_is_held_against_lists_only(
    found: Found, tmp_path: Path, more: str, expected: list[tuple[Any, ...]], unasked: int | None
) -> None:
    assert [row for row in found(LISTS + more) if row[0] in {"one-sided", "not-by-all"}] == expected
    with cg.open(tmp_path / "few.trig") as release:
        said = {one.key: one.values for one in cg.declared(release).unknown}
    assert said.get("unasked", {}).get("n") == unasked
    assert ("nobody-attributed" in said) == (more in {REMARKS, REMARKS + QUITOS})


def test_remarks_part_no_duplicates(found: Found) -> None:
    twice = LISTS + "graph:press { s:d a coop:Agreement ; coop:party :lima, :quito . }"
    for more in (REMARKS, SAYS):
        assert ("same-agreement", "a", "d") in {row[:3] for row in found(twice + more)}


# The bundled workspace, judged and built again.

UCCI = ("member cities", "26; 27; 29")


def kinds(told: Dossier) -> list[tuple[str, str | None, str | None]]:
    return [(row["kind"], row["what"], row["values"]) for row in told.records("review")]


def test_the_bundled_findings(built: Path, root: Path) -> None:
    with cg.open(built) as release:
        told = cg.declared(release)
        asked = {
            (str(subject), str(measure), str(value), str(differs))
            for subject, measure, value, _, _, _, _, differs in release.query("cq-020")
        }
    assert kinds(told) == [
        ("totals-differ", "member cities", "198; 323; 359; 360; 370"),
        ("totals-differ", "founding year", "1984; 1985"),
        ("totals-differ", "cities at the XXI Assembly", "20; 21; 22"),
        ("totals-differ", *UCCI),
        ("totals-differ", "annual grant", "900000; 959000"),
        ("same-agreement", None, "2016"),  # madrid-ucci-2016-a and -b
        ("same-agreement", None, "2025-10-02"),  # madrid-ucci-2025 and -900k, which has no date
        ("same-agreement", None, "2023"),  # ucci-segib, without a date, and ucci-segib-2023
    ]
    words = {"same-period": "for the same period", "perhaps": "perhaps: a period is not stated",
             "other-period": "for another period or meant otherwise"}  # fmt: skip
    totals = [row for row in told.records("totals") if row["differs"] != "other-name"]
    assert {(row["subject"], row["what"], row["value"], words[row["differs"]]) for row in totals} == asked
    named = [row for row in told.records("totals") if row["differs"] == "other-name"]
    assert [(row["subject"].rsplit("/")[-1], row["what"], row["value"], row["period"]) for row in named] == [
        ("urb-al-iii", "EU contribution", "50000000", "2008/2013"),
        ("urb-al-iii", "European Commission investment", "64000000", "2009/2012"),
    ]
    with (root / "data" / "agreements.csv").open(encoding="utf-8") as file:
        undated = [row for row in csv.DictReader(file) if not row["signed"] and not row["start"]]
    said = {one.key: one.values for one in told.unknown}
    assert said["undated"] == {"n": len(undated), "all": 100} == {"n": 20, "all": 100}
    assert said["nobody-attributed"] == {}


MONEY = """graph:one { :f a coop:ReportedFigure ; coop:about :p ; coop:measure "grant"@en ; schema:value 5 ;
    schema:unitText "EUR"@en ; coop:qualifier <https://w3id.org/coopgraph/concept/qualifier/exact> ;
    coop:statedPeriod "2010/2012"@en . }
graph:two { :g a coop:ReportedFigure ; coop:about :p ; coop:measure "%s"@en ; schema:value %s ;
    schema:unitText "%s"@en ; coop:qualifier <https://w3id.org/coopgraph/concept/qualifier/%s> ;
    coop:statedPeriod "%s"@en . }
"""
OTHERWISE = ("funds", 6, "EUR", "exact", "2012/2014")


@pytest.mark.parametrize(
    ("place", "value"),
    [(None, None), (0, "grant"), (1, 5), (2, "USD"), (3, "to-date"), (4, "2013"), (4, "XIII")],
)
def test_money_under_another_name_stands_side_by_side(
    found: Found, tmp_path: Path, place: int | None, value: object
) -> None:
    said = tuple(value if n == place else one for n, one in enumerate(OTHERWISE))
    found(MONEY % said)
    with cg.open(tmp_path / "few.trig") as release:
        told = [
            row["what"] for row in cg.declared(release).records("totals") if row["differs"] == "other-name"
        ]
    together = place is None or value == "XIII"  # a period without a year may be any
    assert told == (["grant", "funds"] if together else [])


def test_money_that_an_amount_repeats_has_its_kind_there(found: Found, tmp_path: Path) -> None:
    amount = 'graph:one { :m a coop:Money ; coop:about :p ; schema:value 5 ; schema:currency "EUR" . }'
    assert found(MONEY % OTHERWISE + amount) == []
    with cg.open(tmp_path / "few.trig") as release:
        assert cg.declared(release).records("totals") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_three_languages(found: Found, tmp_path: Path, lang: str) -> None:
    found(agreement("a") + agreement("b"))
    with cg.open(tmp_path / "few.trig") as release:
        told = repr(cg.declared(release).to(lang))
    assert "{" not in told and "word." not in told


@pytest.fixture
def mine(built: Path, tmp_path: Path) -> Path:
    """The bundled workspace, to judge in."""
    shutil.copytree(built, tmp_path / "mine")
    return tmp_path / "mine"


def judge(folder: Path, name: str, said: dict[str, dict[str, str]], lang: str = "en") -> Path:
    """Write the review list, and fill in rows by a word of `Of what` or `About`."""
    path = folder.parent / name
    assert main(["declared", "-w", str(folder), "-o", str(path), "--lang", lang]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        for words, cells in said.items():
            if row[2].value == words or str(row[0].value).startswith(words):
                for place, key in enumerate(("judgement", "stands", "note", "who", "when"), 5):
                    row[place].value = cells.get(key)
    book.save(path)
    return path


ANA = {"who": "Ana", "when": "2026-11-22"}
FIRST, GRANT = "First of two 2016", "Madrid annual grant agreement"


def test_judged_kept_and_not_asked_again(mine: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = {
        "cities at the XXI Assembly": {"judgement": "vale", "stands": "21", "note": "minutes", **ANA},
        "member cities": {},
        FIRST: {"judgement": "Mismo", **ANA},
        GRANT: {"judgement": "distintos", **ANA},
    }
    path = judge(mine, "review.xlsx", said, lang="es")
    assert main(["declared", "-w", str(mine), "--judgements", str(path), "--format", "json"]) == 0
    told = json.loads(capfd.readouterr().out)["tables"]
    assert len(told["review"]) == 5
    assert [
        (row["judgement"], row["stands"], row["note"], row["who"], row["when"]) for row in told["judged"]
    ] == [
        ("stands", "21", "minutes", "Ana", "2026-11-22"),
        ("same", None, None, "Ana", "2026-11-22"),
        ("different", None, None, "Ana", "2026-11-22"),
    ]
    assert 'judgements = "judgements.csv"' in (mine / "coopgraph.toml").read_text(encoding="utf-8")
    kept = (mine / "judgements.csv").read_text(encoding="utf-8")
    assert kept.count("\n") == 4 and "agreement/madrid-ucci-2016-a,agreement/madrid-ucci-2016-b,same" in kept
    with cg.open(mine) as release:
        cg.declared(release, judgements=path)
    assert (mine / "judgements.csv").read_text(encoding="utf-8") == kept, "twice is once"

    cg.build(mine)
    with cg.open(mine) as release:
        told = cg.declared(release)
        agreements = {row["agreement"].rsplit("/", 1)[-1] for row in release.table("agreements").to_pylist()}
    assert (
        "madrid-ucci-2016-a" in agreements
        and "madrid-ucci-2016-b" not in agreements
        and len(agreements) == 99
    )
    judged = told.records("judged")
    assert [row["judgement"] for row in judged] == ["stands", "different", "same"]
    assert [iri.rsplit("/", 1)[-1] for iri in judged[-1]["about"]] == [
        "madrid-ucci-2016-a",
        "madrid-ucci-2016-b",
    ]
    assert (judged[-1]["who"], judged[-1]["when"], judged[-1]["values"]) == ("Ana", "2026-11-22", "2016")
    assert {one.key: one.values for one in told.unknown}["gone"] == {"n": 1}

    with cg.open(mine) as release:
        (passed,) = cg.declared(release, judgements=path).table("review").notes
    assert passed.values == {"n": 0, "there": 3}, "the same list, after the build that followed it"

    later = judge(
        mine, "later.xlsx", {"annual grant": {"judgement": "different", "who": "Rui", "when": "2026-11-25"}}
    )
    book = openpyxl.load_workbook(later)
    again = [None, None, None, "20; 21; 22", None, "stands", "22", None, "Rui", "2026-11-25", None]
    book.worksheets[0].append([*again, told.records("judged")[0]["finding"]])
    book.save(later)
    with cg.open(mine) as release:
        told = cg.declared(release, judgements=later)
    (first, *_) = told.records("judged")
    assert (first["stands"], first["who"], first["times"]) == ("22", "Rui", 2), "the later counts"
    assert (mine / "judgements.csv").read_text(encoding="utf-8").startswith(kept), "nothing is overwritten"


def test_values_that_changed_are_asked_again(mine: Path) -> None:
    path = judge(mine, "review.xlsx", {"cities at the XXI Assembly": {"stands": "21", **ANA}})
    with cg.open(mine) as release:
        cg.declared(release, judgements=path)
    figures = mine / "figures.csv"
    figures.write_text(
        figures.read_text(encoding="utf-8").replace("XXI Assembly,22,", "XXI Assembly,23,"), encoding="utf-8"
    )
    cg.build(mine)
    with cg.open(mine) as release:
        told = cg.declared(release)
    assert not told.records("judged")
    (row,) = (row for row in told.records("review") if row["what"] == "cities at the XXI Assembly")
    assert (row["values"], row["earlier"]) == ("20; 21; 23", "21 (Ana, 2026-11-22: 20; 21; 22)")


def test_a_citys_form_is_sent_to_its_own_command(mine: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("_coopgraph")["A1"] = "form"
    book.save(tmp_path / "lima.xlsx")
    with cg.open(mine) as release, pytest.raises(SourceError, match="coopgraph forms diff lima"):
        cg.declared(release, judgements=tmp_path / "lima.xlsx")


def test_the_words_of_the_workbooks_language_are_named(mine: Path) -> None:
    path = judge(mine, "review.xlsx", {FIRST: {"judgement": "igua", **ANA}}, lang="pt")
    with cg.open(mine) as release, pytest.raises(SourceError) as caught:
        cg.declared(release, judgements=path)
    assert [fault.what for fault in caught.value.faults] == ["has 'igua', expected iguais, diferentes."]


def test_every_fault_is_told_and_nothing_is_taken_over(mine: Path) -> None:
    path = judge(
        mine,
        "review.xlsx",
        {
            "cities at the XXI Assembly": {"stands": "24", **ANA},
            FIRST: {"judgement": "sam", "who": "Ana", "when": "soon"},
            GRANT: {"judgement": "different", **ANA},
            "annual grant": {"note": "hm"},
        },
    )
    with cg.open(mine) as release, pytest.raises(SourceError, match="nothing was taken over") as caught:
        cg.declared(release, judgements=path)
    assert [(fault.line, fault.column, fault.what) for fault in caught.value.faults] == [
        (4, "Value that stands", "has '24', expected one of: 20; 21; 22."),
        (6, "Judgement", "is empty in a row that is filled in."),
        (6, "Judged by", "is empty."),
        (6, "Judged on", "has '', expected a day like 2026-11-22."),
        (7, "Judgement", "has 'sam', expected same, different."),
        (7, "Judged on", "has 'soon', expected a day like 2026-11-22."),
    ]
    assert not (mine / "judgements.csv").exists()


def test_a_table_of_before_is_widened_and_kept(mine: Path) -> None:
    toml = mine / "coopgraph.toml"
    text = toml.read_text(encoding="utf-8").replace("[workspace]", '[workspace]\njudgements = ["who.csv"]', 1)
    toml.write_text(text, encoding="utf-8")
    (mine / "who.csv").write_text("left,right,judgement,who,why\ncity/madrid,city/quito,different,Eva,far\n")
    path = judge(mine, "review.xlsx", {GRANT: {"judgement": "different", **ANA}})
    with cg.open(mine) as release:
        cg.declared(release, judgements=path)
    lines = (mine / "who.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "left,right,judgement,who,why,finding,kind,stands,when,values"
    assert lines[1] == "city/madrid,city/quito,different,Eva,far,,,,," and len(lines) == 3
    assert toml.read_text(encoding="utf-8") == text
    cg.build(mine)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", ""])
def test_a_file_that_is_no_review_list(mine: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.csv").write_text(text)
    with cg.open(mine) as release, pytest.raises(SourceError):
        cg.declared(release, judgements=tmp_path / "x.csv")


def test_a_release_of_no_workspace_keeps_no_judgements(found: Found, tmp_path: Path) -> None:
    found(agreement("a") + agreement("b"))
    (tmp_path / "x.csv").write_text("Finding\n")
    with cg.open(tmp_path / "few.trig") as release, pytest.raises(ConfigError, match="nowhere to keep"):
        cg.declared(release, judgements=tmp_path / "x.csv")


@pytest.mark.oracle
def test_the_624_one_sided_twinnings(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """The statements that plain sets find one-sided, among a hundred that are answered."""
    whole, part, folder = shared_data / "sister_cities", tmp_path / "part", tmp_path / "twins"
    read = {
        name: [
            line.split("\t")
            for line in (whole / f"L3viathan_{name}.tsv").read_text(encoding="utf-8").splitlines()
        ]
        for name in ("relations", "names")
    }
    pairs = {(city, twin) for city, twin in read["relations"]}
    alone = {pair for pair in pairs if pair[::-1] not in pairs}
    read["relations"] = [*map(list, sorted(alone)), *map(list, sorted(pairs - alone)[:100])]
    both = [pair for pair in read["relations"][-100:] if pair[::-1] not in read["relations"]]
    read["relations"] += [pair[::-1] for pair in both]
    places = {place for pair in read["relations"] for place in pair}
    read["names"] = [row for row in read["names"] if row[0] in places]
    part.mkdir()
    for name, rows in read.items():
        text = "".join("\t".join(row) + "\n" for row in rows)
        (part / f"L3viathan_{name}.tsv").write_text(text, encoding="utf-8")
    shutil.copytree(root / "examples" / "twins", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(folder, settings={"data": str(part)})
    with cg.open(folder) as release:
        told = cg.declared(release)
        ties = cg.one_sided(release).basis.ties
    assert ties == len(read["relations"]) >= 724
    found = told.records("review")
    assert {tuple(iri.rpartition("wikidata-")[2] for iri in row["about"]) for row in found} == alone
    assert [(row["kind"], row["found"]) for row in told.records("counts")] == [("one-sided", 624)]
    assert all(row["said-by"].endswith(" (Twinned administrative bodies (P190), statement by statement)")
               for row in found)  # fmt: skip
    assert "unasked" not in {one.key for one in told.unknown}


def test_a_build_follows_the_latest_judgement_of_a_finding(tmp_path: Path) -> None:
    from coopgraph.sources.judgements import read_judgements

    table = tmp_path / "judgements.csv"
    table.write_text(
        "finding,left,right,judgement,stands,who,when,why,values\n"
        "f-1,city/a,city/b,different,,Ana,2026-11-22,,\n"
        "f-1,city/a,city/b,same,,Ana,2026-11-20,,\n"
        "f-2,,,stands,21,Ana,2026-11-22,,20; 21\n"
        ",city/c,city/d,same,,Ana,,,\n"
    )
    read, faults = read_judgements([table], "https://example.org/")
    assert not faults
    assert [(row.left[-1], row.right[-1], row.same) for row in read.rows] == [
        ("a", "b", False),
        ("c", "d", True),
    ]
