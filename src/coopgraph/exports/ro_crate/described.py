"""What the descriptions of an open data release tell, for RO-Crate, DCAT, VoID and the README.

In: what was written. Out: a `Crate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgraph.exports.about import About
    from coopgraph.exports.ro_crate.counted import Counted
    from coopgraph.exports.ro_crate.measured import Measured
    from coopgraph.settings.export import Publishing


@dataclass(frozen=True)
class Crate:
    """All that the descriptions tell of a crate."""

    told: About
    publishing: Publishing
    base: str
    published: str
    counted: Counted
    measured: Measured
    rows: dict[str, int]
    excluded: dict[str, int]
