"""IATI: valid against the official schema, and nothing in it that no source states."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import coopgraph as cg
from coopgraph.release import Release
from coopgraph.settings.export import ExportSpec, Reporting

WHO = ExportSpec(Reporting("ES-CIF-X", "City of Northport", "11"))


@pytest.fixture(scope="session")
def schema(shared_data: Path) -> etree.XMLSchema:
    """The official schema of IATI 2.03."""
    return etree.XMLSchema(etree.parse(shared_data / "iati_schemas" / "iati-activities-schema.xsd"))


def read(path: Path, schema: etree.XMLSchema) -> Any:
    document = etree.parse(path)
    assert schema.validate(document), schema.error_log
    return document


def exported(folder: Path, turtle: str, schema: etree.XMLSchema, who: ExportSpec = WHO) -> tuple[Any, Any]:
    """The document of some Turtle, and what was written."""
    (folder / "in.ttl").write_text(PREFIXES + turtle, encoding="utf-8")
    with cg.open(folder / "in.ttl") as release:
        written = cg.export(release, folder / "out.xml", settings=who, force=True)
    return read(folder / "out.xml", schema), written


PREFIXES = """
@prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> . @prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix concept: <https://w3id.org/coopgraph/concept/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix id: <https://w3id.org/coopgraph/id/> .
@prefix sdg: <http://metadata.un.org/sdg/> . @prefix country: <https://w3id.org/coopgraph/country/> .
<https://w3id.org/coopgraph/id/source/s> a coop:Source ; coop:retrieved "2024-06-30"^^xsd:date .
<urn:lima> a coop:City ; skos:prefLabel "Lima" ; coop:country country:PE ;
  wgs84:lat -12.04 ; wgs84:long -77.02 ; skos:exactMatch <https://sws.geonames.org/3936456/> .
<urn:lisboa> a coop:City ; skos:prefLabel "Lisboa"@pt, "Lisbon"@en ; coop:country country:PT .
<urn:net> a coop:Network ; skos:prefLabel "A network" .
<urn:bank> a coop:Organisation ; skos:prefLabel "A bank" .
"""
ACTION = """
<https://w3id.org/coopgraph/id/action/a/1> a coop:Action ; skos:prefLabel "Water"@en, "Agua & <lluvia>"@es ;
  schema:startDate "2023-01-10"^^xsd:date ; schema:endDate "2024-12-31"^^xsd:date ;
  coop:sdg sdg:6, <http://metadata.un.org/sdg/11.3> ; schema:funder <urn:bank> ; schema:organizer <urn:net> ;
  coop:strategicLine <https://w3id.org/coopgraph/concept/strategic-line/green-urban-networks> ;
  coop:amount <urn:m1>, <urn:m2>, <urn:m3>, <urn:m4> .
<urn:p1> a coop:Participation ; coop:event <https://w3id.org/coopgraph/id/action/a/1> ;
  coop:participant <urn:lima> ;
  coop:benefits <https://w3id.org/coopgraph/concept/answer/yes> .
<urn:p2> a coop:Participation ; coop:event <https://w3id.org/coopgraph/id/action/a/1> ;
  coop:participant <urn:lisboa> ; coop:benefits <https://w3id.org/coopgraph/concept/answer/no> .
<urn:m1> a coop:Money ; coop:about <https://w3id.org/coopgraph/id/action/a/1> ; schema:value 100.50 ;
  schema:currency "EUR" ; coop:amountKind <https://w3id.org/coopgraph/concept/money-kind/planned> ;
  schema:startDate "2023-01-01"^^xsd:date ; schema:endDate "2023-12-31"^^xsd:date .
<urn:m2> a coop:Money ; coop:about <https://w3id.org/coopgraph/id/action/a/1> ; schema:value 70 ;
  schema:currency "USD" ; coop:amountKind <https://w3id.org/coopgraph/concept/money-kind/disbursed> ;
  schema:startDate "2023-05-02"^^xsd:date ; coop:payer <urn:bank> ; coop:payee <urn:lima> .
<urn:m3> a coop:Money ; coop:about <https://w3id.org/coopgraph/id/action/a/1> ; schema:value 5 ;
  schema:currency "EUR" ; coop:amountKind <https://w3id.org/coopgraph/concept/money-kind/spent> ;
  schema:startDate "2023"^^xsd:gYear .
<urn:m4> a coop:Money ; coop:about <https://w3id.org/coopgraph/id/action/a/1> ; schema:value 9 ;
  schema:currency "EUR" ; coop:amountKind <https://w3id.org/coopgraph/concept/money-kind/ceiling> .
<https://w3id.org/coopgraph/id/action/part> a coop:Action ; skos:prefLabel "Part" ;
  dcterms:isPartOf <https://w3id.org/coopgraph/id/action/a/1> ; schema:startDate "2025-03-01"^^xsd:date .
<urn:p3> a coop:Participation ; coop:event <https://w3id.org/coopgraph/id/action/part> ;
  coop:participant <urn:lima> .
