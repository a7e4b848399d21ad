"""How a network grows, in four panels: events, cities, pairs, and who is linked to one another.

In: a Trend, and a sheet. Out: bars, each a whole of which one part is dark; readable without colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coopgraph.views import plot_style as style
from coopgraph.views.panels import NAME, PANEL, YEARS, left_of, panel, scale_beside, years_below

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from coopgraph.network import Trend
    from coopgraph.views.plot_words import Words

HEAD, KEY = 0.3, 0.34  # heights in inches of the heading, and of what the two parts of a bar are
HEIGHT = HEAD + NAME + KEY + PANEL + YEARS
DARK, LIGHT = "#3f6d97", "#c3d2e0"
GROWTH = ("events", "cities", "dyads", "largest")


def network_panels(sheet: style.Sheet, trend: Trend, top: float, words: Words) -> None:
    """Draw how the network grows: each bar a whole, its dark part what the key says."""
    style.text_at(sheet, style.MARGIN, top + HEAD / 2, words.text["whole"], size=style.SUBTITLE)
    rows = trend.growth.to_pylist()
    for column, name in enumerate(GROWTH):
        left = left_of(column)
        style.text_at(sheet, left, top + HEAD + NAME - 0.1, words.text[name], size=style.LABEL)
        _key(sheet, name, left, top + HEAD + NAME, words)
        axes = panel(sheet, column, top + HEAD + NAME + KEY)
        _bars(axes, trend, [_parts(name, row) for row in rows], words)
        years_below(axes, trend, numbers=True)


def _parts(name: str, row: Mapping[str, Any]) -> tuple[int, int]:
    """Return the part of a bar in dark, and the whole."""
    parts = {
        "events": (row["events"] - row["going_on"], row["events"]),
        "cities": (row["new_cities"], row["cities"]),
        "dyads": (row["mutual_dyads"], row["dyads"]),
        "largest": (row["largest"], row["cities"]),
    }
    return parts[name]


def _key(sheet: style.Sheet, name: str, left: float, top: float, words: Words) -> None:
    """Say what the two parts of a bar are, one below the other: side by side they would not fit."""
    from matplotlib.patches import Rectangle

    width, height = sheet.figure.get_size_inches()
    for line, (colour, part) in enumerate(((DARK, "dark"), (LIGHT, "light"))):
        at = top + 0.06 + line * 0.14
        text = words.text[f"{name}_{part}"]
        corner = (left / width, 1 - (sheet.top + at + 0.045) / height)
        sheet.figure.add_artist(Rectangle(corner, 0.09 / width, 0.09 / height, color=colour, linewidth=0))
        style.text_at(sheet, left + 0.13, at, text, size=style.FOOT, color=style.QUIET)


def _bars(axes: Axes, trend: Trend, parts: Sequence[tuple[int, int]], words: Words) -> None:
    from matplotlib.ticker import MaxNLocator

    years = [window.last for window in trend.windows]
    step = years[1] - years[0] if len(years) > 1 else 1
    axes.bar(years, [whole for _, whole in parts], width=0.78 * step, color=LIGHT, linewidth=0, zorder=2)
    axes.bar(years, [dark for dark, _ in parts], width=0.78 * step, color=DARK, linewidth=0, zorder=3)
    ticks = MaxNLocator(3, integer=True).tick_values(0, max(whole for _, whole in parts) or 1)
    scale_beside(axes, ticks, words, numbers=True)
