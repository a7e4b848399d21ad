"""Any graph, a release or a part of it, to be shown in a notebook or written as a page.

In: a networkx graph, or an open release and which part of it. Out: a `View`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault
from coopgraph.views.drawing import Drawing, in_language

if TYPE_CHECKING:
    import networkx as nx

    from coopgraph.views.compose import Composition
    from coopgraph.views.from_release import Drawable

TOP = 1500
FRAME = 640  # pixels, the height of a page in a notebook
PAGES, PICTURES = (".html", ".htm"), (".png", ".svg")


@dataclass(frozen=True, repr=False)
class View:
    """Something drawn: a notebook shows it, `write` makes a file of it.

    Attributes
    ----------
    drawing
        Its nodes, links, evidence, sources and notes.
    top, seed
        At most so many nodes are placed, the most important ones; the same seed gives the same places.
    """

    drawing: Drawing
    top: int = TOP
    seed: int = 1

    def __repr__(self) -> str:
        title = in_language(self.drawing.title, self.drawing.lang)
        return f"<View {title!r}: {len(self.drawing.nodes)} nodes, {len(self.drawing.links)} links>"

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, which runs nothing but its script and reaches nothing."""
        from html import escape

        from coopgraph.views.page import render

        page = escape(render(self.composition).decode("utf-8"), quote=True)
        rights = (
            "allow-scripts allow-popups allow-popups-to-escape-sandbox"  # links open in a tab of their own
        )
        title = escape(in_language(self.drawing.title, self.drawing.lang), quote=True)
        size = f'width="100%" height="{FRAME}" frameborder="0"'
        return f'<iframe title="{title}" sandbox="{rights}" {size} srcdoc="{page}"></iframe>'

    @cached_property
    def composition(self) -> Composition:
        """The drawing with places, sizes and groups."""
        from coopgraph.views.compose import compose

        return compose(self.drawing, top=self.top, seed=self.seed)

    def write(self, path: str | Path, *, browser: bool = True) -> Path:
        """Write a page that opens offline (.html) or a picture (.png, .svg), and return its path.

        A .png is a photograph of the page where Chromium is installed (`CHROMIUM` in the environment says
        where); else, and without `browser`, it is drawn by matplotlib, as every .svg is: the same bytes on
        every run.

        Raises
        ------
        ProjectionError
            For another ending, and a path that cannot be written.
        """
        from coopgraph.views.page import render
        from coopgraph.views.photograph import photograph
        from coopgraph.views.picture import write_picture
        from coopgraph.views.writing import write_whole

        target = checked_name(path)
        if target.suffix.lower() in PAGES:
            write_whole(target, render(self.composition))
            return target
        if target.suffix.lower() == ".png" and browser:
            taken = photograph(render(self.composition, picture=True))
            if taken is not None:
                write_whole(target, taken)
                return target
        return write_picture(self.composition, target)


def checked_name(path: str | Path) -> Path:
    """Return the path if a view can be written to it, or say what can."""
    target = Path(path)
    if target.suffix.lower() not in (*PAGES, *PICTURES):
        raise ProjectionError(
            f"{target.name} says no form: a view is written as {', '.join((PAGES[0], *PICTURES))}."
        )
    return target


