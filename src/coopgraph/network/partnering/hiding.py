"""How well a rule finds partners that were hidden from it: hits among the first ten, and AUC.

In: `Ties` and which part of the events is hidden. Out: `Evaluation`, with bootstrap intervals over what was
hidden. Nothing of what is hidden is seen by a rule, not even that a city exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, Literal

from coopgraph.network.partnering.rule import OURS, RULES
from coopgraph.network.partnering.ties import Ties, ties_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

Part = Literal["known", "fit", "test"]
SEED: Final = 20261127
FIRST: Final = 10
DRAWS: Final = 1000
_BATCH: Final = 400


@dataclass(frozen=True)
class Hidden:
    """What a rule may see, and the hidden pairs of cities that stand in it, by the group that hides them."""

    seen: Ties
    pairs: tuple[tuple[int, int, int], ...]  # group, one, other
    groups: int
    unseen: int  # hidden pairs with a city that nothing seen speaks of


@dataclass(frozen=True)
class Measured:
    """Hits among the first ten and AUC, each with the ends of its 95 % interval."""

    hits: tuple[float, float, float]
    auc: tuple[float, float, float]


@dataclass(frozen=True)
class Evaluation:
    """Every rule measured; how much ours is better than each other; and what it was measured on."""

    rules: Mapping[str, Measured]
    better: Mapping[str, Measured]
    asking: int
    positives: int
    negatives: int
    groups: int
    unseen: int


def part_of(members: Sequence[str], seed: int = SEED) -> Part:
    """Return the part an event falls in, by its members alone: 60 % known, 20 % fit, 20 % test.

    Events of the same members (the two statements of one twinning) are so hidden together.
    """
    digest = sha256(" ".join((str(seed), *sorted(members))).encode()).hexdigest()
    place = int(digest, 16) % 100
    return "known" if place < 60 else "fit" if place < 80 else "test"


def hide(ties: Ties, hidden: Part, seed: int = SEED) -> Hidden:
    """Hide a part: `fit` shows the known events alone, `test` those that are known and those fitted on."""
    shown = {"fit": ("known",), "test": ("known", "fit")}[hidden]
    groups: dict[tuple[str, ...], Part] = {}
    pairs = []
    for event, members in _events(ties):
        part = groups.setdefault(members, part_of(members, seed))
        if part in shown:
            pairs += [(event, city) for city in members]
    seen = ties_of(pairs)
    found: dict[tuple[int, int], int] = {}
    away: set[tuple[str, str]] = set()
    gone = sorted(members for members, part in groups.items() if part == hidden and len(members) > 1)
    for group, members in enumerate(gone):
        places = [seen.place.get(city) for city in members]
        inside = sorted(place for place in places if place is not None)
        away |= {pair for pair in combinations(members, 2) if not all(city in seen.place for city in pair)}
        for one in inside:
            for other in inside:
                if one != other and not seen.partners[one, other]:
                    found.setdefault((one, other), group)
    listed = tuple(sorted((place, one, other) for (one, other), place in found.items()))
    return Hidden(seen, listed, len(gone), len(away))


def _events(ties: Ties) -> Iterator[tuple[str, tuple[str, ...]]]:
    ends, cities = ties.incidence.indptr, ties.incidence.indices
    for row, event in enumerate(ties.events):
        yield event, tuple(ties.cities[place] for place in sorted(cities[ends[row] : ends[row + 1]].tolist()))


def evaluate(hidden: Hidden, *, most: int | None = None, seed: int = SEED) -> Evaluation:
    """Rank, for each city with hidden partners, all that are no partners yet, by every rule.

    Hits: the share of hidden partners among the first ten of the city they were hidden from. AUC: how often
    a hidden partner stands before another city that is none. Equal scores count by what a random order gives.
    `most` cities ask, drawn by the seed; all by default. Intervals: 1,000 draws of hidden events.
    """
    import numpy as np

    asking = np.unique([one for _, one, _ in hidden.pairs]).astype(int)
    draw = np.random.default_rng(seed)
    if most is not None and len(asking) > most:
        asking = np.sort(draw.choice(asking, most, replace=False))
    chosen = set(asking.tolist())
    pairs = [pair for pair in hidden.pairs if pair[1] in chosen]
    found = {name: np.zeros((len(pairs), 2)) for name in RULES}
    by_city: dict[int, list[int]] = {}
    for place, (_, one, _) in enumerate(pairs):
        by_city.setdefault(one, []).append(place)
    negatives = 0
    for start in range(0, len(asking), _BATCH):
        rows = asking[start : start + _BATCH].tolist()
        for name, rule in RULES.items():
            scores = rule(hidden.seen, rows)
            for row, one in enumerate(rows):
                others = [pairs[place][2] for place in by_city[one]]
                candidates = _candidates(hidden.seen, one)
                negatives += (int(candidates.sum()) - len(others)) * (name == OURS)
                found[name][by_city[one]] = _measured(scores[row], candidates, others)
    group = np.array([pair[0] for pair in pairs])
    counts = draw.multinomial(hidden.groups, np.full(hidden.groups, 1 / hidden.groups), size=DRAWS)
    drawn = {name: _drawn(values, group, hidden.groups, counts) for name, values in found.items()}
    means = {name: values.mean(axis=0) for name, values in found.items()}
    rest = [name for name in RULES if name != OURS]
    return Evaluation(
        {name: _with_ends(means[name], drawn[name]) for name in RULES},
        {name: _with_ends(means[OURS] - means[name], drawn[OURS] - drawn[name]) for name in rest},
        len(asking),
        len(pairs),
        negatives,
        hidden.groups,
        hidden.unseen,
    )


def _candidates(ties: Ties, city: int) -> NDArray[np.bool_]:
    """All cities but itself and its partners."""
    import numpy as np

    found = np.ones(len(ties.cities), dtype=bool)
    found[[city, *ties.of(city)]] = False
    return found


def _measured(scores: Vector, candidates: NDArray[np.bool_], others: Sequence[int]) -> Any:
    """For each hidden partner: how likely it is among the first ten, and the share of the others it beats."""
    import numpy as np

    rest = candidates.copy()
    rest[list(others)] = False
    wanted = scores[list(others)]
    low = np.sort(scores[rest])
    below, upto = (np.searchsorted(low, wanted, side=side) for side in ("left", "right"))
    auc = (below + upto) / 2 / max(len(low), 1)
    everyone = np.sort(scores[candidates])
    above = len(everyone) - np.searchsorted(everyone, wanted, side="right")
    equal = len(everyone) - above - np.searchsorted(everyone, wanted, side="left")
    return np.column_stack([np.clip((FIRST - above) / equal, 0, 1), auc])


def _drawn(values: Any, group: Any, groups: int, counts: Any) -> Any:
    """The two means, for each draw of the hidden events."""
    import numpy as np

    sums = [np.bincount(group, weights=values[:, column], minlength=groups) for column in (0, 1)]
    sizes = counts @ np.bincount(group, minlength=groups)
    return np.column_stack([(counts @ total) / np.maximum(sizes, 1) for total in sums])


def _with_ends(mean: Any, drawn: Any) -> Measured:
    import numpy as np

    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    hits, auc = (tuple(round(float(part[i]), 4) for part in (mean, low, high)) for i in (0, 1))
    return Measured(hits, auc)  # type: ignore[arg-type]
