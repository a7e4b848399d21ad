"""An IATI file as a source of a workspace: what it says, what is told of it, whose mappings it has."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import coopgraph as cg
from coopgraph.errors import ConfigError, SourceError
from coopgraph.sources.iati.summary import summarise

HERE = Path(__file__).parent
SAMPLE, OLDER = HERE / "every-element-2.03.xml", HERE / "older-1.05.xml"
PREFIXES = """
    PREFIX answer: <https://w3id.org/coopgraph/concept/answer/>
    PREFIX coop: <https://w3id.org/coopgraph/ns#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX id: <https://w3id.org/coopgraph/id/>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX schema: <https://schema.org/>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
Made = Callable[..., Path]


@pytest.fixture
def workspace(tmp_path: Path) -> Made:
    """Make a workspace of one source."""

    def make(files: dict[str, bytes], settings: str = "") -> Path:
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        paths = [name for name in files if ".xml" in name]
        head = '[workspace]\ntitle = "Wells"\n'
        source = f'[sources.aid]\npath = {paths}\nkind = "iati"\n{settings}\n'
        (tmp_path / "coopgraph.toml").write_text(head + source, encoding="utf-8")
        return tmp_path

    return make


def asked(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with cg.open(folder) as release:
        return [tuple(row) for row in release.query(PREFIXES + query)]


def short(value: object) -> str:
    return str(value).removeprefix("https://w3id.org/coopgraph/")


def test_a_local_government_takes_part_as_a_city(workspace: Made) -> None:
    """The city that funds contributes (derived); the one that implements says nothing of either."""
    folder = workspace({"a.xml": SAMPLE.read_bytes(), "b.xml": OLDER.read_bytes()})
    built = cg.build(folder)
    assert not [fault for fault in built.faults if fault.severity == "violation"]
    rows = asked(
        folder,
        """SELECT ?name ?contributes ?benefits ?certainty WHERE {
             ?x a coop:Participation ; coop:participant ?city .
             ?x coop:contributes ?contributes ; coop:benefits ?benefits .
             ?city a coop:City ; skos:prefLabel ?name . OPTIONAL { ?x coop:certainty ?certainty }
           } ORDER BY ?name""",
    )
    assert [tuple(short(cell).rsplit("/", 1)[-1] for cell in row) for row in rows] == [
        ("City of Aldea", "yes", "unknown", "derived"),
        ("Municipio", "unknown", "unknown", "None"),
    ]


def test_nothing_is_converted_and_nothing_added(workspace: Made) -> None:
    folder = workspace({"a.xml": SAMPLE.read_bytes()})
    cg.build(folder)
    rows = asked(
        folder,
        """SELECT ?kind ?value ?currency ?day ?correction WHERE {
             ?x a coop:Money ; coop:amountKind ?kind ; schema:value ?value ; schema:currency ?currency .
             OPTIONAL { ?x coop:valueDate ?day } OPTIONAL { ?x coop:correction ?correction }
           } ORDER BY ?value""",
    )
    assert [(short(kind).rsplit("/", 1)[-1], str(value), money) for kind, value, money, _, _ in rows] == [
        ("disbursed", "-250.75", "EUR"),
        ("planned-anew", "0", "EUR"),
        ("planned", "1234567.5", "USD"),
    ]
    assert [str(row[3]) for row in rows] == ["2024-03-02", "2024-01-01", "2024-01-01"]
    assert [row[4] for row in rows] == [True, None, None]


def test_a_parent_is_a_whole_and_strangers_are_told(workspace: Made) -> None:
    folder = workspace({"a.xml": SAMPLE.read_bytes()})
    built = cg.build(folder)
    parts = asked(folder, "SELECT ?part ?whole WHERE { ?part dcterms:isPartOf ?whole . ?part a coop:Action }")
    assert [(short(part), short(whole)) for part, whole in parts] == [
        ("id/action/iati-XX-1-WELLS", "id/action/iati-XX-1-PROGRAMME")
    ]
    assert (
        "a.xml, line 81: activity XX-1-WELLS is related to 'ZZ-7', which is not here; that is left out."
        in map(str, built.faults)
    )


def test_titles_have_their_languages(workspace: Made) -> None:
    folder = workspace({"a.xml": SAMPLE.read_bytes()})
    cg.build(folder)
    rows = asked(
        folder,
        """SELECT ?p ?text (LANG(?text) AS ?tag) WHERE {
             VALUES ?p { skos:prefLabel skos:altLabel }
             ?x dcterms:identifier "XX-1-WELLS" ; coop:activityStatus ?status ; ?p ?text
           } ORDER BY ?p ?text""",
    )
    assert [(str(p).rsplit("#", 1)[1], str(text), str(tag)) for p, text, tag in rows] == [
        ("altLabel", "Pozos", "es"),
        ("prefLabel", "Pozos <y> bombas", "es"),
        ("prefLabel", "Wells & pumps", "en"),
    ]


def test_a_packed_file_is_the_same(workspace: Made) -> None:
    plain = cg.check(workspace({"a.xml": SAMPLE.read_bytes()}))
    packed = cg.check(workspace({"a.xml.gz": gzip.compress(SAMPLE.read_bytes())}))
    assert [(s.records, s.quads) for s in plain.sources] == [(s.records, s.quads) for s in packed.sources]


def test_a_mapping_of_ones_own_takes_the_place_of_one(workspace: Made) -> None:
    mapping = b"mappings:\n  tag:\n    s: id:tag/$(code)\n    po:\n      - [skos:note, $(vocabulary)]\n"
    folder = workspace(
        {"a.xml": SAMPLE.read_bytes(), "mine.yml": mapping}, 'mappings = { tags = "mine.yml" }'
    )
    counts = {source.name: source.quads for source in cg.check(folder).sources}
    assert counts["aid.tags"] == 4
    assert counts["aid.activities"] > 4


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ('mappings = { tag = "mine.yml" }', "'sources.aid.mappings.tag' names no table. "
         "Did you mean 'tags'?"),
        (
            'mappings = { tags = "none.yml" }',
            "coopgraph.toml, line 6: 'sources.aid.mappings.tags' 'none.yml' names no file. "
            "Put the file there or correct the path (looked for none.yml).",
        ),
        ('codelists = "mine.yml"', "coopgraph.toml, line 6: 'sources.aid.codelists' names 'mine.yml', "
         "which is not a folder. Name the folder."),
        ('mapping = "mine.yml"', "coopgraph.toml, line 6: 'sources.aid.mapping' means nothing for "
         'kind = "iati". Remove it.'),
    ],
)  # fmt: skip
def test_settings_that_mean_nothing(settings: str, sentence: str, workspace: Made) -> None:
    folder = workspace({"a.xml": SAMPLE.read_bytes(), "mine.yml": b"mappings:\n"}, settings)
    with pytest.raises(ConfigError) as caught:
        cg.check(folder)
    assert sentence in map(str, caught.value.faults)


