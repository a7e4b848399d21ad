"""Panels side by side over the same years: where they stand, their scales, their words.

In: axes, and the windows of a Trend. Out: what panels of cities and panels of the network have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coopgraph.views import plot_style as style
from coopgraph.views.plot_foot import number
from coopgraph.views.plot_words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from coopgraph.network import Trend

COLUMNS, GUTTER, AFTER = 4, 0.38, 0.1  # panels in a row; inches for the numbers beside, and after a panel
NAME, PANEL, BELOW, YEARS = 0.26, 1.0, 0.1, 0.3  # heights in inches, from the top; BELOW is within PANEL
_ROW = style.WIDTH - 2 * style.MARGIN + AFTER


def width_of(columns: int = COLUMNS) -> float:
    """Return how wide the axes are where so many stand in a row, in inches."""
    return _ROW / columns - GUTTER - AFTER


def left_of(column: int, columns: int = COLUMNS) -> float:
    """Return where the axes of a column begin, in inches."""
    return style.MARGIN + GUTTER + column * _ROW / columns


def panel(sheet: style.Sheet, column: int, top: float, columns: int = COLUMNS, height: float = PANEL) -> Axes:
    """Return the axes of one panel, its upper edge so far from that of the body, in inches."""
    place = {"left": left_of(column, columns), "width": width_of(columns)}
    return style.axes_in(sheet, top=top, height=height - BELOW, **place)


def years_below(axes: Axes, trend: Trend, *, numbers: bool) -> None:
    """Give the panel the years of the windows, each at its last."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    first, last = trend.windows[0].last, trend.windows[-1].last
    axes.set_xlim(first - 0.6, last + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:.0f}" if first <= value <= last else "")
    )
    axes.tick_params(axis="x", length=2.5, labelbottom=numbers)


def scale_beside(axes: Axes, ticks: Sequence[float], words: Words, *, numbers: bool) -> None:
    """Give the panel its scale, with a faint line at each number."""
    from matplotlib.ticker import FuncFormatter

    axes.set_ylim(ticks[0], ticks[-1])
    axes.set_yticks(ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, words.lang, 6)))
    axes.grid(axis="y", color=style.LINE, linewidth=0.5, zorder=0)
    axes.tick_params(axis="y", length=0, labelleft=numbers)
    axes.spines["left"].set_visible(False)
