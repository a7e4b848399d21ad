"""What a ranking is asked for, checked before any work is done.

In: a measure, a prior, a language and how many rows, as a user gives them. Out: the column that is ranked by.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from coopgraph.errors import Fault, MeasureError
from coopgraph.languages import LANGUAGES
from coopgraph.network.faults import fault


def measure_column(measure: str, top: int | None, language: str, *, more: Sequence[str] = ()) -> str:
    """Return the column of a measure, hyphens or underscores alike; `more` are known beside the closed forms.

    Raises MeasureError with every fault of measure, top and language.
    """
    from coopgraph.network.measures import MEASURES

    column = measure.replace("-", "_")
    faults = []
    if column not in (*MEASURES, *more):
        faults.append(_no_measure(measure, (*MEASURES, *more)))
    if top is not None and top < 1:
        faults.append(fault(f"top={top} shows nothing.", "Give 1 or more, or leave it out."))
    if language not in LANGUAGES:
        faults.append(fault(f"There are no labels in {language!r}.", "Use en, es or pt."))
    if faults:
        raise MeasureError("Cities cannot be ranked as asked.", faults=faults)
    return column


def _no_measure(measure: str, allowed: Sequence[str]) -> Fault:
    """Say that a measure is not known, or has no closed form where one is needed; and which is near."""
    from coopgraph.network.catalogue import measures

    known = ", ".join(name.replace("_", "-") for name in allowed)
    if measure.replace("_", "-") in [each.name for each in measures()]:
        return fault(
            f"The measure {measure!r} has no closed form, which is needed here.", f"Use one of {known}."
        )
    near = get_close_matches(measure.replace("_", "-"), [name.replace("_", "-") for name in allowed], n=1)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return fault(f"The measure {measure!r} is not known.", f"{hint}Use one of {known}.")


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