def test_every_file_that_cannot_be_read_is_told_once(workspace: Made) -> None:
    cut = SAMPLE.read_bytes()[:1000]
    folder = workspace({"a.xml": cut, "b.xml": b"<kml/>", "c.xml": SAMPLE.read_bytes()})
    with pytest.raises(SourceError) as caught:
        cg.check(folder)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("a.xml", 16), ("b.xml", 1)]


def activity(amount: int, updated: str = "", publisher: str = "AA") -> str:
    """An activity of one payment."""
    stated = f"last-updated-datetime='{updated}'" if updated else ""
    return (
        f"<iati-activity default-currency='COP' {stated}><iati-identifier>AA-1</iati-identifier>"
        f"<reporting-org ref='{publisher}' type='40'/><title><narrative>Wells</narrative></title>"
        f"<participating-org role='1' ref='ORG-{amount}' type='40'/>"
        f"<transaction><transaction-type code='3'/><value>{amount}</value></transaction>"
        "</iati-activity>"
    )


def file_of(*activities: str) -> bytes:
    return f"<iati-activities version='2.03'>{''.join(activities)}</iati-activities>".encode()


@pytest.mark.parametrize(
    ("files", "paid", "left_out", "sentence"),
    [
        ([[activity(5)], [activity(5)]], ["5"], ["b.xml"], "a.xml, line 1, which says the same."),
        ([[activity(5), activity(5)]], ["5"], ["a.xml"], "a.xml, line 1, which says the same."),
        (
            [[activity(5).replace("AA-1", "AA-\x7f1")] * 2],
            ["5"],
            ["a.xml"],
            "a.xml, line 1, which says the same.",
        ),
        (
            [[activity(6, "2025-01-01T00:00:00+02:00")], [activity(5, "2024-12-31T21:00:00Z")]],
            ["6"],
            ["b.xml"],
            "a.xml, line 1, updated later (2025-01-01T00:00:00+02:00).",
        ),
        (
            [[activity(5, "2024-01-01")], [activity(6, "2025-01-01")], [activity(7, "2024-06-01")]],
            ["6"],
            ["a.xml", "c.xml"],
            "b.xml, line 1, updated later (2025-01-01T00:00:00+00:00).",
        ),
        (
            [[activity(6, "2025-01-01")], [activity(5)]],
            ["5"],
            ["a.xml"],
            "b.xml, line 1; they do not say the same, and no date of update tells which is newer. "
            "Ask the publisher which one stands.",
        ),
        (
            [[activity(6, "2025-01-01")], [activity(5, "2025-01-01")]],
            ["5"],
            ["a.xml"],
            "b.xml, line 1; they do not say the same, and no date of update tells which is newer. "
            "Ask the publisher which one stands.",
        ),
    ],
)
def test_an_activity_that_comes_again_counts_once(
    files: list[list[str]], paid: list[str], left_out: list[str], sentence: str, workspace: Made
) -> None:
    """Nothing of what is left out stays: no amount, no organisation, no row."""
    contents = {f"{name}.xml": file_of(*each) for name, each in zip("abc", files, strict=False)}
    folder = workspace(contents)
    built = cg.build(folder)
    told = [str(fault) for fault in built.faults]
    amounts = asked(folder, "SELECT ?value WHERE { ?x a coop:Money ; schema:value ?value }")
    assert [str(value) for (value,) in amounts] == paid
    assert asked(folder, "SELECT ?x WHERE { ?x a coop:Action }") == [
        ("https://w3id.org/coopgraph/id/action/iati-AA-1",)
    ]
    named = asked(folder, "SELECT ?ref WHERE { ?x dcterms:identifier ?ref FILTER STRSTARTS(?ref, 'ORG') }")
    assert named == [(f"ORG-{paid[0]}",)]
    count = "1 activity comes again and is" if len(left_out) == 1 else "2 activities come again and are"
    what = f"{count} left out ({', '.join(left_out)}), so that no money is counted twice."
    at = f"{left_out[0]}, line 1: activity AA-1 is left out: it is also in {sentence}"
    assert at in told
    assert told[0] == what
    summary = summarise(sorted(folder.glob("*.xml")))
    assert (summary.repeated, summary.tables["activities"]) == (len(left_out), 1)
    assert [str(each.total) for each in summary.money] == paid
    assert str(summary.faults[0]) == what


