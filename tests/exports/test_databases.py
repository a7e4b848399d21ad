"""SQLite, DuckDB, Parquet and GeoPackage: every row of every table, read by other programs."""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pyogrio
import pytest

import coopgraph as cg
from coopgraph.exports.network.lines import great_circle
from coopgraph.exports.network.model import Edge, Node
from coopgraph.release import Release

STORED = (
    *("agreements", "cities", "figures", "memberships", "money", "participations", "positions", "results"),
    "sources",
)


def _as_sqlite(value: Any) -> Any:
    if isinstance(value, list):
        return json.loads(json.dumps(value))
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _rows(database: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    database.row_factory = sqlite3.Row
    return [dict(row) for row in database.execute(f'SELECT * FROM "{table}"')]


@pytest.mark.parametrize("name", ["x.sqlite", "x.gpkg"])
def test_every_cell_of_every_table_is_there(bundled: Release, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    written = cg.export(bundled, target)
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in STORED:
            held = "city_facts" if (name, table) == ("x.gpkg", "cities") else table
            ours = bundled.table(table)
            rows = _rows(database, held)
            assert written.counts[f"rows of {held}"] == len(rows) == ours.num_rows
            for row, wanted in zip(rows, ours.to_pylist(), strict=True):
                for column, value in wanted.items():
                    found = json.loads(row[column]) if isinstance(value, list) else row[column]
                    assert found == _as_sqlite(value), (table, column)


def test_nodes_edges_and_names_are_there(
    bundled: Release, tmp_path: Path, everything: tuple[list[Node], list[Edge]]
) -> None:
    target = tmp_path / "x.sqlite"
    cg.export(bundled, target, lang="pt")
    nodes, edges = everything
    with closing(sqlite3.connect(target)) as database:
        actors, links = _rows(database, "actors"), _rows(database, "links")
        assert [row["iri"] for row in actors] == [node.iri for node in nodes]
        assert [(row["source"], row["target"], row["weight"], row["layer"]) for row in links] == [
            (edge.source, edge.target, edge.weight, edge.values[0]) for edge in edges
        ]
        found = database.execute(
            "SELECT t.label FROM things_fts f JOIN things t ON t.rowid = f.rowid "
            "WHERE things_fts MATCH 'sao AND paulo' AND t.kind = 'city'"
        ).fetchall()
        assert [row[0] for row in found] == ["São Paulo"]
        referred = {row[0] for row in database.execute("SELECT event FROM participations")}
        named = {row["iri"]: row["label"] for row in _rows(database, "things")}
        assert referred <= set(named) and named["https://w3id.org/coopgraph/id/city/lisbon"] == "Lisboa"
        ranked = _rows(database, "cities_by_peer_exchange")
        ours = cg.rank(bundled, language="pt").table.to_pylist()
        assert [row["peer_exchange"] for row in ranked] == [row["peer_exchange"] for row in ours]
        assert len(_rows(database, "who_takes_part_in_what")) == bundled.table("participations").num_rows
        assert len(_rows(database, "who_signed_what")) == bundled.table("agreements").num_rows
        assert len(_rows(database, "members_of_networks")) == bundled.table("memberships").num_rows
        sums = {(row["kind_name"], row["qualifier_name"], row["currency"]): row for row in _rows(
            database, "amounts_by_kind_and_currency")}  # fmt: skip
        assert sum(row["amounts"] for row in sums.values()) == bundled.table("money").num_rows
        assert sums["concedido", "exato", "EUR"]["largest"] == 959_000  # no sum: 900,000 may be the same
        assert sums["concedido", "cerca de", "EUR"]["smallest"] == 1_500_000
        assert {key[1] for key in sums if key[0] == "limite máximo"} == {"no máximo"}


def test_a_release_of_before_has_amounts_of_which_nobody_says_how_they_are_meant(
    bundled: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, found = tmp_path / "money.parquet", Release.table_path
    pq.write_table(bundled.table("money").drop_columns(["qualifier"]), old)
    monkeypatch.setattr(
        Release, "table_path", lambda release, name: old if name == "money" else found(release, name)
    )
    cg.export(bundled, tmp_path / "x.sqlite")
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:
        assert {row["qualifier"] for row in _rows(database, "money")} == {None}


def test_what_each_column_means_is_inside_and_beside(bundled: Release, tmp_path: Path) -> None:
    target = tmp_path / "folder"
    cg.export(bundled, target, "datasette", lang="es")
    told = json.loads((target / "metadata.json").read_text("utf-8"))
    assert told["title"] == "Cooperación entre ciudades iberoamericanas"
    assert told["license_url"] == "https://creativecommons.org/licenses/by/4.0/"
    with closing(sqlite3.connect(target / "coopgraph.db")) as database:
        tables = told["databases"]["coopgraph"]["tables"]
        for table, meant in tables.items():
            columns = {row[1] for row in database.execute(f'PRAGMA table_info("{table}")')} - {"row_number"}
            assert columns == set(meant["columns"]), table
        inside = _rows(database, "about_columns")
        assert {(row["table_name"], row["column_name"]) for row in inside if row["column_name"]} == {
            (table, column) for table, meant in tables.items() for column in meant["columns"]
        }
        assert ("Licencia de los datos", told["license"]) in [
            (row["word"], row["text"]) for row in _rows(database, "about")
        ]


@pytest.mark.parametrize("name", ["x.sqlite", "x.gpkg"])
def test_the_same_release_gives_the_same_bytes(bundled: Release, tmp_path: Path, name: str) -> None:
    cg.export(bundled, tmp_path / name)
    first = (tmp_path / name).read_bytes()
    cg.export(bundled, tmp_path / name, force=True)
    assert (tmp_path / name).read_bytes() == first


def _one(database: sqlite3.Connection, query: str) -> Any:
    return database.execute(query).fetchone()[0]


def _wkb_point(content: bytes) -> tuple[float, float]:
    assert content[:5] == b"\x01\x01\x00\x00\x00" and len(content) == 21
    x, y = struct.unpack("<2d", content[5:])
    return x, y


def test_gdal_reads_the_geopackage_feature_by_feature(
    bundled: Release, tmp_path: Path, everything: tuple[list[Node], list[Edge]]
) -> None:
    target = tmp_path / "x.gpkg"
    cg.export(bundled, target)
    layers = {str(name): kind for name, kind in pyogrio.list_layers(target)}
    assert (layers["cities"], layers["links"]) == ("Point", "MultiLineString")
    nodes, edges = everything
    about, _, shapes, values = pyogrio.raw.read(target, layer="cities")
    assert about["crs"] == "EPSG:4326"
    column = dict(zip(about["fields"], values, strict=True))
    cities = bundled.table("cities").to_pylist()
    assert list(column["iri"]) == [node.iri for node in nodes if node.values[0] == "city"]
    by = dict(zip(column["iri"], shapes, strict=True))
    for city in cities:
        shape = by[city["city"]]
        known = city["lat"] is not None
        assert (_wkb_point(shape) if known else shape) == ((city["long"], city["lat"]) if known else None)
    about, _, shapes, values = pyogrio.raw.read(target, layer="links")
    column = dict(zip(about["fields"], values, strict=True))
    assert list(zip(column["source"], column["target"], column["weight"], strict=True)) == [
        (edge.source, edge.target, edge.weight) for edge in edges
    ]
    placed = {city["city"] for city in cities if city["lat"] is not None}
    assert [shape is not None for shape in shapes] == [{e.source, e.target} <= placed for e in edges]


def test_gdal_finds_lines_in_a_box_by_the_spatial_index(bundled: Release, tmp_path: Path) -> None:
    target = tmp_path / "x.gpkg"
    cg.export(bundled, target)
    iberia = (-10.0, 36.0, 4.0, 44.0)
    _, fids, _, _ = pyogrio.raw.read(target, layer="cities", bbox=iberia, return_fids=True)
    inside = [
        row
        for row in bundled.table("cities").to_pylist()
        if row["lat"] is not None and -10 <= row["long"] <= 4 and 36 <= row["lat"] <= 44
    ]
    assert len(fids) == len(inside) > 10


def test_requirements_of_the_standard(bundled: Release, tmp_path: Path) -> None:
    """Those of OGC 12-128r17 that a file of features and attributes can break, by number."""
    target = tmp_path / "x.gpkg"
    cg.export(bundled, target)
    assert target.read_bytes()[:16] == b"SQLite format 3\x00"  # 1
    with closing(sqlite3.connect(target)) as database:
        assert (
            _one(database, "PRAGMA application_id") == 0x47504B47
            and _one(database, "PRAGMA user_version") == 10300
        )  # 2
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []  # 7
        ids = {row[0] for row in database.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        assert {-1, 0, 4326} <= ids  # 11
        contents = _rows(database, "gpkg_contents")
        assert {row["data_type"] for row in contents} == {"features", "attributes"}
        every = {row["name"] for row in _rows(database, "sqlite_master") if row["type"] == "table"}
        assert {row["table_name"] for row in contents} <= every  # 14
        for row in contents:
            assert row["last_change"] == "2026-11-22T00:00:00.000Z"  # 15
            columns = database.execute(f'PRAGMA table_info("{row["table_name"]}")').fetchall()
            assert [column[2] for column in columns if column[5]] == ["INTEGER"]  # 29, 119
        for row in _rows(database, "gpkg_geometry_columns"):
            assert row["table_name"] in {each["table_name"] for each in contents}  # 22, 23
            assert (row["z"], row["m"], row["srs_id"]) == (0, 0, 4326)  # 26 to 28
            kind = next(
                column[2] for column in database.execute(f'PRAGMA table_info("{row["table_name"]}")')
                if column[1] == row["column_name"]
            )  # fmt: skip
            assert kind == row["geometry_type_name"]  # 31
            tree = f"rtree_{row['table_name']}_geom"
            counted = _one(database, f"SELECT COUNT(geom) FROM {row['table_name']}")
            assert _one(database, f"SELECT COUNT(*) FROM {tree}") == counted  # 77
            made = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            wanted = ("insert", "update1", "update2", "update3", "update4", "delete")
            assert {f"{tree}_{name}" for name in wanted} <= {row[0] for row in made}  # 75
        styles = _rows(database, "layer_styles")
        assert [(row["f_table_name"], row["useAsDefault"]) for row in styles] == [("cities", 1), ("links", 1)]
        assert all(row["styleQML"].startswith("<qgis ") for row in styles)


def test_duckdb_holds_every_table_exactly(bundled: Release, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    written = cg.export(bundled, target, lang="pt")
    with duckdb.connect(target, read_only=True) as connection:
        for table in STORED:
            ours = bundled.table(table)
            theirs = connection.table(table).to_arrow_table()
            assert theirs.to_pylist() == ours.to_pylist(), table
            assert written.counts[f"rows of {table}"] == len(ours)
        told = dict(connection.sql("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        assert told["cities"] == "As cidades, com nomes, país, coordenadas e população"
        columns = connection.sql(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'cities'"
        ).fetchall()
        assert all(comment for (comment,) in columns)
        assert len(connection.table("cities_by_peer_exchange")) == 140


def test_parquet_holds_every_table_exactly_and_says_what_it_is(
    bundled: Release, tmp_path: Path, everything: tuple[list[Node], list[Edge]]
) -> None:
    target = tmp_path / "out"
    cg.export(bundled, target, "parquet")
    nodes, edges = everything
    for table in STORED:
        theirs = pq.read_table(target / f"{table}.parquet")
        assert theirs.replace_schema_metadata(None).equals(bundled.table(table).replace_schema_metadata(None))
        told = json.loads(pq.read_metadata(target / f"{table}.parquet").metadata[b"coopgraph"])
        assert told["licence"] == "https://creativecommons.org/licenses/by/4.0/"
        assert (told["date"], len(told["sources"])) == ("2026-11-22", 175)
        assert set(told["columns"]) == set(theirs.column_names)
    with duckdb.connect() as connection:
        links = connection.read_parquet(str(target / "links.parquet")).to_arrow_table()
        actors = connection.read_parquet(str(target / "actors.parquet")).to_arrow_table()
    assert links["weight"].to_pylist() == [edge.weight for edge in edges]
    assert actors["iri"].to_pylist() == [node.iri for node in nodes]
    again = tmp_path / "again"
    cg.export(bundled, again, "parquet")
    assert [p.read_bytes() for p in sorted(target.iterdir())] == [
        p.read_bytes() for p in sorted(again.iterdir())
    ]


def _wkb_lines(content: bytes) -> list[list[tuple[float, float]]]:
    """Read the parts of a line, as ISO WKB has them."""
    order, kind, parts = struct.unpack_from("<BII", content)
    assert (order, kind) == (1, 5)
    found, at = [], 9
    for _ in range(parts):
        order, kind, points = struct.unpack_from("<BII", content, at)
        assert (order, kind) == (1, 2)
        numbers = struct.unpack_from(f"<{2 * points}d", content, at + 9)
        found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
        at += 9 + 16 * points
    assert at == len(content)
    return found


def test_lines_are_shortest_ways_and_the_index_has_their_boxes(bundled: Release, tmp_path: Path) -> None:
    target = tmp_path / "x.gpkg"
    cg.export(bundled, target)
    about, fids, shapes, values = pyogrio.raw.read(target, layer="links", return_fids=True)
    column = dict(zip(about["fields"], values, strict=True))
    at = {row["city"]: (row["long"], row["lat"]) for row in bundled.table("cities").to_pylist()}
    with closing(sqlite3.connect(target)) as database:
        boxes = {row[0]: row[1:] for row in database.execute("SELECT * FROM rtree_links_geom")}
    for place, shape in enumerate(shapes):
        if shape is None:
            assert fids[place] not in boxes
            continue
        parts = _wkb_lines(shape)
        ends = at[column["source"][place]], at[column["target"][place]]
        assert parts == great_circle(*ends)
        xs, ys = zip(*(point for part in parts for point in part), strict=True)
        assert boxes[fids[place]] == pytest.approx((min(xs), max(xs), min(ys), max(ys)), abs=1e-4)
