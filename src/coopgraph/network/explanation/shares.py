"""A score as a sum: what each partner, and each direction of what passes, adds to it.

In: one city's dyads, {partner: (given, received)}. Out: {partner: (part due to what is given, part due to
what is received)}; all of them add up to the score. The definitions are those of docs/peer-exchange.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import fsum, isclose

from coopgraph.errors import MeasureError
from coopgraph.network.faults import fault
from coopgraph.network.weights import number

Dyads = Mapping[str, tuple[float, float]]
Parts = dict[str, tuple[float, float]]
_UNDEFINED_WITHOUT_FLOW = ("balance", "reciprocity")
_NOTHING = (0.0, 0.0)


@dataclass(frozen=True)
class Measure:
    """A closed-form measure: its column in a ranking, and the prior that discounts token exchanges."""

    column: str
    prior: float = 0.0

    @property
    def name(self) -> str:
        """The measure as it is said.

        >>> Measure("peer_exchange_k1").name, Measure("peer_exchange", 0.5).name
        ('peer exchange k1', 'peer exchange (prior 0.5)')
        """
        told = self.column.replace("_", " ")
        return f"{told} (prior {self.prior:g})" if self.prior else told


def closed_form(measure: str, prior: float = 0.0) -> Measure:
    """Return the measure; raises MeasureError for one that cannot be taken apart, or a prior without use.

    >>> closed_form("peer-exchange-k1")
    Measure(column='peer_exchange_k1', prior=0.0)
    """
    column = measure.replace("-", "_")
    faults = []
    if column not in RULES:
        known = ", ".join(name.replace("_", "-") for name in RULES)
        faults.append(fault(_refused(measure, column), f"Use one of {known}."))
    read = number(prior)
    if isinstance(read, str):
        faults.append(fault(f"prior={prior!r} {read}.", "Give a finite number, zero or more."))
    elif read and column != "peer_exchange":
        faults.append(fault(f"prior={prior:g} has no use for '{measure}'.", "It belongs to peer-exchange."))
    if faults:
        raise MeasureError("The score cannot be taken apart as asked.", faults=faults)
    return Measure(column, float(prior))


def _refused(measure: str, column: str) -> str:
    from coopgraph.network.catalogue import measures

    if column.lower() not in {known.column for known in measures()}:
        return f"The measure '{measure}' is not known."
    return (
        f"The measure '{measure}' depends on the network beyond a city's own exchanges, so no partner has a "
        "part of its own in it."
    )


def score(measure: Measure, dyads: Dyads, others: int) -> float | None:
    """Return the score of a city with these dyads; None where the measure is undefined.

    >>> score(Measure("peer_exchange"), {"Quito": (2.0, 1.0), "Lima": (1.0, 0.0)}, 3)
    0.2222222222222222
    """
    if not dyads and measure.column in _UNDEFINED_WITHOUT_FLOW:
        return None
    return fsum(part for pair in parts(measure, dyads, others).values() for part in pair)


def parts(measure: Measure, dyads: Dyads, others: int) -> Parts:
    """Return what each partner adds to the score; `others` is |V| - 1, at least 1.

    >>> parts(Measure("balance"), {"Quito": (2.0, 1.0), "Lima": (1.0, 0.0)}, 3)
    {'Quito': (0.5, -0.25), 'Lima': (0.25, -0.0)}
    """
    if not dyads:
        return {}
    if measure.column == "peer_exchange":
        return _peer_exchange(dyads, others, measure.prior)
    return _PARTS[measure.column](dyads, others)


def _peer_exchange(dyads: Dyads, others: int, prior: float) -> Parts:
    shares = {
        partner: 2 * min(pair) / (pair[0] + pair[1] + prior) / others for partner, pair in dyads.items()
    }
    return {partner: _to_the_weaker(share, dyads[partner]) for partner, share in shares.items()}


def _to_the_weaker(part: float, pair: tuple[float, float]) -> tuple[float, float]:
    """What is reciprocated is as much as the weaker direction; two equal ones have half of it each."""
    if isclose(*pair, rel_tol=1e-12):
        return part / 2, part / 2
    return (part, 0.0) if pair[0] < pair[1] else (0.0, part)


def _given(dyads: Dyads, others: int) -> Parts:
    return {partner: (given, 0.0) for partner, (given, _) in dyads.items()}


def _received(dyads: Dyads, others: int) -> Parts:
    return {partner: (0.0, received) for partner, (_, received) in dyads.items()}


def _strength(dyads: Dyads, others: int) -> Parts:
    return dict(dyads)


def _out_degree(dyads: Dyads, others: int) -> Parts:
    return {partner: (float(given > 0), 0.0) for partner, (given, _) in dyads.items()}


def _in_degree(dyads: Dyads, others: int) -> Parts:
    return {partner: (0.0, float(received > 0)) for partner, (_, received) in dyads.items()}


def _degree(dyads: Dyads, others: int) -> Parts:
    return {partner: (float(given > 0), float(received > 0)) for partner, (given, received) in dyads.items()}


def _balance(dyads: Dyads, others: int) -> Parts:
    flow = _flow(dyads)
    return {partner: (given / flow, -received / flow) for partner, (given, received) in dyads.items()}


def _reciprocity(dyads: Dyads, others: int) -> Parts:
    flow = _flow(dyads)
    return {partner: _to_the_weaker(2 * min(pair) / flow, pair) for partner, pair in dyads.items()}


def _flow(dyads: Dyads) -> float:
    return fsum(value for pair in dyads.values() for value in pair)


def _partners(dyads: Dyads, others: int) -> Parts:
    return {
        partner: (given / (given + received), received / (given + received))
        for partner, (given, received) in dyads.items()
    }


def _effective_given(dyads: Dyads, others: int) -> Parts:
    worth, shares = _effective({partner: given for partner, (given, _) in dyads.items()})
    return {partner: (worth * shares[partner], 0.0) for partner in dyads}


def _effective_received(dyads: Dyads, others: int) -> Parts:
    worth, shares = _effective({partner: received for partner, (_, received) in dyads.items()})
    return {partner: (0.0, worth * shares[partner]) for partner in dyads}


def _generalised_exchange(dyads: Dyads, others: int) -> Parts:
    """Take the harmonic mean apart as Euler's theorem does: each side times its marginal worth."""
    outward, given = _effective({partner: pair[0] for partner, pair in dyads.items()})
    inward, received = _effective({partner: pair[1] for partner, pair in dyads.items()})
    if not (outward and inward):
        return dict.fromkeys(dyads, _NOTHING)
    mean = 2 * outward * inward / (outward + inward) / others
    out, back = mean * inward / (outward + inward), mean * outward / (outward + inward)
    return {partner: (out * given[partner], back * received[partner]) for partner in dyads}


