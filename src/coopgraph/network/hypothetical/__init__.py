"""Hypothetical events laid over a release: scores and ranks with them, and nothing is stored."""

from coopgraph.network.hypothetical.compared import beside as beside
from coopgraph.network.hypothetical.laid import Hypothetical as Hypothetical
from coopgraph.network.hypothetical.laid import with_events as with_events
