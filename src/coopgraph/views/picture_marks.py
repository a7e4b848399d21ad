"""The marks of a picture: a node's shape, a community's number.

In: a point and a size in inches. Out: artists on the axes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from coopgraph.views import plot_style as style
from coopgraph.views.seen import GROUPS, Seen, group_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BADGE = 0.085  # inches


def draw_node(axes: Axes, seen: Seen, i: int, disc: tuple[float, float, float]) -> None:
    node = seen.composition.drawing.nodes[i]
    focus = node.key == seen.composition.drawing.focus
    axes.add_patch(
        shape_at(
            seen.shape(node.kind),
            disc,
            facecolor=seen.node_colour(i),
            edgecolor=style.INK if focus else style.PAPER,
            linewidth=1.6 if focus else min(0.9, disc[2] * 9),
            zorder=4,
        )
    )


def shape_at(shape: str, disc: tuple[float, float, float], **how: Any) -> Any:
    """Return the patch of a node's shape around a point."""
    from matplotlib.patches import Circle, Polygon

    x, y, r = disc
    shapes: dict[str, list[tuple[float, float]]] = {
        "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
        "triangle": [(0, -1.1), (1.1, 0.9), (-1.1, 0.9)],
        "triangleDown": [(0, 1.1), (1.1, -0.9), (-1.1, -0.9)],
        "hexagon": [(1.1 * math.cos(k * math.pi / 3), 1.1 * math.sin(k * math.pi / 3)) for k in range(6)],
    }
    corners = shapes.get(shape)
    if corners is None:
        return Circle((x, y), r, **how)
    return Polygon([(x + dx * r, y + dy * r) for dx, dy in corners], closed=True, **how)


def badge_at(axes: Axes, group: int, x: float, y: float) -> None:
    """Draw a community's number on its colour."""
    from matplotlib.patches import Circle

    colour = group_colour(group)
    axes.add_patch(Circle((x, y), BADGE, facecolor=colour, edgecolor="none", zorder=6))
    text = f"{group + 1}" if group < GROUPS else ""
    axes.text(
        x, y, text, size=7, weight="bold", color=_on(colour), ha="center", va="center_baseline", zorder=7
    )


def _on(colour: str) -> str:
    """Return black or white, whichever is read better on a colour (WCAG relative luminance)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    light = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.055 else "#0b0f14"
