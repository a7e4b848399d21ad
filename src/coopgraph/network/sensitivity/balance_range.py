"""Ranges of the balance of any group of events: of a city with one partner, or on one strategic line.

In: for each group what every event gave and received; a loss. Out: 5th and 95th percentile of the balance,
(given - received) / (given + received), had a part of the events gone unrecorded; draws as those of `ranges`.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import TYPE_CHECKING, TypeVar

from coopgraph.network.sensitivity.loss import Loss, check_loss

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Group = TypeVar("Group")
Passed = Mapping[str, tuple[float, float]]  # event -> given, received
_DIGITS, _AT_ONCE = 12, 100


def balance_of(passed: Passed) -> float | None:
    """Return the balance of what passed in some events: 1 only given, -1 only received, None without flow.

    >>> balance_of({"visit": (1.0, 0.0), "course": (1.0, 0.5)})
    0.6
    """
    given, received = (fsum(pair[side] for pair in passed.values()) for side in (0, 1))
    whole = given + received
    return round((given - received) / whole, _DIGITS) + 0.0 if whole else None


def balance_ranges(
    groups: Mapping[Group, Passed], loss: Loss | None = None
) -> dict[Group, tuple[float, float] | None]:
    """Return the 5th and 95th percentile of each group's balance; None where it rests on a single event.

    Replicates that keep none of a group's events have no balance and are left out. Raises MeasureError for a
    loss that cannot be.

    >>> balance_ranges({"Quito": {"visit": (1.0, 0.0), "course": (0.5, 0.5)}, "Lima": {"visit": (1.0, 0.0)}})
    {'Quito': (0.0, 1.0), 'Lima': None}
    """
    loss = loss or Loss()
    check_loss(loss)
    flowing = {group: {event: pair for event, pair in groups[group].items() if any(pair)} for group in groups}
    return {group: _range(passed, loss) if len(passed) > 1 else None for group, passed in flowing.items()}


def _range(passed: Passed, loss: Loss) -> tuple[float, float] | None:
    import numpy as np

    from coopgraph.network.sensitivity.draws import draws, keys

    own = keys(passed, loss.seed)
    flows = np.array(list(passed.values())).T
    parts = [
        _balances(flows, draws(own, first, min(first + _AT_ONCE, loss.replicates)) < loss.keep)
        for first in range(0, loss.replicates, _AT_ONCE)
    ]
    found = np.concatenate(parts)
    found = found[~np.isnan(found)]
    if not len(found):
        return None
    low, high = np.percentile(found, (5, 95), method="inverted_cdf").round(_DIGITS).tolist()
    return low + 0.0, high + 0.0


def _balances(flows: NDArray[np.float64], kept: NDArray[np.bool_]) -> NDArray[np.float64]:
    import numpy as np

    given, received = flows @ kept
    whole = given + received
    balance: NDArray[np.float64] = np.divide(
        given - received, whole, out=np.full_like(whole, np.nan), where=whole > 0
    )
    return balance
