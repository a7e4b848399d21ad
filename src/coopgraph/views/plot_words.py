"""The words of a plot: what its measure is called, and its numbers, in English, Spanish or Portuguese.

In: a language, a measure, the texts of a kind of plot. Out: texts to draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coopgraph.views.plot_foot import filled, number
from coopgraph.views.strings import plot_strings

if TYPE_CHECKING:
    from coopgraph.network.catalogue import Measure

SHARES = (  # three digits, for they are at most 1
    "peer_exchange",
    "peer_exchange_k1",
    "peer_exchange_prior",
    "reciprocity",
    "generalised_exchange",
    "balance",
)


@dataclass(frozen=True)
class Words:
    """The words of one plot: of its language, about its measure."""

    lang: str
    measure: str
    text: Mapping[str, str]

    def say(self, key: str, **values: Any) -> str:
        return filled(self.text[key], values, self.lang)

    @property
    def title(self) -> str:
        """What the measure is called."""
        return measure_title(self.measure, self.lang)

    @property
    def defined(self) -> Measure:
        """Its entry in the catalogue; with a prior of one's own, peer exchange's."""
        from coopgraph.network.catalogue import measure_called

        return measure_called(self.measure.removesuffix("_prior"))

    def score(self, value: float | None) -> str:
        if value is None:
            return self.text["undefined"]
        return number(value, self.lang, 3 if self.measure in SHARES else 2)


def measure_title(measure: str, lang: str) -> str:
    """Return what a measure is called in a language.

    >>> measure_title("partners", "es"), measure_title("degree", "en")
    ('Socias', 'Degree')
    """
    from coopgraph.network.catalogue import measure_called

    return plot_strings()[lang].get(measure) or measure_called(measure).titles[lang]
