"""The names of a picture: which want a place, and how they are drawn.

In: a `Seen` and its `Places`. Out: `Wanted` names, most important first; artists on the axes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.views import plot_style as style
from coopgraph.views.drawing import in_language
from coopgraph.views.label_places import Placed, Wanted
from coopgraph.views.picture_places import Places
from coopgraph.views.seen import GROUPS, Seen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME, MINOR = 8.0, 7.0  # points
SHORT, LONG, FEW = 30, 64, 20  # characters of a name, and of one among so few nodes
ALL_NAMED = 60  # so few nodes are all named


def wanted_names(seen: Seen, placed: Places) -> Iterator[Wanted]:
    """Yield the names that want a place, most important first: what the legend names before the others."""
    composition = seen.composition
    drawing, must = composition.drawing, _must(seen)
    linked = {end for i in seen.links for end in seen.ends(i)}
    order = sorted(
        (i not in must, place, i) for place, i in enumerate(composition.importance) if i in placed.points
    )
    for _, _, i in order:
        if len(seen.nodes) > ALL_NAMED and i not in linked and i not in must:
            continue
        text = " ".join(in_language(drawing.nodes[i].texts, drawing.lang).split())
        most = LONG if len(seen.nodes) <= FEW else SHORT
        text = text if len(text) <= most else text[: most - 1] + "…"
        size, weight = _type(i in must)
        width = style.inches(text, size, weight=weight) + 0.03
        yield Wanted(i, text, placed.taken(i), width, size * 1.25 / 72, i in must, _way(seen, placed, i))


def _type(great: bool) -> tuple[float, str]:
    return (NAME, "bold") if great else (MINOR, "normal")


def _must(seen: Seen) -> set[int]:
    """Return whose names must be there: whom it is about, the first eight, each community's first three."""
    composition = seen.composition
    sizes = [composition.radii[i] for i in seen.nodes]
    must = {i for i in composition.importance[:8] if composition.radii[i] > min(sizes, default=0.0)}
    if composition.drawing.colour_by == "community":
        must |= {seen.number[key] for names in composition.group_names[:GROUPS] for key in names}
    return (must | {seen.number[key] for key in (composition.drawing.focus,) if key}) & set(seen.nodes)


def _way(seen: Seen, placed: Places, i: int) -> tuple[float, float]:
    """Return the direction away from a node's partners."""
    total = np.zeros(2)
    for other in seen.partners.get(i, ()):
        gap = placed.points[i] - placed.points[other]
        total += gap / (float(np.hypot(*gap)) or 1.0)
    length = float(np.hypot(*total))
    return (float(total[0] / length), float(total[1] / length)) if length > 0.2 else (0.0, 0.0)


def draw_name(axes: Axes, name: Placed) -> None:
    size, weight = _type(name.wanted.must)
    left, top, right, bottom = name.box
    if name.end:
        x, y, _ = name.wanted.disc
        for colour, width in ((style.PAPER, 2.2), (style.INK, 0.7)):
            axes.plot((x, name.end[0]), (y, name.end[1]), color=colour, linewidth=width, zorder=3.9)
    axes.text(
        (left + right) / 2,
        (top + bottom) / 2,
        name.wanted.text,
        size=size,
        weight=weight,
        color=style.INK if name.wanted.must else style.QUIET,
        ha="center",
        va="center_baseline",
        zorder=8,
        bbox={"boxstyle": "round,pad=0.1", "facecolor": style.PAPER, "edgecolor": "none", "alpha": 0.72},
    )
