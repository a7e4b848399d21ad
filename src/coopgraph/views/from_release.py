"""A release -> a drawing: the exchange network, the agreements and the memberships, each with its evidence.

In: an open release and the options of `exchange_graph`. Out: a `Drawing`; its measures are those of the
exchange network alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, Protocol, Unpack

from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.network.sensitivity.loss import KEEP, REPLICATES
from coopgraph.views.drawing import Drawing, Layer, Link, Measures, Node, Note, clean, texts_of
from coopgraph.views.events import Events
from coopgraph.views.gathered import Gathered
from coopgraph.views.names import Name, Names, Readable, name_of, names_in, title_of
from coopgraph.views.relations import (
    EXCHANGE,
    MEMBERSHIP,
    add_agreements,
    add_exchange,
    add_memberships,
)
from coopgraph.views.standing import standing

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx
    import pyarrow as pa

    from coopgraph.network.basis import Basis
    from coopgraph.network.selection import Options
    from coopgraph.release.manifest import Manifest

LayerName = Literal["exchange", "agreements", "memberships"]
_EVENTS = {"actions": "action_n", "agreements": "agreement_n", "all": "event_n"}  # words of the page
RANGES = ("peer_exchange_range", "rank_range", "top_share")
LAYERS: tuple[LayerName, ...] = ("exchange", "agreements", "memberships")


class Drawable(Readable, Protocol):
    """What a page needs of a release."""

    @property
    def now(self) -> Any:
        """The day the data speak of."""

    @property
    def manifest(self) -> Manifest:
        """What was built; its workspace has a title and may have a licence."""

    def table_path(self, name: str) -> Path:
        """Where the named table lies."""


def drawing_of_release(
    release: Drawable,
    *,
    title: str | Mapping[str, str] | None = None,
    lang: str = "en",
    layers: Collection[LayerName] = LAYERS,
    shown: Collection[LayerName] = ("exchange", "agreements"),
    size_by: str = "peer_exchange",
    colour_by: str = "community",
    replicates: int = REPLICATES,
    **options: Unpack[Options],
) -> Drawing:
    """Return the drawing of a release: `layers` are on the page, `shown` are switched on at first."""
    from coopgraph.network.flows import merged_participations, selection_for
    from coopgraph.network.graphs import exchange_graph

    _check_layers([*layers, *shown])
    names = names_in(release)
    gathered = Gathered(release.table("sources").to_pylist())
    G = exchange_graph(release, **options)
    drawn: list[Layer] = []
    agreements: list[Node] = []
    if "exchange" in layers:
        flags = merged_participations(release, selection_for(release, **options)).to_pylist()
        events = Events(release.table("participations"), release.table("agreements"))
        add_exchange(G, flags, events, names, gathered, both=options.get("unknown") == "both")
        drawn.append(EXCHANGE)
    if "agreements" in layers:
        kinds, agreements = add_agreements(release.table("agreements"), names, gathered)
        drawn.extend(_switched(kind, on="agreements" in shown) for kind in kinds)
    if "memberships" in layers:
        add_memberships(release.table("memberships"), names, gathered)
        drawn.append(_switched(MEMBERSHIP, on="memberships" in shown))
    measures, columns = standing(G)
    if size_by not in columns:
        raise ProjectionError(f"Cities cannot be sized by {size_by!r}. Choose one of {', '.join(columns)}.")
    beside = _ranges(release, replicates, options) if replicates else {}
    links, (day, licence) = gathered.links, day_and_licence(release)
    return Drawing(
        title=texts_of(title or title_of(release.manifest.workspace)),
        nodes=tuple(_nodes(G, links, agreements, names, release.table("cities"))),
        links=links,
        layers=tuple(drawn),
        evidence=tuple(gathered.evidence),
        sources=tuple(gathered.sources),
        measures={str(node): {**values, **beside.get(str(node), {})} for node, values in measures.items()},
        columns=(columns[0], *RANGES, *columns[1:]) if beside else columns,
        size_by=size_by,
        colour_by=colour_by,
        notes=(
            *notes_of(G.graph["basis"], sum(1 for _, degree in G.degree if degree), release, layers),
            *_note_on(beside, replicates),
        ),
        lang=lang,
        now=day,
        licence=licence,
    )


def _ranges(release: Drawable, replicates: int, options: Options) -> dict[str, Measures]:
    """Return each city's range of peer exchange and of its rank, and how often it is among the first."""
    from coopgraph.network.sensitivity.ranges import ranges

    rows = ranges(release, replicates=replicates, **options).table.to_pylist()
    return {
        row["city"]: {
            "peer_exchange_range": (row["score_low"], row["score_high"]),
            "rank_range": (row["rank_low"], row["rank_high"]),
            "top_share": row["top_share"],
        }
        for row in rows
    }


