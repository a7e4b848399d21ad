"""The closed-form measures of many networks at once, each made of a part of the same events.

In: what the networks share, and for each a column that says which events it keeps. Out: one value per city
and network. The definitions are those of `coopgraph.network.measures`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.measures import PRIOR

if TYPE_CHECKING:
    from coopgraph.network.sensitivity.resampled import Floats, Resampled, Sums


def measured(network: Resampled, kept: Floats, measure: str, *, prior: float = 0.0) -> Floats:
    """Return a measure of each city (row) in each network (column); undefined is NaN.

    `kept` has a row per event of `network.events` and a column per network, 1 where the network has the
    event.
    """
    import numpy as np

    flows: Floats = network.flows @ kept
    if network.digits is not None:
        flows = np.round(flows, network.digits)
    if measure == PRIOR:
        return _peer_exchange(network, flows, prior)
    values: Floats = _MEASURES[measure](network, flows)
    return values


def _least_and_sum(network: Resampled, flows: Floats) -> tuple[Floats, Floats]:
    import numpy as np

    there, back = (flows[rows] for rows in network.mutual)
    return np.minimum(there, back), there + back


def _peer_exchange(network: Resampled, flows: Floats, prior: float) -> Floats:
    import numpy as np

    least, both = _least_and_sum(network, flows)
    both += prior
    shares = np.divide(2 * least, both, out=np.zeros_like(both), where=least > 0)
    summed: Floats = network.mutual_dyads @ shares
    return summed / network.others


def _given(network: Resampled, flows: Floats) -> Floats:
    given: Floats = network.gives @ flows
    return given


def _received(network: Resampled, flows: Floats) -> Floats:
    received: Floats = network.gets @ flows
    return received


def _some(flows: Floats) -> Floats:
    """Return 1 for every flow there is."""
    return (flows > 0).astype(float)


def _balance(network: Resampled, flows: Floats) -> Floats:
    given, received = _given(network, flows), _received(network, flows)
    return _ratio(given - received, given + received)


def _reciprocity(network: Resampled, flows: Floats) -> Floats:
    least, _ = _least_and_sum(network, flows)
    mutual = network.mutual_dyads @ least
    return _ratio(2 * mutual, _given(network, flows) + _received(network, flows))


def _partners(network: Resampled, flows: Floats) -> Floats:
    import numpy as np

    there, back = (flows[rows] for rows in network.pairs)
    met: Floats = network.dyads @ _some(np.maximum(there, back))
    return met


def _effective(sums: Sums, flows: Floats) -> Floats:
    """(sum v)^2 / sum v^2; 0 where there is nothing."""
    import numpy as np

    whole: Floats = sums @ flows
    squares: Floats = sums @ (flows * flows)
    return np.divide(whole * whole, squares, out=np.zeros_like(squares), where=squares > 0)


def _generalised(network: Resampled, flows: Floats) -> Floats:
    import numpy as np

    outward, inward = _effective(network.gives, flows), _effective(network.gets, flows)
    both = outward + inward
    return np.divide(2 * outward * inward, both, out=np.zeros_like(both), where=both > 0) / network.others


def _ratio(part: Floats, whole: Floats) -> Floats:
    import numpy as np

    return np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)


_MEASURES: dict[str, Any] = {
    "peer_exchange": lambda network, flows: _peer_exchange(network, flows, 0.0),
    "peer_exchange_k1": lambda network, flows: _peer_exchange(network, flows, 1.0),
    "given": _given,
    "received": _received,
    "balance": _balance,
    "reciprocity": _reciprocity,
    "partners": _partners,
    "effective_partners_given": lambda network, flows: _effective(network.gives, flows),
    "effective_partners_received": lambda network, flows: _effective(network.gets, flows),
    "generalised_exchange": _generalised,
    "degree": lambda network, flows: _given(network, _some(flows)) + _received(network, _some(flows)),
    "out_degree": lambda network, flows: _given(network, _some(flows)),
    "in_degree": lambda network, flows: _received(network, _some(flows)),
    "strength": lambda network, flows: _given(network, flows) + _received(network, flows),
}
