"""Files and mappings that cannot be used at all, kept until everything else has been looked at.

In: what refuses a file, one after the other. Out: one error with all of it, and with what is wrong in the
files that can be used, so that nobody mends one fault to be told the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from coopgraph.errors import CoopgraphError, Fault, MappingError, RdfSyntaxError, SourceError

_ALSO = "What else is wrong is told too, but whether the data fit together could not be checked."


@dataclass
class Unusable:
    """What was refused so far; the gravest kind names the error: a file before a mapping before RDF."""

    files: list[Fault] = field(default_factory=list)
    mappings: list[Fault] = field(default_factory=list)
    rdf: list[Fault] = field(default_factory=list)

    def add_rdf(self, name: str, error: RdfSyntaxError) -> None:
        self.rdf += error.faults_of(name)

    def error(self, others: Sequence[Fault]) -> CoopgraphError | None:
        """The error to raise, if anything was refused; `others` are the faults of what can be used."""
        refused = [*self.files, *self.mappings, *self.rdf]
        if not refused:
            return None
        what = f"{self._what()} {_ALSO}" if others else self._what()
        faults = list(dict.fromkeys([*refused, *others]))
        kind = SourceError if self.files else MappingError if self.mappings else RdfSyntaxError
        return kind(what, faults=faults)

    def _what(self) -> str:
        if self.files:
            return _counted(self.files, "file cannot be read.", "files cannot be read.")
        if self.mappings:
            return "The mappings cannot be used."
        return _counted(self.rdf, "file does not parse as RDF.", "files do not parse as RDF.")


def _counted(faults: Sequence[Fault], one: str, many: str) -> str:
    files = len({fault.file for fault in faults})
    return f"One {one}" if files == 1 else f"{files} {many}"
