"""What each datatype allows, and the advice for what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from coopgraph.columns.duck import column, connect
from coopgraph.namespaces import XSD
from coopgraph.sources.iris import is_absolute_iri
from coopgraph.sources.lexical import IRI, allowed
from coopgraph.sources.lexical_words import advice
from coopgraph.sources.loading import text_array
from coopgraph.sources.terms import W3CDTF

ALLOWED = {
    "integer": ("0", "-12", "+7", "007", "9" * 30),
    "nonNegativeInteger": ("0", "12", "+7", "-0"),
    "decimal": ("0", "-8.61", "+1.", ".5", "4759000.00"),
    "boolean": ("true", "false", "1", "0"),
    "date": (
        "2017-05-31",
        "2016-02-29",
        "2000-02-29",
        "0001-01-01",
        "9999-12-31",
        "2017-05-31Z",
        "2017-05-31+02:00",
    ),
    "dateTime": ("2017-05-31T09:30:00", "2017-05-31T23:59:59.25Z", "2017-05-31T00:00:00-05:00"),
    "gYear": ("2017", "0999"),
    "gYearMonth": ("2017-05", "2017-12"),
    "anyURI": ("https://example.org/é?a=b#c", "page/2", "mailto:a@b.org"),
    "W3CDTF": ("2016", "2013-05", "2017-05-31", "2016-02-29"),
    "iri": (
        "https://example.org",
        "http://a.b:80/c%20d?e#f",
        "urn:isbn:1",
        "http://[2001:db8::1]/",
        "https://é.org/日",
    ),
}
REFUSED = {
    "integer": ("", "1.0", "1,000", "1e5", "12a", "--1", "٣"),
    "nonNegativeInteger": ("-1", "1.5", "-00.0"),
    "decimal": ("1,5", "1.234,56", "1e5", ".", "1.2.3", "€5", "INF", "NaN", "1 000", "+"),
    "boolean": ("yes", "TRUE", "2"),
    "date": (
        "2017-02-29", "1900-02-29", "2017-02-30", "2017-04-31", "2017-13-01", "2017-00-10",
        "2017-01-00", "0000-01-01",
        "2017-5-3", "17-05-31", "31/05/2017", "43159", "60", "2017-05-31T00:00:00", "12017-05-31",
        "-2017-05-31", "200l",
        "2017-05-31\n",
    ),
    "dateTime": ("2017-05-31", "2017-05-31T24:00:00", "2017-02-30T00:00:00", "2017-05-31 09:30:00",
        "2017-05-31T9:30:00"),
    "gYear": ("0000", "17", "2017-05", "20l7", "02017"),
    "gYearMonth": ("2017-13", "2017-5", "2017"),
    "anyURI": ("a b", "https://example.org/<x>", "a\\b", 'a"b'),
    "W3CDTF": ("2017-2", "2017-02-30", "0000", "2017-05-31T10:00:00", "2017-05-31Z", "c. 2017", "2017/05"),
    "iri": ("example.org/a", "https://a b", "https:", "http://a.b/%2", "http://a.b/{x}", "a:b|c",
        "http://a:b:c/", "-x:y"),
}  # fmt: skip


def datatype(name: str) -> str:
    return {"W3CDTF": W3CDTF, "iri": IRI}.get(name, f"{XSD}{name}")


def answers(name: str, texts: tuple[str, ...], **settings: Any) -> dict[str, bool]:
    import pyarrow as pa

    with connect() as connection:
        table = connection.from_arrow(pa.Table.from_arrays([text_array(texts)], names=["x"]))
        found = table.project(
            column("x"), allowed(column("x"), datatype(name), **settings).alias("ok")
        ).fetchall()
    return dict(found)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed(name: str) -> None:
    assert answers(name, ALLOWED[name]) == dict.fromkeys(ALLOWED[name], True)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    assert answers(name, REFUSED[name]) == dict.fromkeys(REFUSED[name], False)


def test_every_day_of_a_leap_and_a_common_year() -> None:
    from datetime import date

    texts = tuple(
        f"{y}-{m:02}-{d:02}" for y in (2000, 1900, 2024) for m in range(1, 13) for d in range(1, 32)
    )
    for text, ok in answers("date", texts).items():
        try:
            date.fromisoformat(text)
        except ValueError:
            assert not ok, text
        else:
            assert ok, text


def test_a_declared_decimal_comma() -> None:
    assert answers("decimal", ("1,5", "-8,61", "7", "1.5", "1,2,3"), decimal=",") == {
        "1,5": True,
        "-8,61": True,
        "7": True,
        "1.5": False,
        "1,2,3": False,
    }


def test_python_and_duckdb_agree_on_iris() -> None:
    texts = ALLOWED["iri"] + REFUSED["iri"]
    assert answers("iri", texts) == {text: is_absolute_iri(text) for text in texts}


def test_what_we_call_an_iri_oxigraph_takes_too() -> None:
    import pyoxigraph as ox

    for text in ALLOWED["iri"]:
        assert list(ox.parse(f"<{text}> <{text}> <{text}> .", ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("2017-5-3", "date", "Write 2017-05-03."),
        ("2017/05/03", "W3CDTF", "Write 2017-05-03."),
        ("31/05/2017", "date", "Write 2017-05-31."),
        ("05/31/2017", "date", "Write 2017-05-31."),
        (
            "05/06/2017",
            "date",
            "Day and month cannot be told apart: write the year first, like 2017-05-31.",
        ),
        ("2017-02-30", "date", "2017-02 has 28 days."),
        ("2017-13-01", "date", "Months are 01 to 12."),
        ("2017-5", "W3CDTF", "Write 2017-05."),
        ("0000", "gYear", "There is no year 0."),
        ("0000-01-01", "date", "There is no year 0."),
        (
            "43159",
            "W3CDTF",
            "It is a day number of Excel, 2018-02-28: format the cell as text and write the date.",
        ),
        (
            "43159.5",
            "date",
            "It is a day number of Excel, 2018-02-28: format the cell as text and write the date.",
        ),
        ("1", "date", "It is a day number of Excel, 1900-01-01: format the cell as text and write the date."),
        (
            "59",
            "date",
            "It is a day number of Excel, 1900-02-28: format the cell as text and write the date.",
        ),
        (
            "60",
            "date",
            "It is day number 60 of Excel, 1900-02-29, a day that never was: write the date meant.",
        ),
        (
            "61",
            "date",
            "It is a day number of Excel, 1900-03-01: format the cell as text and write the date.",
        ),
        ("2017-05-31", "gYear", "Write 2017, or map it to dcterms:W3CDTF."),
        ("2017-05-31T00:00:00", "W3CDTF", "Write 2017-05-31."),
        ("200l", "W3CDTF", None),
        (
            "1,5",
            "decimal",
            'If it is a decimal comma, declare it: decimal = "," for this column in coopgraph.toml.',
        ),
        ("1.234,56", "decimal", "Remove the points between thousands: 1234.56."),
        ("1.234.567", "decimal", "Remove the points between thousands: 1234567."),
        ("1,234.56", "decimal", "Remove the commas between thousands: 1234.56."),
        ("1,234,567", "integer", "Remove the commas between thousands: 1234567."),
        ("1e5", "decimal", "Write the number out: 100000."),
        ("1.5E-3", "decimal", "Write the number out: 0.0015."),
        ("1 000", "integer", "Remove the spaces: 1000."),
        ("12.0", "integer", "Write 12."),
        ("-4", "nonNegativeInteger", "It cannot be below 0."),
        ("€ 5", "decimal", "Write only the number; the currency or unit has a column of its own."),
        ("yes", "boolean", "Write true."),
        ("TRUE", "boolean", "Write true."),
        ("www.example.org", "iri", "Write https://www.example.org."),
        ("example", "iri", "Begin it with https://, or map it with a prefix."),
    ],
)
def test_advice(text: str, name: str, expected: str | None) -> None:
    assert advice(text, datatype(name)) == expected


def test_no_advice_is_itself_refused() -> None:
    """What we tell people to write must be taken when they write it."""
    import re

    for name, texts in REFUSED.items():
        for text in texts:
            words = advice(text, datatype(name)) or ""
            if match := re.match(r"(?:Write|Write the number out:|Remove the [a-z ]+:) (\S+)\.$", words):
                assert answers(name, (match[1],)) == {match[1]: True}, (name, text, words)
