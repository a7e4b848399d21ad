"""Release -> participations -> flows -> graphs -> measures. Heavy libraries are imported when first used."""

from coopgraph.network.basis import Basis as Basis
from coopgraph.network.explanation import Explanation as Explanation
from coopgraph.network.explanation import explain as explain
from coopgraph.network.flows import Flows as Flows
from coopgraph.network.flows import flows as flows
from coopgraph.network.graphs import affiliation_graph as affiliation_graph
from coopgraph.network.graphs import exchange_graph as exchange_graph
from coopgraph.network.peer_exchange import balance as balance
from coopgraph.network.peer_exchange import effective_partners as effective_partners
from coopgraph.network.peer_exchange import generalised_exchange as generalised_exchange
from coopgraph.network.peer_exchange import given as given
from coopgraph.network.peer_exchange import partners as partners
from coopgraph.network.peer_exchange import peer_exchange_centrality as peer_exchange_centrality
from coopgraph.network.peer_exchange import received as received
from coopgraph.network.peer_exchange import reciprocity as reciprocity
from coopgraph.network.ranges import Ranges as Ranges
from coopgraph.network.ranges import ranges as ranges
from coopgraph.network.ranking import Ranking as Ranking
from coopgraph.network.ranking import rank as rank
from coopgraph.network.trend import Trend as Trend
from coopgraph.network.trend import over_time as over_time