def _effective(values: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """Return (sum v)^2 / sum v^2, and each partner's share of the sum."""
    whole = fsum(values.values())
    if not whole:
        return 0.0, dict.fromkeys(values, 0.0)
    shares = {partner: value / whole for partner, value in values.items()}
    return 1 / fsum(share * share for share in shares.values()), shares


_PARTS: dict[str, Callable[[Dyads, int], Parts]] = {
    "peer_exchange_k1": lambda dyads, others: _peer_exchange(dyads, others, 1.0),
    "given": _given,
    "received": _received,
    "strength": _strength,
    "degree": _degree,
    "out_degree": _out_degree,
    "in_degree": _in_degree,
    "balance": _balance,
    "reciprocity": _reciprocity,
    "partners": _partners,
    "effective_partners_given": _effective_given,
    "effective_partners_received": _effective_received,
    "generalised_exchange": _generalised_exchange,
}
_RECIPROCATED = (
    "A partner's part is the reciprocated share of what passes between the two, 2 min(given, received) / "
    "(given + received{prior}), divided by the {others} partners a city could have."
)
_WORTH = (
    "The number of equal partners that {passes} is worth is shared out in proportion to {passes}; a partner "
    "with a large part concentrates it, so more with that partner can lower the number."
)
RULES: dict[str, str] = {
    "peer_exchange": _RECIPROCATED,
    "peer_exchange_k1": _RECIPROCATED,
    "given": "A partner's part is what is given to it.",
    "received": "A partner's part is what is received from it.",
    "strength": "A partner's part is what is given to it and received from it.",
    "degree": "A partner counts 1 where anything is given to it, and 1 where anything is received from it.",
    "out_degree": "Each partner to which anything is given counts 1.",
    "in_degree": "Each partner from which anything is received counts 1.",
    "balance": (
        "A partner's part is what is given to it less what is received from it, over all that is given and "
        "received; parts can be negative."
    ),
    "reciprocity": (
        "A partner's part is twice the weaker direction with it, over all that is given and received with "
        "anybody."
    ),
    "partners": "Each partner counts 1.",
    "effective_partners_given": _WORTH.format(passes="what is given"),
    "effective_partners_received": _WORTH.format(passes="what is received"),
    "generalised_exchange": (
        "The harmonic mean is shared between giving and receiving by Euler's rule (each side times what a "
        "little more of it would add, so the poorer side has the larger part), and each side among the "
        "partners in proportion to what passes."
    ),
}


def rule(measure: Measure, others: int) -> str:
    """Return in words how a partner's part is worked out.

    >>> rule(Measure("partners"), 9)
    'Each partner counts 1.'
    """
    prior = 1.0 if measure.column == "peer_exchange_k1" else measure.prior
    return RULES[measure.column].format(others=others, prior=f" + {prior:g}" if prior else "")
