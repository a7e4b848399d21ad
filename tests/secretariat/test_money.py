"""Money, soberly: exact by hand, counted from the files, refused where it would be guessed."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coopgraph as cg
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import BASE, COOP, SCHEMA, SDG
from coopgraph.secretariat.dossier import Dossier, Money
from coopgraph.secretariat.money.adding import apart
from coopgraph.secretariat.money.stated import Stated

RATES = """currency,date,rate,to,source
USD,2017,0.9,EUR,"Bank, averages of 2017"
USD,2017-05,0.8,EUR,Bank of May
BRL,2018,0.5,USD,Bank
BRL,2018,0.25,EUR,Bank
"""
LEVEL = ("programme", "agreement", "action", "participation")


@pytest.fixture(scope="module")
def small() -> Iterator[cg.Release]:
    with cg.open(Path(__file__).with_name("money.trig")) as release:
        yield release


@pytest.fixture(scope="module")
def rates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rates") / "rates.csv"
    path.write_text(RATES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def converted(small: cg.Release, rates: Path) -> Dossier:
    return cg.money_sheet(small, by="partner", into="EUR", rates=rates)


def short(cell: Any) -> Any:
    if isinstance(cell, Money):
        return f"{cell.amount.normalize():f} {cell.currency}"
    if isinstance(cell, tuple):
        return " ".join(map(short, cell))
    return cell.rsplit("/", 1)[-1] if isinstance(cell, str) and cell.startswith(BASE) else cell


def cells(found: Dossier, table: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(short(row[name]) for name in names) for row in found.records(table)]


def test_kinds_meanings_levels_and_currencies_are_never_added_up(small: cg.Release) -> None:
    found = cg.money_sheet(small)
    names = ("level", "kind", "qualifier", "currency", "amounts", "added", "total")
    assert cells(found, "totals", *names) == [
        ("programme", "planned", "exact", "EUR", 1, 1, "1000 EUR"),
        ("programme", "spent-to-date", "to-date", "EUR", 2, 1, "250 EUR"),  # the latest holds the earlier
        ("agreement", "granted", "about", "USD", 1, 1, "50.5 USD"),
        ("agreement", "granted", "exact", "EUR", 1, 1, "3 EUR"),
        ("action", "ceiling", None, "BRL", 1, 0, None),
        ("action", "disbursed", None, "BRL", 2, 2, "3 BRL"),  # two payments of one day
        ("action", "disbursed", None, "EUR", 2, 0, None),  # one payment or two: two sources
        ("action", "granted", "exact", "USD", 2, 0, None),
        ("action", "planned", "exact", "EUR", 2, 1, "100 EUR"),  # the part is held by its whole
        ("action", None, None, "BRL", 1, 0, None),
        ("participation", "granted", None, "EUR", 1, 1, "7 EUR"),
    ]
    assert found.table("totals").rows[1].evidence == ("urn:m2", "urn:m3")


def test_what_is_not_added_is_listed_with_its_reason(small: cg.Release) -> None:
    found = cg.money_sheet(small).table("apart")
    assert [(row.evidence[0], row.cells[4], row.evidence[1:]) for row in found.rows] == [
        ("urn:m2", "overlap", ("urn:m3",)),
        ("urn:m5", "part", ("urn:m4",)),
        ("urn:m7", "overlap", ("urn:m8",)),
        ("urn:m8", "overlap", ("urn:m7",)),
        ("urn:n3", "ceiling", ()),
        ("urn:n4", "no-kind", ()),
        ("urn:o1", "overlap", ("urn:o2",)),
        ("urn:o2", "overlap", ("urn:o1",)),
    ]


def test_amounts_reported_only_as_figures_stand_apart_and_are_no_silence(small: cg.Release) -> None:
    found = cg.money_sheet(small)
    names = ("about", "measure", "amount", "qualifier", "period", "certainty", "note")
    assert cells(found, "figures", *names) == [
        ("urn:p", "plan", "1100 EUR", None, "to 2019", None, "Perhaps with interest."),
        ("urn:q", "funds", "77 USD", "at-least", "2018–2019", "derived", None),
    ]
    (figure,) = found.table("figures").rows[1:]
    assert (figure.evidence, figure.sources) == (("urn:f3",), ("urn:source:one",))
    silent = [one.values for one in found.unknown if one.key == "without-programme"]
    assert silent == [{"n": 1, "all": 3}]  # of one there is neither an amount nor a figure in a currency


def test_by_year_a_period_of_several_years_is_shared_out_to_none(small: cg.Release) -> None:
    rows = cells(cg.money_sheet(small, by="year"), "by-year", "years", "kind", "alone", "shared")
    assert rows[:6] == [
        ("2015–2016", "spent-to-date", "200 EUR", None),
        ("2015–2018", "spent-to-date", "250 EUR", None),
        ("2015–2019", "planned", "1000 EUR", None),
        ("2017", "granted", "50.5 USD", None),
        ("2017", "granted", "30 USD", None),
        ("2017", "planned", "100 EUR", None),
    ]
    assert {row[0] for row in rows[9:]} == {None}


def test_by_line_what_is_shared_stands_in_each(small: cg.Release) -> None:
    rows = cells(cg.money_sheet(small, by="line"), "by-line", "line", "level", "kind", "alone", "shared")
    assert rows[:5] == [
        ("urn:fair", "programme", "planned", None, "1000 EUR"),
        ("urn:fair", "programme", "spent-to-date", None, "250 EUR"),
        ("urn:green", "programme", "planned", None, "1000 EUR"),
        ("urn:green", "programme", "spent-to-date", None, "250 EUR"),
        ("urn:green", "action", "planned", "100 EUR", None),
    ]


def test_by_goal_and_programme(small: cg.Release) -> None:
    goals = cells(cg.money_sheet(small, by="sdg"), "by-sdg", "code", "sdg", "kind", "alone")
    assert goals[:2] == [
        ("11", f"{SDG}11", "planned", "1000 EUR"),
        ("11", f"{SDG}11", "spent-to-date", "250 EUR"),
    ]
    programmes = cells(cg.money_sheet(small, by="programme"), "by-programme", "programme", "level", "alone")
    assert programmes[:5] == [
        ("urn:p", "programme", "1000 EUR"),
        ("urn:p", "programme", "250 EUR"),
        ("urn:p", "action", "100 EUR"),
        ("urn:p", "participation", "7 EUR"),
        ("urn:q", "agreement", "3 EUR"),  # of an agreement that is part of it
    ]


def test_by_partner_as_each_has_to_do_with_it(converted: Dossier) -> None:
    names = ("partner", "relation", "kind", "alone", "shared", "converted")
    assert cells(converted, "by-partner", *names)[:9] == [
        ("urn:c1", "leads", "planned", "1000 EUR", None, "1000 EUR"),
        ("urn:c1", "leads", "spent-to-date", "250 EUR", None, "250 EUR"),
        ("urn:c1", "own-part", "granted", "7 EUR", None, "7 EUR"),
        ("urn:c1", "party", "granted", None, "50.5 USD", "40.4 EUR"),
        ("urn:c1", "pays", "planned", "1000 EUR", None, "1000 EUR"),
        ("urn:c1", "takes-part", "planned", None, "40 EUR", "40 EUR"),
        ("urn:c2", "party", "granted", None, "50.5 USD", "40.4 EUR"),
        ("urn:c2", "receives", "granted", "50.5 USD", None, "40.4 EUR"),
        ("urn:c2", "takes-part", "planned", None, "40 EUR", "40 EUR"),
    ]


def test_execution_only_where_the_periods_begin_together(small: cg.Release) -> None:
    names = ("about", "planned", "spent", "remainder", "rate-of-execution", "periods", "note")
    assert cells(cg.money_sheet(small), "execution", *names) == [
        ("urn:p", "1000 EUR", "200 EUR", "800 EUR", 0.2, "within", "2016 perhaps."),
        ("urn:p", "1000 EUR", "250 EUR", "750 EUR", 0.25, "within", None),
    ]


PERIODS = {
    "same": ("2015", "2019", "2015", "2019", ""),
    "within": ("2015", "2019", "2015", "2018", ""),
    "differ": ("2015", "2019", "2017", "2018", ""),
    "differ: beyond": ("2015", "2019", "2015", "2020", ""),
    "differ: begins unsaid": ("2015", "2019", "", "2018", ""),
    "not-stated": ("2015", "", "", "", ""),
    "rough": ("2015", "2019", "2015", "2019", "about"),
}


@pytest.mark.parametrize("case", PERIODS)
@pytest.mark.parametrize("planned", [0, 10])
def test_where_periods_differ_that_is_said(tmp_path: Path, case: str, planned: int) -> None:
    since, until, spent_since, spent_until, meant = PERIODS[case]
    path = tmp_path / "two.ttl"
    plan = one_amount("m1", planned, "planned", since, until, meant)
    paid = one_amount("m2", 5, "spent-to-date", spent_since, spent_until, "")
    path.write_text(f"<urn:p> a <{COOP}Programme> .\n{plan}{paid}", encoding="utf-8")
    with cg.open(path) as release:
        (row,) = cg.money_sheet(release).records("execution")
    counts = case in ("same", "within")
    assert row["periods"] == case.split(":")[0]
    assert row["rate-of-execution"] == (0.5 if counts and planned else None)
    assert short(row["remainder"]) == (f"{planned - 5} EUR" if counts else None)


def one_amount(name: str, value: int, kind: str, start: str, end: str, meant: str) -> str:
    said = [
        f"<urn:{name}> a <{COOP}Money> ; <{COOP}about> <urn:p> ; <{SCHEMA}value> {value}",
        f'<{SCHEMA}currency> "EUR" ; <{COOP}amountKind> <{BASE}concept/money-kind/{kind}>',
        *([f'<{SCHEMA}startDate> "{start}"'] if start else []),
        *([f'<{SCHEMA}endDate> "{end}"'] if end else []),
        *([f"<{COOP}qualifier> <{BASE}concept/qualifier/{meant}>"] if meant else []),
    ]
    return " ; ".join(said) + " .\n"


def test_converted_amounts_stand_beside_the_originals(converted: Dossier) -> None:
    names = ("amount", "converted", "rate", "rate-of", "rate-source", "place")
    evidence = (row.evidence[0] for row in converted.table("amounts").rows)
    told = dict(zip(evidence, cells(converted, "amounts", *names), strict=True))
    assert told["urn:m1"] == ("1000 EUR", "1000 EUR", None, None, None, None)
    cited = ("1 USD = 0.9 EUR", "2017", "Bank, averages of 2017", "rates.csv line 2")
    assert told["urn:m7"] == ("30 USD", "27 EUR", *cited)
    assert told["urn:m8"] == ("31 USD", None, None, None, None, None)  # no period
    cited = ("1 USD = 0.8 EUR", "2017-05", "Bank of May", "rates.csv line 3")
    assert told["urn:m9"] == ("50.5 USD", "40.4 EUR", *cited)
    assert told["urn:n1"][1] == "0.25 EUR"
    assert cells(converted, "rates", "rate", "rate-of", "amounts") == [
        ("1 USD = 0.9 EUR", "2017", 1),
        ("1 USD = 0.8 EUR", "2017-05", 1),
        ("1 BRL = 0.25 EUR", "2018", 2),
    ]
    assert [one.values for one in converted.unknown if one.key == "rate-missing"] == [{"n": 3, "all": 16}]


def test_a_sum_over_currencies_only_of_what_has_a_rate(converted: Dossier) -> None:
    names = ("level", "kind", "amounts", "added", "converted", "without-rate")
    rows = cells(converted, "in-one-currency", *names)
    assert ("action", "disbursed", 4, 2, "0.75 EUR", 0) in rows
    assert ("agreement", "granted", 1, 1, "40.4 EUR", 0) in rows


def test_a_missing_rate_is_said_and_never_taken_from_elsewhere(small: cg.Release, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("currency,date,rate,to,source\nUSD,2016,0.9,EUR,Bank\nEUR,2017,1.1,USD,Bank\n")
    found = cg.money_sheet(small, into="EUR", rates=path)
    totals = {row["currency"]: (row["converted"], row["without-rate"]) for row in found.records("totals")}
    assert totals["USD"] == (None, 0) and totals["BRL"] == (None, 0)
    about = [row for row in found.records("totals") if row["level"] == "agreement"]
    assert (about[0]["converted"], about[0]["without-rate"]) == (None, 1)
    assert not found.table("rates").rows


def test_rates_of_one_time_for_all_and_of_a_period(small: cg.Release, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("to;rate;day;currency;citation\nUSD;1.2;2015/2019;EUR;Bank\nUSD;1.1;2020;EUR;Bank\n")
    spread = cg.money_sheet(small, into="USD", rates=path).records("amounts")
    assert short(spread[0]["converted"]) == "1200 USD"
    at = cg.money_sheet(small, into="USD", rates=path, at="2020-06-30")
    assert short(at.records("amounts")[0]["converted"]) == "1100 USD"
    assert at.rests_on[-1].key == "converted-at"
    assert {row["rate-of"] for row in at.records("amounts")} == {"2020", None}


HEAD = "currency,date,rate,to,source\n"
FAULTS = {
    "": ["rates.csv: is empty. Its first line is: currency,date,rate,to,source."],
    "currency,date,rate\nUSD,2017,1\n": ["line 1: column 'to' is", "line 1: column 'source' is missing."],
    "currency,date,year,rate,to,source\n": ["line 1: column 'date' is there more than once."],
    f"{HEAD}usd,2017,0.9,EUR,Bank\n": ["line 2: column 'currency' has 'usd', expected an ISO 4217 code"],
    f"{HEAD}USD,17,0.9,EUR,Bank\n": ["line 2: column 'date' has '17', expected a year"],
    f"{HEAD}USD,2017-02-30,0.9,EUR,Bank\n": ["line 2: column 'date' has '2017-02-30'"],
    f"{HEAD}USD,2019/2015,0.9,EUR,Bank\n": ["line 2: column 'date' has '2019/2015'"],
    f'{HEAD}USD,2017,"0,9",EUR,Bank\n': ["line 2: column 'rate' has '0,9', expected a number above 0"],
    f"{HEAD}USD,2017,0,EUR,Bank\n": ["line 2: column 'rate' has '0', expected a number above 0"],
    f"{HEAD}USD,2017,-1,EUR,Bank\n": ["line 2: column 'rate' has '-1'"],
    f"{HEAD}USD,2017,nan,EUR,Bank\n": ["line 2: column 'rate' has 'nan'"],
    f"{HEAD}USD,2017,0.9,EUR,\n": ["line 2: column 'source' is empty, expected who published the rate."],
    f"{HEAD}EUR,2017,1,EUR,Bank\n": ["line 2: column 'to' is EUR too: that is no exchange."],
    f"{HEAD}USD,2017,0.9,EUR,A\nUSD,2017,0.8,EUR,B\n": ["line 3: column 'rate' has 0.8, but line 2 has"],
    f"{HEAD}USD,2017,0.9\n": ["line 2: the row has 3 cells, the header has 5."],
    f"{HEAD}USD,2017,0.9,GBP,Bank\n": ["rates.csv: has no rate into EUR; there are rates into: GBP."],
    f"{HEAD}usd,17,x,eur,\nUSD,2017\n": [
        *(f"line 2: column '{name}'" for name in ("currency", "date", "rate", "to", "source")),
        "line 3: the row has 2 cells",
    ],
}


@pytest.mark.parametrize(("text", "told"), FAULTS.items())
def test_every_fault_of_a_table_of_rates_is_told(
    small: cg.Release, tmp_path: Path, text: str, told: list[str]
) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(cg.SourceError, match="The table of rates cannot be used") as caught:
        cg.money_sheet(small, into="EUR", rates=path)
    faults = [str(fault) for fault in caught.value.faults]
    assert len(faults) == len(told)
    for fault, start in zip(faults, told, strict=True):
        assert start in fault
    assert all(fault.fix for fault in caught.value.faults)


def test_what_cannot_be_read_or_asked_is_told_in_words(small: cg.Release, tmp_path: Path) -> None:
    with pytest.raises(cg.SourceError, match="is not there"):
        cg.money_sheet(small, into="EUR", rates=tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(HEAD.encode() + b"USD,2017,0.9,EUR,Banco de Espa\xf1a\n")
    with pytest.raises(cg.SourceError, match=r"line 2: .* not UTF-8"):
        cg.money_sheet(small, into="EUR", rates=tmp_path / "latin.csv")
    for start in (b"PK\x03\x04\x14", b"\xd0\xcf\x11\xe0\xa1"):
        (tmp_path / "rates.xlsx").write_bytes(start + b"\x00\r\n,\xff" * 200)
        with pytest.raises(cg.SourceError) as refused:
            cg.money_sheet(small, into="EUR", rates=tmp_path / "rates.xlsx")
        (told,) = refused.value.faults
        assert str(told).startswith("rates.xlsx: is a workbook, not a CSV file. Save the sheet")
    with pytest.raises(cg.ProjectionError) as caught:
        cg.money_sheet(small, by="moon", into="eur", at="soon")
    assert len(caught.value.faults) == 4
    with pytest.raises(cg.ProjectionError) as caught:
        cg.money_sheet(small, rates="x.csv", at="2017")
    assert len(caught.value.faults) == 2


def test_nothing_stated_at_all(tmp_path: Path) -> None:
    bare = tmp_path / "bare.ttl"
    bare.write_text(f"<urn:x> a <{COOP}Action> . <urn:m> a <{COOP}Money> .\n")
    with cg.open(bare) as release:
        for by in ("year", "line", "sdg", "partner", "programme"):
            found = cg.money_sheet(release, by=by)
            assert not any(table.rows for table in found.tables)
            for lang in LANGUAGES:
                assert found.to(lang).tables[0].empty
    assert {one.key for one in found.unknown} >= {"without-action"}


def test_the_bundled_sums_are_those_of_the_file_and_of_question_35(built: Path, root: Path) -> None:
    with cg.open(built) as release:
        found = cg.money_sheet(release, by="programme")
        assert question_35(release) == sums(release, found)
        (rate,) = (row["sharePercent"] for row in release.query("cq-011").dicts())
    with (root / "data" / "money.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    by_hand: dict[tuple[str, str, str, str], Decimal] = {}
    for row in rows:
        level = next(name for name in LEVEL if row.get(name))
        if row["kind"] != "ceiling" and row["id"] != "madrid-ucci-900k":  # perhaps that of 2025
            key = (level, row["kind"], row["qualifier"], row["currency"])
            by_hand[key] = by_hand.get(key, Decimal(0)) + Decimal(row["amount"])
    told = {
        (row["level"], short(row["kind"]), short(row["qualifier"]), row["currency"]): row["total"].amount
        for row in found.records("totals")
        if row["total"]
    }
    assert told == by_hand and len(told) == 5
    assert told["agreement", "granted", "exact", "EUR"] == 959000
    (undated,) = [row for row in found.table("apart").rows if row.cells[4] == "undated"]
    assert [one.rsplit("/", 1)[-1] for one in undated.evidence] == ["madrid-ucci-900k", "madrid-ucci-2025"]
    (execution,) = found.records("execution")
    assert (
        execution["remainder"] == Money(Decimal(6600000 - 4759000), "EUR") == Money(Decimal(1841000), "EUR")
    )
    assert round(100 * execution["rate-of-execution"], 1) == float(str(rate)) == 72.1
    assert execution["periods"] == "within"
    assert execution["certainty"] == "derived"  # both are, in the file
    assert [one.values for one in found.unknown[:3]] == [
        {"n": 93, "all": 95},
        {"n": 97, "all": 100},
        {"n": 8, "all": 15},
    ]
    figures = [
        (row.evidence[0].rsplit("/", 1)[-1], short(row.cells[2])) for row in found.table("figures").rows
    ]
    assert sorted(figures) == [
        ("039", "959000 EUR"),
        ("040", "900000 EUR"),
        ("052", "20000 USD"),
        ("053", "30000 USD"),
        ("067", "20000000 EUR"),
        ("075", "50000000 EUR"),
        ("076", "64000000 EUR"),
        ("088", "14000000 EUR"),
        ("089", "50000000 EUR"),
    ]
    assert len(found.records("amounts")) == len(rows) == 9


PAIRS = {
    "one without a period": (("2025", None), {"m1": "undated"}),
    "neither has one": ((None, None), {"m0": "undated", "m1": "undated"}),
    "of one year": (("2025", "2025"), {"m0": "same-parties", "m1": "same-parties"}),
    "of two years": (("2024", "2025"), {}),
    "two years and no period": (("2024", "2025", None), {"m2": "undated"}),
}


@pytest.mark.parametrize("case", PAIRS)
def test_of_one_payer_and_payee_no_amount_is_added_that_may_be_the_same(case: str) -> None:
    years, wanted = PAIRS[case]
    amounts = [
        replace(stated(f"m{i}", f"t{i}", year, year), payer="p", payee="q", sources=(f"s{i}",))
        for i, year in enumerate(years)
    ]
    told = apart(amounts)
    assert {money: why for money, (why, _) in told.items()} == wanted
    if case.startswith("two"):
        assert told["m2"][1] == ("m0", "m1")
    for one in ({"sources": ("s",)}, {"payee": None}, {"payer": None}):  # one source: they are two
        assert not apart([replace(amount, **one) for amount in amounts])


AMOUNTS = st.lists(
    st.tuples(st.sampled_from("pqr"), st.integers(2010, 2014), st.integers(0, 3), st.booleans()), max_size=12
)


@given(AMOUNTS)
def test_nothing_that_may_be_the_same_money_is_added_up(drawn: list[tuple[str, int, int, bool]]) -> None:
    """No two amounts of one thing in a sum touch a common year, however they came."""
    amounts = [
        stated(f"m{place}", thing, str(year) if dated else None, str(year + more) if dated else None)
        for place, (thing, year, more, dated) in enumerate(drawn)
    ]
    left = apart(amounts)
    added = [one for one in amounts if one.money not in left]
    for thing in "pqr":
        mine = [one for one in amounts if one.about == (thing,)]
        years = [year for one in added if one.about == (thing,) for year in each_year(one)]
        assert len(years) == len(set(years))
        if len(mine) == 1:
            assert mine[0] in added


Sums = dict[tuple[Any, ...], tuple[int, Decimal | None]]


def question_35(release: cg.Release) -> Sums:
    """How many amounts there are of each level, kind, meaning and currency, and their total if it has one."""
    names = ("level", "kindLabel", "qualifierLabel", "currency")
    return {
        tuple(row[name] for name in names): (
            int(str(row["amounts"])),
            None if row["total"] is None else Decimal(str(row["total"])),
        )
        for row in release.query("cq-035").dicts()
    }


def sums(release: cg.Release, found: Dossier) -> Sums:
    """The same by the sheet."""

    def called(iri: str | None) -> str | None:
        return iri and release.label(iri, "en")

    return {
        (row["level"], called(row["kind"]), called(row["qualifier"]), row["currency"]): (
            row["amounts"],
            row["total"] and row["total"].amount,
        )
        for row in found.records("totals")
    }


def test_question_35_gives_the_sum_of_the_sheet_or_none(tmp_path: Path) -> None:
    (tmp_path / "drawn.trig").write_text(drawn_amounts(120), "utf-8")
    with cg.open(tmp_path / "drawn.trig") as release:
        asked, told = question_35(release), sums(release, cg.money_sheet(release))
        kept = [row for row in release.query("cq-035").dicts() if row["undated"] and row["total"] is not None]
    assert asked.keys() == told.keys() and len(told) > 200
    totals = {key: row for key, row in asked.items() if row[1] is not None}
    assert {key: told[key] for key in totals} == totals
    assert {key: count for key, (count, _) in asked.items()} == {
        key: count for key, (count, _) in told.items()
    }
    assert len(totals) > 100 and len(kept) == 5  # and what is kept apart is in none of them


def drawn_amounts(cases: int) -> str:
    """Amounts of things, parts and payers that may be one or not; each case has a currency of its own."""
    draw = random.Random(35)
    lines = [
        "@prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix schema: <https://schema.org/> .",
        "@prefix k: <https://w3id.org/coopgraph/concept/money-kind/> .",
        "@prefix prov: <http://www.w3.org/ns/prov#> . @prefix dcterms: <http://purl.org/dc/terms/> .",
        *(
            f"<urn:graph:{n}> prov:hadPrimarySource <urn:source:{n}> . <urn:source:{n}> a coop:Source ."
            for n in "12"
        ),
    ]
    dates = ("", "", '"2016"', '"2016-05"', '"2017"', '"2016-05-31"')
    for case in range(cases):
        unit = "".join(chr(65 + case // 26**place % 26) for place in (2, 1, 0))
        things = [f"urn:{unit}:{place}" for place in range(6)]
        lines += [
            f"<{thing}> a coop:{'Agreement' if n > 1 else 'Action'} ." for n, thing in enumerate(things)
        ]
        lines += [f"<{things[0]}> dcterms:isPartOf <{things[1]}> ."] * draw.randrange(2)
        for place in range(draw.randint(1, 4)):
            start = draw.choice(dates)
            end = draw.choice((start, start, '"2017-06"')) if start else ""
            parties = [f"coop:payer <urn:{unit}:x> ; coop:payee <urn:{unit}:y>"] if draw.randrange(5) else []
            kind = draw.choice(("granted", "granted", "granted", "spent-to-date", "ceiling"))
            thing = draw.choice((*things[:3], *[things[2 + place]] * 5))
            said = [
                f'coop:about <{thing}> ; schema:value {2**place} ; schema:currency "{unit}"',
                f"coop:amountKind k:{kind}",
                *parties,
                *([f"schema:startDate {start}"] if start else []),
                *([f"schema:endDate {end}"] if end else []),
            ]
            graph = f"urn:graph:{draw.choice('12')}"
            lines.append(f"GRAPH <{graph}> {{ <urn:m:{unit}:{place}> a coop:Money ; {' ; '.join(said)} . }}")
    return "\n".join(lines)


def each_year(one: Stated) -> range:
    return range(int(one.start or 0), int(one.end or 0) + 1)


def stated(money: str, thing: str, start: str | None, end: str | None) -> Stated:
    return Stated(
        money, Decimal(1), "EUR", f"{BASE}concept/money-kind/planned", None, None, "action", (thing,),
        frozenset(), None, None, (), start, end, None, None, None, (), (), (), ("s",),
    )  # fmt: skip
