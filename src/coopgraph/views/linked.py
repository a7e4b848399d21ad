"""A drawing without an exchange network: how many links each node has is all that is measured.

In: a `Drawing` without measures. Out: the same with one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from coopgraph.views.compose import LINKS
from coopgraph.views.drawing import Drawing


def measured(drawing: Drawing) -> Drawing:
    """Count the links of each node, and size the nodes by that."""
    counted = Counter(end for link in drawing.links for end in (link.source, link.target))
    measures = {node.key: {LINKS: counted[node.key]} for node in drawing.nodes}
    return replace(drawing, measures=measures, columns=(LINKS,), size_by=LINKS)