def test_an_identifier_of_two_publishers_stays_two(workspace: Made) -> None:
    folder = workspace({"a.xml": file_of(activity(5)), "b.xml": file_of(activity(5, publisher="BB"))})
    built = cg.build(folder)
    ((count,),) = asked(folder, "SELECT (COUNT(?x) AS ?n) WHERE { ?x a coop:Action }")
    assert count == 2
    assert (
        "b.xml, line 1: has the identifier AA-1, which another publisher's before it has too; both are kept. "
        "Remove one, or correct it." in map(str, built.faults)
    )


def test_files_that_overlap_give_what_one_of_them_gives(workspace: Made) -> None:
    one = cg.check(workspace({"1/a.xml": SAMPLE.read_bytes()}))
    two = cg.check(workspace({"1/a.xml": SAMPLE.read_bytes(), "2/a.xml": SAMPLE.read_bytes()}))
    nameless = {
        "aid.activities": 1,
        "aid.titles": 1,
        "aid.sources": 1,
    }  # what has no identifier is no repetition
    assert [s.records for s in two.sources] == [s.records + nameless.get(s.name, 0) for s in one.sources]


def test_percentages_beyond_the_whole_are_told(workspace: Made) -> None:
    shares = (
        "<recipient-country code='PE' percentage='60'/><recipient-region code='298' percentage='41'/>"
        "<sector code='14031' percentage='33.34'/><sector code='14032' percentage='33.34'/>"
        "<sector code='14033' percentage='33.34'/><sector vocabulary='99' code='1' percentage='100'/>"
    )
    built = cg.check(
        workspace({"a.xml": file_of(activity(5).replace("<transaction>", shares + "<transaction>"))})
    )
    assert [str(fault) for fault in built.faults if "add up" in fault.what] == [
        "a.xml, line 1: activity AA-1 has percentages of countries and regions that add up to 101; "
        "all are kept. Correct them: they are shares of 100."
    ]


