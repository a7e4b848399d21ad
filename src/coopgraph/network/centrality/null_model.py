"""Weights as chance would have them, if only what each node gave and received in all were known.

In: strengths out and in. Out: the reciprocated weight expected under the directed weighted configuration
model. Squartini, Picciolo, Ruzzenenti & Garlaschelli 2013, doi:10.1038/srep02729.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.errors import MeasureError
from coopgraph.network.faults import fault

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Table = NDArray[np.float64]

KINDS = 2_000  # of nodes, by their two strengths
STEPS = 200
ERROR = 1e-8  # of a strength, relative to the largest


def expected_reciprocated(out: Vector, into: Vector) -> float:
    """Return the expected sum, over ordered pairs, of the smaller of the two weights.

    The weights of largest entropy, whole numbers, are independent of each other and geometric: that from i to
    j has the mean 1 / (e^t - 1) with t = alpha_i + beta_j, and the smaller of it and its counterpart the same
    with the sum of both t. Newton's method finds alpha and beta for which the expected strengths are those
    given; nodes alike in both strengths share theirs.

    Raises MeasureError if it does not, or if there are more than 2,000 kinds of nodes.
    """
    import numpy as np

    kinds, many = np.unique(np.stack([out, into], axis=1), axis=0, return_counts=True)
    if len(kinds) > KINDS:
        wrong = fault(
            f"The nodes have {len(kinds)} different pairs of strengths; {KINDS} can be solved for.",
            "Measure a part of the network.",
        )
        raise MeasureError("The null model is too large.", faults=[wrong])
    pairs = many[:, None] * (many[None, :] - np.eye(len(many)))
    gives, gets = (np.flatnonzero(kinds[:, side] > 0) for side in (0, 1))
    argument = np.full(pairs.shape, np.inf)  # where one gives, or the other receives, nothing
    wanted = np.append((many * kinds[:, 0])[gives], (many * kinds[:, 1])[gets])
    alike = np.append(kinds[gives, 0], kinds[gets, 1]) / many.sum()
    argument[np.ix_(gives, gets)] = _newton(pairs[np.ix_(gives, gets)], wanted, np.log1p(1 / alike) / 2)
    both = argument + argument.T
    return float((pairs * _mean(both))[np.isfinite(both)].sum())


def _mean(argument: Table) -> Table:
    import numpy as np

    return np.exp(-argument) / -np.expm1(-argument)


def _newton(pairs: Table, wanted: Vector, start: Vector) -> Table:
    """Minimise the dual, sum of wanted * parameters - pairs * log(1 - e^-t), which is convex."""
    import numpy as np

    rows = pairs.shape[0]
    met = pairs > 0
    parameters = start
    largest = float(wanted.max())
    for _ in range(STEPS):
        argument = np.where(met, parameters[:rows, None] + parameters[None, rows:], np.inf)
        flow = pairs * _mean(argument)
        missing = wanted - np.append(flow.sum(axis=1), flow.sum(axis=0))
        if np.abs(missing).max() <= ERROR * largest:
            return argument
        step = _solve(_curvature(pairs, argument), -missing)
        parameters = _descend(pairs, wanted, parameters, step)
    wrong = fault(
        f"After {STEPS} steps the expected strengths are off by {np.abs(missing).max() / largest:.1e}.",
        "Most likely one node is part of nearly every flow; leave it out.",
    )
    raise MeasureError("The null model was not found.", faults=[wrong])


def _curvature(pairs: Table, argument: Table) -> Table:
    """Return the second derivatives; adding to alpha what is taken from beta, which has none, gets one."""
    import numpy as np

    mean = _mean(argument)
    bent = pairs * mean * (mean + 1)
    sums = np.append(bent.sum(axis=1), bent.sum(axis=0))
    curved = np.diag(sums)
    rows = pairs.shape[0]
    curved[:rows, rows:], curved[rows:, :rows] = bent, bent.T
    same = np.append(np.ones(rows), -np.ones(pairs.shape[1]))
    curved += np.outer(same, same) * (sums.max() / len(sums))
    return curved


def _solve(curved: Table, slope: Vector) -> Vector:
    """Solve, also where two givers and receivers alone leave a second direction in which nothing changes."""
    import numpy as np

    try:
        step: Vector = np.asarray(np.linalg.solve(curved, slope), dtype=np.float64)
    except np.linalg.LinAlgError:
        step = np.asarray(np.linalg.lstsq(curved, slope)[0], dtype=np.float64)
    return step


def _descend(pairs: Table, wanted: Vector, parameters: Vector, step: Vector) -> Vector:
    """Go as much of the step as keeps all arguments above 0 and lowers the dual."""
    import numpy as np

    rows = pairs.shape[0]

    def dual(at: Vector) -> float:
        argument = (at[:rows, None] + at[None, rows:])[pairs > 0]
        if (argument <= 0).any():
            return np.inf
        return float((wanted * at).sum() - (pairs[pairs > 0] * np.log(-np.expm1(-argument))).sum())

    here, part = dual(parameters), 1.0
    while part > 1e-12 and not dual(parameters + part * step) <= here + 1e-12 * abs(here):
        part /= 2
    return parameters + part * step
