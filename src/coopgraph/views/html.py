"""The two ways to a page: from any networkx graph, and from a release.

In: a graph or an open release, and a path. Out: the file, written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from coopgraph.errors import ProjectionError
from coopgraph.views.writing import write_whole

if TYPE_CHECKING:
    import networkx as nx

    from coopgraph.network.selection import Options
    from coopgraph.views.drawing import Drawing
    from coopgraph.views.from_release import Drawable, LayerName


def write_network_html(
    G: nx.Graph[Any],
    path: str | Path,
    *,
    title: str | Mapping[str, str] = "Network",
    lang: str = "en",
    weight: str = "weight",
    size_by: str | None = None,
    colour_by: str = "community",
    top: int = 1500,
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
    return write_drawing(drawing, path, top=top, seed=seed)


def write_release_html(
    release: Drawable,
    path: str | Path,
    *,
    title: str | Mapping[str, str] | None = None,
    lang: str = "en",
    layers: Collection[LayerName] = ("exchange", "agreements", "memberships"),
    shown: Collection[LayerName] = ("exchange", "agreements"),
    size_by: str = "peer_exchange",
    colour_by: str = "community",
    top: int = 1500,
    seed: int = 1,
    replicates: int = 1000,
    **options: Unpack[Options],
) -> Path:
    """Write the exchange network, agreements and memberships of a release as one page, and return its path.

    Parameters
    ----------
    title
        By default the workspace's own.
    layers, shown
        What is on the page, and which of it is switched on at first.
    size_by
        peer_exchange, peer_exchange_1 (with k = 1), given, received, reciprocity or partners.
    colour_by
        community, country or kind.
    replicates
        Beside peer exchange stands the range it would have had a tenth of the events gone unrecorded, as
        `ranges` works it out from so many networks; 0 leaves it out.
    **options
        Those of `coopgraph.exchange_graph`: unknown, period, sdg, programme, country ...

    Raises
    ------
    ProjectionError
        For a layer, measure or language that does not exist, and what `exchange_graph` raises.
    """
    from coopgraph.views.from_release import drawing_of_release
    from coopgraph.views.strings import check_language

    drawing = drawing_of_release(
        release,
        title=title,
        lang=check_language(lang),
        layers=layers,
        shown=shown,
        size_by=size_by,
        colour_by=colour_by,
        replicates=replicates,
        **options,
    )
    return write_drawing(drawing, path, top=top, seed=seed)


def write_drawing(drawing: Drawing, path: str | Path, *, top: int = 1500, seed: int = 1) -> Path:
    """Compose, render and write a drawing."""
    from coopgraph.views.compose import compose
    from coopgraph.views.page import render

    if top < 1:
        raise ProjectionError(f"top is {top}; at least one node must be drawn.")
    target = Path(path)
    write_whole(target, render(compose(drawing, top=top, seed=seed)))
    return target
