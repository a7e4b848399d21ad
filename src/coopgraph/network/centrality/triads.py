"""Products of sparse matrices, looked at only where a third has entries: what closes triads.

In: three sparse matrices. Out: a sparse matrix; made some rows at a time, for the whole product may not fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

_TERMS = 20_000_000  # of the product made at a time


def product_within(left: Any, right: Any, mask: Any) -> csr_array[np.float64]:
    """Return (left @ right), entry by entry times mask.

    >>> import numpy as np
    >>> from scipy.sparse import csr_array
    >>> cycle = csr_array(np.array([[0.0, 1, 0], [0, 0, 1], [1, 0, 0]]))
    >>> product_within(cycle, cycle, cycle.T.tocsr()).toarray().tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    import numpy as np
    from scipy.sparse import csr_array, vstack

    terms = np.append(0, np.cumsum(np.diff(right.indptr)[left.indices]))[left.indptr]
    parts, start = [], 0
    while start < left.shape[0]:
        end = max(start + 1, int(np.searchsorted(terms, terms[start] + _TERMS, side="right")) - 1)
        parts.append(((left[start:end] @ right) * mask[start:end]).tocsr())
        start = end
    return vstack(parts, format="csr") if parts else csr_array(mask.shape, dtype=np.float64)
