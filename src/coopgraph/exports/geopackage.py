"""A network for QGIS and ArcGIS: cities as points, links as lines, everything else as tables.

In: a release. Out: `x.gpkg`, opened coloured by QGIS. Standard: OGC GeoPackage 1.3 with its extensions for
spatial indexes, metadata and descriptions of columns; written with the standard library's SQLite, for GDAL's
wheels carry GEOS, which is under the LGPL (decision 20).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from coopgraph.exports.about import About
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.geojson import place_of
from coopgraph.exports.network.lines import Point, great_circle
from coopgraph.exports.network.model import Column, Network, Node
from coopgraph.exports.network.of_page import network_of_page
from coopgraph.exports.network.shapes import WGS84, Box, lines, point
from coopgraph.exports.network.styles import style_of_cities, style_of_links
from coopgraph.exports.network.told import stated, text_lines, text_of
from coopgraph.exports.sqlite import insert, quoted, run, sql_type, writing
from coopgraph.exports.tables import Held, actors, meaning_in, meanings, tables_of

if TYPE_CHECKING:
    from coopgraph.release import Release

_HERE: Final = Path(__file__).parent
_TYPES: Final = {"string": "TEXT", "integer": "INTEGER", "double": "DOUBLE", "boolean": "BOOLEAN"}
_CITY: Final = (
    Column("iri", "string", "its IRI"),
    Column("label", "string", "what it is called"),
    Column("color", "string", "of its community, as #rrggbb"),
)
_LINK: Final = (
    Column("source", "string", "IRI of where it begins"),
    Column("target", "string", "IRI of where it ends"),
    Column("label", "string", "what it is called"),
    Column("weight", "double", "how strong it is"),
)
_AT_A_TIME: Final = 5_000
Row = tuple[tuple[bytes, Box] | None, tuple[Any, ...]]


def write(release: Release, target: Path, options: Options) -> Written:
    """Write a release as a GeoPackage."""
    with tables_of(release, options) as tables:
        counts = _write(tables.network, (tables.things, *tables.stored), target, options)
    return Written((target,), counts)


def as_geopackage(graph: Mapping[str, Any], told: About) -> bytes:
    """Return what a page shows as a GeoPackage."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "seen.gpkg"
        _write(network_of_page(graph, told), (), target, Options(told.lang))
        return target.read_bytes()


def _write(network: Network, tables: Iterable[Held], target: Path, options: Options) -> dict[str, int]:
    """Write layers, the table of all nodes, and other tables; return how much is in each."""
    with writing(target) as database:
        package = _Package(database, network, options)
        run(database, _HERE / "geopackage.sql")
        counts = package.layers()
        for held in (actors(network), *tables):
            name = "city_facts" if held.name == "cities" else held.name
            counts[f"rows of {name}"] = package.table(name, held)
        package.styles()
        package.metadata()
        run(database, _HERE / "geopackage_triggers.sql")
    return counts


