"""A release as RDF: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, also packed.

In: an open release. Out: one file. `.nq` is `graph.nq` itself; formats without named graphs hold each
statement once. Nothing is fetched, the JSON-LD context is in the file.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from coopgraph.exports.formats import Options, Written
from coopgraph.exports.statements import Chosen, by_graph
from coopgraph.namespaces import CONCEPT
from coopgraph.rdf.jsonld import write_jsonld
from coopgraph.rdf.serialised import fits_xml, serialise, triples

if TYPE_CHECKING:
    from coopgraph.release import Release

_THINGS: Final = (
    "action", "agreement", "city", "figure", "money", "network", "organisation", "page", "programme",
    "source", "stage",
)  # fmt: skip
_SCHEMES: Final = (
    "agreement-kind", "agreement-status", "answer", "aspect", "assistance", "certainty", "measure-group",
    "money-kind", "objective", "principle", "qualifier", "role", "strategic-line",
)  # fmt: skip


def write_turtle(release: Release, target: Path, options: Options) -> Written:
    """Write Turtle."""
    return write_rdf(release, target, "ttl", options)


def write_ntriples(release: Release, target: Path, options: Options) -> Written:
    """Write N-Triples."""
    return write_rdf(release, target, "nt", options)


def write_rdfxml(release: Release, target: Path, options: Options) -> Written:
    """Write RDF/XML, without the statements it cannot hold."""
    return write_rdf(release, target, "rdf", options)


def write_trig(release: Release, target: Path, options: Options) -> Written:
    """Write TriG."""
    return write_rdf(release, target, "trig", options)


def write_nquads(release: Release, target: Path, options: Options) -> Written:
    """Write N-Quads."""
    return write_rdf(release, target, "nq", options)


def write_json_ld(release: Release, target: Path, options: Options) -> Written:
    """Write JSON-LD."""
    return write_rdf(release, target, "jsonld", options)


def write_rdf(release: Release, target: Path, form: str, options: Options) -> Written:
    """Write a release's graph in one of the formats."""
    chosen = Chosen(release, options.without)
    options.on_progress("writing statements")
    said = _Counted()
    with packed(target) as to:
        if form in ("trig", "jsonld"):
            with by_graph(chosen, target.parent) as lines:
                if form == "trig":
                    serialise(lines, to, form, readable_prefixes(release))
                else:
                    write_jsonld(lines, to, release.prefixes)
        else:
            serialise(said.of(chosen, form), to, form, readable_prefixes(release))
    count = said.written if form in ("ttl", "nt", "rdf") else chosen.kept
    left_out = dict(chosen.left_out)
    if said.unwritable:
        left_out["statements that XML cannot hold"] = said.unwritable
    return Written((target,), {"statements": count}, left_out)


def readable_prefixes(release: Release) -> dict[str, str]:
    """Return prefixes that need no slash after them: `city:lima`, not `id:city\\/lima`."""
    plain = {
        name: space for name, space in release.prefixes.items() if name not in ("id", "concept", "graph")
    }
    things = {name: f"{release.prefixes['id']}{name}/" for name in _THINGS}
    return plain | things | {name: f"{CONCEPT}{name}/" for name in _SCHEMES}


class _Counted:
    """What is written of the lines, and what RDF/XML cannot hold."""

    written = unwritable = 0

    def of(self, lines: Any, form: str) -> Iterator[bytes]:
        for line in lines if form == "nq" else triples(lines):
            if form == "rdf" and not fits_xml(line):
                self.unwritable += 1
            else:
                self.written += 1
                yield line


@contextmanager
def packed(target: Path) -> Iterator[IO[bytes]]:
    """Open a file to write, packed as its ending says; the same content gives the same bytes."""
    if target.suffix == ".zst":
        import pyarrow as pa

        with pa.CompressedOutputStream(pa.OSFile(str(target), "wb"), "zstd") as stream:
            yield stream
    elif target.suffix == ".gz":
        with target.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as stream:
            yield stream  # type: ignore[misc]
    else:
        with target.open("wb") as file:
            yield file
