"""coopgraph: a sourced knowledge graph of cooperation between cities.

Build a release from a workspace, ask it in SPARQL, project it to a plain networkx graph, and measure who
cooperates as an equal. Names are imported when first used, so `import coopgraph` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgraph.errors import ConfigError as ConfigError
    from coopgraph.errors import CoopgraphError as CoopgraphError
    from coopgraph.errors import MappingError as MappingError
    from coopgraph.errors import MeasureError as MeasureError
    from coopgraph.errors import ProjectionError as ProjectionError
    from coopgraph.errors import QueryError as QueryError
    from coopgraph.errors import QueryTimeout as QueryTimeout
    from coopgraph.errors import RdfSyntaxError as RdfSyntaxError
    from coopgraph.errors import SourceError as SourceError
    from coopgraph.errors import StoreError as StoreError
    from coopgraph.errors import ValidationError as ValidationError
    from coopgraph.exports.exporting import export as export
    from coopgraph.forms.accepting import accept_declarations as accept_declarations
    from coopgraph.forms.difference import declaration_diff as declaration_diff
    from coopgraph.forms.reading import read_forms as read_forms
    from coopgraph.forms.writing import write_forms as write_forms
    from coopgraph.network import Adjacency as Adjacency
    from coopgraph.network import adjacency as adjacency
    from coopgraph.network import affiliation_graph as affiliation_graph
    from coopgraph.network import attribute_assortativity_coefficient as attribute_assortativity_coefficient
    from coopgraph.network import balance as balance
    from coopgraph.network import betweenness_centrality as betweenness_centrality
    from coopgraph.network import betweenness_error as betweenness_error
    from coopgraph.network import bipartite_betweenness_centrality as bipartite_betweenness_centrality
    from coopgraph.network import bipartite_degree_centrality as bipartite_degree_centrality
    from coopgraph.network import brokerage as brokerage
    from coopgraph.network import communities as communities
    from coopgraph.network import constraint as constraint
    from coopgraph.network import core_number as core_number
    from coopgraph.network import degree as degree
    from coopgraph.network import dependence as dependence
    from coopgraph.network import dependence_of_each as dependence_of_each
    from coopgraph.network import effective_partners as effective_partners
    from coopgraph.network import effective_size as effective_size
    from coopgraph.network import eigenvector_centrality as eigenvector_centrality
    from coopgraph.network import exchange_graph as exchange_graph
    from coopgraph.network import explain as explain
    from coopgraph.network import flows as flows
    from coopgraph.network import generalised_exchange as generalised_exchange
    from coopgraph.network import given as given
    from coopgraph.network import harmonic_centrality as harmonic_centrality
    from coopgraph.network import hits as hits
    from coopgraph.network import interlocking_connectivity as interlocking_connectivity
    from coopgraph.network import katz_centrality as katz_centrality
    from coopgraph.network import leave_one_source_out as leave_one_source_out
    from coopgraph.network import over_time as over_time
    from coopgraph.network import overall_reciprocity as overall_reciprocity
    from coopgraph.network import pagerank as pagerank
    from coopgraph.network import participation_coefficient as participation_coefficient
    from coopgraph.network import partners as partners
    from coopgraph.network import peer_exchange_centrality as peer_exchange_centrality
    from coopgraph.network import ranges as ranges
    from coopgraph.network import rank as rank
    from coopgraph.network import received as received
    from coopgraph.network import reciprocity as reciprocity
    from coopgraph.network import reciprocity_excess as reciprocity_excess
    from coopgraph.network import strength as strength
    from coopgraph.network import whole_network as whole_network
    from coopgraph.network import with_events as with_events
    from coopgraph.network.two_sides import one_sided as one_sided
    from coopgraph.pipeline import build as build
    from coopgraph.pipeline import check as check
    from coopgraph.rdf import Solutions as Solutions
    from coopgraph.release import Release as Release
    from coopgraph.release import open as open
    from coopgraph.release.compare import compare as compare
    from coopgraph.release.to_store import publish as publish
    from coopgraph.secretariat.coverage.answer import coverage as coverage
    from coopgraph.secretariat.declared import declared as declared
    from coopgraph.secretariat.lifecycle import lifecycle as lifecycle
    from coopgraph.secretariat.lifecycle import write_calendar as write_calendar
    from coopgraph.secretariat.money.sheet import money_sheet as money_sheet
    from coopgraph.secretariat.partners.answer import find_partners as find_partners
    from coopgraph.secretariat.reciprocity import reciprocity_sheet as reciprocity_sheet
    from coopgraph.secretariat.reliance import reliance as reliance
    from coopgraph.sources.places.gazetteer import load_gazetteer as load_gazetteer
    from coopgraph.sources.places.matching import match_names as match_names
    from coopgraph.views import credits_of as credits_of
    from coopgraph.views import write_network_html as write_network_html
    from coopgraph.views import write_ranking_plot as write_ranking_plot
    from coopgraph.views import write_trend_plot as write_trend_plot
    from coopgraph.views.view import show as show
    from coopgraph.yearbook.report import report as report

__version__ = "0.1.0"

_HOME = {
    "build": "coopgraph.pipeline",
    "check": "coopgraph.pipeline",
    "open": "coopgraph.release",
    "compare": "coopgraph.release.compare",
    "publish": "coopgraph.release.to_store",
    "load_gazetteer": "coopgraph.sources.places.gazetteer",
    "match_names": "coopgraph.sources.places.matching",
    "Release": "coopgraph.release",
    "Solutions": "coopgraph.rdf",
    "flows": "coopgraph.network",
    "exchange_graph": "coopgraph.network",
    "affiliation_graph": "coopgraph.network",
    "peer_exchange_centrality": "coopgraph.network",
    "given": "coopgraph.network",
    "received": "coopgraph.network",
    "balance": "coopgraph.network",
    "reciprocity": "coopgraph.network",
    "partners": "coopgraph.network",
    "effective_partners": "coopgraph.network",
    "generalised_exchange": "coopgraph.network",
    "rank": "coopgraph.network",
    "over_time": "coopgraph.network",
    "one_sided": "coopgraph.network.two_sides",
    "declared": "coopgraph.secretariat.declared",
    "reliance": "coopgraph.secretariat.reliance",
    "ranges": "coopgraph.network",
    "leave_one_source_out": "coopgraph.network",
    "explain": "coopgraph.network",
    "Adjacency": "coopgraph.network",
    "adjacency": "coopgraph.network",
    "degree": "coopgraph.network",
    "strength": "coopgraph.network",
    "pagerank": "coopgraph.network",
    "eigenvector_centrality": "coopgraph.network",
    "hits": "coopgraph.network",
    "katz_centrality": "coopgraph.network",
    "core_number": "coopgraph.network",
    "betweenness_centrality": "coopgraph.network",
    "betweenness_error": "coopgraph.network",
    "harmonic_centrality": "coopgraph.network",
    "dependence": "coopgraph.network",
    "dependence_of_each": "coopgraph.network",
    "with_events": "coopgraph.network",
    "constraint": "coopgraph.network",
    "effective_size": "coopgraph.network",
    "brokerage": "coopgraph.network",
    "participation_coefficient": "coopgraph.network",
    "attribute_assortativity_coefficient": "coopgraph.network",
    "bipartite_degree_centrality": "coopgraph.network",
    "bipartite_betweenness_centrality": "coopgraph.network",
    "interlocking_connectivity": "coopgraph.network",
    "communities": "coopgraph.network",
    "overall_reciprocity": "coopgraph.network",
    "reciprocity_excess": "coopgraph.network",
    "whole_network": "coopgraph.network",
    "show": "coopgraph.views",
    "write_network_html": "coopgraph.views",
    "write_ranking_plot": "coopgraph.views",
    "write_trend_plot": "coopgraph.views",
    "credits_of": "coopgraph.views",
    "export": "coopgraph.exports.exporting",
    "coverage": "coopgraph.secretariat.coverage.answer",
    "lifecycle": "coopgraph.secretariat.lifecycle",
    "write_calendar": "coopgraph.secretariat.lifecycle",
    "money_sheet": "coopgraph.secretariat.money.sheet",
    "find_partners": "coopgraph.secretariat.partners.answer",
    "reciprocity_sheet": "coopgraph.secretariat.reciprocity",
    "report": "coopgraph.yearbook.report",
    "write_forms": "coopgraph.forms.writing",
    "read_forms": "coopgraph.forms.reading",
    "declaration_diff": "coopgraph.forms.difference",
    "accept_declarations": "coopgraph.forms.accepting",
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
