"""Gather what joins two nodes, event by event, so that a filter on events can weigh each link anew.

In: what each event gives from one node to another. Out: the columns `links` of the explorer's graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coopgraph.views.backbone import backbone
from coopgraph.views.drawing import Layer, Texts

_DIGITS = 6


@dataclass(frozen=True)
class Told:
    """What the gathering of relations says of an event: its name and its date as stated."""

    texts: Texts
    date: str
    sources: frozenset[str]
    certainty: str


class Dyads:
    """Links by (layer, source, target): for each event what it gives forward and backward."""

    def __init__(self) -> None:
        self.told: dict[str, Told] = {}
        self._keys: list[str] = []
        self._links: dict[tuple[str, str, str], dict[str, list[float]]] = {}

    def proof(self, key: str, texts: Texts, date: str, sources: Iterable[str], certainty: str = "") -> int:
        """Return the place of one event; of one told twice the first telling stands."""
        if key not in self.told:
            self.told[key] = Told(texts, date, frozenset(sources), certainty)
        self._keys.append(key)
        return len(self._keys) - 1

    def join(self, source: str, target: str, layer: str, proofs: Iterable[int]) -> None:
        """Add to the link that joins two nodes in a layer without direction: one for each event."""
        for place in proofs:
            self._terms(layer, min(source, target), max(source, target))[self._keys[place]] = [1.0, 0.0]

    def give(self, source: str, target: str, layer: str, event: str, weight: float) -> None:
        """Add what one node gave another in an event; both directions of a dyad are one link."""
        turned = source > target
        terms = self._terms(layer, *((target, source) if turned else (source, target)))
        terms.setdefault(event, [0.0, 0.0])[turned] += weight

    def ends(self) -> set[str]:
        """Return every node that a link touches."""
        return {end for _, *ends in self._links for end in ends}

    def layers(self) -> set[str]:
        """Return the layers that have a link."""
        return {layer for layer, *_ in self._links}

    def sums(self) -> dict[tuple[str, str], float]:
        """Return the weight of each dyad over all layers, events and both directions."""
        found: dict[tuple[str, str], float] = {}
        for (_, source, target), terms in self._links.items():
            weight = sum(pair[0] + pair[1] for pair in terms.values())
            found[source, target] = found.get((source, target), 0.0) + weight
        return found

    def events(self) -> list[str]:
        """Return every event a link rests on, in the order of their IRIs."""
        return sorted({event for terms in self._links.values() for event in terms})

    def columns(
        self, node: Mapping[str, int], layers: Sequence[Layer], event: Mapping[str, int]
    ) -> dict[str, list[Any]]:
        """Return one row for each link, in the order of its layer, source and target."""
        place = {layer.key: i for i, layer in enumerate(layers)}
        rows = sorted((place[layer], node[a], node[b], layer, a, b) for layer, a, b in self._links)
        found: dict[str, list[Any]] = {"source": [], "target": [], "layer": []}
        found |= {"events": [], "forward": [], "backward": []}
        for number, source, target, layer, a, b in rows:
            terms = sorted(self._links[layer, a, b].items())
            found["source"].append(source)
            found["target"].append(target)
            found["layer"].append(number)
            found["events"].append([event[key] for key, _ in terms])
            for name, side in (("forward", 0), ("backward", 1)):
                found[name].append([_short(pair[side]) for _, pair in terms])
        found["strong"] = _strong(found, len(node))
        return found

    def _terms(self, layer: str, source: str, target: str) -> dict[str, list[float]]:
        return self._links.setdefault((layer, source, target), {})


def _short(value: float) -> float:
    """Return a weight as it is written: a whole number without its point."""
    rounded = round(value, _DIGITS)
    return int(rounded) if rounded == int(rounded) else rounded


def _strong(links: Mapping[str, list[Any]], nodes: int) -> list[bool]:
    """Return which links are drawn at first sight: a dense layer is thinned to its backbone."""
    strong = [True] * len(links["layer"])
    for layer in sorted(set(links["layer"])):
        places = [i for i, number in enumerate(links["layer"]) if number == layer]
        dyads = [
            (links["source"][i], links["target"][i], sum(links["forward"][i]) + sum(links["backward"][i]))
            for i in places
        ]
        for i, kept in zip(places, backbone(dyads, nodes=nodes), strict=True):
            strong[i] = kept
    return strong
