"""Pages, tables and layouts that show a graph: one HTML file that opens offline.

In: a release or any networkx graph. Out: files. Pyvis and Jinja are imported when something is drawn.
"""

from __future__ import annotations

from coopgraph.views.html import write_drawing, write_network_html, write_release_html

__all__ = ["write_drawing", "write_network_html", "write_release_html"]
