"""RDF files that are brought into a workspace, read through first.

In: files, a mapping, a syntax. Out: a section of `coopgraph.toml`, and what to put where; or every fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coopgraph.errors import ConfigError, Fault, MappingError, RdfSyntaxError
from coopgraph.namespaces import BASE
from coopgraph.rdf.constructing import construct
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.parse import parse_rdf
from coopgraph.sources.recording.rdf_terms import in_other_terms, nothing_made
from coopgraph.sources.recording.sections import section


@dataclass(frozen=True)
class RdfSource:
    """What is added to a workspace, and how many statements come of it."""

    section: str
    files: Mapping[str, Path]
    statements: int
    remarks: tuple[str, ...] = ()


def rdf_source(name: str, files: Sequence[Path], mapping: Path | None, syntax: str | None) -> RdfSource:
    """Read the files, and run the mapping; raises RdfSyntaxError or MappingError with every fault."""
    names = [file.name for file in files]
    twice = next((each for each in names if names.count(each) > 1), None)
    if twice:
        raise ConfigError(f"Two files are called {twice}. Rename one, or import them under two names.")
    parsed: list[list[str]] = []
    faults: list[Fault] = []
    for file in files:
        try:
            lines = parse_rdf(
                file, graph=f"{BASE}graph/{name}", base=BASE, genid=f"{BASE}genid/", form=syntax
            )
            parsed.append(list(lines))
        except RdfSyntaxError as error:
            faults += error.faults_of(file.name)
    if faults:
        raise RdfSyntaxError("Nothing was imported.", faults=faults)
    made = len(construct(mapping, parsed, BASE, Limits()).triples) if mapping else sum(map(len, parsed))
    if mapping and not made:
        raise MappingError("Nothing was imported.", faults=[nothing_made(mapping, parsed)])
    put = {f"imported/{name}/{file.name}": file for file in files}
    settings: dict[str, str | Sequence[str]] = {
        "path": next(iter(put)) if len(put) == 1 else list(put),
        "kind": "rdf",
        "source_id": name,
    }
    if syntax:
        settings["format"] = syntax
    if mapping:
        settings["mapping"] = f"mappings/{name}.rq"
        put[f"mappings/{name}.rq"] = mapping
    remarks = () if mapping else tuple(in_other_terms(parsed))
    return RdfSource(section(name, **settings), put, made, remarks)
