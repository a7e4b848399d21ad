"""RDF files and a CONSTRUCT query to quads of a build.

In: a source of kind rdf with a `.rq` mapping. Out: what the query makes, in the table `quads`, and for each
subject the file or files it was derived from. Format: docs/decisions/0002-mapping-subset.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from coopgraph.columns.duck import Connection
from coopgraph.errors import Fault, RdfSyntaxError
from coopgraph.namespaces import PROV
from coopgraph.rdf.constructing import Mapped, construct
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.parse import parse_quads
from coopgraph.rdf.terms import iri_term
from coopgraph.sources.compile import graph_of
from coopgraph.sources.rdffiles import insert_quads
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.trace import file_iri
from coopgraph.sources.workspace import Workspace

_SHOWN: Final = 3


def map_rdf(spec: SourceSpec, workspace: Workspace, connection: Connection) -> list[Fault]:
    """Insert what the mapping of a source makes of its files, and return what should be known of it.

    Raises RdfSyntaxError with the faults of all files, or MappingError.
    """
    assert spec.mapping is not None
    limits = Limits(seconds=workspace.limits.query_seconds, memory=workspace.limits.query_bytes)
    made = construct(spec.mapping, _parsed(spec, workspace.base), workspace.base, limits)
    graph = iri_term(graph_of(spec, workspace.base))
    quads = [(*triple, graph) for triple in made.triples]
    for at in range(0, len(quads), 50_000):
        insert_quads(quads[at : at + 50_000], connection)
    derived = list(_derived(spec, made, workspace.base))
    if derived:
        insert_quads(derived, connection)
    return list(_remarks(spec, made))


def _parsed(spec: SourceSpec, base: str) -> list[list[str]]:
    """The lines of each file; the faults of all of them are told at once."""
    files: list[list[str]] = []
    faults: list[Fault] = []
    for path in spec.files:
        graph, genid = file_iri(spec, path.name, base), f"{base}.well-known/genid/"
        try:
            quads = parse_quads(path, graph=graph, base=base, genid=genid, form=spec.format)
            files.append([f"{s} {p} {o} {g} .\n" for s, p, o, g in quads])
        except RdfSyntaxError as error:
            faults += error.faults_of(path.name)
    if faults:
        raise RdfSyntaxError(f"The files of the source '{spec.name}' cannot be read.", faults=faults)
    return files


def _derived(spec: SourceSpec, made: Mapped, base: str) -> Iterator[tuple[str, str, str, str]]:
    files = [iri_term(file_iri(spec, path.name, base)) for path in spec.files]
    led = sorted({(s, number) for (s, _, _), numbers in made.triples.items() for number in numbers})
    for subject, number in led:
        yield subject, f"<{PROV}wasDerivedFrom>", files[number], f"<{base}graph/provenance>"


def _remarks(spec: SourceSpec, made: Mapped) -> Iterator[Fault]:
    assert spec.mapping is not None
    if not made.triples:
        what = f"makes no statement of the source '{spec.name}'."
        fix = "Compare its WHERE with what the files say: coopgraph query --from FILE."
        yield Fault(spec.mapping.name, None, None, what, fix, "warning")
    if made.rewritten:
        shown = ", ".join(made.rewritten[:_SHOWN])
        what = f"{len(made.rewritten):,} values were written anew, with the same meaning ({shown})."
        fix = "Take STR(?value) in the mapping to keep the text as it stands."
        yield Fault(spec.mapping.name, None, None, what, fix, "info")
