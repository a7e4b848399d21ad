"""A score taken apart: partners, events and sources, what would raise it, which unknown roles matter."""

from coopgraph.network.explanation.explained import Explanation as Explanation
from coopgraph.network.explanation.explained import explain as explain
