"""Gather links, their evidence and their sources while tables are read.

In: rows of a release's tables. Out: `Link`s, `Evidence` and `Source`s that point at one another by place;
what is named twice is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from coopgraph.views.drawing import Evidence, Link, Source, Texts, clean, web_address


class Joins(Protocol):
    """What takes links and what they rest on, while the tables of agreements and memberships are read."""

    def proof(self, key: str, texts: Texts, date: str, sources: Iterable[str], certainty: str = "") -> int:
        """Return the place of one piece of evidence."""

    def join(self, source: str, target: str, layer: str, proofs: Iterable[int]) -> None:
        """Add to the link that joins two nodes in a layer without direction."""


class Gathered:
    """Links by (source, target, layer), and the evidence and sources they point to."""

    def __init__(self, sources: Iterable[Mapping[str, Any]]) -> None:
        self._known = {row["source"]: source_of(row) for row in sources}
        self._source_places: dict[str, int] = {}
        self._proof_places: dict[tuple[str, str, str], int] = {}
        self._links: dict[tuple[str, str, str], Link] = {}
        self.sources: list[Source] = []
        self.evidence: list[Evidence] = []

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(self._links[key] for key in sorted(self._links))

    def proof(self, key: str, texts: Texts, date: str, sources: Iterable[str], certainty: str = "") -> int:
        """Return the place of one piece of evidence, kept once for each key, date and certainty."""
        known = (key, date, certainty)
        if known not in self._proof_places:
            self._proof_places[known] = len(self.evidence)
            places = tuple(self._place(source) for source in sorted(set(sources)))
            self.evidence.append(Evidence(texts, clean(date), places, clean(certainty)))
        return self._proof_places[known]

    def join(self, source: str, target: str, layer: str, proofs: Iterable[int], weight: float = 1.0) -> None:
        """Add to the link that joins two nodes in a layer without direction."""
        ends = (min(source, target), max(source, target), layer)
        old = self._links.get(ends, Link(*ends, forward=0.0))
        self._links[ends] = Link(*ends, old.forward + weight, 0.0, _together(old.evidence, proofs))

    def point(self, source: str, target: str, layer: str, proofs: Iterable[int]) -> None:
        """Add to the link that points from one node to another."""
        ends = (source, target, layer)
        old = self._links.get(ends, Link(*ends))
        self._links[ends] = Link(*ends, evidence=_together(old.evidence, proofs))

    def flow(self, source: str, target: str, layer: str, proofs: Iterable[int], weight: float) -> None:
        """Add what one node gave another; both directions of a dyad are one link."""
        turned = source > target
        ends = (target, source, layer) if turned else (source, target, layer)
        old = self._links.get(ends, Link(*ends, forward=0.0))
        forward, backward = (0.0, weight) if turned else (weight, 0.0)
        self._links[ends] = Link(
            *ends, old.forward + forward, old.backward + backward, _together(old.evidence, proofs)
        )

    def _place(self, iri: str) -> int:
        if iri not in self._source_places:
            self._source_places[iri] = len(self.sources)
            self.sources.append(self._known.get(iri) or untold_source(iri))
        return self._source_places[iri]


def _together(old: tuple[int, ...], new: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({*old, *new}))


def source_of(row: Mapping[str, Any]) -> Source:
    """Return a source as it is shown, from a row of the table of sources."""
    return Source(
        title=clean(row["title"] or row["source"]),
        publisher=clean(row["publisher"] or ""),
        url=web_address(row["url"]),
        date=clean(row["date"] or ""),
        retrieved=clean(row["retrieved"] or ""),
    )


def untold_source(iri: str) -> Source:
    """Return a source of which no table says anything: its IRI stands for its title."""
    return Source(title=clean(iri), url=web_address(iri))