def _note_on(beside: Mapping[str, Measures], replicates: int) -> Iterable[Note]:
    if beside:
        yield Note("note_ranges", {"replicates": replicates, "keep": KEEP})


def _check_layers(wanted: Iterable[str]) -> None:
    unknown = sorted(set(wanted) - set(LAYERS))
    if unknown:
        raise ProjectionError(f"There is no layer {', '.join(unknown)}. Choose among {', '.join(LAYERS)}.")


def _switched(layer: Layer, *, on: bool) -> Layer:
    return Layer(layer.key, layer.texts, layer.directed, on, layer.family)


def _nodes(
    G: nx.DiGraph[str], links: Iterable[Link], agreements: Iterable[Node], names: Names, cities: pa.Table
) -> list[Node]:
    """Return cities of the exchange network first, then what only a layer brings in; each by its name."""
    made = {node.key: node for node in agreements}
    known = {row["city"]: row for row in cities.to_pylist()}
    keys = {*map(str, G), *(end for link in links for end in (link.source, link.target))}
    nodes = [
        made.get(key) or node_of(key, known.get(key), _as_city(key, names, G), always=key in G)
        for key in keys
    ]
    return sorted(nodes, key=lambda node: (not node.always, node.kind, node.country, node.key))


def _as_city(key: str, names: Names, G: nx.DiGraph[str]) -> Name:
    """Return what a node is called; whoever exchanges is drawn as a city, though no row says so."""
    name = name_of(key, names)
    return replace(name, kind="city") if key in G else name


def node_of(
    key: str,
    city: Mapping[str, Any] | None,
    name: Name,
    *,
    always: bool = True,
    facts: tuple[tuple[str, str], ...] = (),
) -> Node:
    """Return the node of a thing: a city by its row in the table, anything else by its name."""
    if city is None:
        full = () if name.full is None else tuple(("name", text) for text in sorted(set(name.full.values())))
        return Node(key, name.texts, name.kind, always=always, facts=(*full, *facts, ("iri", key)))
    texts = {lang: city[f"label_{lang}"] for lang in LANGUAGES if city[f"label_{lang}"]}
    people = (("population", f"{city['population']}"),) if city["population"] else ()
    return Node(
        key,
        texts_of(texts) or name.texts,
        "city",
        country=clean(city["country"] or "").rsplit("/", 1)[-1],
        always=always,
        facts=(*people, *facts, ("iri", key)),
    )


def day_and_licence(release: Drawable) -> tuple[str, str]:
    """Return what every drawing of a release says of it."""
    return clean(release.now or ""), clean(release.manifest.workspace.get("licence") or "")


def notes_of(basis: Basis, joined: int, release: Drawable, layers: Collection[str]) -> Iterable[Note]:
    """Return what must be said beside the exchange, in which `joined` cities have a flow, and agreements."""
    if "exchange" in layers:
        unknown = {"touched": basis.unknown_participations, "total": basis.participations}
        if basis.unknown_participations:
            yield Note(f"note_unknown_{basis.unknown}", unknown)
        if basis.yes_derived:
            yield Note("note_derived", {"derived": basis.yes_derived, "yes": basis.yes_participations})
        yield Note("note_measure")
        flowing = basis.selected_events - basis.without_flow
        counts: dict[str, str | int] = {"flowing": flowing, "events": basis.selected_events}
        counts["what"] = _EVENTS[basis.events]
        yield Note("note_exchange", {**counts, "cities": basis.nodes, "joined": joined})
        if basis.filters:
            yield Note(
                "note_filters", {"filters": "; ".join(f"{name} {value}" for name, value in basis.filters)}
            )
        if basis.undated_left_out:
            yield Note("note_undated", {"count": basis.undated_left_out})
    if "agreements" in layers:
        count = len(set(release.table("agreements")["agreement"].to_pylist()))
        if count:
            yield Note("note_agreements", {"agreements": count})
