"""The explorer's graph as tables: its nodes, its links, and the events they rest on.

In: the graph, or the part of it that is seen, and a language. Out: three `Sheet`s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from coopgraph.exports.sheet import Column, Sheet, Value
from coopgraph.views.drawing import Source, clean
from coopgraph.views.strings import plot_strings, strings

Graph = Mapping[str, Any]
_LONGEST: Final = 30_000  # characters of a cell
_MEASURES: Final = ("peer_exchange", "peer_exchange_1", "given", "received", "reciprocity", "partners")


def sheets_of(graph: Graph, lang: str) -> tuple[Sheet, Sheet, Sheet]:
    """Return nodes, links and events as tables in a language."""
    words = {**plot_strings()[lang], **strings()[lang]}
    measures = tuple(Column(words.get(name, name), "number") for name in _MEASURES)
    told = _words()[lang]
    nodes = (*_typed(told["nodes"], numbers=(4, 5, 6, 7)), *measures, Column("IRI"))
    events = (*_typed(told["events"], numbers=(7,)), Column("IRI"))
    return (
        Sheet(told["nodes"][0], nodes, tuple(_nodes(graph, lang))),
        Sheet(told["links"][0], _typed(told["links"], numbers=(4, 5, 6)), tuple(_links(graph, lang))),
        Sheet(told["events"][0], events, tuple(_events(graph, lang))),
    )


@cache
def _words() -> dict[str, dict[str, Any]]:
    """Return the headings by language, of each table its name first, and the words that cells hold."""
    found: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return found


def sources_of(graph: Graph) -> list[Source]:
    """Return the sources of the events in a graph."""
    cited = sorted({place for places in graph["events"]["sources"] for place in places})
    rows = [graph["sources"][place] for place in cited]
    return [Source(**{name: text for name, text in row.items() if name != "iri"}) for row in rows]


def _typed(names: list[str], numbers: tuple[int, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(name, "number" if i in numbers else "text") for i, name in enumerate(names[1:], start=1)
    )


def _nodes(graph: Graph, lang: str) -> list[tuple[Value, ...]]:
    nodes, words = graph["nodes"], _words()[lang]["words"]
    countries = {country["code"]: country["label"][lang] for country in graph["countries"]}
    columns = [
        nodes["label"][lang],
        [words[graph["kinds"][kind]] for kind in nodes["kind"]],
        [countries.get(code) for code in nodes["country"]],
        *(nodes[name] for name in ("lat", "long", "population")),
        [None if number < 0 else number + 1 for number in nodes["community"]],
        *(nodes["measures"][name] for name in _MEASURES),
        nodes["iri"],
    ]
    return list(zip(*columns, strict=True))


def _links(graph: Graph, lang: str) -> list[tuple[Value, ...]]:
    links, names = graph["links"], graph["nodes"]["label"][lang]
    events = graph["events"]["label"][lang]
    layers = [layer["label"][lang] for layer in graph["layers"]]
    directed = [layer["directed"] for layer in graph["layers"]]
    found: list[tuple[Value, ...]] = []
    for a, b, layer, on, forward, backward in zip(
        *(links[name] for name in ("source", "target", "layer", "events", "forward", "backward")), strict=True
    ):
        told = clean("; ".join(events[event] for event in on), _LONGEST)
        flows = (round(sum(forward), 6), round(sum(backward), 6)) if directed[layer] else (None, None)
        found.append((names[a], names[b], layers[layer], *flows, len(on), told))
    return found


def _events(graph: Graph, lang: str) -> list[tuple[Value, ...]]:
    events, words = graph["events"], _words()[lang]["words"]
    titles = [source["title"] for source in graph["sources"]]
    columns = [
        events["label"][lang],
        [words[kind] for kind in events["kind"]],
        [day or None for day in events["date"]],
        [_day(day) for day in events["from"]],
        [_day(day) for day in events["to"]],
        [", ".join(map(str, goals)) or None for goals in events["goals"]],
        events["amount"],
        [currency or None for currency in events["currency"]],
        [words.get(word, word) or None for word in events["certainty"]],
        [clean("; ".join(titles[i] for i in places), _LONGEST) for places in events["sources"]],
        events["iri"],
    ]
    return list(zip(*columns, strict=True))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
