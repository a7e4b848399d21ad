"""Pages, tables and layouts that show a graph: one HTML file that opens offline.

In: a release or any networkx graph. Out: files. Pyvis and Jinja are imported when something is drawn.
"""

from __future__ import annotations

from coopgraph.views.html import write_network_html
from coopgraph.views.plot import write_ranking_plot
from coopgraph.views.plot_foot import Credits, credits_of
from coopgraph.views.trend_plot import write_trend_plot
from coopgraph.views.view import View, show

__all__ = [
    "Credits",
    "View",
    "credits_of",
    "show",
    "write_network_html",
    "write_ranking_plot",
    "write_trend_plot",
]
