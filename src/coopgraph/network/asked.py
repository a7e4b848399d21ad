"""What a ranking is asked for, checked before any work is done.

In: a measure, a prior, a language and how many rows, as a user gives them. Out: the column that is ranked by.
"""

from __future__ import annotations

from collections.abc import Sequence

from coopgraph.errors import MeasureError
from coopgraph.network.cities import LANGUAGES
from coopgraph.network.faults import fault


def measure_column(measure: str, top: int | None, language: str, *, more: Sequence[str] = ()) -> str:
    """Return the column of a measure, hyphens or underscores alike; `more` are known beside the closed forms.

    Raises MeasureError with every fault of measure, top and language.
    """
    from coopgraph.network.measures import MEASURES

    column = measure.replace("-", "_")
    faults = []
    if column not in (*MEASURES, *more):
        known = ", ".join(name.replace("_", "-") for name in (*MEASURES, *more))
        faults.append(fault(f"The measure {measure!r} is not known.", f"Use one of {known}."))
    if top is not None and top < 1:
        faults.append(fault(f"top={top} shows nothing.", "Give 1 or more, or leave it out."))
    if language not in LANGUAGES:
        faults.append(fault(f"There are no labels in {language!r}.", "Use en, es or pt."))
    if faults:
        raise MeasureError("Cities cannot be ranked as asked.", faults=faults)
    return column


def prior_column(column: str, prior: float | None) -> str:
    """Return the column that is ranked by; a prior belongs to peer exchange, and must be one."""
    from coopgraph.network.measures import PRIOR
    from coopgraph.network.weights import number

    if prior is None:
        return column
    read = number(prior)
    faults = []
    if isinstance(read, str):
        faults.append(fault(f"prior={prior!r} {read}.", "Give a finite number, zero or more."))
    if column != "peer_exchange":
        faults.append(fault(f"prior={prior!r} has no use for {column!r}.", "It belongs to peer-exchange."))
    if faults:
        raise MeasureError("Cities cannot be ranked as asked.", faults=faults)
    return PRIOR
