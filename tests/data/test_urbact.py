"""The URBACT example on the real files: nothing lost, roles by network type, dirt handled openly."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg

MEMBERS = "urbact/URBACT_Membership_GNidCorr_complete_V2.csv"
NETWORKS = "urbact/UrbactNetworks_complete_V2.csv"
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def release(root: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    workspace = tmp_path_factory.mktemp("urbact") / "workspace"
    shutil.copytree(root / "examples" / "urbact", workspace, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(workspace, settings={"data": str(shared_data / "urbact")})
    with cg.open(workspace) as opened:
        yield opened


def flags(row: Row, kind: str) -> tuple[bool, bool]:
    """Who contributes and who benefits, as the data's own description says."""
    lead = row["City.Statut"] == "Lead Partner"
    return (lead, not lead) if kind == "Transfer" else (True, True)


def test_every_participation_is_there_once_with_its_roles(release: cg.Release, shared_data: Path) -> None:
    kinds = {row["Code_Network"]: row["Type"] for row in read(shared_data / NETWORKS)}
    rows = read(shared_data / MEMBERS)
    assert len(rows) == 1510
    expected = {
        (f"urbact-{row['Code_Network']}", f"geonames-{row['geonameId']}"): flags(
            row, kinds[row["Code_Network"]]
        )
        for row in rows
    }
    table = release.table("participations").to_pylist()
    found = {
        (row["event"].rpartition("/")[2], row["city"].rpartition("/")[2]): (
            row["contributes"],
            row["benefits"],
        )
        for row in table
    }
    assert found == expected
    assert len(table) == len(expected) == 1509
    assert Counter(found.values()) == {(True, True): 1320, (True, False): 30, (False, True): 159}


def test_the_flags_are_called_a_reading(release: cg.Release) -> None:
    """The tables name members and roles; who gives and who gains is read into them."""
    rows = release.query(
        "PREFIX coop: <https://w3id.org/coopgraph/ns#> SELECT ?certainty (COUNT(?p) AS ?n) "
        "WHERE { ?p a coop:Participation . OPTIONAL { ?p coop:certainty ?certainty } } GROUP BY ?certainty",
        trusted=True,
    ).serialize("tsv")
    concept = "<https://w3id.org/coopgraph/concept/certainty/derived>"
    assert rows.decode().splitlines() == ["?certainty\t?n", f"{concept}\t1509"]


def test_cities_are_placed_and_named(release: cg.Release, shared_data: Path) -> None:
    cities = {row["city"].rpartition("/")[2]: row for row in release.table("cities").to_pylist()}
    assert len(cities) == 591
    porto = cities["geonames-2735943"]
    assert (porto["label_en"], porto["country"]) == ("Porto", "PT")
    assert (float(porto["lat"]), float(porto["long"])) == (41.14961, -8.61099)
    assert Counter(row["country"] for row in cities.values())["UK"] == 0
    assert {name for name, row in cities.items() if row["lat"] is None} == {"geonames-GN00"}


def test_events_are_the_networks(release: cg.Release, shared_data: Path) -> None:
    starts = {f"urbact-{row['Code_Network']}": row["Start"] for row in read(shared_data / NETWORKS)}
    table = release.table("participations").to_pylist()
    assert {row["event"].rpartition("/")[2]: row["start"] for row in table} == starts
    assert len(starts) == 172


def test_every_question_can_be_asked_of_any_workspace(release: cg.Release, root: Path) -> None:
    questions = sorted((root / "ontology" / "queries" / "competency").glob("cq-*.rq"))
    answered = {}
    for question in questions:
        answer = release.query(question.read_text(encoding="utf-8"), trusted=True)
        answered[question.stem[7:]] = len(list(answer))
    assert answered["countries"] == 31
    assert answered["cities-without-coordinates"] == 1
    assert answered["programme-purpose"] == 0
    assert answered["unknown-flags"] == 3