def show(
    what: nx.Graph[Any] | Drawable,
    *,
    ego: str | None = None,
    hops: int = 1,
    of: str | None = None,
    agreement: str | None = None,
    query: str | None = None,
    params: Mapping[str, Any] | None = None,
    title: str | Mapping[str, str] | None = None,
    lang: str = "en",
    top: int = TOP,
    seed: int = 1,
    **options: Any,
) -> View:
    """Draw any networkx graph, a release, or the part of a release that is asked for.

    Parameters
    ----------
    what
        A networkx Graph or DiGraph, or an open release.
    ego, hops
        A city, those at most so many steps away by the layers shown, and the links among them all.
    of
        A network: its members and what is between them.
    agreement
        An agreement: its parties, what it renews, is renewed by and is part of, and the actions under it.
    query, params
        A stored query's name or SPARQL, with its parameters: the things in its answer, and what joins them.
    title
        A text, or language -> text; by default what is shown.
    lang
        The language a page opens in: en, es or pt.
    top, seed
        At most so many nodes are drawn, the most important ones, which the page says; of the places.
    **options
        Of a graph those of `write_network_html`; of a release, an ego or a network those of `exchange_graph`,
        and `layers`, `shown`, `size_by`, `colour_by`, `replicates`; of a query `colour_by` and `limits`.

    Cities, networks and agreements are called by a label in any language, another name, an id or an IRI.

    Raises
    ------
    ProjectionError
        For a name that means nothing or several things, two parts at once, an answer with nothing to draw.

    Examples
    --------
    >>> import networkx as nx
    >>> view = show(nx.DiGraph([("Madrid", "Quito"), ("Quito", "Madrid")]), title="Two cities")
    >>> [node.key for node in view.drawing.nodes]
    ['Madrid', 'Quito']
    """
    from coopgraph.views.strings import check_language

    parts = {"ego": ego, "of": of, "agreement": agreement, "query": query}
    given = [name for name, value in parts.items() if value is not None]
    _check(given, top, hops=hops, params=params)
    options |= {"title": title, "lang": check_language(lang)}
    release: Any = _release(what) if given else what
    if agreement is not None:
        from coopgraph.views.meant import meant
        from coopgraph.views.of_agreement import drawing_of_agreement

        drawing = _drawn(drawing_of_agreement, release, meant(release, agreement, "agreement"), **options)
    elif query is not None:
        from coopgraph.views.of_query import drawing_of_query

        drawing = _drawn(drawing_of_query, release, query, params, **options)
    elif ego is not None:
        from coopgraph.views.meant import meant
        from coopgraph.views.neighbourhood import drawing_of_ego

        drawing = drawing_of_ego(release, meant(release, ego, "city"), hops, **options)
    elif of is not None:
        from coopgraph.views.meant import meant
        from coopgraph.views.neighbourhood import drawing_of_members

        drawing = drawing_of_members(release, meant(release, of, "network"), **options)
    else:
        drawing = _whole(what, **options)
    return View(drawing, top, seed)


def _check(given: Sequence[str], top: int, *, hops: int, params: Mapping[str, Any] | None) -> None:
    """Raise ProjectionError with everything that does not go together."""
    faults = []
    if len(given) > 1:
        faults.append(fault(f"{' and '.join(given)} are given at once.", "Give one of them."))
    if hops != 1 and "ego" not in given:
        faults.append(fault(f"hops is {hops} without a city.", "Give ego too."))
    if params and "query" not in given:
        faults.append(fault("params are given without a query.", "Give query too."))
    if top < 1:
        faults.append(fault(f"top is {top}.", "At least one node must be drawn."))
    if faults:
        raise ProjectionError("This cannot be shown as asked.", faults=faults)


def _release(what: Any) -> Any:
    if not hasattr(what, "table_path"):
        wrong = fault(f"A {type(what).__name__} was given.", "Give an open release: cg.show(release, ...).")
        raise ProjectionError("Parts are shown of a release.", faults=[wrong])
    return what


def _whole(what: Any, *, title: str | Mapping[str, str] | None, **options: Any) -> Drawing:
    if hasattr(what, "table_path"):
        from coopgraph.views.from_release import drawing_of_release

        return drawing_of_release(what, title=title, **options)
    if not hasattr(what, "nodes"):
        wrong = fault(
            f"A {type(what).__name__} was given.",
            "Give an open release or a graph, as cg.exchange_graph makes.",
        )
        raise ProjectionError("There is nothing to show.", faults=[wrong])
    from coopgraph.views.from_graph import drawing_of

    return _drawn(drawing_of, what, title=title or "Network", **options)


def _drawn(draw: Callable[..., Drawing], *about: Any, **options: Any) -> Drawing:
    """Draw with these options; those that mean nothing to it are told."""
    taken = list(signature(draw).parameters)
    strange = sorted(options.keys() - set(taken))
    if strange:
        fix = f"It takes {', '.join(name for name in taken[len(about) :])}."
        wrong = fault(f"{', '.join(strange)}: that means nothing for what is shown.", fix)
        raise ProjectionError("This cannot be shown as asked.", faults=[wrong])
    return draw(*about, **options)
