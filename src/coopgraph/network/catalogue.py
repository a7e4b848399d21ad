"""What each measure is, in one table.

In: `catalogue.toml`. Out: a Measure for each measure of a city, in the order they are told.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from coopgraph.errors import MeasureError
from coopgraph.languages import LANGUAGES
from coopgraph.network.faults import fault


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name
        As `rank` takes it, with hyphens.
    titles
        What it is called in English (en), Spanish (es) and Portuguese (pt).
    definitions
        One sentence in each of these languages.
    doi
        Where it is defined.
    direction
        Which direction of flows it looks at.
    weights
        What weights mean: strength (the more, the closer), length (1 / weight), or nothing.
    disconnected
        What happens where the network falls into parts.
    """

    name: str
    titles: dict[str, str]
    definitions: dict[str, str]
    doi: str
    direction: str
    weights: Literal["strength", "length", "none"]
    disconnected: str

    @property
    def definition(self) -> str:
        """One sentence in English."""
        return self.definitions["en"]

    @property
    def column(self) -> str:
        """Its name as a column of a table."""
        return self.name.replace("-", "_")


@cache
def measures() -> tuple[Measure, ...]:
    """Return all measures of a city.

    >>> [measure.name for measure in measures()][:2], len(measures())
    (['peer-exchange', 'peer-exchange-k1'], 35)
    """
    read = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))
    return tuple(
        Measure(
            name=name,
            titles={language: entry.pop(language) for language in LANGUAGES},
            definitions=entry.pop("definition"),
            **entry,
        )
        for name, entry in read.items()
    )


def measure_called(name: str) -> Measure:
    """Return a measure by its name, hyphens or underscores alike.

    >>> measure_called("core").titles["es"]
    'Núcleo'

    Raises MeasureError where there is none of this name.
    """
    for measure in measures():
        if measure.column == name.replace("-", "_"):
            return measure
    known = ", ".join(measure.name for measure in measures())
    raise MeasureError(
        "Cities cannot be ranked as asked.",
        faults=[fault(f"The measure {name!r} is not known.", f"Use one of {known}.")],
    )
