"""A trend as small multiples: a panel for each city, and the growth of the network below.

In: a Trend. Out: SVG or PNG, in English, Spanish or Portuguese. The city is in colour, the mean of all cities
in grey and dashed; a window in which a city takes part in nothing, or has no score, is a gap and not a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import fsum, isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.errors import ProjectionError
from coopgraph.network.trend.cut import EXCHANGE, at_zero, cut, empty_before
from coopgraph.views import plot_style as style
from coopgraph.views.drawing import clean
from coopgraph.views.growth_panels import HEIGHT, network_panels
from coopgraph.views.panels import (
    COLUMNS,
    NAME,
    PANEL,
    YEARS,
    left_of,
    panel,
    scale_beside,
    width_of,
    years_below,
)
from coopgraph.views.plot_foot import Credits, filled, foot
from coopgraph.views.plot_words import Words, measure_title
from coopgraph.views.strings import check_language, plot_strings, trend_strings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from coopgraph.network import Trend

FIRST = 8  # panels when neither cities nor `top` say
LEGEND = 0.3  # inches
TALL = 1.8  # inches, of panels that fill the width between them
CLOSE = 15  # windows an inch; beyond, only what stands alone has a dot


def write_trend_plot(
    trend: Trend,
    path: str | Path,
    *,
    cities: Iterable[str] | None = None,
    top: int = FIRST,
    title: str | None = None,
    lang: str = "en",
    credits: Credits | None = None,
) -> Path:
    """Write a trend as small multiples, one panel a city, and return its path.

    All panels of cities have the same axes, from the first window in which one of them takes part. The same
    trend gives the same bytes.

    Parameters
    ----------
    trend
        What `over_time` returns.
    path
        Ends in .svg (text is text, with a title and a description) or .png.
    cities
        The IRIs of the cities to draw; by default those first over all windows.
    top
        How many cities to draw where none are named.
    title
        By default the measure.
    lang
        The language of the words: en, es or pt. Names are as the trend has them.
    credits
        What the data are called, their day, licence and sources; `credits_of(release)` gives them.

    Raises
    ------
    ProjectionError
        For another ending or language, a top below 1, a city that is not in the trend, and a path that
        cannot be written.

    Examples
    --------
    >>> import pyarrow as pa, tempfile, pathlib
    >>> from coopgraph.network import over_time
    >>> table = pa.table({"event": ["visit"] * 2, "city": ["Lima", "Quito"], "contributes": [True, True],
    ...                   "benefits": [True, True], "start": ["2016"] * 2, "end": ["2018"] * 2})
    >>> plot = pathlib.Path(tempfile.mkdtemp()) / "lima.svg"
    >>> "Lima" in write_trend_plot(over_time(table), plot).read_text("utf-8")
    True
    """
    words = Words(check_language(lang), trend.measure, trend_strings()[lang])
    style.checked_ending(path)
    if top < 1:
        raise ProjectionError(f"top is {top}; at least one city must be drawn.")
    named = None if cities is None else list(dict.fromkeys(cities))
    shown = trend.first_cities(top) if named is None else _checked(trend, named)
    skip, whole = empty_before(trend, shown), trend
    trend = cut(trend, shown)
    rows = max(-(-len(shown) // COLUMNS), 1)
    below = LEGEND + rows * (NAME + _height(shown)) + YEARS
    with style.styled():
        sheet = style.new_sheet(
            title=title or words.say("over_time", measure=measure_title(trend.measure, lang)),
            subtitle=_subtitle(trend, len(shown), named is not None, credits or Credits(), words),
            foot=[
                *_not_drawn(whole, skip, words),
                *_foot(trend, named is not None, credits or Credits(), words),
            ],
            body=below + HEIGHT,
        )
        _legend(sheet, trend, _columns(shown), words)
        _cities(sheet, trend, shown, words)
        network_panels(sheet, trend, below, words)
        return style.save(sheet, path, description=_description(trend, shown, words))


def _columns(shown: Sequence[str]) -> int:
    return min(max(len(shown), 1), COLUMNS)


def _height(shown: Sequence[str]) -> float:
    return PANEL if len(shown) >= COLUMNS else TALL


def _dotted(trend: Trend, columns: int) -> bool:
    return len(trend.windows) <= CLOSE * width_of(columns)


def _not_drawn(whole: Trend, skip: int, words: Words) -> list[str]:
    """Say which windows are left out before the first that is drawn."""
    if not skip:
        return []
    first, last = whole.windows[0], whole.windows[skip - 1]
    return [words.say("note_cut", first=f"{first.first}", last=f"{last.last}")]


def _checked(trend: Trend, cities: list[str]) -> list[str]:
    from coopgraph.network.trend.series import check_cities

    check_cities(trend, cities)
    return cities


def _subtitle(trend: Trend, shown: int, named: bool, credits: Credits, words: Words) -> str:
    first, last = trend.windows[0], trend.windows[-1]
    years = {"first": f"{first.first}", "last": f"{last.last}"}
    length = first.last - first.first + 1
    told = words.say("years", **years) if length == 1 else words.say("windows", length=length, **years)
    some = words.say("named_cities" if named else "first_cities", shown=shown, count=trend.basis.nodes)
    events = plot_strings()[words.lang][f"events_{trend.basis.events}"]
    events = filled(events, {"count": trend.basis.selected_events}, words.lang)
    return " · ".join(part for part in (credits.title, some, told, events) if part)


def _foot(trend: Trend, named: bool, credits: Credits, words: Words) -> list[str]:
    said = [words.say("note_named" if named else "note_v", count=trend.basis.nodes)]
    if going_on := max(trend.growth.column("going_on").to_pylist()):
        said.append(words.say("note_going_on", count=going_on))
    others = tuple(pair for pair in trend.basis.filters if pair[0] != "period")  # the subtitle has the years
    return [*said, *foot(replace(trend.basis, filters=others), credits, words.lang)]


def _legend(sheet: style.Sheet, trend: Trend, columns: int, words: Words) -> None:
    """Show what the lines are, above the panels."""
    from matplotlib.lines import Line2D

    width, height = sheet.figure.get_size_inches()
    y, left = 1 - (sheet.top + 0.08) / height, style.MARGIN + 0.03
    kinds: tuple[tuple[str, dict[str, Any]], ...] = (
        (words.text["city"], _LINE),
        (words.say("mean", count=trend.basis.nodes), _DASHED),
    )
    for text, how in kinds:
        ends = (left / width, (left + 0.17) / width, (left + 0.34) / width)
        dots: list[int] | None = [] if how is _DASHED or not _dotted(trend, columns) else None
        line = Line2D(ends, (y, y, y), markevery=dots, transform=sheet.figure.transFigure, **how)
        sheet.figure.add_artist(line)
        style.text_at(sheet, left + 0.44, 0.08, text, size=style.TICK, color=style.QUIET)
        left += 0.44 + style.inches(text, style.TICK) + 0.3
    gap = words.text["gap_undefined" if trend.measure in ("balance", "reciprocity") else "gap"]
    style.text_at(sheet, left, 0.08, gap, size=style.TICK, color=style.QUIET)


_LINE: dict[str, Any] = {"color": style.ACCENT, "linewidth": 1.6, "marker": "o", "markersize": 2.6}
_DASHED: dict[str, Any] = _LINE | {"color": style.FAINT, "linewidth": 1.1, "linestyle": (0, (3, 2))}


def _cities(sheet: style.Sheet, trend: Trend, shown: Sequence[str], words: Words) -> None:
    if not shown:
        style.text_at(sheet, style.MARGIN, LEGEND + NAME, words.text["no_city"], size=style.LABEL)
        return
    series = {city: _drawn(trend, city) for city in shown}
    mean = _mean(trend)
    scores = [score for points in (*series.values(), mean) for score in points if score is not None]
    columns, height = _columns(shown), _height(shown)
    dots = _dotted(trend, columns)
    for place, city in enumerate(shown):
        row, column = divmod(place, columns)
        top = LEGEND + row * (NAME + height)
        left = left_of(column, columns)
        name = style.shortened(clean(trend.label(city)), style.LABEL, width_of(columns))
        style.text_at(sheet, left, top + NAME - 0.12, name, size=style.LABEL)
        axes = panel(sheet, column, top + NAME, columns, height)
        _line(axes, trend, mean, _DASHED, dots=False)
        _line(axes, trend, series[city], _LINE, dots=dots)
        _why_zero(axes, trend, city, width_of(columns), words)
        _scores(axes, trend.measure, scores, words, numbers=column == 0)
        years_below(axes, trend, numbers=place + columns >= len(shown))


def _why_zero(axes: Axes, trend: Trend, city: str, width: float, words: Words) -> None:
    """Say in the panel why a city is at zero throughout."""
    if not (most := at_zero(trend, city)):
        return
    said = words.say("zero_exchange" if trend.measure in EXCHANGE else "zero", count=most)
    paper: dict[str, Any] = {"facecolor": style.PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 1.5}
    text = "\n".join(style.wrapped(said, style.FOOT, width))
    place: dict[str, Any] = {"va": "top", "transform": axes.transAxes, "zorder": 2.5}  # below the lines
    axes.text(0.01, 0.93, text, size=style.FOOT, color=style.QUIET, bbox=paper, **place)


def _drawn(trend: Trend, city: str) -> list[float | None]:
    """Return a city's scores, None where it takes part in nothing: that is a gap, not a zero."""
    return [point.score if point.events else None for point in trend.series(city)]


