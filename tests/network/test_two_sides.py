"""What only one side says: exact findings on small data, counts beside plain sets on the shared ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import coopgraph as cg
from coopgraph.cli import main
from coopgraph.errors import MeasureError
from coopgraph.network.two_sides import OneSided, Sides

Found = Callable[[str], OneSided]

HEAD = """
@prefix : <https://example.org/id/city/> .
@prefix s: <https://example.org/id/agreement/> .
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix kind: <https://w3id.org/coopgraph/concept/agreement-kind/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
:lima a coop:City ; skos:prefLabel "Lima"@en . :quito a coop:City ; skos:prefLabel "Quito"@en .
:cusco a coop:City ; skos:prefLabel "Cusco"@en .
"""


def agreement(name: str, says: str, of: str, date: str = "", kind: str = "memorandum") -> str:
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    signed = f'; coop:signedOn "{date}"^^xsd:{kinds[len(date)]}' if date else ""
    return (
        f"s:{name} a coop:Agreement ; coop:party :{says}, :{of} ; coop:agreementKind kind:{kind} ; "
        f"prov:wasAttributedTo :{says} ; foaf:page <https://example.org/{name}> {signed} .\n"
    )


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], OneSided]:
    """Compare the sides in a few statements."""

    def compared(text: str) -> OneSided:
        file = tmp_path / "sides.trig"
        file.write_text(HEAD + text, encoding="utf-8")
        with cg.open(file) as release:
            return cg.one_sided(release)

    return compared


def rows(told: OneSided) -> list[tuple[Any, ...]]:
    names = ("finding", "says_label", "of_label", "since", "other_since", "other_states")
    return [tuple(row[name] for name in names) for row in told.table.to_pylist()]


def test_an_answered_statement_is_not_listed_and_an_unanswered_one_is(found: Found) -> None:
    text = (
        agreement("a", "lima", "quito")
        + agreement("b", "quito", "lima")
        + agreement("c", "lima", "cusco", "2001")
    )
    assert rows(found(text)) == [("one-sided", "Lima", "Cusco", "2001", None, 0)]
    told = found(text)
    assert told.basis == Sides(3, 3, 2, 1, 1, 0, 0)
    assert str(told).startswith("2 of 3 ties are stated by the other side too (66.67 %). 1 are")
    (row,) = told.table.to_pylist()
    assert row["page"] == "https://example.org/c"
    assert row["statement"] == "https://example.org/id/agreement/c"


def test_another_kind_is_no_answer(found: Found) -> None:
    text = agreement("a", "lima", "quito") + agreement("b", "quito", "lima", kind="twinning")
    assert [row[:3] for row in rows(found(text))] == [
        ("one-sided", "Lima", "Quito"),
        ("one-sided", "Quito", "Lima"),
    ]


@pytest.mark.parametrize(
    ("here", "there", "differ"),
    [
        ("1989", "1990", True),
        ("1989", "1989-05", False),
        ("1989-05-17", "1989-05", False),
        ("1989-05-17", "1989-05-18", True),
        ("1989", "", False),
    ],
)
def test_dates_differ_where_neither_fits_the_other(
    found: Found, here: str, there: str, *, differ: bool
) -> None:
    text = agreement("a", "lima", "quito", here) + agreement("b", "quito", "lima", there)
    assert rows(found(text)) == ([("dates differ", "Lima", "Quito", here, there, 1)] if differ else [])


def test_a_source_may_be_the_list_of_a_city(found: Found) -> None:
    text = """
    <https://example.org/graph/l> prov:hadPrimarySource <https://example.org/id/source/l> .
    <https://example.org/id/source/l> a coop:Source ; prov:wasAttributedTo :lima .
    <https://example.org/graph/l> {
      s:a a coop:Agreement ; coop:party :lima, :quito . s:b a coop:Agreement ; coop:party :cusco, :quito .
    }
    """
    told = found(text)
    assert (rows(told), told.basis.unasked, told.basis.one_sided, told.basis.answered) == ([], 1, 0, 0)
    assert "Of 1 tie the other side has not been asked" in str(told)
    text += "<https://example.org/id/source/q> a coop:Source ; prov:wasAttributedTo :quito ."
    assert [row[:3] for row in rows(found(text))] == [("one-sided", "Lima", "Quito")], (
        "of what others signed it is no side"
    )


def test_nobody_says_who_states_what(found: Found) -> None:
    with pytest.raises(MeasureError, match=r"import the file with: coopgraph import twins FILE"):
        found("s:a a coop:Agreement ; coop:party :lima, :quito .")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of three pairs, built; one is one-sided, one is dated differently."""
    folder = tmp_path_factory.mktemp("sides")
    (folder / "pairs.csv").write_text("city,twin,year\nLima,Quito,1990\nQuito,Lima,1991\nLima,=Cusco,2001\n")
    assert main(["import", "twins", str(folder / "pairs.csv"), "-w", str(folder / "w")]) == 0
    assert main(["build", str(folder / "w")]) == 0
    return folder / "w"


def test_the_command_writes_a_table(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--one-sided", "-w", str(workspace)]) == 0
    out, _ = capfd.readouterr()
    assert "1 are one-sided, 1 of them with who states nothing here." in out
    assert "pairs.csv, row 4" in out


def test_the_command_writes_every_format(workspace: Path, tmp_path: Path) -> None:
    for name in ("o.xlsx", "o.json", "o.csv", "o.parquet"):
        assert main(["check", "--one-sided", "-w", str(workspace), "-o", str(tmp_path / name)]) == 0
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    head, *lines = book.worksheets[0].iter_rows()
    assert [cell.value for cell in head][:3] == ["finding", "says", "says_label"]
    cells = {cell.value: cell.data_type for line in lines for cell in line}
    assert cells["=Cusco"] == "s", "no formula"
    told = json.loads((tmp_path / "o.json").read_text())
    assert told["basis"]["one_sided"] == 1
    assert {row["finding"] for row in told["rows"]} == {"one-sided", "dates differ"}


def test_faults_are_not_written_as_a_workbook(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-w", str(workspace), "--format", "xlsx"]) == 2
    assert "go with --one-sided" in capfd.readouterr().err


@pytest.mark.oracle
@pytest.mark.slow
def test_the_shared_statements(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """The counts of plain sets, by mapping alone."""
    import shutil

    folder = tmp_path / "twins"
    shutil.copytree(root / "examples" / "twins", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(folder, settings={"data": str(shared_data / "sister_cities")})
    lines = (
        (shared_data / "sister_cities" / "L3viathan_relations.tsv").read_text(encoding="utf-8").splitlines()
    )
    pairs = {tuple(line.split("\t")) for line in lines}
    alone = {pair for pair in pairs if pair[::-1] not in pairs}
    with cg.open(folder) as release:
        told = cg.one_sided(release)
    sides = [(row["says"], row["of"]) for row in told.table.to_pylist()]
    assert {tuple(iri.rpartition("wikidata-")[2] for iri in pair) for pair in sides} == alone
    assert (told.basis.ties, told.basis.one_sided) == (34_178, 624)
    assert told.basis.silent == len([pair for pair in alone if pair[1] not in {city for city, _ in pairs}])
    assert round(told.basis.answered_share or 0, 4) == 0.9817
