"""A composition as a picture: head, graph with a legend beside it, foot; SVG whose text is text, or PNG.

In: a `Composition`. Out: a file; the same composition gives the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.views import plot_style as style
from coopgraph.views.compose import Composition
from coopgraph.views.drawing import in_language
from coopgraph.views.label_places import Array, Box, Placed, place_names
from coopgraph.views.picture_legend import draw_legend, legend_height
from coopgraph.views.picture_links import GROUND, draw_below
from coopgraph.views.picture_marks import BADGE, badge_at, draw_node
from coopgraph.views.picture_names import ALL_NAMED, MINOR, draw_name, wanted_names
from coopgraph.views.picture_places import LEGEND, WIDTH, Places, hulls_of
from coopgraph.views.said import counts, notes
from coopgraph.views.seen import GROUPS, Seen
from coopgraph.views.strings import strings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROOM = 0.42  # square inches a name


def write_picture(composition: Composition, path: str | Path) -> Path:
    """Write a composition as .svg or .png, and return the path.

    Raises
    ------
    ProjectionError
        For another ending, and a path that cannot be written.
    """
    style.checked_ending(path)
    drawing, seen = composition.drawing, Seen(composition)
    lang = drawing.lang
    with style.styled():
        placed = Places(seen)
        body = max(placed.height, legend_height(seen))
        sheet = style.new_sheet(
            title=in_language(drawing.title, lang),
            subtitle=counts(seen, lang),
            foot=list(notes(seen)),
            body=body,
            width=WIDTH,
        )
        axes = _axes(sheet, placed)
        names = _draw(axes, seen, placed)
        draw_legend(sheet, seen, left=WIDTH - style.MARGIN - LEGEND)
        return style.save(sheet, path, description=_description(seen, names))


def _axes(sheet: style.Sheet, placed: Places) -> Axes:
    axes = style.axes_in(sheet, left=style.MARGIN, top=0.0, width=placed.width, height=placed.height)
    axes.set_xlim(0, placed.width)
    axes.set_ylim(placed.height, 0)
    axes.axis("off")
    return axes


def _draw(axes: Axes, seen: Seen, placed: Places) -> list[Placed]:
    hulls = hulls_of(seen, placed)
    draw_below(axes, seen, placed, hulls)
    for i in reversed([i for i in seen.composition.importance if i in placed.points]):
        draw_node(axes, seen, i, placed.disc(i))
    taken = [_draw_badge(axes, group, hull, placed.scale) for group, hull in hulls.items() if group < GROUPS]
    taken += _draw_caption(axes, seen, placed)
    names = place_names(
        list(wanted_names(seen, placed)),
        np.array([placed.taken(i) for i in seen.nodes]).reshape(-1, 3),
        taken,
        (placed.width, placed.height),
        room=math.ceil(placed.width * placed.height / ROOM)
        if len(seen.nodes) > ALL_NAMED
        else len(seen.nodes),
    )
    for name in names:
        draw_name(axes, name)
    return names


def _draw_badge(axes: Axes, group: int, hull: Array, scale: float) -> Box:
    """Draw a community's number at the top of its ground, and return the place it takes."""
    x, y = hull[hull[:, 1].argmin()]
    y = max(y - GROUND * scale, BADGE + 0.02)
    badge_at(axes, group, float(x), float(y))
    return x - BADGE, y - BADGE, x + BADGE, y + BADGE


def _draw_caption(axes: Axes, seen: Seen, placed: Places) -> list[Box]:
    """Say how many stand below without a link, above their rows, and return the place it takes."""
    linked = {end for i in seen.links for end in seen.ends(i)}
    alone = [i for i in seen.composition.alone if i in placed.points and i not in linked]
    if not alone or len(alone) == len(seen.nodes):
        return []
    words = strings()[seen.composition.drawing.lang]
    text = words["alone_n"].format(count=len(alone))
    left = max(min(placed.points[i][0] for i in alone) - 0.05, 0.02)
    y = float(min(placed.points[i][1] - placed.radii[i] for i in alone)) - 0.11
    axes.text(left, y, text, size=MINOR, color=style.QUIET, va="center_baseline", zorder=7)
    return [(left, y - 0.08, left + style.inches(text, MINOR), y + 0.08)]


def _description(seen: Seen, names: Sequence[Placed]) -> str:
    """Return what a reader who cannot see the picture should know of it."""
    drawing = seen.composition.drawing
    named = ", ".join(name.wanted.text for name in names[:20])
    return f"{in_language(drawing.title, drawing.lang)}. {counts(seen, drawing.lang)}. {named}."
