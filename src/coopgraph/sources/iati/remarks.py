"""What is odd in an IATI file, told with its line: the first of each kind, and how many more there are.

In: one oddity after the other. Out: faults that never stop a build, so that a file of a thousand zero amounts
is not a thousand sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from coopgraph.errors import Fault

MOST_OF_A_KIND: Final = 10


@dataclass
class Remarks:
    """The oddities of one file so far, by kind."""

    file: str
    told: dict[str, list[Fault]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    within: str = ""
    """The activity it is about: where a file is all on one line, only that tells."""

    def add(self, kind: str, line: int, what: str, fix: str | None = None, severity: str = "warning") -> None:
        """Tell one oddity; `kind` says in the plural what there may be more of."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        told = self.told.setdefault(kind, [])
        if len(told) < MOST_OF_A_KIND:
            told.append(Fault(self.file, line, None, self._named(what), fix, severity))

    def _named(self, what: str) -> str:
        return f"activity {self.within[:80]} {what}" if self.within else what

    def faults(self) -> list[Fault]:
        """Return the first of each kind, and one fault for the rest of it.

        >>> remarks = Remarks("a.xml")
        >>> for line in range(12):
        ...     remarks.add("amounts of zero", line, "has an amount of zero.", severity="info")
        >>> len(remarks.faults()), str(remarks.faults()[-1])
        (11, 'a.xml: has 2 more amounts of zero.')
        """
        found: list[Fault] = []
        for kind, told in self.told.items():
            found += told
            more = self.counts[kind] - len(told)
            if more:
                found.append(
                    Fault(self.file, None, None, f"has {more:,} more {kind}.", None, told[0].severity)
                )
        return found
