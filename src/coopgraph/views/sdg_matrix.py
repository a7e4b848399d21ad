"""Cities beside the seventeen goals: how many actions (or agreements) of a city state that they serve each.

In: an open release. Out: a `Matrix`. Every number is one that stored question 33, 54, 55 or 57 gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, log1p
from typing import TYPE_CHECKING, Any, Final

from coopgraph.namespaces import COOP
from coopgraph.views.explorer.events import SDG, goal_of

if TYPE_CHECKING:
    from coopgraph.release import Release

CELLS: Final = "cq-054-sdg-by-city"
SILENT: Final = "cq-055-silent-on-goals"
COVERAGE: Final = "cq-033-sdg-coverage"
HOW_MANY: Final = "cq-057-how-many-state-a-goal"
SINGLE: Final = "cq-056-for-a-goal"
GOALS: Final = range(1, 18)
WHAT: Final = ("actions", "agreements")
SORTS: Final = ("total", "name", "country")
LEVELS: Final = 5


@dataclass(frozen=True)
class City:
    """A city's row, for each kind of thing: how many there are, how many state a goal, how many each goal."""

    iri: str
    country: str
    number: dict[str, int]
    with_goal: dict[str, int]
    cells: dict[str, tuple[int, ...]]

    def without_goal(self, what: str) -> int:
        """How many state no goal at all."""
        return self.number[what] - self.with_goal[what]


@dataclass(frozen=True)
class Goal:
    """One goal: how many programmes and actions serve it, and how many cities have what serves it."""

    number: int
    programmes: int
    actions: int
    cities: dict[str, int]

    @property
    def iri(self) -> str:
        """The United Nations' own IRI."""
        return f"{SDG}{self.number}"

    @property
    def served(self) -> bool:
        """Whether anything at all states it."""
        return bool(self.programmes or self.actions or any(self.cities.values()))


@dataclass(frozen=True)
class Matrix:
    """Cities by IRI, goals by number; of each kind of thing how many there are and how many state a goal."""

    cities: tuple[City, ...]
    goals: tuple[Goal, ...]
    number: dict[str, int]
    with_goal: dict[str, int]

    @property
    def kinds(self) -> list[str]:
        """What there is to count: actions, and agreements where one states a goal."""
        return [what for what in WHAT if what == WHAT[0] or self.with_goal[what]]


def matrix_of(release: Release) -> Matrix:
    """Return the matrix of a release."""
    cells: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(GOALS))
    reached: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in _rows(release, CELLS):
        number = goal_of(row["goal"])
        if number is None:
            continue  # what is no goal has no column; the shapes refuse it
        for what in WHAT:
            cells[what, row["city"]][number - 1] += row[what]
            reached[what, number].update({row["city"]} if row[what] else ())
    covered = {goal_of(row["goal"]): row for row in _rows(release, COVERAGE)}
    countries = dict(
        zip(*(release.table("cities").column(name).to_pylist() for name in ("city", "country")), strict=True)
    )
    cities = [
        City(
            row["city"],
            (countries.get(row["city"]) or "").rsplit("/", 1)[-1],
            {what: row[what] for what in WHAT},
            {what: row[f"{what}WithGoal"] for what in WHAT},
            {what: tuple(cells[what, row["city"]]) for what in WHAT},
        )
        for row in _rows(release, SILENT)
    ]
    goals = [
        Goal(
            number,
            covered.get(number, {}).get("programmes", 0),
            covered.get(number, {}).get("actions", 0),
            {what: len(reached[what, number]) for what in WHAT},
        )
        for number in GOALS
    ]
    counted = {row["class"].removeprefix(COOP).lower() + "s": row for row in _rows(release, HOW_MANY)}
    return Matrix(
        tuple(sorted(cities, key=lambda city: city.iri)),
        tuple(goals),
        {what: counted[what]["things"] if what in counted else 0 for what in WHAT},
        {what: counted[what]["withGoal"] if what in counted else 0 for what in WHAT},
    )


def _rows(release: Release, question: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = release.query(question, trusted=True).to_arrow().to_pylist()
    return rows


def ordered(cities: Iterable[City], what: str, sort: str, say: Callable[[str], str]) -> list[City]:
    """Return cities by how many of their things state a goal, by name, or by country."""

    def order(city: City) -> tuple[Any, ...]:
        if sort == "name":
            return say(city.iri), city.iri
        first = (city.country or "~",) if sort == "country" else ()
        return (
            *first,
            -city.with_goal[what],
            -sum(city.cells[what]),
            -city.number[what],
            say(city.iri),
            city.iri,
        )

    return sorted(cities, key=order)


def level(count: int, most: int) -> int:
    """Return how dark a cell is, from 1 to 5 on a scale of logarithms; 0 for an empty one.

    >>> [level(n, 100) for n in (0, 1, 5, 20, 100)], level(1, 1)
    ([0, 1, 2, 4, 5], 5)
    """
    return ceil(LEVELS * log1p(count) / log1p(most)) if count else 0
