"""Seven files of real publishers: each table, and the graph, holds as many as an XPath of its own counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import coopgraph as cg
from coopgraph.release import Release
from coopgraph.sources.iati.summary import summarise
from tests.sources.iati.conftest import Rows

FILES = (
    "CAF-ActivityFile-2025-10-10.xml",
    "acfspain-co.xml",
    "acfspain-ph.xml",
    "usaid-bo.xml",
    "who-arg.xml",
    "worldbank-sv.xml",
    "wri-521257057-strategic-plan-2023-2027.xml",
)
PATHS = {
    "activities": "./iati-activity",
    "titles": "./iati-activity/title/narrative",
    "descriptions": "./iati-activity/description/narrative",
    "dates": "./iati-activity/activity-date",
    "participants": "./iati-activity/participating-org",
    "locations": "./iati-activity/location",
    "sectors": ".//sector",
    "tags": "./iati-activity/tag",
    "markers": "./iati-activity/policy-marker",
    "budgets": "./iati-activity/budget",
    "transactions": "./iati-activity/transaction",
    "related": "./iati-activity/related-activity",
    "results": "./iati-activity/result",
    "measurements": "./iati-activity/result/indicator/period",
}


def counted(path: Path) -> dict[str, int]:
    """How many elements of each kind a file has, by the standard library."""
    root = ElementTree.parse(path).getroot()
    counts = {table: len(root.findall(path)) for table, path in PATHS.items()}
    for table in ("titles", "descriptions"):
        counts[table] = len([e for e in root.findall(PATHS[table]) if (e.text or "").strip()])
    counts["recipients"] = len(root.findall(".//recipient-country")) + len(
        root.findall(".//recipient-region")
    )
    tags = [tag for tag in root.findall("./iati-activity/tag") if tag.get("vocabulary") in ("2", "3")]
    aims = [sector for sector in root.findall(".//sector") if sector.get("vocabulary") in ("7", "8", "9")]
    return counts | {"goals": len(tags) + len(aims)}


@pytest.mark.parametrize("name", FILES)
def test_rows_are_as_many_as_elements(name: str, shared_data: Path, rows_of: Rows) -> None:
    rows = rows_of(shared_data / "iati" / name).rows
    expected = counted(shared_data / "iati" / name)
    assert {table: len(rows[table]) for table in expected} == expected


@pytest.mark.parametrize("name", FILES)
def test_lines_are_those_of_the_elements(name: str, shared_data: Path, rows_of: Rows) -> None:
    path = shared_data / "iati" / name
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = rows_of(path).rows["transactions"]
    assert all("<transaction" in lines[int(row[-1]) - 1] for row in rows)


def test_the_file_of_caf(shared_data: Path) -> None:
    summary = summarise([shared_data / "iati" / FILES[0]])
    assert summary.tables["activities"] == 478
    assert summary.tables["transactions"] == 945
    assert (summary.goals[11], summary.goals[17]) == (166, 26)
    assert summary.contacts == {"contact-info": 478, "email": 478}
    assert {(s.kind, s.currency, s.amounts) for s in summary.money} == {
        ("committed", "USD", 478),
        ("disbursed", "USD", 467),
    }


def test_money_is_added_up_as_the_file_says(shared_data: Path) -> None:
    from decimal import Decimal

    path = shared_data / "iati" / "usaid-bo.xml"
    root = ElementTree.parse(path).getroot()
    totals: Counter[str] = Counter()
    for transaction in root.iter("transaction"):
        kind = transaction.find("transaction-type")
        assert kind is not None
        totals[kind.get("code") or ""] += Decimal(transaction.findtext("value") or "")  # type: ignore[assignment]
    assert {each.type: each.total for each in summarise([path]).money} == dict(totals)


@pytest.fixture(scope="module")
def release(shared_data: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """The example, built of all seven files."""
    import shutil

    folder = tmp_path_factory.mktemp("iati") / "iati"
    shutil.copytree(root / "examples" / "iati", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    built = cg.build(folder, settings={"data": str(shared_data / "iati")})
    assert not [fault for fault in built.faults if fault.severity == "violation"]
    with cg.open(folder) as opened:
        yield opened


COUNTS = {
    "activities": "?x a coop:Action",
    "titles": "?x a coop:Action ; skos:prefLabel|skos:altLabel ?label . "
    "BIND (CONCAT(STR(?x), STR(?label), LANG(?label)) AS ?key)",
    "participants": "?x a prov:Association",
    "locations": "?x a schema:Place",
    "sectors": "?x coop:classificationKind kind:sector",
    "tags": "?x coop:classificationKind kind:tag",
    "markers": "?x coop:classificationKind kind:marker",
    "recipients": "?x coop:classificationKind ?kind FILTER (?kind IN (kind:country, kind:region))",
    "transactions": "?x a coop:Money ; coop:transactionType ?type",
    "results": "?x a coop:Result ; coop:resultOf/a coop:Action",
    "measurements": "?x a coop:Measurement ; coop:measuresResult/a coop:Result",
    "budgets": "?x a coop:Money FILTER NOT EXISTS { ?x coop:transactionType ?type }",
}


@pytest.mark.parametrize("table", COUNTS)
def test_the_graph_has_as_many(table: str, release: Release, shared_data: Path) -> None:
    what = "?key" if "?key" in COUNTS[table] else "?x"
    query = f"""
        PREFIX coop: <https://w3id.org/coopgraph/ns#>
        PREFIX kind: <https://w3id.org/coopgraph/concept/classification-kind/>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX schema: <https://schema.org/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT (COUNT(DISTINCT {what}) AS ?n) WHERE {{ {COUNTS[table]} }}"""
    ((count,),) = release.query(query)
    assert count == sum(counted(shared_data / "iati" / name)[table] for name in FILES)


