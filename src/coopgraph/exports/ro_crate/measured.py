"""How much of a release is unknown, as shares with what they count.

In: the folder of its Parquet tables. Out: `Measured`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """Numbers of things, and of those of which something is not known."""

    participations: int
    unknown_roles: int
    agreements: int
    without_end: int

    def shares(self) -> dict[str, float]:
        """Return the share of each, of those that count anything.

        >>> Measured(4, 1, 0, 0).shares()
        {'unknown-roles': 0.25}
        """
        pairs = {
            "unknown-roles": (self.unknown_roles, self.participations),
            "agreements-without-end": (self.without_end, self.agreements),
        }
        return {name: round(part / whole, 4) for name, (part, whole) in pairs.items() if whole}


def measured(folder: Path) -> Measured:
    """Count participations of which it is unknown who gives or gains, and agreements that state no end."""
    from coopgraph.columns import parquet

    roles = parquet.read(folder / "participations.parquet").select(
        ["event", "city", "contributes", "benefits"]
    )
    pairs = {
        (row["event"], row["city"]): None in (row["contributes"], row["benefits"])
        for row in roles.to_pylist()
    }
    ends = {row["agreement"]: row["end"] for row in parquet.read(folder / "agreements.parquet").to_pylist()}
    without = sum(end is None for end in ends.values())
    return Measured(len(pairs), sum(pairs.values()), len(ends), without)
