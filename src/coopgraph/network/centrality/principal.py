"""The principal eigenvector of a matrix without negative entries.

In: a symmetric product and a start, or the matrix of a strongly connected network. Out: the largest
eigenvalue and its vector, to rounding; or a MeasureError that says how far it came. Vectors are made by
numpy's own loops: BLAS starts threads for vectors of this length, which costs CPU and does not repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import times
from coopgraph.network.faults import fault

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Vector = NDArray[np.float64]

DENSE = 200  # nodes up to which LAPACK does it, exactly
TOLERANCE = 1e-13  # of the residual, relative to the eigenvalue
BASIS = 40
RESTARTS = 250
POWER_STEPS = 300
_SAME = 1e-10  # eigenvalues nearer to each other than this are one


def symmetric(product: Callable[[Vector], Vector], start: Vector, what: str) -> tuple[float, Vector]:
    """Return the largest eigenvalue, and the part of `start` in its space, with norm 1.

    Lanczos' three-term recurrence, restarted: all it makes lies in what the products of `start` span, so
    where the largest eigenvalue belongs to several components the answer is still one: the limit of
    multiplying `start` again and again.
    """
    vector = start / norm(start)
    for _ in range(RESTARTS):
        value, vector, residual = _lanczos(product, vector)
        if residual <= TOLERANCE * value:
            return value, vector
    raise not_converged(what, RESTARTS * BASIS)


def symmetric_dense(matrix: NDArray[np.float64], start: Vector) -> tuple[float, Vector]:
    """Do the same for a small matrix."""
    import numpy as np

    values, vectors = np.linalg.eigh(matrix)
    space = vectors[:, values >= values[-1] * (1 - _SAME)]
    vector = space @ (space.T @ start)
    return float(values[-1]), vector / norm(vector)


def irreducible(matrix: csr_array[np.float64], what: str) -> tuple[float, Vector]:
    """Return the Perron root and right vector, norm 1, of a strongly connected matrix, symmetric or not."""
    import numpy as np

    count = matrix.shape[0]
    if count <= DENSE:
        values, vectors = np.linalg.eig(matrix.toarray())
        first = int(np.argmax(values.real))
        vector = np.abs(vectors[:, first].real)
        return float(values[first].real), vector / norm(vector)
    vector = np.full(count, count**-0.5)
    for _ in range(POWER_STEPS):
        after = times(matrix, vector)
        value = norm(after)
        after /= value
        change = norm(after - vector)
        vector = after
        if change <= TOLERANCE:
            return value, vector
    return _arnoldi(matrix, what)


def norm(vector: Vector) -> float:
    """Return the length of a vector without BLAS."""
    import numpy as np

    return float(np.sqrt(np.square(vector).sum()))


def not_converged(what: str, steps: int) -> MeasureError:
    """Return the error to raise when a vector does not settle."""
    wrong = fault(
        f"After {steps} steps the vector still changes: two eigenvalues are nearly the same.",
        "Measure a smaller part of the network, or rank by pagerank, which always settles.",
    )
    return MeasureError(f"{what} did not converge.", faults=[wrong])


def _lanczos(product: Callable[[Vector], Vector], start: Vector) -> tuple[float, Vector, float]:
    """Return the best value and vector of up to BASIS products, and the length of what is left over."""
    import numpy as np
    from scipy.linalg import eigh_tridiagonal

    basis = [start]
    diagonal: list[float] = []
    beside: list[float] = []
    while True:
        after = product(basis[-1])
        diagonal.append(float((after * basis[-1]).sum()))
        after -= diagonal[-1] * basis[-1]
        if len(basis) > 1:
            after -= beside[-1] * basis[-2]
        left = norm(after)
        last = len(basis) - 1
        values, parts = eigh_tridiagonal(
            np.array(diagonal), np.array(beside), select="i", select_range=(last, last)
        )
        part = parts[:, 0]
        residual = left * abs(float(part[-1]))
        if residual <= TOLERANCE * values[0] or len(basis) == BASIS:
            break
        beside.append(left)
        basis.append(after / left)
    vector: Vector = np.zeros(len(start))
    for share, column in zip(part, basis, strict=True):
        vector += share * column
    vector *= np.sign(vector.sum()) / norm(vector)
    return float(values[0]), vector, residual


def _arnoldi(matrix: Any, what: str) -> tuple[float, Vector]:
    import numpy as np
    from scipy.sparse.linalg import ArpackNoConvergence, eigs

    count = matrix.shape[0]
    try:
        values, vectors = eigs(matrix, k=1, which="LR", v0=np.ones(count), maxiter=count * 10)
    except ArpackNoConvergence:
        raise not_converged(what, POWER_STEPS + count * 10) from None
    vector = np.abs(vectors[:, 0].real)
    return float(values[0].real), vector / norm(vector)
