"""The graph of a release as the explorer's scripts read it: columns of places, three languages.

In: an open release. Out: `/data/graph.json`, the same bytes for the same release: nodes and links of every
layer, the events each link rests on with what each gives, and what must be said beside them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import COUNTRY
from coopgraph.views.drawing import Layer, Note, Texts, clean, in_language
from coopgraph.views.explorer import events as told
from coopgraph.views.explorer import nodes as shown
from coopgraph.views.explorer.dyads import Dyads
from coopgraph.views.explorer.notes import sentences
from coopgraph.views.explorer.places import positions_of
from coopgraph.views.from_release import Drawable, notes_of
from coopgraph.views.gathered import source_of, untold_source
from coopgraph.views.names import Names, name_of, names_in, title_of
from coopgraph.views.relations import EXCHANGE, MEMBERSHIP, add_agreements, add_memberships
from coopgraph.views.strings import ASSETS
from coopgraph.views.strongest import strongest

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.network.flows import Contributions

MOST_LINKS = 100_000  # of exchange; so many still move in a browser
LAYERS = ("exchange", "agreements")  # of which something must be said
Rows = list[dict[str, Any]]
ALIASES = ASSETS.parent / "explorer" / "aliases.rq"


def as_json(graph: Mapping[str, Any]) -> bytes:
    """Return a graph as JSON in UTF-8, without spaces; the same release gives the same bytes."""
    return as_text(graph).encode("utf-8")


def as_text(graph: Mapping[str, Any]) -> str:
    """Return a graph as JSON, without spaces."""
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def graph_of(release: Drawable) -> dict[str, Any]:
    """Return the graph of a release: exchange, agreements by kind and memberships, event by event."""
    from coopgraph.network.flow_measures import measures_of
    from coopgraph.network.flows import contributions

    names, given, dyads = names_in(release), contributions(release), Dyads()
    layers, agreements, cut = _related(release, given, names, dyads)
    positions = positions_of(release.table, lambda: given.flows)
    nodes, events = positions["node"].to_pylist(), dyads.events()
    facts = told.facts_of(release)
    places = told.places_of(facts[event] for event in events)
    links = dyads.columns(_numbered(nodes), layers, _numbered(events))
    measures = shown.measures_by_city(measures_of(given.flows))
    cities = release.table("cities")
    columns = shown.columns(nodes, agreements, names, _aliases(release), cities, measures) | _stand(positions)
    joined = sum(1 for values in measures.values() if values["partners"])
    notes = sentences([*cut, *notes_of(given.flows.basis, joined, release, LAYERS)])
    return {
        "release": release.manifest.id,
        "title": _texts(title_of(release.manifest.workspace)),
        "now": release.now,
        "licence": clean(release.manifest.workspace.get("licence") or ""),
        "languages": list(release.manifest.workspace.get("languages") or LANGUAGES),
        "kinds": list(shown.KINDS),
        "nodes": columns,
        "layers": [_layer(layer) for layer in layers],
        "links": links,
        "events": {**told.columns(events, facts, places), "label": _event_labels(events, dyads, names)},
        "sources": _sources(list(places.sources), release.table("sources")),
        "lines": _named(list(places.lines), names),
        "programmes": _named(list(places.programmes), names),
        "goals": [{"number": n, **_named([f"{told.SDG}{n}"], names)[0]} for n in range(1, 18)],
        "countries": _countries(columns["country"], names),
        "communities": _communities(columns, _degrees(len(nodes), links)),
        "notes": [{"text": text} for text in notes],
    }


def _related(
    release: Drawable, given: Contributions, names: Names, dyads: Dyads
) -> tuple[list[Layer], set[str], list[Note]]:
    """Gather every relation; return the layers that have a link, agreements that are nodes, what was cut."""
    cut = list(add_contributions(given, dyads))
    kinds, agreements = add_agreements(release.table("agreements"), names, dyads)
    membership = replace(MEMBERSHIP, shown=not dyads.ends())
    add_memberships(release.table("memberships"), names, dyads)
    linked = dyads.layers()
    layers = [layer for layer in (*kinds, membership) if layer.key in linked]
    return [EXCHANGE, *layers], {node.key for node in agreements}, cut


def _stand(positions: pa.Table) -> dict[str, list[Any]]:
    community = [-1 if c is None else c for c in positions["community"].to_pylist()]
    return {"x": positions["x"].to_pylist(), "y": positions["y"].to_pylist(), "community": community}


def add_contributions(given: Contributions, dyads: Dyads) -> Iterable[Note]:
    """Add what each event adds to the flow from one city to another; of too many links the strongest."""
    import pyarrow as pa

    table, kept, total = _thinned(given)
    ends = [table.column(name).cast(pa.string()).to_pylist() for name in ("event", "source", "target")]
    for event, giver, receiver, weight in zip(*ends, table.column("weight").to_pylist(), strict=True):
        dyads.give(giver, receiver, EXCHANGE.key, event, weight)
    if kept < total:
        yield Note("note_links_cut", {"shown": kept, "total": total})


def _thinned(given: Contributions) -> tuple[pa.Table, int, int]:
    """Return the terms of the links that are kept, how many links these are, and how many there are."""
    import numpy as np

    ends = [given.table.column(name).combine_chunks() for name in ("source", "target")]
    source, target = (end.indices.to_numpy().astype(np.int64) for end in ends)
    size = len(ends[0].dictionary)
    key = np.minimum(source, target) * size + np.maximum(source, target)
    links, place = np.unique(key, return_inverse=True)
    weight = np.bincount(place, given.table.column("weight").to_numpy()).astype(float)
    kept = strongest(size, links // size, links % size, weight, MOST_LINKS)
    if len(kept) == len(links):
        return given.table, len(links), len(links)
    return given.table.filter(np.isin(place, kept)), len(kept), len(links)


def _numbered(keys: Sequence[str]) -> dict[str, int]:
    return {key: i for i, key in enumerate(keys)}


def _aliases(release: Drawable) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    table = release.query(ALIASES.read_text("utf-8"), trusted=True).to_arrow()
    for row in table.to_pylist():
        found.setdefault(row["thing"], []).append(row["name"])
    return found


def _texts(texts: Texts) -> dict[str, str]:
    return {lang: in_language(texts, lang) for lang in LANGUAGES}


def _layer(layer: Layer) -> dict[str, Any]:
    return {
        "key": layer.key,
        "label": _texts(layer.texts),
        "directed": layer.directed,
        "shown": layer.shown,
        "family": layer.family,
    }


def _event_labels(events: Sequence[str], dyads: Dyads, names: Names) -> dict[str, list[str]]:
    """Return the events' names; a membership is called by the role in it."""
    return shown.in_each_language(
        [dyads.told[event].texts if event in dyads.told else name_of(event, names).texts for event in events]
    )