RESULTS = """
    PREFIX coop: <https://w3id.org/coopgraph/ns#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    SELECT ?kind (COUNT(DISTINCT ?result) AS ?results) (COUNT(DISTINCT ?one) AS ?measurements)
      (COUNT(?actual) AS ?reached) (COUNT(?words) AS ?inWords) WHERE {
      ?result coop:resultOf/dcterms:publisher/skos:prefLabel ?who ; coop:resultKind ?kind .
      ?one coop:measuresResult ?result .
      OPTIONAL { ?one coop:actual ?actual }
      OPTIONAL { ?one coop:actual ?words FILTER (!isNumeric(?words)) }
    } GROUP BY ?kind ORDER BY ?kind"""


def test_results_by_kind(release: Release, shared_data: Path) -> None:
    """CAF aims at 493 impacts and says of none what came of it; `1,234` is not a number for sure."""
    stated: Counter[str] = Counter()
    for name in FILES:
        for each in ElementTree.parse(shared_data / "iati" / name).iter("result"):
            values = [value for one in each.iter("actual") if (value := (one.get("value") or "").strip())]
            words = [value for value in values if not re.fullmatch(r"[\d,]*\d\.\d+|\d+", value)]
            kind = {"1": "output", "2": "outcome", "3": "impact"}[each.get("type") or ""]
            stated += Counter({kind: len(values), f"{kind} in words": len(words)})
    found = {str(row[0]).rsplit("/", 1)[1]: tuple(row)[1:] for row in release.query(RESULTS)}
    assert found == {
        "impact": (493, 493, 0, 0),
        "outcome": (67, 75, 74, stated["outcome in words"]),
        "output": (200, 200, 198, stated["output in words"]),
    }
    assert (stated["output"], stated["outcome"]) == (198, 74)


def test_goals_of_the_graph(release: Release) -> None:
    """CAF has 166 and 26; WRI states goal 11 and WHO targets of goal 17 beside them."""
    found = {str(goal): activities for goal, activities in release.query("goals")}
    assert (found["11"], found["17"]) == (167, 37)


def test_a_statement_leads_back_to_its_line(release: Release, shared_data: Path) -> None:
    query = """
        PREFIX coop: <https://w3id.org/coopgraph/ns#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?place ?title WHERE {
          ?money coop:about ?action ; coop:transactionType ?type ; prov:wasDerivedFrom ?place .
          ?action dcterms:identifier "XM-DAC-46008-cfa012402" .
          BIND (IRI(STRBEFORE(STR(?place), "#")) AS ?file) ?file dcterms:title ?title
        } ORDER BY ?place"""
    found = [(str(place).rsplit("#", 1)[1], str(title)) for place, title in release.query(query)]
    lines = (shared_data / "iati" / FILES[0]).read_text(encoding="utf-8").splitlines()
    first = [n for n, line in enumerate(lines, 1) if "<transaction>" in line][:2]
    assert found == [(f"activity=XM-DAC-46008-cfa012402&line={n}", FILES[0]) for n in first]