def two_publishers() -> bytes:
    """Two publishers in one file, on one line."""
    each = (
        "<iati-activity default-currency='COP'><iati-identifier>{0}-1</iati-identifier>"
        "<reporting-org ref='{0}' type='40'><narrative>Bank {0}</narrative></reporting-org>"
        "<title><narrative xml:lang='en'>Of {0}</narrative></title><transaction><transaction-type code='3'/>"
        "<value value-date='2024-01-01'>5</value></transaction></iati-activity>"
    )
    inside = each.format("AA") + each.format("B B")
    root = "iati-activities version='2.03' generated-datetime='2025-10-10T08:00:00Z'"
    return f"<{root}>{inside}</iati-activities>".encode()


ORIGIN = """retrieved = "2026-11-20"
url = "https://example.org/caf.xml"
licence = "https://creativecommons.org/licenses/by/4.0/"
"""


def test_each_publisher_in_a_file_is_a_source_that_can_be_cited(workspace: Made) -> None:
    folder = workspace({"caf 1.xml": two_publishers()}, ORIGIN)
    built = cg.build(folder)
    assert built.counts["sources"] == 2
    with cg.open(folder) as release:
        rows = release.table("sources").to_pylist()
        money = release.evidence("https://w3id.org/coopgraph/id/money/iati-B%20B-1/transaction-1")
        cited = release.query("cq-042-most-cited-sources", atLeast=1)
        titles = [str(row[1]) for row in cited]
        found = release.query("cq-041-evidence-for", subject=money.subject)
        told = [(row[1], row[2], str(row[3])) for row in found]
    assert [short(row["source"]) for row in rows] == [
        "id/source/aid-caf-1-AA",
        "id/source/aid-caf-1-B-B",
    ]
    first = rows[0]
    assert first["title"] == "IATI activities of Bank AA, caf 1.xml"
    assert first["publisher"] == "Bank AA"
    assert first["url"] == "https://example.org/caf.xml"
    assert (str(first["retrieved"]), str(first["date"])) == ("2026-11-20", "2025-10-10")
    assert {short(one.source) for one in money.statements} == {"id/source/aid-caf-1-B-B"}
    assert {short(one.graph) for one in money.statements} == {"graph/aid-caf-1-B-B"}
    assert [(row.title, row.within, row.unit, row.row) for row in money.rows] == [
        ("caf 1.xml", "B B-1", "line", 1)
    ]
    assert sorted(titles) == [
        "IATI activities of Bank AA, caf 1.xml",
        "IATI activities of Bank B B, caf 1.xml",
    ]
    assert told == [
        ("caf 1.xml", None, "None"),
        ("IATI activities of Bank B B, caf 1.xml", "https://example.org/caf.xml", "2026-11-20"),
    ]
    licences = asked(
        folder, "SELECT ?x ?note WHERE { ?x dcterms:license ?l ; a coop:Source ; skos:note ?note }"
    )
    assert [str(note) for _, note in licences] == ["IATI 2.03, file caf 1.xml"] * 2


def test_a_source_the_workspace_names_is_cited_for_all(workspace: Made) -> None:
    folder = workspace({"a.xml": two_publishers()}, 'source_id = "caf-2025"')
    assert cg.build(folder).counts["sources"] == 0
    assert asked(folder, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?x a coop:Money } }") == [
        ("https://w3id.org/coopgraph/graph/caf-2025",)
    ]


def test_files_alike_in_name_are_sources_of_their_own(workspace: Made) -> None:
    folder = workspace({"1/a.xml": two_publishers(), "2/a.xml": two_publishers().replace(b"-1<", b"-2<")},
                       'url = ["https://example.org/1", "https://example.org/2"]')  # fmt: skip
    cg.build(folder)
    with cg.open(folder) as release:
        rows = release.table("sources").to_pylist()
    assert [(short(row["source"]), row["url"][-1]) for row in rows] == [
        ("id/source/aid-a-AA", "1"),
        ("id/source/aid-a-AA-2", "2"),
        ("id/source/aid-a-B-B", "1"),
        ("id/source/aid-a-B-B-2", "2"),
    ]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ('url = "caf.xml"', "'sources.aid.url' has 'caf.xml', expected an address"),
        ('url = ["http://a.example/", "http://b.example/"]', "has 2 addresses for 1 files. Give one"),
        ('retrieved = "20 Nov"', "'sources.aid.retrieved' has '20 Nov', expected a day like 2026-11-26."),
        ('licence = "CC BY"', "'sources.aid.licence' has 'CC BY', which is no address."),
    ],
)
def test_origins_that_are_none(settings: str, sentence: str, workspace: Made) -> None:
    folder = workspace({"a.xml": two_publishers()}, settings)
    with pytest.raises(ConfigError) as caught:
        cg.check(folder)
    assert [sentence in str(fault) for fault in caught.value.faults] == [True]
