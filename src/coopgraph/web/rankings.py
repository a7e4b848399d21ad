"""Rankings as a page asks for them: options from the address, worked out once and kept for a while.

In: a query string. Out: what `coopgraph.rank` gives for the same options.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from coopgraph.errors import MeasureError
from coopgraph.network.catalogue import Measure, measure_called
from coopgraph.network.classical import CLASSICAL
from coopgraph.network.faults import fault
from coopgraph.network.sensitivity.loss import REPLICATES

if TYPE_CHECKING:
    from coopgraph.network.ranked import Ranking
    from coopgraph.network.selection import Options
    from coopgraph.network.whole import WholeNetwork
    from coopgraph.release import Release
    from coopgraph.release.served import Served

TEXTS: Final = ("events", "unknown", "certainty", "weight", "currency")
FILTERS: Final = ("programme", "organiser", "sdg", "strategic_line", "country")
NUMBERS: Final = ("half_life", "largest_event")
Given = tuple[tuple[str, Any], ...]
_KEPT: Final = 32  # of each sort, those asked for last


@dataclass(frozen=True)
class Wanted:
    """A measure's name, and the options of `rank` that are not left at their defaults, sorted by name."""

    name: str
    options: Given

    @property
    def measure(self) -> Measure:
        """The measure's entry in the catalogue."""
        return measure_called(self.name)

    @property
    def has_ranges(self) -> bool:
        """Whether ranges can be worked out for it: classical measures have none."""
        return self.measure.column not in CLASSICAL


def wanted(asked: Mapping[str, str]) -> Wanted:
    """Read a measure and its options from a query string; raises MeasureError for what cannot be.

    >>> found = wanted({"measure": "given", "unknown": "both", "from": "2016", "to": "", "sdg": ""})
    >>> found.name, dict(found.options)
    ('given', {'period': ('2016', None), 'unknown': 'both'})
    """
    options: dict[str, Any] = {
        name: value for name in (*TEXTS, *FILTERS) if (value := asked.get(name, "").strip())
    }
    start, end = (asked.get(name, "").strip() or None for name in ("from", "to"))
    if start or end:
        options["period"] = (start, end)
    for name in NUMBERS:
        if text := asked.get(name, "").strip():
            options[name] = _number(name, text)
    measure = measure_called(asked.get("measure", "").strip() or "peer-exchange")
    return Wanted(measure.name, tuple(sorted(options.items())))


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        wrong = fault(f"{name.replace('_', ' ')} is {text[:40]!r}.", "Write a number such as 5.")
        raise MeasureError("Cities cannot be ranked as asked.", faults=[wrong]) from None
    return int(value) if name == "largest_event" and value == int(value) else value


def ranking(served: Served, release_id: str, what: Wanted) -> Ranking:
    """Rank every city, with ranges where there are any; labels are English."""
    from coopgraph.network.ranking import rank

    replicates = REPLICATES if what.has_ranges else 0

    def make(release: Release) -> Ranking:
        return rank(release, measure=what.name, replicates=replicates, **_options(what.options))

    return served.made(release_id, ("ranking", what), make, most=_KEPT)


def ranks_read_otherwise(served: Served, release_id: str, what: Wanted) -> dict[str, int | None]:
    """Return each city's rank where unknown roles are read the other way."""
    from coopgraph.network.ranking import rank

    options = _options(what.options)
    options["unknown"] = "exclude" if options.get("unknown") == "both" else "both"

    def make(release: Release) -> dict[str, int | None]:
        table = rank(release, measure=what.name, **options).table
        return dict(zip(table["city"].to_pylist(), table["rank"].to_pylist(), strict=True))

    return served.made(release_id, ("ranks read otherwise", what), make, most=_KEPT)


def parts_of(served: Served, release_id: str, options: Given) -> tuple[int, int, int]:
    """Return how many parts of two cities or more there are, how many cities without flow, and in all."""
    import numpy as np

    from coopgraph.network.adjacency import adjacency
    from coopgraph.network.flows import flows

    def make(release: Release) -> tuple[int, int, int]:
        made = adjacency(flows(release, **_options(options)))
        sizes = np.bincount(made.components())
        return int((sizes > 1).sum()), int((sizes == 1).sum()), len(made)

    return served.made(release_id, ("parts", options), make, most=_KEPT)


def whole(served: Served, release_id: str, options: Given) -> WholeNetwork:
    """Work out the numbers of the whole network; communities take some seconds."""
    from coopgraph.network.whole import whole_network

    def make(release: Release) -> WholeNetwork:
        return whole_network(release, **_options(options))

    return served.made(release_id, ("whole", options), make, most=8)


def _options(given: Given) -> Options:
    return cast("Options", dict(given))
