"""An open data release: what of a release is open, in the formats of open-data portals, described three ways.

In: an open release. Out: a folder, or one .zip of it. Standards: RO-Crate 1.1, DCAT 3, VoID, CSVW. What is
left out, and why: docs/decisions/0019-open-data-release.md.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.errors import ConfigError, Fault
from coopgraph.exports.about import About, about_release
from coopgraph.exports.csvw import write_tables
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.linked import readable_prefixes
from coopgraph.exports.ro_crate.counted import counted
from coopgraph.exports.ro_crate.dcat import write_dcat
from coopgraph.exports.ro_crate.described import Crate
from coopgraph.exports.ro_crate.measured import measured
from coopgraph.exports.ro_crate.metadata import write_crate_json
from coopgraph.exports.ro_crate.open_data import OpenStatements, addresses
from coopgraph.exports.ro_crate.parts import parts_of
from coopgraph.exports.ro_crate.readme import readme
from coopgraph.exports.ro_crate.void import write_void
from coopgraph.rdf.serialised import serialise, triples

if TYPE_CHECKING:
    from coopgraph.release import Release


def write_crate_zip(release: Release, target: Path, options: Options) -> Written:
    """Write one .zip; its entries carry no time."""
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=target.parent) as folder:
        inside = Path(folder) / "crate"
        written = write_crate(release, inside, options)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(written.files):
                entry = zipfile.ZipInfo(path.relative_to(inside).as_posix(), date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                with path.open("rb") as source, packed.open(entry, "w", force_zip64=True) as into:
                    while block := source.read(1 << 20):
                        into.write(block)
    return Written((target,), written.counts, written.left_out)


def write_crate(release: Release, target: Path, options: Options) -> Written:
    """Write the folder; raises ConfigError where nothing is open, or the workspace states no licence."""
    publishing = (options.settings or release.exporting).release
    _check(release)
    target.mkdir()
    graph = target / "data" / "graph.nq"
    graph.parent.mkdir()
    options.on_progress("choosing what is open")
    opened = OpenStatements(release, publishing, open_only=options.open_only)
    with graph.open("wb") as file:
        file.writelines(opened)
    found = counted(_lines(graph), release.base)
    if not found.stated:
        raise _nothing(opened)
    options.on_progress("writing RDF")
    with (target / "data" / "graph.ttl").open("wb") as file:
        serialise(triples(_lines(graph)), file, "ttl", readable_prefixes(release))
    (target / "tables").mkdir()
    told = _without_addresses(about_release(release, options.lang, found.sources))
    tables = write_tables(release, target / "tables", options, lambda: _lines(graph), told)
    options.on_progress("writing Parquet")
    _write_parquet(graph, target / "parquet")
    crate = Crate(
        told,
        publishing,
        release.base,
        release.now or release.manifest.built_at[:10],
        found,
        measured(target / "parquet"),
        {name: count for name, count in tables.counts.items() if count},
        opened.told(by_source=False),
    )
    options.on_progress("describing")
    _describe(crate, target)
    files = sorted(path for path in target.rglob("*") if path.is_file())
    left_out = opened.told() | {f"tables: {why}": count for why, count in tables.left_out.items()}
    return Written(tuple(files), {"statements": found.quads, **crate.rows}, left_out)


def _without_addresses(told: About) -> About:
    """Leave out the sources in whose words an e-mail address stands: descriptions are made of the tables."""
    return replace(told, sources=tuple(each for each in told.sources if not addresses(str(each).encode())))


def _describe(crate: Crate, folder: Path) -> None:
    """Write the descriptions, each of what is there before it."""
    (folder / "README.md").write_text(readme(crate), encoding="utf-8", newline="\n")
    write_void(crate.counted, crate, folder / "void.ttl")
    write_dcat(crate, parts_of(folder), folder / "dcat.ttl")
    write_crate_json(crate, parts_of(folder), folder / "ro-crate-metadata.json")


def _lines(graph: Path) -> Iterator[bytes]:
    with graph.open("rb") as file:
        yield from file


def _write_parquet(graph: Path, folder: Path) -> None:
    """Make the tables of a release anew from what is open: those that are there hold everything."""
    from coopgraph.columns import parquet
    from coopgraph.rdf import create, open_read_only
    from coopgraph.release import make_tables

    folder.mkdir()
    with tempfile.TemporaryDirectory(prefix=".store-", dir=folder.parent.parent) as store:
        create(Path(store) / "store", graph)
        made = make_tables(open_read_only(Path(store) / "store"))
        for name, table in made.tables.items():
            parquet.write(table, folder / f"{name}.parquet")


def _check(release: Release) -> None:
    if not release.manifest.workspace.get("licence"):
        raise ConfigError(
            "An open data release needs a licence, and the workspace states none. Add it to coopgraph.toml "
            'and build again: licence = "https://creativecommons.org/licenses/by/4.0/"'
        )


def _nothing(opened: OpenStatements) -> ConfigError:
    faults = [Fault(None, None, None, f"{count:,} {why}.") for why, count in opened.told().items()]
    return ConfigError(
        "Nothing of the release may be published. Give sources their licence in the column `licence`, such "
        "as https://creativecommons.org/licenses/by/4.0/, or, if you state their facts in your own words, "
        'add to coopgraph.toml:\n\n    [export.release]\n    unlicensed_sources = "include"\n',
        faults=faults,
    )