def _mean(trend: Trend) -> list[float | None]:
    """Return the mean of the scores of all cities, None where no event is or no score is defined."""
    found: list[float | None] = []
    size = trend.basis.nodes
    scores = trend.table.column(trend.measure).to_pylist()
    for layer, events in enumerate(trend.growth.column("events").to_pylist()):
        defined = [score for score in scores[layer * size : (layer + 1) * size] if score is not None]
        found.append(fsum(defined) / len(defined) if events and defined else None)
    return found


def _line(
    axes: Axes, trend: Trend, scores: Sequence[float | None], how: Mapping[str, Any], *, dots: bool
) -> None:
    """Draw a line with gaps; what stands alone between two gaps is a dot."""
    years = [window.last for window in trend.windows]
    around = [nan, *(nan if score is None else score for score in scores), nan]
    lone = [place for place in range(len(years)) if isnan(around[place]) and isnan(around[place + 2])]
    axes.plot(
        years,
        around[1:-1],
        markevery=None if dots else lone,
        solid_capstyle="round",
        clip_on=False,
        zorder=3,
        **how,
    )


def _scores(axes: Axes, measure: str, scores: Sequence[float], words: Words, *, numbers: bool) -> None:
    """Give all panels one scale, and the numbers to the first of each row."""
    from matplotlib.ticker import MaxNLocator

    fixed = {"balance": (-1.0, 0.0, 1.0), "reciprocity": (0.0, 0.5, 1.0)}
    ticks = fixed.get(measure) or MaxNLocator(3).tick_values(0.0, max(scores, default=0.0) or 1.0)
    scale_beside(axes, ticks, words, numbers=numbers)


def _description(trend: Trend, shown: Sequence[str], words: Words) -> str:
    """Return the plot in words, city by city and window by window."""
    said = [
        words.say(
            "row",
            city=trend.label(city),
            points="; ".join(
                words.say("point", window=str(window), score=words.score(score))
                for window, score in zip(trend.windows, _drawn(trend, city), strict=True)
                if score is not None
            ),
        )
        for city in shown
    ]
    names = {"new": "new_cities", "mutual": "mutual_dyads"}
    keys = ("events", "cities", "new", "dyads", "mutual", "largest")
    grown = [
        words.say("growth_row", window=row["window"], **{key: row[names.get(key, key)] for key in keys})
        for row in trend.growth.to_pylist()
    ]
    measure = measure_title(trend.measure, words.lang)
    return (
        f"{measure}. {'. '.join(said) or words.text['no_city']}. {words.text['whole']}. {'; '.join(grown)}."
    )