class _Package:
    """A GeoPackage while it is written."""

    def __init__(self, database: sqlite3.Connection, network: Network, options: Options) -> None:
        self._database = database
        self._network = network
        self._options = options
        self._day = f"{network.about.now[:10] or '1970-01-01'}T00:00:00.000Z"  # no clock: the day of the data
        self._places: dict[str, Point] = {}

    def layers(self) -> dict[str, int]:
        """Write cities and links."""
        network = self._network
        self._options.on_progress("Writing cities")
        about = meanings()["actors"].about
        cities = self._layer("cities", "POINT", (*_CITY, *network.node_columns), self._cities(), about)
        self._options.on_progress("Writing links")
        about = meanings()["links"].about
        links = self._layer("links", "MULTILINESTRING", (*_LINK, *network.edge_columns), self._links(), about)
        return {"cities": cities, "links": links}

    def table(self, name: str, held: Held) -> int:
        """Write a table without geometry."""
        self._options.on_progress(f"Writing {name}")
        fields = ", ".join(f"{quoted(field.name)} {sql_type(field.type)}" for field in held.schema)
        self._database.execute(
            f"CREATE TABLE {quoted(name)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {fields})"
        )
        self._contents(name, "attributes", meaning_in(held.meaning.about, self._options.lang))
        meant = held.meaning.columns_in(self._options.lang)
        told = [Column(each, "", meant[each]) for each in held.schema.names]
        self._describe(name, told)
        return insert(self._database, held, name)

    def styles(self) -> None:
        """Say how QGIS draws the layers when it opens them."""
        for number, (layer, qml) in enumerate(
            (("cities", style_of_cities()), ("links", style_of_links())), start=1
        ):
            row = (number, "", "", layer, "geom", "coopgraph", qml, None, 1, "coopgraph", "", None, self._day)
            self._database.execute(f"INSERT INTO layer_styles VALUES ({', '.join('?' * len(row))})", row)
        self._contents("layer_styles", "attributes", "How QGIS draws the layers")

    def metadata(self) -> None:
        """Say what the file is and rests on."""
        text = "\n".join(text_lines(self._network))
        row = (1, "dataset", "http://purl.org/dc/terms/", "text/plain", text)
        self._database.execute("INSERT INTO gpkg_metadata VALUES (?, ?, ?, ?, ?)", row)
        reference = ("geopackage", None, None, None, self._day, 1, None)
        self._database.execute("INSERT INTO gpkg_metadata_reference VALUES (?, ?, ?, ?, ?, ?, ?)", reference)

    def _layer(
        self, name: str, shape: str, columns: Iterable[Column], rows: Iterable[Row], about: Any
    ) -> int:
        columns = tuple(columns)
        fields = ", ".join(f"{quoted(column.name)} {_TYPES[column.kind]}" for column in columns)
        self._database.execute(
            f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {shape}, {fields})"
        )
        self._contents(name, "features", meaning_in(about, self._options.lang))
        column = (name, "geom", shape, WGS84, 0, 0)
        self._database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", column)
        self._describe(name, columns)
        return self._fill(name, len(columns), rows)

    def _fill(self, name: str, width: int, rows: Iterable[Row]) -> int:
        """Insert features and their boxes, and say how far the layer reaches; return how many there are."""
        marks = ", ".join("?" * (width + 2))
        count, reach, rest = 0, _Reach(), iter(rows)
        while part := list(islice(rest, _AT_A_TIME)):
            numbered = list(enumerate(part, start=count + 1))
            shaped = ((fid, shape and shape[0], *values) for fid, (shape, values) in numbered)
            self._database.executemany(f"INSERT INTO {name} VALUES ({marks})", shaped)
            boxes = [(fid, *reach.took(shape[1])) for fid, (shape, _) in numbered if shape]
            self._database.executemany(f"INSERT INTO rtree_{name}_geom VALUES (?, ?, ?, ?, ?)", boxes)
            count += len(part)
        self._database.execute(
            "UPDATE gpkg_contents SET min_x = ?, max_x = ?, min_y = ?, max_y = ?, srs_id = ? "
            "WHERE table_name = ?",
            (*(reach.box or (None,) * 4), WGS84, name),
        )
        return count

    def _cities(self) -> Iterator[Row]:
        for node in self._network.nodes():
            if node.values[0] == "city":
                if place := place_of(self._network, node):
                    self._places[node.iri] = place
                yield (point(place) if place else None), _told(node)

    def _links(self) -> Iterator[Row]:
        for edge in self._network.edges():
            start, end = self._places.get(edge.source), self._places.get(edge.target)
            shape = lines(great_circle(start, end)) if start and end else None
            told = (edge.source, edge.target, text_of(edge.label), edge.weight, *map(stated, edge.values))
            yield shape, told

    def _contents(self, name: str, kind: str, about: str) -> None:
        row = (name, kind, name, about, self._day)
        self._database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES (?, ?, ?, ?, ?)",
            row,
        )

    def _describe(self, name: str, columns: Iterable[Column]) -> None:
        rows = [(name, column.name, column.name, column.about) for column in columns]
        self._database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, description) VALUES (?, ?, ?, ?)",
            rows,
        )


class _Reach:
    """The box around all boxes seen."""

    def __init__(self) -> None:
        self.box: Box | None = None

    def took(self, box: Box) -> Box:
        """Take a box in and return it."""
        old = self.box or box
        self.box = (min(old[0], box[0]), max(old[1], box[1]), min(old[2], box[2]), max(old[3], box[3]))
        return box


def _told(node: Node) -> tuple[Any, ...]:
    return (node.iri, text_of(node.label), f"#{node.colour}", *map(stated, node.values))
