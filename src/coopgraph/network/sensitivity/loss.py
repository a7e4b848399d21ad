"""The loss that ranges are worked out under.

In: how likely an event is kept, how many networks are drawn, from which seed. Out: a Loss, in a sentence too.
"""

from __future__ import annotations

from dataclasses import dataclass

from coopgraph.errors import MeasureError
from coopgraph.network.faults import fault
from coopgraph.network.leading import FIRST

KEEP, REPLICATES, SEED = 0.9, 1000, 0


@dataclass(frozen=True)
class Loss:
    """The loss ranges are worked out under.

    Attributes
    ----------
    keep
        With what probability each event is kept, each by itself.
    replicates, seed
        How many networks were drawn, and from which seed.
    first
        `top_share` counts the replicates in which a city is within so many first ranks.
    """

    keep: float = KEEP
    replicates: int = REPLICATES
    seed: int = SEED
    first: int = FIRST

    def sentence(self) -> str:
        """Say what the ranges are, and what they are not."""
        return (
            f"Ranges: the 5th to 95th percentile of score and rank over {self.replicates:,} replicates in "
            f"which each event is kept with probability {self.keep:g} (seed {self.seed}). They tell how far "
            "unrecorded events would move a city; they are no confidence intervals, and lean downward, for "
            "losing events mostly takes exchange away (balance and reciprocity, which are ratios, may move "
            "either way). The share is that of replicates in which a city is within the first "
            f"{self.first}."
        )


def check_loss(loss: Loss, measures: tuple[str, ...] = ()) -> None:
    """Raise MeasureError with everything that cannot be."""
    from coopgraph.network.measures import MEASURES

    known = ", ".join(name.replace("_", "-") for name in MEASURES)
    faults = [
        fault(f"The measure {name!r} has no ranges.", f"Use one of {known}.")
        for name in measures
        if name.replace("-", "_") not in MEASURES
    ]
    if not 0 < loss.keep <= 1:
        faults.append(fault(f"keep={loss.keep} is no probability to keep.", "Give more than 0, at most 1."))
    if loss.replicates < 1:
        faults.append(fault(f"replicates={loss.replicates} draws nothing.", "Give 1 or more."))
    if not 0 <= loss.seed < 2**64:
        faults.append(fault(f"seed={loss.seed} is no seed.", "Give a whole number from 0 to 2^64 - 1."))
    if loss.first < 1:
        faults.append(fault(f"first={loss.first} holds no rank.", "Give 1 or more."))
    if faults:
        raise MeasureError("Ranges cannot be worked out as asked.", faults=faults)
