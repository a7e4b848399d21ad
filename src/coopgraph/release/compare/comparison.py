"""What a comparison of two releases found, as plain frozen data.

In: what `compare` found. Out: counts, things with their values side by side, cities, sources.
Amounts stay by kind and currency, and are never added up across either.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

WAYS: Final = ("added", "removed", "changed")


@dataclass(frozen=True)
class Side:
    """One of the two releases: its id (empty for RDF files), the day of its data, its title and ontology."""

    id: str
    built_at: str
    now: str | None
    title: str
    ontology: str


@dataclass(frozen=True)
class Delta:
    """How many were added and how many removed."""

    added: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True)
class Stated:
    """One value as a term of N-Triples, in words, and the graphs that state it."""

    term: str
    text: str
    graphs: tuple[str, ...]


@dataclass(frozen=True)
class ValueChange:
    """What changed of one property: the values that went beside those that came.

    A value that stands on both sides is stated by other graphs than before. Values of one language are told
    apart from those of another.
    """

    property: str
    label: str
    before: tuple[Stated, ...]
    after: tuple[Stated, ...]


@dataclass(frozen=True)
class ThingChange:
    """One thing that was added, removed or changed; of the first two `values` are all that is stated."""

    thing: str
    label: str
    cls: str | None
    how: str
    values: tuple[ValueChange, ...]


@dataclass(frozen=True)
class ClassChange:
    """How many things of one class were added, removed and changed; no class: nothing says what they are."""

    cls: str | None
    label: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class Count:
    """How many there were and are, and which of them came and went: equal counts may hide an exchange."""

    before: int = 0
    after: int = 0
    added: int = 0
    removed: int = 0


@dataclass(frozen=True)
class MoneyChange:
    """What amounts of one kind and currency add up to before and after; None: none stated.

    `what` is `in participations`, `paid` or `received`.
    """

    what: str
    kind: str | None
    kind_label: str
    currency: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class CityChange:
    """What changed for one city.

    `given` and `received` count the participations that are known to contribute and to benefit, `unknown`
    those of which one of the two is not known.
    """

    city: str
    label: str
    participations: Count
    given: Count
    received: Count
    unknown: Count
    agreements: Count
    memberships: Count
    money: tuple[MoneyChange, ...]


@dataclass(frozen=True)
class SourceChange:
    """A source that was added or removed."""

    source: str
    how: str
    title: str | None
    publisher: str | None
    url: str | None
    date: str | None


@dataclass(frozen=True)
class GraphChange:
    """How many statements one source's graph gained and lost."""

    graph: str
    name: str
    statements: Delta


@dataclass(frozen=True)
class Comparison:
    """What changed from one release to another.

    `data` are the statements of sources and rules; those of the ontology and of provenance (where row numbers
    move) are counted apart and left out of all else. `things` holds the first of each class and way, at most
    as many as were asked for; `classes` counts all of them.
    """

    before: Side
    after: Side
    data: Delta
    ontology: Delta
    provenance: Delta
    classes: tuple[ClassChange, ...]
    things: tuple[ThingChange, ...]
    cities: tuple[CityChange, ...]
    sources: tuple[SourceChange, ...]
    graphs: tuple[GraphChange, ...]

    @property
    def changed(self) -> bool:
        """Whether data or ontology differ; where files moved their rows alone, nothing has changed."""
        return bool(self.data or self.ontology)

    @property
    def left_out(self) -> int:
        """How many things are counted and not among `things`."""
        return sum(each.added + each.removed + each.changed for each in self.classes) - len(self.things)

    def sentences(self) -> tuple[str, ...]:
        """Say what the comparison rests on, what it leaves out, and what is unknown."""
        rows = self.provenance
        said = [
            f"Provenance (which row of which file) is left out: {rows.added:,} statements of it were added, "
            f"{rows.removed:,} removed. A patch carries them."
            if rows
            else "",
            f"The ontology has {self.ontology.added:,} statements more and {self.ontology.removed:,} fewer "
            f"(version {self.before.ontology or 'unknown'} before, {self.after.ontology or 'unknown'} "
            "after); they are left out of the classes."
            if self.ontology
            else "",
            "Given and received count participations that are known to contribute or benefit; an unknown "
            "role counts as neither."
            if self.cities
            else "",
            "Amounts are as stated, by kind and currency; none are added up across these."
            if any(city.money for city in self.cities)
            else "",
        ]
        return tuple(sentence for sentence in said if sentence)
