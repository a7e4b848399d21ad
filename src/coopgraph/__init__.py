"""coopgraph: a sourced knowledge graph of cooperation between cities.

Build a release from a workspace, ask it in SPARQL, project it to a plain networkx graph, and measure who
cooperates as an equal. Names are imported when first used, so `import coopgraph` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgraph.errors import CoopgraphError as CoopgraphError

__version__ = "0.1.0"

_HOME = {
    "build": "coopgraph.pipeline",
    "check": "coopgraph.pipeline",
    "open": "coopgraph.release",
    "Release": "coopgraph.release",
    "Solutions": "coopgraph.rdf",
    "flows": "coopgraph.network",
    "exchange_graph": "coopgraph.network",
    "affiliation_graph": "coopgraph.network",
    "peer_exchange_centrality": "coopgraph.network",
    "rank": "coopgraph.network",
    "write_network_html": "coopgraph.views",
    "CoopgraphError": "coopgraph.errors",
    "ConfigError": "coopgraph.errors",
    "SourceError": "coopgraph.errors",
    "MappingError": "coopgraph.errors",
    "RdfSyntaxError": "coopgraph.errors",
    "ValidationError": "coopgraph.errors",
    "QueryError": "coopgraph.errors",
    "QueryTimeout": "coopgraph.errors",
    "StoreError": "coopgraph.errors",
    "ProjectionError": "coopgraph.errors",
    "MeasureError": "coopgraph.errors",
}

__all__ = sorted([*_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'coopgraph' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
