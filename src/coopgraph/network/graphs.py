"""Plain networkx graphs of who cooperates with whom, and who belongs where.

In: a release, tables or flows. Out: `exchange_graph`, a DiGraph of cities, or `affiliation_graph`, bipartite.
Node and edge attributes that are not known are left out, so that every networkx writer takes the graphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, Unpack

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault
from coopgraph.network.flows import Flows, flows, merged_participations, selection_for
from coopgraph.network.selection import Options
from coopgraph.network.tables import Labelled, Source, Tables, rows_of

if TYPE_CHECKING:
    import networkx as nx
    import pyarrow as pa

_ANSWERS = {2: "yes", 1: "unknown", 0: "no"}


def exchange_graph(source: Source | Flows, **options: Unpack[Options]) -> nx.DiGraph[str]:
    """Return a DiGraph whose edge u -> v says how much u contributed to v.

    Nodes are the IRIs of V, isolates among them: label (en, else es, else pt), label_en, label_es,
    label_pt, country, lat, long, population, as far as known. Edges carry weight; events, how many they
    rest on; and distance, 1/weight, for measures that read weights as lengths. `G.graph["basis"]` is the
    Basis to show beside any number.

    Takes the options of `flows` and raises what it raises. Flows are taken as they are, without options;
    they know no labels.

    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit"] * 2, "city": ["Lima", "Quito"],
    ...                   "contributes": [True, False], "benefits": [False, True]})
    >>> G = exchange_graph(table)
    >>> list(G.edges(data=True))
    [('Lima', 'Quito', {'weight': 1.0, 'events': 1, 'distance': 1.0})]
    """
    import networkx as nx

    if isinstance(source, Flows):
        _refuse_options(options)
        made, known = source, {}
    else:
        made, known = flows(source, **options), _cities(source)
    G: nx.DiGraph[str] = nx.DiGraph(basis=made.basis)
    G.add_nodes_from((node, known.get(node, {})) for node in made.nodes)
    G.add_edges_from(_weighted(made.edges))
    return G


def affiliation_graph(
    source: Source, *, of: Literal["networks", "events"] = "networks", **options: Unpack[Options]
) -> nx.Graph[str]:
    """Return the bipartite Graph of cities (bipartite=0) and what they belong to (bipartite=1).

    Nodes carry a label as far as known. Of networks: an edge for each (city, network), with `roles` (IRIs,
    separated by spaces) and `since`, the earliest date stated, as far as known. Of events: an edge for each
    participation the options of `flows` select, with `contributes` and `benefits`: yes, no or unknown.

    >>> import pyarrow as pa
    >>> members = pa.table({"city": ["Lima", "Quito"], "network": ["UCCI", "UCCI"],
    ...                     "role": [None, None], "since": ["1982", None]})
    >>> B = affiliation_graph({"memberships": members})
    >>> B.nodes(data="bipartite"), B.edges["Lima", "UCCI"]
    (NodeDataView({'Lima': 0, 'Quito': 0, 'UCCI': 1}, data='bipartite'), {'since': '1982'})
    """
    import networkx as nx

    if of not in ("networks", "events"):
        raise ProjectionError(f"of={of!r} is not known. Use 'networks' or 'events'.")
    if of == "networks" and options:
        raise ProjectionError(
            f"The options {', '.join(options)} select events. Add of='events', or leave them out."
        )
    edges = list(_memberships(source) if of == "networks" else _participations(source, options))
    known = _cities(source)
    B: nx.Graph[str] = nx.Graph()
    B.add_nodes_from(
        (city, {"bipartite": 0} | known.get(city, {})) for city in sorted({city for city, _, _ in edges})
    )
    B.add_nodes_from(
        (other, {"bipartite": 1} | _label(source, other)) for other in sorted({o for _, o, _ in edges})
    )
    B.add_edges_from(edges)
    return B


def _refuse_options(options: Mapping[str, Any]) -> None:
    if options:
        what = f"The options {', '.join(options)} select events, and flows are made of them already."
        wrong = fault(what, "Give them to flows().")
        raise ProjectionError("This graph cannot be made as asked.", faults=[wrong])


def _weighted(edges: pa.Table) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Yield each edge; column by column, which is cheaper than row by row."""
    columns = (edges.column(name).to_pylist() for name in ("source", "target", "weight", "events"))
    for source, target, weight, events in zip(*columns, strict=True):
        yield source, target, {"weight": weight, "events": events, "distance": 1 / weight}


def _cities(source: Source) -> dict[str, dict[str, Any]]:
    """Return what is known of each city, as plain Python values."""
    if not (isinstance(source, Tables) or (isinstance(source, Mapping) and "cities" in source)):
        return {}
    return {
        row["city"]: dict(_city_attributes(row)) for row in rows_of(source, "cities", ("city",)).to_pylist()
    }


def _city_attributes(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    labels = [row[name] for name in ("label_en", "label_es", "label_pt") if row.get(name)]
    if labels:
        yield "label", labels[0]
    texts = ("label_en", "label_es", "label_pt", "country")
    yield from ((name, row[name]) for name in texts if row.get(name))
    yield from ((name, float(row[name])) for name in ("lat", "long") if row.get(name) is not None)
    if row.get("population") is not None:
        yield "population", int(row["population"])


def _label(source: Source, iri: str) -> dict[str, str]:
    """Ask a release for a label; tables by name hold none."""
    return {"label": source.label(iri)} if isinstance(source, Labelled) else {}


def _memberships(source: Source) -> Iterator[tuple[str, str, dict[str, str]]]:
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row in rows_of(source, "memberships", ("city", "network", "role", "since")).to_pylist():
        stated = found.setdefault((row["city"], row["network"]), {"role": set(), "since": set()})
        for name, values in stated.items():
            values.update([row[name]] if isinstance(row[name], str) and row[name] else row[name] or [])
    for (city, network), stated in sorted(found.items()):
        roles = {"roles": " ".join(sorted(stated["role"]))} if stated["role"] else {}
        yield city, network, roles | ({"since": min(stated["since"])} if stated["since"] else {})


def _participations(source: Source, options: Options) -> Iterator[tuple[str, str, dict[str, str]]]:
    for row in merged_participations(source, selection_for(source, **options)).to_pylist():
        yield (
            row["city"],
            row["event"],
            {"contributes": _ANSWERS[row["contributes"]], "benefits": _ANSWERS[row["benefits"]]},
        )
