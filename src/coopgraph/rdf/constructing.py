"""A CONSTRUCT query over RDF files, in a process that can be stopped: foreign terms become others.

In: parsed files and the text of a query. Out: its statements as N-Triples terms, each with the files that
give it. Standard: SPARQL 1.1 Query. Blank nodes of the files are IRIs already (see `parse`).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coopgraph.errors import Fault, MappingError, QueryError, QueryTimeout
from coopgraph.namespaces import XSD, workspace_prefixes
from coopgraph.rdf.client import Worker
from coopgraph.rdf.guard import check
from coopgraph.rdf.lexer import after_prologue, resolved, tokens
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.store import create

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Mapped:
    """What a mapping made: each statement with the files (by number) that give it; the values that the
    engine wrote anew (`1.10` as `1.1`).
    """

    triples: Mapping[Triple, tuple[int, ...]]
    rewritten: tuple[str, ...]


def construct(mapping: Path, files: Sequence[Sequence[str]], base: str, limits: Limits) -> Mapped:
    """Run a mapping over files given as lines of N-Quads; raises MappingError with each reason to refuse it.

    What one file gives alone leads to it; what only several give together leads to all of them.
    """
    text = _text(mapping)
    found: dict[Triple, tuple[int, ...]] = {}
    for number, lines in enumerate(files):
        for triple in _run(mapping, text, lines, base, limits):
            found[triple] = (*found.get(triple, ()), number)
    if len(files) > 1:
        together = [line for lines in files for line in lines]
        everything = tuple(range(len(files)))
        for triple in _run(mapping, text, together, base, limits):
            found.setdefault(triple, everything)
    return Mapped(dict(sorted(found.items())), _rewritten(files, found))


def _text(mapping: Path) -> str:
    """The text of a mapping that is a CONSTRUCT over what it is given, and nothing else."""
    try:
        text = mapping.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(mapping, Fault(mapping.name, None, None, f"cannot be read: {error}.")) from error
    plain = resolved(text)
    found = tokens(plain)
    at = after_prologue(found)
    word = found[at].word if at < len(found) else ""
    if word != "CONSTRUCT":
        what = f"begins with {word}." if word else "has no query."
        fix = "A mapping of RDF is a CONSTRUCT query: CONSTRUCT { our terms } WHERE { theirs }."
        raise _refused(mapping, Fault(mapping.name, 1, None, what, fix))
    for token in found[at:]:
        if token.word == "FROM":
            line = plain.count("\n", 0, token.start) + 1
            what = "FROM would read something else: a mapping sees the files of its source alone."
            raise _refused(mapping, Fault(mapping.name, line, None, what, "Take it out."))
    return text


def _run(mapping: Path, text: str, lines: Sequence[str], base: str, limits: Limits) -> list[Triple]:
    everything = replace(limits, rows=sys.maxsize)
    try:
        request = check(text, workspace_prefixes(base), base, everything)
        with tempfile.TemporaryDirectory(prefix="coopgraph-mapping-") as folder:
            quads = Path(folder) / "source.nq"
            quads.write_text("".join(lines), encoding="utf-8", newline="\n")
            create(Path(folder) / "store", quads)
            worker = Worker(Path(folder) / "store")
            try:
                answer = worker.ask(request, everything)
            finally:
                worker.close()
    except (QueryError, QueryTimeout) as error:
        faults = (replace(fault, file=mapping.name) for fault in error.faults_of(mapping.name))
        raise _refused(mapping, *faults) from error
    if answer.truncated:
        what = f"makes more than {limits.size >> 20:,} MB of statements. Split the source."
        raise _refused(mapping, Fault(mapping.name, None, None, what))
    lines_made = answer.payload.decode().split("\n")[:-1]  # a text may hold other ends of lines
    if any(line.startswith("_:") or " _:" in line.split('"', 1)[0] for line in lines_made):
        what = "makes blank nodes, which would have another name in each build."
        raise _refused(mapping, Fault(mapping.name, None, None, what, "Build an IRI: IRI(CONCAT(...))."))
    return [_split(line) for line in lines_made]


def _split(line: str) -> Triple:
    s, p, o = line.removesuffix(" .").split(" ", 2)
    return s, p, o


def _rewritten(files: Sequence[Sequence[str]], found: Mapping[Triple, object]) -> tuple[str, ...]:
    """Values of the files that stand in the answer written anew: the engine keeps values, not their texts."""
    import pyoxigraph as ox

    made = {o for _, _, o in found}
    typed = "".join(line for lines in files for line in lines if f"^^<{XSD}" in line)
    written = {str(quad.object): quad for quad in ox.parse(typed, ox.RdfFormat.N_QUADS)}
    absent = sorted(written.keys() - made)
    places = [ox.NamedNode(f"urn:x:{number}") for number in range(len(absent))]
    store = ox.Store()
    store.extend(
        ox.Quad(place, place, written[text].object) for place, text in zip(places, absent, strict=True)
    )
    stored = {quad.subject: str(quad.object) for quad in store}
    return tuple(
        text
        for place, text in zip(places, absent, strict=True)
        if stored[place] != text and stored[place] in made
    )


def _refused(mapping: Path, *faults: Fault) -> MappingError:
    return MappingError(f"The mapping {mapping.name} cannot be used.", faults=faults)
