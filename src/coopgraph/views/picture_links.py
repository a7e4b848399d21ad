"""What lies below the nodes of a picture: the ground of communities, bands between them, links.

In: a `Seen` and its `Places`. Out: artists on the axes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph.views import plot_style as style
from coopgraph.views.label_places import Array
from coopgraph.views.picture_places import Places
from coopgraph.views.seen import Seen, group_colour, mixed, points_one_way

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GROUND = 26.0  # canvas units that a community's ground reaches beyond its nodes
FULL = 0.0105  # inches a unit is drawn as where lines have their full width


def draw_below(axes: Axes, seen: Seen, placed: Places, hulls: dict[int, Array]) -> None:
    """Draw all that lies below the nodes."""
    if seen.banded:
        _draw_bands(axes, seen, hulls)
    for group, hull in hulls.items():
        _draw_ground(axes, hull, mixed(style.PAPER, group_colour(group), 0.1), GROUND * placed.scale)
    _draw_weak(axes, seen, placed)
    _draw_links(axes, seen, placed)


def _draw_ground(axes: Axes, hull: Array, colour: str, reach: float) -> None:
    from matplotlib.patches import Polygon

    shape = Polygon(hull, closed=True, facecolor=colour, edgecolor=colour, linewidth=2 * reach * 72)
    shape.set_joinstyle("round")
    shape.set_capstyle("round")
    axes.add_patch(shape).set_zorder(1)


def _draw_bands(axes: Axes, seen: Seen, hulls: dict[int, Array]) -> None:
    """Draw the links between two communities as one band, as wide as they are strong together."""
    composition = seen.composition
    sums: dict[tuple[int, int], float] = {}
    for i in seen.links:
        link = composition.drawing.links[i]
        ends = sorted(composition.groups[seen.number[key]] for key in (link.source, link.target))
        if ends[0] != ends[1] and ends[0] in hulls and ends[1] in hulls:
            sums[ends[0], ends[1]] = sums.get((ends[0], ends[1]), 0.0) + link.forward + link.backward
    widest = max(sums.values(), default=1.0)
    for (one, other), weight in sorted(sums.items(), key=lambda item: (item[1], item[0])):
        share = weight / widest
        if share > 0.05:
            ends_at = np.array([hulls[one].mean(axis=0), hulls[other].mean(axis=0)])
            colour = mixed(
                mixed(group_colour(one), group_colour(other), 0.5), style.PAPER, 0.85 - 0.25 * share
            )
            axes.plot(*ends_at.T, color=colour, linewidth=1 + 18 * share, solid_capstyle="butt", zorder=0.5)


def _draw_weak(axes: Axes, seen: Seen, placed: Places) -> None:
    """Draw the links outside the backbone in one faint stroke."""
    from matplotlib.collections import LineCollection

    weak = [i for i in seen.links if not seen.composition.strong[i] and not (seen.banded and seen.across(i))]
    if weak:
        lines = [np.array([placed.points[end] for end in seen.ends(i)]) for i in weak]
        alpha = min(0.22, 420 / len(weak) + 0.04)
        axes.add_collection(LineCollection(lines, colors=style.FAINT, linewidths=0.4, alpha=alpha, zorder=2))


def _draw_links(axes: Axes, seen: Seen, placed: Places) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    lanes: dict[tuple[int, ...], int] = {}
    for i in seen.links:
        dyad = tuple(sorted(seen.ends(i)))
        lanes[dyad] = lanes.get(dyad, -1) + 1
        if not seen.composition.strong[i] or (seen.banded and seen.across(i)):
            continue
        link = seen.composition.drawing.links[i]
        layer, colour = seen.layers[link.layer], seen.link_colour(link)
        own, share = seen.own_ink(layer), seen.share(link)
        how: dict[str, Any] = {"alpha": 0.6 if own else 0.28 + 0.5 * share, "zorder": 3}
        source, target = seen.ends(i) if link.forward > 0 else seen.ends(i)[::-1]
        curve = _curve(placed.points[source], placed.points[target], 0.06 + 0.1 * lanes[dyad])
        dashes = (0.0, tuple(seen.dashes(layer))) if seen.dashes(layer) else "solid"
        width = (1.0 if own else 0.6 + 2.4 * share) * min(1.0, max(0.4, placed.scale / FULL))
        line = PathPatch(
            Outline(curve, [Outline.MOVETO, Outline.CURVE3, Outline.CURVE3]),
            facecolor="none",
            edgecolor=colour,
            linewidth=width,
            linestyle=_scaled(dashes, 0.45),
            **how,
        )
        axes.add_patch(line)
        if points_one_way(link, layer):
            _draw_head(axes, curve, placed.radii[target], colour, (0.03 + 0.04 * width) * 1.1)


def _scaled(dashes: Any, by: float) -> Any:
    return dashes if dashes == "solid" else (0.0, tuple(length * by for length in dashes[1]))


def _curve(start: Array, end: Array, bend: float) -> Array:
    """Return the three points of a curve that bends to one side."""
    along = end - start
    return np.array([start, (start + end) / 2 + bend * np.array([along[1], -along[0]]), end])


def _draw_head(axes: Axes, curve: Array, radius: float, colour: str, size: float) -> None:
    from matplotlib.patches import Polygon

    along = curve[2] - curve[1]
    along = along / (float(np.hypot(*along)) or 1.0)
    tip = curve[2] - along * (radius + 0.01)
    side = np.array([along[1], -along[0]]) * size * 0.45
    corners = [tip, tip - along * size + side, tip - along * size - side]
    axes.add_patch(Polygon(corners, closed=True, facecolor=colour, edgecolor="none", zorder=3.5))
