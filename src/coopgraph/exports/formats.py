"""The formats a release is exported to: their names, what opens them, who writes them.

In: a name, or a file's ending. Out: a `Format`, built in or of a plugin (entry point group
`coopgraph.exports`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import ConfigError
from coopgraph.plugins import Plugin, plugins

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.settings.export import ExportSpec

    Writer = Callable[["Release", Path, "Options"], "Written"]

GROUP: Final = "coopgraph.exports"
APART: Final = ("ontology", "inferred", "provenance")  # graphs that no source states (decision 3)
GRAPHS: Final = ("all", "exchange", "agreements", "affiliation")


def silently(step: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Options:
    """How to write: the language of labels, whom to tell of each step; of networks, what joins the cities.

    `selection` are options of `coopgraph.flows`; `without` are graphs that RDF leaves out (`ontology`,
    `inferred`, `provenance`); `settings` are what the workspace file would say under `[export]`; an open data
    release holds what is open, unless `open_only` is false.
    """

    lang: str = "en"
    on_progress: Callable[[str], None] = silently
    graph: str = "all"
    selection: Mapping[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    settings: ExportSpec | None = None
    open_only: bool = True


@dataclass(frozen=True)
class Written:
    """What was written: files, how many things of each kind, and what of the release is not in it and why."""

    files: tuple[Path, ...]
    counts: Mapping[str, int]
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    """One format. `writer` is `module:function`; a format without an ending is a folder.

    The writer takes an open release, the file or folder to make, which is not there yet, and `Options`, and
    returns what it wrote. It need not care for what is left behind when it fails: the target has its name
    only once the writer has returned. Of a `network` one may choose what joins the cities. One that `packs`
    is packed where the file's ending goes on with `.gz` or `.zst`; `takes` names the options it understands
    beside these.
    """

    name: str
    ending: str
    opens_in: str
    writer: str
    network: bool = False
    packs: bool = False
    takes: tuple[str, ...] = ()

    def write(self, release: Release, target: Path, options: Options) -> Written:
        """Write a release in this format."""
        module, _, name = self.writer.partition(":")
        try:
            writer: Writer = getattr(import_module(module), name)
        except (ImportError, AttributeError) as error:
            raise ConfigError(
                f"{self.writer} cannot be loaded: {error}. Mend, update or uninstall the plugin it is of."
            ) from error
        return writer(release, target, options)


_HERE: Final = "coopgraph.exports"


def _rdf(name: str, ending: str, opens_in: str, function: str) -> Format:
    writer = f"{_HERE}.linked:{function}"
    return Format(name, ending, opens_in, writer, packs=True, takes=("without",))


BUILT_IN: Final[tuple[Format, ...]] = (
    Format("gexf", ".gexf", "Gephi, Gephi Lite, networkx", f"{_HERE}.gexf:write", network=True),
    Format("graphml", ".graphml", "yEd, Cytoscape, igraph, networkx", f"{_HERE}.graphml:write", network=True),
    Format("geojson", ".geojson", "QGIS, Leaflet, geojson.io", f"{_HERE}.geojson:write", network=True),
    Format("xlsx", ".xlsx", "Excel, LibreOffice: a sheet for each class", f"{_HERE}.workbook:write_xlsx"),
    Format("csvw", "", "spreadsheets, R, CSVW tools: a file for each class", f"{_HERE}.csvw:write_csvw"),
    Format(
        "iati",
        ".xml",
        "IATI publishers and d-portal: actions as activities",
        f"{_HERE}.iati.writing:write_iati",
    ),
    Format(
        "ro-crate",
        "",
        "open-data portals, Zenodo: RDF, CSV, Parquet, described",
        f"{_HERE}.ro_crate.writing:write_crate",
        takes=("open_only",),
    ),
    Format(
        "ro-crate-zip",
        ".zip",
        "the same, as one file",
        f"{_HERE}.ro_crate.writing:write_crate_zip",
        takes=("open_only",),
    ),
    Format("geopackage", ".gpkg", "QGIS, ArcGIS", f"{_HERE}.geopackage:write", network=True),
    Format("neo4j", "", "Neo4j: neo4j-admin database import", f"{_HERE}.neo4j:write", network=True),
    Format("duckdb", ".duckdb", "DuckDB, DBeaver, Metabase", f"{_HERE}.duckdb:write"),
    Format("sqlite", ".sqlite", "DB Browser for SQLite, and any program", f"{_HERE}.sqlite:write"),
    Format("datasette", "", "Datasette: datasette FOLDER", f"{_HERE}.sqlite:write_datasette"),
    Format("parquet", "", "pandas, DuckDB, Spark, R, Power BI", f"{_HERE}.parquet:write"),
    _rdf("turtle", ".ttl", "RDF tools, and people who read RDF", "write_turtle"),
    _rdf("trig", ".trig", "RDF tools, with each source's graph", "write_trig"),
    _rdf("n-quads", ".nq", "RDF stores: the release's own graph", "write_nquads"),
    _rdf("n-triples", ".nt", "RDF tools, a line for each statement", "write_ntriples"),
    _rdf("rdf-xml", ".rdf", "older RDF tools", "write_rdfxml"),
    _rdf("json-ld", ".jsonld", "JSON-LD tools and web developers", "write_json_ld"),
)


@cache
def formats() -> dict[str, Format]:
    """Return every format by its name, those of plugins last."""
    own = {each.name: each for each in BUILT_IN}
    return own | {name: plugin.thing for name, plugin in from_plugins().items()}


@cache
def from_plugins() -> dict[str, Plugin[Format]]:
    """Return the formats of plugins, each with where it comes from."""
    return plugins(GROUP, Format, {each.name for each in BUILT_IN}, _wrong)


def _wrong(form: Format) -> str | None:
    """Say what a plugin's format must not be."""
    if form.writer.count(":") != 1:
        return f"has the writer {form.writer!r}, which is no 'module:function'."
    if form.ending and any(form.ending == own.ending for own in BUILT_IN):
        return f"writes {form.ending} files, which coopgraph writes itself."
    return None


def format_of(target: Path, name: str | None = None) -> Format:
    """Return the format of a name, or the one a file's ending says.

    >>> format_of(Path("network.gexfs"))
    Traceback (most recent call last):
        ...
    coopgraph.errors.ConfigError: 'network.gexfs' does not say its format. Name one of: ...
    """
    known = formats()
    if name is None:
        found = [each for each in known.values() if _fits(target.name, each)]
        if found:
            return max(found, key=lambda each: len(each.ending))
        raise ConfigError(f"'{target.name}' does not say its format. Name one of: {', '.join(known)}.")
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known)}."
        raise ConfigError(f"There is no format '{name}'. {hint}")
    return known[name]


def other_ending(target: Path, chosen: Format) -> str:
    """Return the format that a file's ending says, where it is another one than is asked for.

    >>> other_ending(Path("x.gexf"), formats()["csvw"]), other_ending(Path("x.gexf"), formats()["gexf"])
    ('gexf', '')
    """
    if _fits(target.name, chosen):
        return ""
    return next((each.name for each in formats().values() if _fits(target.name, each)), "")


def _fits(name: str, form: Format) -> bool:
    plain = name.removesuffix(".gz").removesuffix(".zst") if form.packs else name
    return bool(form.ending) and plain.endswith(form.ending)
