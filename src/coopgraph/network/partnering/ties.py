"""Which cities met in which events and agreements, as a sparse matrix.

In: pairs (event, city). Out: `Ties`: cities and events in order, who was in what, and how strongly two
cities are tied (Newman 2001, doi:10.1103/PhysRevE.64.016132).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ties:
    """Cities and events in order; `incidence` has a row for each event and a column for each city."""

    cities: tuple[str, ...]
    events: tuple[str, ...]
    incidence: Any

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each city stands."""
        return {city: index for index, city in enumerate(self.cities)}

    @cached_property
    def size(self) -> Vector:
        """How many cities each event has."""
        return _sums(self.incidence, 1)

    @cached_property
    def experience(self) -> Vector:
        """How many events each city was in together with another city."""
        import numpy as np

        return _sums(self.incidence[np.flatnonzero(self.size > 1)], 0)

    @cached_property
    def strength(self) -> Any:
        """How strongly two cities are tied: each shared event of n cities adds 1 / (n - 1)."""
        import numpy as np
        import scipy.sparse as sp

        weight = np.where(self.size > 1, 1 / np.maximum(self.size - 1, 1), 0.0)
        return _without_diagonal(self.incidence.T @ sp.diags_array(weight) @ self.incidence)

    @cached_property
    def partners(self) -> Any:
        """1 where two cities shared an event."""
        import numpy as np

        found = self.strength.copy()
        found.data = np.ones_like(found.data)
        return found

    def of(self, city: int) -> dict[int, float]:
        """Return the partners of a city and how strong each tie is, in order."""
        rows = self.strength
        part = slice(rows.indptr[city], rows.indptr[city + 1])
        return dict(zip(rows.indices[part].tolist(), rows.data[part].tolist(), strict=True))

    def shared(self, one: int, other: int) -> tuple[int, ...]:
        """Return the events two cities were in, the smallest first."""
        here, there = self.of_city(one), self.of_city(other)
        return tuple(sorted(set(here) & set(there), key=lambda event: (self.size[event], self.events[event])))

    def of_city(self, city: int) -> tuple[int, ...]:
        """Return the events of a city, in order."""
        rows = self._by_city
        return tuple(sorted(rows.indices[rows.indptr[city] : rows.indptr[city + 1]].tolist()))

    @cached_property
    def _by_city(self) -> Any:
        return self.incidence.T.tocsr()


def ties_of(pairs: Iterable[tuple[str, str]], cities: Iterable[str] = ()) -> Ties:
    """Return the ties that pairs (event, city) state, each once; `cities` may have no event.

    Examples
    --------
    >>> ties = ties_of([("twinning", "Lima"), ("twinning", "Quito"), ("fair", "Quito")], ["Bogotá"])
    >>> ties.cities, ties.experience.tolist()
    (('Bogotá', 'Lima', 'Quito'), [0.0, 1.0, 1.0])
    """
    import numpy as np
    import scipy.sparse as sp

    once = sorted(set(pairs))
    columns = tuple(sorted({city for _, city in once} | set(cities)))
    rows = tuple(dict.fromkeys(event for event, _ in once))
    row = {event: place for place, event in enumerate(rows)}
    column = {city: place for place, city in enumerate(columns)}
    at = ([row[event] for event, _ in once], [column[city] for _, city in once])
    matrix = sp.csr_array((np.ones(len(once)), at), shape=(len(rows), len(columns)))
    return Ties(columns, rows, matrix)


def _sums(matrix: Any, axis: int) -> Vector:
    import numpy as np

    return np.asarray(matrix.sum(axis=axis), dtype=np.float64).ravel()


def _without_diagonal(matrix: Any) -> Any:
    import scipy.sparse as sp

    found = sp.coo_array(matrix)
    off = found.row != found.col
    kept = sp.coo_array((found.data[off], (found.row[off], found.col[off])), shape=found.shape).tocsr()
    kept.sort_indices()
    return kept
