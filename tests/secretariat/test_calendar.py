"""Ends to come as iCalendar: read back by the rules of RFC 5545, whatever names and dates there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import coopgraph as cg
from coopgraph.cli.app import coopgraph
from coopgraph.release.served import Served
from coopgraph.secretariat.lifecycle.calendar import escaped, folded
from coopgraph.web.app import make_app

TURTLE = """
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix kind: <https://w3id.org/coopgraph/concept/agreement-kind/> .
@prefix : <https://w3id.org/coopgraph/id/agreement/> .
@prefix city: <https://w3id.org/coopgraph/id/city/> .
city:sp a coop:City ; skos:prefLabel "São Paulo" . city:b a coop:City ; skos:prefLabel "B; or, so" .
:year a coop:Agreement ; skos:prefLabel "Back\\\\slash; comma, line\\nEND:VEVENT", "Año ñandú"@es ;
  coop:agreementKind kind:twinning ;
  coop:party city:sp, city:b ; coop:signedOn "2020"^^xsd:gYear ; schema:endDate "2027"^^xsd:gYear .
:day a coop:Agreement ;
  skos:prefLabel "A name of many letters that goes on and on, like ções ções ções ções ções ções" ;
  coop:agreementKind kind:twinning ;
  coop:party city:sp, city:b ; coop:signedOn "2020-01-01"^^xsd:date ; schema:endDate "2027-02-28"^^xsd:date .
:never a coop:Agreement ; skos:prefLabel "never" ; coop:signedOn "2020"^^xsd:gYear ;
  coop:agreementKind kind:twinning ; coop:party city:sp, city:b .
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    path = tmp_path_factory.mktemp("calendar") / "made.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    with cg.open(path) as release:
        yield release


def events(octets: bytes) -> list[dict[str, str]]:
    """Read a calendar: every line ends in CRLF, none has more than 75 octets, each event is complete."""
    assert octets.endswith(b"\r\n") and octets.count(b"\n") == octets.count(b"\r\n") == octets.count(b"\r")
    for piece in octets.split(b"\r\n"):
        assert len(piece) <= 75
        piece.decode("utf-8")  # no letter is cut
    lines = octets.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1][name] = unescaped(value)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(found)
    return found


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_each_end_is_an_event_of_a_whole_day(release: cg.Release, tmp_path: Path) -> None:
    path = cg.write_calendar(release, tmp_path / "ends.ics", as_of="2026-06-15", soon_months=24)
    day, year = events(path.read_bytes())
    assert (day["DTSTART;VALUE=DATE"], day["DTEND;VALUE=DATE"]) == ("20270228", "20270301")
    assert (year["DTSTART;VALUE=DATE"], year["DTEND;VALUE=DATE"]) == ("20271231", "20280101")
    assert day["DTSTAMP"] == year["DTSTAMP"] == "20260615T000000Z"
    assert day["SUMMARY"].endswith("like ções ções ções ções ções ções")
    assert year["SUMMARY"] == "Ends: Back\\slash; comma, line\nEND:VEVENT"
    assert "some day from 2027-01-01 to 2027-12-31" in year["DESCRIPTION"]
    assert "2027-02-28" in day["DESCRIPTION"] and "some day" not in day["DESCRIPTION"]
    assert "B; or, so, São Paulo" in day["DESCRIPTION"]
    assert len({day["UID"], year["UID"]}) == 2


def test_the_same_bytes_again_and_the_same_event_later(release: cg.Release, tmp_path: Path) -> None:
    first = cg.write_calendar(release, tmp_path / "a.ics", date(2026, 6, 15), 24).read_bytes()
    assert cg.write_calendar(release, tmp_path / "b.ics", "2026-06-15", 24).read_bytes() == first
    later = events(cg.write_calendar(release, tmp_path / "c.ics", "2026-07-15", 24).read_bytes())
    assert [one["UID"] for one in later] == [one["UID"] for one in events(first)]
    assert {one["DTSTAMP"] for one in later} == {"20260715T000000Z"}


def test_in_the_language_asked(release: cg.Release, tmp_path: Path) -> None:
    told = cg.write_calendar(release, tmp_path / "es.ics", "2026-06-15", 24, lang="es").read_bytes()
    assert [one["SUMMARY"] for one in events(told)][1] == "Termina: Año ñandú"
    assert "algún día entre 2027-01-01 y 2027-12-31" in events(told)[1]["DESCRIPTION"]


def test_nothing_to_come_is_an_empty_calendar(release: cg.Release, tmp_path: Path) -> None:
    assert events(cg.write_calendar(release, tmp_path / "none.ics", "2040-01-01").read_bytes()) == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\\;,:\n\r éñ€😀")))
def test_any_text_comes_back(text: str) -> None:
    line = folded("SUMMARY:" + escaped(text))
    assert all(len(piece) <= 75 for piece in line.split(b"\r\n"))
    whole = line.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode("utf-8").removeprefix("SUMMARY:")
    assert "\n" not in whole and "\r" not in whole
    assert unescaped(whole) == text.replace("\r\n", "\n").replace("\r", "\n")


def test_from_the_shell_and_the_page(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "ends.ics"
    asked = ["lifecycle", "-w", str(built), "--soon-months", "36", "--calendar", str(path), "--lang", "pt"]
    done = CliRunner().invoke(coopgraph, asked)
    assert done.exit_code == 0, done.output
    (only,) = events(path.read_bytes())
    assert only["SUMMARY"].startswith("Termina: Santo Domingo") and only["DTSTART;VALUE=DATE"] == "20291105"
    assert only["URL"].startswith("https://")
    with Served(built) as served, TestClient(make_app(served), base_url="http://127.0.0.1") as client:
        page = client.get("/pt/secretariat/lifecycle", params={"soon_months": "36"})
        assert 'href="/pt/secretariat/lifecycle.ics?soon_months=36"' in page.text
        got = client.get("/pt/secretariat/lifecycle.ics", params={"soon_months": "36"})
        assert got.content == path.read_bytes()
        assert got.headers["content-type"].startswith("text/calendar")
        assert client.get("/pt/secretariat/lifecycle.ics", params={"as_of": "x"}).status_code == 400
        assert client.get("/pt/secretariat/coverage.ics").status_code == 404
