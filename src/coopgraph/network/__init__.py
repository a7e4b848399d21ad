"""Release -> participations -> flows -> graphs -> measures. Heavy libraries are imported when first used."""

from coopgraph.network.adjacency import Adjacency as Adjacency
from coopgraph.network.adjacency import adjacency as adjacency
from coopgraph.network.basis import Basis as Basis
from coopgraph.network.centrality.affiliation import (
    bipartite_betweenness_centrality as bipartite_betweenness_centrality,
)
from coopgraph.network.centrality.affiliation import (
    bipartite_degree_centrality as bipartite_degree_centrality,
)
from coopgraph.network.centrality.affiliation import interlocking_connectivity as interlocking_connectivity
from coopgraph.network.centrality.betweenness import betweenness_centrality as betweenness_centrality
from coopgraph.network.centrality.betweenness import betweenness_error as betweenness_error
from coopgraph.network.centrality.brokerage import brokerage as brokerage
from coopgraph.network.centrality.communities import communities as communities
from coopgraph.network.centrality.cores import core_number as core_number
from coopgraph.network.centrality.degree import degree as degree
from coopgraph.network.centrality.degree import strength as strength
from coopgraph.network.centrality.eigenvector import eigenvector_centrality as eigenvector_centrality
from coopgraph.network.centrality.harmonic import harmonic_centrality as harmonic_centrality
from coopgraph.network.centrality.hits import hits as hits
from coopgraph.network.centrality.holes import constraint as constraint
from coopgraph.network.centrality.holes import effective_size as effective_size
from coopgraph.network.centrality.katz import katz_centrality as katz_centrality
from coopgraph.network.centrality.mixing import (
    attribute_assortativity_coefficient as attribute_assortativity_coefficient,
)
from coopgraph.network.centrality.mixing import participation_coefficient as participation_coefficient
from coopgraph.network.centrality.pagerank import pagerank as pagerank
from coopgraph.network.centrality.reciprocity import overall_reciprocity as overall_reciprocity
from coopgraph.network.centrality.reciprocity import reciprocity_excess as reciprocity_excess
from coopgraph.network.dependence.removal import Dependence as Dependence
from coopgraph.network.dependence.removal import dependence as dependence
from coopgraph.network.dependence.survey import DependenceSurvey as DependenceSurvey
from coopgraph.network.dependence.survey import dependence_of_each as dependence_of_each
from coopgraph.network.explanation import Explanation as Explanation
from coopgraph.network.explanation import explain as explain
from coopgraph.network.flows import Flows as Flows
from coopgraph.network.flows import flows as flows
from coopgraph.network.graphs import affiliation_graph as affiliation_graph
from coopgraph.network.graphs import exchange_graph as exchange_graph
from coopgraph.network.hypothetical import Hypothetical as Hypothetical
from coopgraph.network.hypothetical import with_events as with_events
from coopgraph.network.peer_exchange import balance as balance
from coopgraph.network.peer_exchange import effective_partners as effective_partners
from coopgraph.network.peer_exchange import generalised_exchange as generalised_exchange
from coopgraph.network.peer_exchange import given as given
from coopgraph.network.peer_exchange import partners as partners
from coopgraph.network.peer_exchange import peer_exchange_centrality as peer_exchange_centrality
from coopgraph.network.peer_exchange import received as received
from coopgraph.network.peer_exchange import reciprocity as reciprocity
from coopgraph.network.ranked import Ranking as Ranking
from coopgraph.network.ranking import rank as rank
from coopgraph.network.sensitivity.leave_one_out import leave_one_source_out as leave_one_source_out
from coopgraph.network.sensitivity.ranges import Ranges as Ranges
from coopgraph.network.sensitivity.ranges import ranges as ranges
from coopgraph.network.sensitivity.without_source import WithoutSource as WithoutSource
from coopgraph.network.trend.over_time import over_time as over_time
from coopgraph.network.trend.series import Trend as Trend
from coopgraph.network.whole import whole_network as whole_network
