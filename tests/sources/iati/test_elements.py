"""Every element of IATI that has a table, in version 2.03 and in 1.05, to exactly the rows it must become."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.sources.iati.columns import TABLES
from tests.sources.iati.conftest import Result, Rows

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["every-element-2.03", "older-1.05"])
def test_rows(name: str, rows_of: Rows) -> None:
    made = rows_of(HERE / f"{name}.xml").rows
    lines = ["\t".join([table, *row]) for table, rows in made.items() for row in rows]
    assert lines == (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert all(len(row) == len(TABLES[table]) for table, rows in made.items() for row in rows)


def test_every_table_has_a_row_in_the_sample(rows_of: Rows) -> None:
    assert all(rows_of(HERE / "every-element-2.03.xml").rows.values())


def test_what_is_left_out_is_counted(rows_of: Rows) -> None:
    assert rows_of(HERE / "every-element-2.03.xml").found.left_out == {
        "contact-info": 1,
        "person-name": 1,
        "telephone": 1,
        "email": 1,
        "other-identifier": 1,
        "country-budget-items": 1,
        "humanitarian-scope": 1,
        "default-flow-type": 1,
        "planned-disbursement": 1,
    }


def test_no_contact_is_in_any_row(rows_of: Rows) -> None:
    made = rows_of(HERE / "every-element-2.03.xml").rows
    cells = {cell for rows in made.values() for row in rows for cell in row}
    assert not {cell for cell in cells if "Ana" in cell or "ana@" in cell or cell == "+1"}


def test_what_is_odd_is_told_with_its_line(rows_of: Rows) -> None:
    told = rows_of(HERE / "every-element-2.03.xml").told
    assert [sentence.removeprefix("every-element-2.03.xml, line ") for sentence in told] == [
        "17: activity XX-1-WELLS has '9', which is not in the code list OrganisationRole. Correct the code.",
        "17: activity XX-1-WELLS names no organisation: it has neither a reference nor a name.",
        "23: activity XX-1-WELLS has the date '31/12/2025', expected one like 2017-05-31; it is "
        "left out. Correct the date.",
        "32: activity XX-1-WELLS has 'XK', which is not in the code list Country. Correct the code.",
        "39: activity XX-1-WELLS has the position '191 0', expected a latitude and a longitude; it "
        "is left out. Correct it.",
        "46: activity XX-1-WELLS has '18', which is no Sustainable Development Goal or target. "
        "Write a goal from 1 to 17, or 11.3.",
        "56: activity XX-1-WELLS has the amount '1,234,567.50', read without thousands separators.",
        "58: activity XX-1-WELLS has a period that ends (2023-12-31) before it begins (2024-01-01); "
        "the end is left out. "
        "Correct one of the two dates.",
        "61: activity XX-1-WELLS has an amount of zero; kept as it is.",
        "67: activity XX-1-WELLS has the amount -250.75, below zero: kept as it is, as a correction "
        "or money back.",
        "74: activity XX-1-WELLS has '99', which is not in the code list TransactionType. Correct the code.",
        "77: activity XX-1-WELLS has the currency 'EURO', expected a code like EUR; the amount is "
        "left out. "
        "Ask the publisher for the currency.",
        "77: activity XX-1-WELLS has the amount '1,234', which cannot be read for sure; it is left out. "
        "Write digits and a decimal point alone: 1234567.50.",
        "96: activity XX-1-WELLS~2 has no currency, nor has its activity one for all its amounts; "
        "the amount is left out. "
        "Ask the publisher for the currency.",
        "82: activity XX-1-WELLS has the actual value 'most', which is not a number for sure; "
        "it is kept as written.",
        "91: activity XX-1-PROGRAMME is related to itself; left out.",
        "85: activity XX-1-PROGRAMME has no title; its identifier stands for it.",
        "93: has the identifier XX-1-WELLS, which another publisher's before it has too; both are kept. "
        "Remove one, or correct it.",
        "98: has no identifier; it is kept under a number of its own. Ask the publisher for its identifier.",
    ]


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ("", "<title><narrative>Wells</narrative></title>"),
        ("", "<title><narrative>We<!-- no -->lls</narrative></title>"),
        ("", "<title><narrative><![CDATA[Wells]]></narrative></title>"),
        ("", "<title><narrative>\n  Wells <?now?> </narrative><narrative/></title>"),
        ("", "<title>Wells</title>"),
        (
            "xmlns:x='urn:x'",
            "<title x:lang='xx'><x:narrative>no</x:narrative><narrative>Wells</narrative></title>",
        ),
    ],
)
def test_one_text_written_in_many_ways(attributes: str, inside: str, rows_in: Rows) -> None:
    assert [row[1] for row in rows_in(inside, attributes).rows["titles"]] == ["Wells"]


@pytest.mark.parametrize("prefix", ["", "i:"])
def test_any_prefix_of_a_namespace_will_do(prefix: str, rows_of: Rows, tmp_path: Path) -> None:
    name = f"xmlns{':i' if prefix else ''}='https://example.org/iati'"
    path = tmp_path / "a.xml"
    path.write_text(
        f"<{prefix}iati-activities {name}><{prefix}iati-activity><{prefix}tag vocabulary='2' code='11'/>"
        f"<o:tag xmlns:o='urn:o' vocabulary='2' code='12'/></{prefix}iati-activity></{prefix}iati-activities>"
    )
    assert [row[1] for row in rows_of(path).rows["goals"]] == ["11"]


def test_controls_left_by_a_conversion_are_told_and_left_out(rows_in: Rows) -> None:
    result = rows_in("<title><narrative>Women&#146;s \u0099wells</narrative></title>")
    assert result.rows["titles"][0][1] == "Womens wells"
    assert any("has control characters, left behind by a conversion" in sentence for sentence in result.told)


def test_controls_in_codes_and_identifiers_are_left_out_too(rows_in: Rows) -> None:
    result = rows_in("<iati-identifier>X&#146;1</iati-identifier><tag vocabulary='2' code='1&#150;1'/>")
    assert result.rows["tags"][0][:4] == ("X1", "1", "2", "11")
    assert len([sentence for sentence in result.told if "has control characters" in sentence]) == 2


def test_an_end_before_the_start_is_left_out(rows_in: Rows) -> None:
    dates = "<activity-date type='2' iso-date='2024-05-01'/><activity-date type='3' iso-date='2024-04-30'/>"
    result = rows_in(f"<iati-identifier>X</iati-identifier><title>W</title>{dates}")
    at = TABLES["activities"].index
    row = result.rows["activities"][0]
    assert (row[at("start")], row[at("end")]) == ("2024-05-01", "")
    assert result.told == [
        "a.xml, line 1: activity X ends (2024-04-30) before it begins (2024-05-01); the end is left out. "
        "Correct one of the two dates."
    ]


def test_a_target_there_is_none_of_leaves_its_goal(rows_in: Rows) -> None:
    result = rows_in("<tag vocabulary='3' code='17.99'/><sector vocabulary='9' code='11.3.1'/>")
    assert [row[1:4] for row in result.rows["goals"]] == [("17", "", ""), ("11", "11.3", "11.3.1")]
    assert any("has '17.99', which is no target of goal 17; the goal alone is kept" in s for s in result.told)


def test_codes_are_named_and_checked_by_the_lists(shared_data: Path, rows_of: Rows) -> None:
    result = rows_of(HERE / "every-element-2.03.xml", shared_data / "iati_codelists")
    names = {(row[0], row[1], row[3]): row[2] for row in result.rows["codes"]}
    assert names["sector-1", "14030", "en"] == "Basic drinking water supply and basic sanitation"
    assert names["region-1", "489", "fr"] == "Amérique du Sud, régional"
    assert names["country", "XK", "en"] == "Kosovo"
    assert result.found.unchecked == {"PolicyMarker": {"1"}}
    assert not [told for told in result.told if "'XK'" in told]


def measured(inside: str, measure: str = "1") -> str:
    """A result whose one indicator has this inside."""
    title = "<title><narrative>Homes</narrative></title>"
    return f"<result type='2'>{title}<indicator measure='{measure}'>{title}{inside}</indicator></result>"


def values(made: Result) -> list[tuple[str, ...]]:
    """Baseline, target and actual value, each as a number and in words."""
    at = TABLES["measurements"].index("baseline")
    return [(*row[at : at + 2], *row[at + 3 : at + 7]) for row in made.rows["measurements"]]


@pytest.mark.parametrize(
    ("inside", "expected", "told"),
    [
        ("<baseline value='198,412.00'/>", ("198412.00", "", "", "", "", ""), 0),
        ("<period><target value=' 20.00 '/><actual value=''/></period>", ("", "", "20.00", "", "", ""), 0),
        ("<period><actual value='0'/></period>", ("", "", "", "", "0", ""), 0),
        ("<period><target value='n/a'/></period>", ("", "", "", "n/a", "", ""), 1),
        (
            "<period><actual value='7'/><actual value='3'><dimension value='f'/></actual></period>",
            ("", "", "", "", "7", ""),
            0,
        ),
        ("<period><actual value='3'><location ref='x'/></actual></period>", ("", "", "", "", "3", ""), 0),
        ("<period><target value='7'/><target value='8'/></period>", ("", "", "", "", "", ""), 1),
        ("", ("", "", "", "", "", ""), 0),
    ],
)
def test_values_of_an_indicator(inside: str, expected: tuple[str, ...], told: int, rows_in: Rows) -> None:
    made = rows_in(f"<title>Wells</title>{measured(inside)}")
    assert values(made) == [expected]
    assert len([one for one in made.told if "value" in one]) == told


def test_words_of_a_qualitative_indicator_are_not_odd(rows_in: Rows) -> None:
    inside = "<baseline value='No'/><period><target value='Yes'/></period>"
    made = rows_in(f"<title>Wells</title>{measured(inside, '5')}")
    assert values(made) == [("", "No", "", "Yes", "", "")]
    assert not [one for one in made.told if "value" in one]


def test_each_period_of_each_indicator_is_a_row(rows_in: Rows) -> None:
    """Numbered through the activity; a result of a type that is on no list has no kind."""
    title = "<title>T</title>"
    period = "<period><period-start iso-date='2024'/></period>"
    indicator = f"<indicator measure='1'>{title}{period}{period}</indicator>"
    made = rows_in(
        f"{title}<result type='1'>{title}{indicator}{indicator}</result><result type='7'>{indicator}</result>"
        "<result type='9'><indicator measure='1'><baseline value='1'/></indicator></result>"
    )
    assert [row[1:5] for row in made.rows["results"]] == [
        ("1", "1", "output", ""),
        ("2", "7", "", ""),
        ("3", "9", "other", "src-without-identifier-1, 3"),
    ]
    assert [row[1:3] for row in made.rows["measurements"]] == [
        *((str(n), "1") for n in (1, 2, 3, 4)),
        *((str(n), "2") for n in (5, 6)),
        ("7", "3"),
    ]
    assert [one.rsplit(": ", 1)[1] for one in made.told if "result" in one or "indicator" in one] == [
        "activity src-without-identifier-1 has a result without a title.",
        "what is measured cannot be told; it is left out. Ask the publisher for its title.",
    ]
    assert made.found.unknown == {("ResultType", "7"): 1}
