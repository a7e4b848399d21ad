"""Any networkx graph as a page; a release and its parts are drawn by `show`, in `view`.

In: a graph, and a path. Out: the file, written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.errors import ProjectionError
from coopgraph.views.view import TOP, View
from coopgraph.views.writing import write_whole

if TYPE_CHECKING:
    import networkx as nx


def write_network_html(
    G: nx.Graph[Any],
    path: str | Path,
    *,
    title: str | Mapping[str, str] = "Network",
    lang: str = "en",
    weight: str = "weight",
    size_by: str | None = None,
    colour_by: str = "community",
    top: int = TOP,
    now: str = "",
    licence: str = "",
    seed: int = 1,
) -> Path:
    """Write any networkx graph as one interactive page that opens offline, and return its path.

    Parameters
    ----------
    G
        A Graph or DiGraph. Node attributes `label`, `kind`, `country`, `url` and edge attributes `kind`,
        `evidence`, `url` have a meaning; all others are shown as facts.
    title
        A text, or language -> text.
    lang
        The language the page opens in: en, es or pt.
    weight
        The edge attribute that says how strong a link is; 1 where it is missing.
    size_by
        A measure (`peer_exchange`, `partners` ...) or a numeric node attribute.
    colour_by
        `community`, `country`, `kind` or any node attribute.
    top
        At most so many nodes are drawn, the most important ones; the page says so.
    now, licence
        Shown on the page; the clock is never asked.

    Raises
    ------
    ProjectionError
        For multigraphs, and for weights or sizes that are not finite numbers of 0 or more.

    Examples
    --------
    >>> import networkx as nx, tempfile, pathlib
    >>> G = nx.DiGraph([("Madrid", "Quito"), ("Quito", "Madrid")])
    >>> page = write_network_html(G, pathlib.Path(tempfile.mkdtemp()) / "two.html", title="Two cities")
    >>> "Two cities" in page.read_text("utf-8")
    True
    """
    from coopgraph.views.from_graph import drawing_of
    from coopgraph.views.page import render
    from coopgraph.views.strings import check_language

    drawing = drawing_of(
        G,
        title=title,
        weight=weight,
        size_by=size_by,
        colour_by=colour_by,
        lang=check_language(lang),
        now=now,
        licence=licence,
    )
    if top < 1:
        raise ProjectionError(f"top is {top}; at least one node must be drawn.")
    target = Path(path)
    write_whole(target, render(View(drawing, top, seed).composition))
    return target
