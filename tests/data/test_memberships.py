"""The memberships example on the real table: every row, counted again with the csv module alone."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

import coopgraph as cg

pytestmark = pytest.mark.slow  # the whole table is built
FILE = "etmun/MembersETMUNGeocode.csv"
CITIES = ("City", "Municipality")
Row = dict[str, str]


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[Row]:
    with (shared_data / FILE).open(encoding="utf-8", newline="") as file:
        return [
            {name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(file, delimiter=";")
        ]


@pytest.fixture(scope="module")
def workspace(root: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("etmun") / "workspace"
    shutil.copytree(root / "examples" / "memberships", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    built = cg.build(folder, settings={"data": str(shared_data / "etmun")})
    assert all(fault.severity != "violation" for fault in built.faults)
    assert built.left_out == 0
    return folder


@pytest.fixture(scope="module")
def release(workspace: Path) -> Iterator[cg.Release]:
    with cg.open(workspace) as opened:
        yield opened


def test_every_city_row_is_a_membership_with_its_network_and_year(
    release: cg.Release, rows: list[Row]
) -> None:
    expected = {
        row["MembershipCode"]: (
            row["Code_Network"],
            row["Year_of_Joining"] if re.fullmatch(r"\d{4}", row["Year_of_Joining"]) else None,
        )
        for row in rows
        if row["EntitySimplified"] in CITIES
    }
    table = release.table("memberships").to_pylist()
    found = {
        row["membership"].rpartition("etmun-")[2]: (row["network"].rpartition("/")[2], row["since"])
        for row in table
    }
    assert found == expected
    assert len(table) == len(expected) == 16_707
    assert {tuple(row["source"]) for row in table} == {("https://w3id.org/coopgraph/id/source/etmun",)}


def test_the_others_are_organisations_and_none_is_lost(release: cg.Release, rows: list[Row]) -> None:
    found = release.query(
        "PREFIX coop: <https://w3id.org/coopgraph/ns#> "
        "SELECT (COUNT(?o) AS ?n) WHERE { ?o a coop:Organisation }",
        trusted=True,
    )
    ((count,),) = found
    assert count == sum(row["EntitySimplified"] not in CITIES for row in rows) == len(rows) - 16_707


def test_spellings_of_one_city_are_one(release: cg.Release, rows: list[Row]) -> None:
    spellings = ("Lisboa", "Lisbon", "Lisbonne")
    named = [row for row in rows if row["Locality_Siege"] in spellings and row["EntitySimplified"] in CITIES]
    assert {row["Locality_Siege"] for row in named} == set(spellings)
    lisbon = "https://w3id.org/coopgraph/id/city/geonames-2267057"
    members = release.table("memberships").to_pylist()
    networks = {row["network"].rpartition("/")[2] for row in members if row["city"] == lisbon}
    assert networks == {row["Code_Network"] for row in named}
    assert len(networks) == 15


def test_the_bipartite_graph_is_of_cities_and_networks(release: cg.Release, rows: list[Row]) -> None:
    B = cg.affiliation_graph(release)
    sides = nx.get_node_attributes(B, "bipartite")
    networks = [node for node, side in sides.items() if side == 1]
    members = [row for row in rows if row["EntitySimplified"] in CITIES]
    assert len(networks) == len({row["Code_Network"] for row in members}) == 58
    assert len({row["Code_Network"] for row in rows}) == 59
    assert all({sides[one], sides[other]} == {0, 1} for one, other in B.edges)
    largest = max(networks, key=B.degree)
    assert B.nodes[largest]["label"] == Counter(row["Network_Name"] for row in members).most_common(1)[0][0]
    by_city = sorted(
        (B.degree(node), B.nodes[node]["label"]) for node in B if B.nodes[node]["bipartite"] == 0
    )
    assert by_city[-4:] == [(18, "Berlin"), (18, "Zagreb"), (19, "Barcelona"), (19, "Paris")]
    assert cg.rank(release).table.num_rows == 0


def test_the_readme_counts_as_the_table_does(root: Path, shared_data: Path, rows: list[Row]) -> None:
    text = (root / "examples" / "memberships" / "README.md").read_text(encoding="utf-8")
    with (shared_data / FILE).open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file, delimiter=";"))
    years = Counter(row["Year_of_Joining"] for row in rows)
    countries = Counter(row["CountryCode"] for row in rows)
    periods = sum(count for year, count in years.items() if not re.fullmatch(r"\d{4}|NA", year))
    told = [
        f"{len(rows):,} rows",
        f"{sum(row['EntitySimplified'] in CITIES for row in rows):,} of them are of cities",
        f"The other {sum(row['EntitySimplified'] not in CITIES for row in rows)} are",
        f"{sum(cell != cell.strip() for row in raw for cell in row.values())} cells with white space",
        f"{years['NA']:,} rows without a year",
        f"{periods} rows whose year is the period",
        f"{sum(row['Statut'] == 'Former Member' for row in rows)} former members",
        f"{countries['NA']} rows without a country, {countries['RKS']} with `RKS`, {countries['ZZ']} each",
        f"{sum(row['Full_Name'] == 'NA' for row in rows)} seats of networks without a name",
    ]
    assert [words for words in told if words not in text] == []
    assert countries["ZZ"] == countries["VZ"] == 1
    assert not any("@" in cell for row in rows for cell in row.values())
