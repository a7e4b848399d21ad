"""The rule that ranks cities that are no partners yet, and the three rules it is held against.

In: `Ties` and the places of the cities that ask. Out: a row of scores for each, over all cities. Decision 23
says where the weights come from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coopgraph.network.partnering.ties import Ties

    Matrix = NDArray[np.float64]

LONGEST: Final = 6  # ties in a chain
SCALE: Final = 100.0
EXPERIENCE: Final = 0.75  # its weight beside that of chains, which is 1
DIGITS: Final = 9  # what differs by less is a tie


@dataclass(frozen=True, eq=False)
class Points:
    """What a candidate's score is made of: a row for each city that asks, a column for each city."""

    chains: Matrix
    experience: Matrix

    @property
    def score(self) -> Matrix:
        """The sum of the points."""
        import numpy as np

        return np.round(self.chains + self.experience, DIGITS)


def points(ties: Ties, asking: Sequence[int]) -> Points:
    """Return the points of every city for each city that asks.

    `chains`: log(1 + 100 c), where c adds up all chains of 2 to 6 ties from one to the other; each tie counts
    its strength over the square root of the strengths of all ties at either end, and the candidate's own end
    is not held against it. `experience`: 0.75 log(1 + events in which the candidate met another city).

    Examples
    --------
    >>> from coopgraph.network.partnering.ties import ties_of
    >>> ties = ties_of([("e1", "Lima"), ("e1", "Quito"), ("e2", "Quito"), ("e2", "Bogotá"), ("e3", "Porto")])
    >>> points(ties, [ties.place["Lima"]]).score.round(2).tolist()
    [[5.54, 5.54, 0.0, 6.13]]
    """
    import numpy as np

    chains = np.log1p(SCALE * _chains(ties, asking))
    experience = np.tile(EXPERIENCE * np.log1p(ties.experience), (len(asking), 1))
    return Points(chains, experience)


def _chains(ties: Ties, asking: Sequence[int]) -> Matrix:
    import numpy as np
    import scipy.sparse as sp

    whole = np.asarray(ties.strength.sum(axis=1)).ravel()
    root = np.sqrt(whole)
    over = np.divide(1.0, root, out=np.zeros_like(root), where=root > 0)
    step = (sp.diags_array(over) @ ties.strength @ sp.diags_array(over)).tocsr()
    reached = step[list(asking)].toarray()
    total = np.zeros_like(reached)
    for _ in range(2, LONGEST + 1):
        reached = np.asarray((step @ reached.T).T)  # step is symmetric
        total += reached
    return np.asarray(total * root[None, :])


def by_rule(ties: Ties, asking: Sequence[int]) -> Matrix:
    """Return the scores of our rule."""
    return points(ties, asking).score


def adamic_adar(ties: Ties, asking: Sequence[int]) -> Matrix:
    """Return, for each common partner, 1 / log of how many partners it has, added up.

    Adamic & Adar 2003, doi:10.1016/S0378-8733(03)00009-1.
    """
    import numpy as np
    import scipy.sparse as sp

    count = np.asarray(ties.partners.sum(axis=1)).ravel()
    logs = np.log(np.maximum(count, 1))
    weight = np.divide(1.0, logs, out=np.zeros_like(logs), where=logs > 0)
    found: Any = ties.partners[list(asking)] @ sp.diags_array(weight) @ ties.partners
    scores: Matrix = np.round(found.toarray(), DIGITS)
    return scores


def preferential_attachment(ties: Ties, asking: Sequence[int]) -> Matrix:
    """Return the product of how many partners each of the two has.

    Barabási & Albert 1999, doi:10.1126/science.286.5439.509.
    """
    import numpy as np

    count = np.asarray(ties.partners.sum(axis=1)).ravel()
    found: Matrix = np.outer(count[list(asking)], count)
    return found


def at_random(ties: Ties, asking: Sequence[int]) -> Matrix:
    """Return the same score for all: any order is as good, and what is counted is what is expected."""
    import numpy as np

    return np.zeros((len(asking), len(ties.cities)))


OURS: Final = "coopgraph"
RULES: Final[dict[str, Callable[[Ties, Sequence[int]], Matrix]]] = {
    OURS: by_rule,
    "Adamic-Adar": adamic_adar,
    "preferential attachment": preferential_attachment,
    "random": at_random,
}