"""
GOOD = """
<urn:good> a coop:Action ; skos:prefLabel "Good" ; schema:endDate "2019-01-01"^^xsd:date ;
  schema:funder <urn:bank> .
"""


def test_everything_that_iati_can_carry_is_in_its_place(tmp_path: Path, schema: etree.XMLSchema) -> None:
    document, written = exported(tmp_path, ACTION, schema)
    first, part = document.getroot()

    def found(path: str) -> list[str]:
        return [str(value) for value in first.xpath(path)]

    assert found("iati-identifier/text()") == ["ES-CIF-X-a-1"]
    assert found("reporting-org/@ref | reporting-org/@type") == ["ES-CIF-X", "11"]
    assert found("title/narrative/text()") == ["Water", "Agua & <lluvia>"]
    assert found("title/narrative/@xml:lang") == ["en", "es"]
    assert found("participating-org/@role") == ["1", "2", "4", "4"]
    assert found("participating-org[@role='4']/@type") == ["11", "11"]
    assert found("activity-status/@code") == ["2"], "it ends after the newest day of the data"
    assert found("activity-date/@iso-date") == ["2023-01-10", "2024-12-31"]
    assert found("activity-date/@type") == ["2", "3"], "an actual start, a planned end"
    assert found("recipient-country/@code") == ["PE"], "Lisbon does not benefit"
    assert found("recipient-country/@percentage") == []
    assert found("location/point/pos/text()") == ["-12.04 -77.02"]
    assert found("location/location-id/@code") == ["3936456"]
    assert found("sector/@code") == ["green-urban-networks"]
    assert found("tag/@vocabulary") == ["3", "2"]
    assert found("tag/@code") == ["11.3", "6"]
    assert found("budget/value/text() | budget/value/@currency | budget/value/@value-date") == [
        "EUR", "2023-01-01", "100.50"]  # fmt: skip
    assert found("transaction/transaction-type/@code | transaction/transaction-date/@iso-date") == [
        "3",
        "2023-05-02",
    ]
    assert found("transaction/provider-org/narrative/text()") == ["A bank"]
    assert found("transaction/receiver-org/@type") == ["11"]
    assert found("related-activity/@ref | related-activity/@type") == ["ES-CIF-X-part", "2"]
    assert part.xpath("related-activity/@type") == ["1"]
    assert part.xpath("activity-status/@code") == ["1"], "it begins after the newest day of the data"
    assert written.counts["activities"] == 2
    assert written.left_out["amounts without a day"] == 1
    assert written.left_out["amounts of a kind for which IATI has no place, such as a ceiling"] == 1


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("", "", "actions with no date; IATI requires a day"),
        ("2019", "", "actions with no more than a month or a year; IATI requires a day"),
        ("2019-02-03", "", "actions of which no source says whether they have ended; IATI requires a status"),
    ],
)
def test_what_iati_requires_and_nobody_states_is_not_made_up(
    tmp_path: Path, schema: etree.XMLSchema, start: str, end: str, why: str
) -> None:
    dates = f' ; schema:startDate "{start}"' if start else ""
    action = f'<urn:a> a coop:Action ; skos:prefLabel "A"{dates} .'
    part = "<urn:p> a coop:Participation ; coop:event <urn:a> ; coop:participant <urn:lima> ."
    document, written = exported(tmp_path, GOOD + action + part, schema)
    assert len(document.getroot()) == 1
    assert written.left_out[why] == 1
    settings = ExportSpec(Reporting("X", "Y", "11", "first-and-last-day", "2"))
    document, written = exported(tmp_path, GOOD + action + part, schema, settings)
    assert len(document.getroot()) == 1 + bool(start)
    if start == "2019":
        (date,) = document.xpath("//activity-date[narrative]")
        assert date.get("iso-date") == "2019-01-01"
        assert date.findtext("narrative").startswith("2019 as stated")


def test_a_month_that_there_is_not_is_no_day(tmp_path: Path, schema: etree.XMLSchema) -> None:
    action = (
        '<urn:a> a coop:Action ; skos:prefLabel "A" ; schema:startDate "2019-01-01"^^xsd:date ; '
        'schema:endDate "2019-13"^^xsd:gYearMonth .'
        "<urn:p> a coop:Participation ; coop:event <urn:a> ; coop:participant <urn:lima> ."
    )
    settings = ExportSpec(Reporting("X", "Y", "11", "first-and-last-day"))
    document, written = exported(tmp_path, GOOD + action, schema, settings)
    assert document.xpath("//iati-activity[last()]/activity-date/@iso-date") == ["2019-01-01"]
    assert written.left_out["dates that are a month or a year"] == 1


def test_an_action_without_participants_is_left_out(tmp_path: Path, schema: etree.XMLSchema) -> None:
    action = '<urn:a> a coop:Action ; skos:prefLabel "A" ; schema:endDate "2019-01-01"^^xsd:date .'
    document, written = exported(tmp_path, GOOD + action, schema)
    assert len(document.getroot()) == 1
    assert written.left_out["actions of which no participant is known; IATI requires one"] == 1


def test_a_file_without_activities_is_refused_because_the_schema_forbids_it(
    tmp_path: Path, schema: etree.XMLSchema
) -> None:
    with pytest.raises(cg.ConfigError, match="No action") as caught:
        exported(tmp_path, '<urn:a> a coop:Action ; skos:prefLabel "A" .', schema)
    assert [fault.what for fault in caught.value.faults] == ["1 actions with no date; IATI requires a day."]


def test_control_signs_and_odd_ids_give_valid_xml(tmp_path: Path, schema: etree.XMLSchema) -> None:
    action = r"""<urn:x:a%20/ñ> a coop:Action ; skos:prefLabel "bell\u0007 \u202e"@en ;
      schema:endDate "2019-01-01" .
    <urn:p> a coop:Participation ; coop:event <urn:x:a%20/ñ> ; coop:participant <urn:lima> ."""
    document, _ = exported(tmp_path, action, schema)
    assert document.xpath("//iati-identifier/text()") == ["ES-CIF-X-urn-x-a-20-"]


def test_two_actions_of_one_identifier_are_refused(tmp_path: Path, schema: etree.XMLSchema) -> None:
    one = (
        '<urn:x:{0}> a coop:Action ; skos:prefLabel "A" ; schema:endDate "2019-01-01" ; '
        "schema:funder <urn:bank> ."
    )
    with pytest.raises(cg.ConfigError, match="one IATI identifier"):
        exported(tmp_path, one.format("a/b") + one.format("a//b"), schema)
    assert not (tmp_path / "out.xml").exists()


def test_the_bundled_actions_are_valid_and_counted(
    bundled: Release, tmp_path: Path, schema: etree.XMLSchema
) -> None:
    written = cg.export(bundled, tmp_path / "a.xml", settings=WHO)
    document = read(tmp_path / "a.xml", schema)
    assert len(document.getroot()) == written.counts["activities"] == 20
    actions = sum(count for why, count in written.left_out.items() if why.startswith("actions "))
    assert written.counts["activities"] + actions == 95
    carried = {
        "//activity-date": "dates",
        "//location": "locations",
        "//related-activity": "related activities",
        "//participating-org": "participating organisations",
    }
    for path, name in carried.items():
        assert len(document.xpath(path)) == written.counts[name]
    cg.export(bundled, tmp_path / "b.xml", settings=WHO)
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    more = ExportSpec(Reporting("ES-CIF-X", "City of Northport", "11", "first-and-last-day", "2"))
    assert cg.export(bundled, tmp_path / "c.xml", settings=more).counts["activities"] == 49
    read(tmp_path / "c.xml", schema)


def test_who_reports_must_be_said(bundled: Release, tmp_path: Path) -> None:
    with pytest.raises(cg.ConfigError, match="who reports") as caught:
        cg.export(bundled, tmp_path / "a.xml")
    assert len(caught.value.faults) == 3
    assert not list(tmp_path.iterdir())


def test_our_own_importer_reads_it_back(bundled: Release, tmp_path: Path) -> None:
    """Titles, days and which cities take part go out and come in again; who gives and who gains cannot."""
    home = tmp_path / "home"
    home.mkdir()
    cg.export(bundled, home / "a.xml", settings=WHO)
    (home / "coopgraph.toml").write_text(
        '[workspace]\ntitle = "Back"\n[sources.a]\npath = "a.xml"\nkind = "iati"\n', encoding="utf-8"
    )
    cg.build(home)
    with cg.open(home) as back:
        found = told(back)
    there = told(bundled)
    assert len(found) == 20
    assert found == {title: there[title] for title in found}


def told(release: Release) -> dict[str, tuple[str | None, str | None, tuple[str, ...]]]:
    """Start, end and the names of the cities of each action, by its title."""
    rows = release.table("participations").to_pylist()
    events = {row["event"]: (row["start"], row["end"]) for row in rows}
    cities = {
        iri: {release.label(row["city"], "en") for row in rows if row["event"] == iri} for iri in events
    }
    return {
        release.label(iri, "en"): (*days, tuple(sorted(cities[iri])))
        for iri, days in events.items()
    }  # fmt: skip


def test_every_amount_is_written_or_told(bundled: Release, tmp_path: Path) -> None:
    written = cg.export(bundled, tmp_path / "x.xml", settings=WHO)
    told = sum(count for why, count in written.left_out.items() if why.startswith("amounts "))
    made = written.counts.get("budgets", 0) + written.counts.get("transactions", 0)
    assert told + made == bundled.table("money").num_rows == 9


def test_results_are_counted_and_not_written(tmp_path: Path, schema: etree.XMLSchema) -> None:
    result = """
    id:result\\/r a coop:Result ; skos:prefLabel "Trained" ; coop:resultOf id:action\\/a\\/1 .
    id:measurement\\/m a coop:Measurement ; coop:measuresResult id:result\\/r ;
      coop:indicator "people" ; coop:actual 3.0 .
    """
    _, written = exported(tmp_path, ACTION + result, schema)
    assert written.left_out["results, which are not written"] == 1
    assert written.left_out["measurements of results, which are not written"] == 1
