"""Provenance: each statement leads back to a file and a row.

In: the records of a build and where each subject came from. Out: PROV-O in the graph
`{base}graph/provenance`: the files with their digests, the load that read them, the row or rows of every
subject, and the source each named graph cites.
Standards: PROV-O, RFC 7111 (`#row=`), Dublin Core terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from coopgraph.columns.duck import Connection, Expression, Relation, column, constant, function
from coopgraph.namespaces import COOP, DCTERMS, PROV, RDF
from coopgraph.rdf.terms import iri_term, literal_term
from coopgraph.sources.bytes_read import look_at
from coopgraph.sources.encoding_terms import join_text, percent_encoded
from coopgraph.sources.places.gazetteer import gazetteer_file
from coopgraph.sources.quads import ORIGINS, QUADS
from coopgraph.sources.rdffiles import insert_quads
from coopgraph.sources.records import RECORD, Piece, Records
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.workspace import Workspace


def trace(workspace: Workspace, records: Mapping[str, Records], connection: Connection) -> int:
    """Append the provenance of a build to `quads` and return how many statements that took."""
    graph = f"<{workspace.base}graph/provenance>"
    described = list(_described(workspace, records))
    count = insert_quads([(s, p, o, graph) for s, p, o in described], connection) if described else 0
    for spec in workspace.sources:
        if spec.name in records:
            for piece in records[spec.name].pieces:
                _trace_rows(spec, records[spec.name], piece, workspace.base, graph, connection)
    _trace_graphs(workspace.base, graph, connection)
    return count


def file_iri(spec: SourceSpec, file: str, base: str) -> str:
    """Return the IRI of a file that was read; a source of several files has one for each.

    >>> from pathlib import Path
    >>> file_iri(SourceSpec("cities", (Path("cities.csv"),), "csv"), "cities.csv", "https://example.org/")
    'https://example.org/id/file/cities'
    """
    own = f"{base}id/file/{spec.section}"
    return own if len(spec.files) == 1 else f"{own}/{quote(file, safe='')}"


def _described(workspace: Workspace, records: Mapping[str, Records]) -> Iterator[tuple[str, str, str]]:
    """What is said of the load and of each file; no clock and no machine is in it."""
    load = iri_term(f"{workspace.base}id/load")
    yield load, f"<{RDF}type>", f"<{PROV}Activity>"
    yield load, f"<{DCTERMS}title>", literal_term(workspace.title)
    for spec in workspace.sources:
        for name, sha256 in _digests(spec, records):
            file = iri_term(file_iri(spec, name, workspace.base))
            yield load, f"<{PROV}used>", file
            yield from _file(file, name, sha256)
            if spec.mapping:
                yield file, f"<{COOP}mapping>", literal_term(spec.mapping.name)
    for path in _beside(workspace):
        file = iri_term(f"{workspace.base}id/file/workspace/{quote(path.name, safe='')}")
        yield load, f"<{PROV}used>", file
        yield from _file(file, path.name, look_at(path).sha256)


def _beside(workspace: Workspace) -> list[Path]:
    """The files of a workspace that are no source: rules, judgements, the gazetteer if one was asked."""
    is_asked = any(spec.places for spec in workspace.sources)
    return [
        *workspace.rules,
        *workspace.judgements,
        *([gazetteer_file(workspace.gazetteer)] if is_asked else []),
    ]


def _file(file: str, name: str, sha256: str) -> Iterator[tuple[str, str, str]]:
    yield file, f"<{RDF}type>", f"<{PROV}Entity>"
    yield file, f"<{DCTERMS}title>", literal_term(name)
    yield file, f"<{DCTERMS}identifier>", literal_term(f"sha256:{sha256}")


def _digests(spec: SourceSpec, records: Mapping[str, Records]) -> list[tuple[str, str]]:
    if spec.name in records:
        return [(piece.path.name, piece.sha256) for piece in records[spec.name].pieces]
    return [(path.name, look_at(path).sha256) for path in spec.files]


def _trace_rows(
    spec: SourceSpec, records: Records, piece: Piece, base: str, graph: str, connection: Connection
) -> None:
    """Each subject and the row it came from: one column expression for each part of the statement."""
    mine = connection.table(ORIGINS).filter(
        (column("source") == constant(spec.name))
        & (column("record") >= constant(piece.first))
        & (column("record") < constant(piece.first + piece.count))
    )
    row = (column("record") + constant(piece.row - piece.first)).cast("VARCHAR")
    place = f"<{file_iri(spec, piece.path.name, base)}#row="
    if piece.line_column is not None:
        place = f"<{file_iri(spec, piece.path.name, base)}#"
        fragment = _fragment(piece.line_column, piece.within, records).alias("fragment")
        mine = mine.join(records.relation(connection).project(column(RECORD), fragment), f"record = {RECORD}")
        row = column("fragment")
    if piece.sheet is not None:
        place = f"<{file_iri(spec, piece.path.name, base)}#sheet={quote(piece.sheet, safe='')}&row="
    _insert(
        mine,
        column("subject"),
        f"{PROV}wasDerivedFrom",
        join_text([constant(place), row, constant(">")]),
        graph,
    )


def _fragment(line: str, within: str | None, records: Records) -> Expression:
    """`line=N`, after what it is within: of a file that is all on one line, that is what tells."""
    if within is None:
        return join_text([constant("line="), records.cell(line)])
    name = percent_encoded(records.cell(within))
    return join_text([constant(f"{within}="), name, constant("&line="), records.cell(line)])


def _trace_graphs(base: str, graph: str, connection: Connection) -> None:
    """A graph named after a source has that source as its primary one; one named after a file, that file."""
    names = connection.table(QUADS).project("g").distinct()
    start = f"<{base}graph/"
    for begin, target in ((f"{start}file/", f"<{base}id/file/"), (start, f"<{base}id/source/")):
        named = names.filter(function("prefix", column("g"), constant(begin)))
        for other in ("file/", "ontology>", "inferred>", "provenance>"):
            if begin == start:
                named = named.filter(~function("prefix", column("g"), constant(start + other)))
        rest = function("substring", column("g"), constant(len(begin) + 1))
        source = function("||", constant(target), rest)
        _insert(named, column("g"), f"{PROV}hadPrimarySource", source, graph)


def _insert(rows: Relation, s: Expression, predicate: str, o: Expression, graph: str) -> None:
    p, g = constant(f"<{predicate}>"), constant(graph)
    rows.project(s.alias("s"), p.alias("p"), o.alias("o"), g.alias("g")).distinct().insert_into(QUADS)


__all__ = ["file_iri", "trace"]