def _sources(wanted: Sequence[str], table: pa.Table) -> list[dict[str, str]]:
    known = {row["source"]: source_of(row) for row in table.to_pylist()}
    return [{"iri": iri, **vars(known.get(iri) or untold_source(iri))} for iri in wanted]


def _named(wanted: Sequence[str], names: Names) -> Rows:
    return [{"iri": iri, "label": _texts(name_of(iri, names).texts)} for iri in wanted]


def _countries(codes: Sequence[str], names: Names) -> Rows:
    found = sorted({code for code in codes if code})
    return [{"code": code, "label": _texts(name_of(f"{COUNTRY}{code}", names).texts)} for code in found]


def _communities(columns: Mapping[str, Any], degree: Sequence[int]) -> Rows:
    """Return the disc that holds each community and its most important members; agreements lead none."""
    members: dict[int, list[int]] = {}
    for node, number in enumerate(columns["community"]):
        if number >= 0:
            members.setdefault(number, []).append(node)
    size = columns["measures"]["peer_exchange"]
    agreement = shown.KINDS.index("agreement")
    found = []
    for _, ids in sorted(members.items()):
        actors = [i for i in ids if columns["kind"][i] != agreement]
        leading = sorted(actors, key=lambda i: (-(size[i] or 0.0), -degree[i], i))[:3]
        found.append(
            {
                "members": len(ids),
                "names": leading,
                **_disc([(columns["x"][i], columns["y"][i]) for i in ids]),
            }
        )
    return found


def _disc(points: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return a disc about the middle of some points that holds them all."""
    xs, ys = zip(*points, strict=True)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    r = max(math.hypot(a - x, b - y) for a, b in points)
    return {"x": round(x, 4), "y": round(y, 4), "r": round(r, 4)}


def _degrees(nodes: int, links: Mapping[str, list[Any]]) -> list[int]:
    degree = [0] * nodes
    for end in (*links["source"], *links["target"]):
        degree[end] += 1
    return degree
