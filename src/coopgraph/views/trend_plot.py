"""A trend as small multiples: a panel for each city, and the growth of the network below.

In: a Trend. Out: SVG or PNG, in English, Spanish or Portuguese. The city is in colour, the mean of all cities
in grey and dashed; a window in which a city takes part in nothing, or has no score, is a gap and not a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.errors import ProjectionError
from coopgraph.views import plot_style as style
from coopgraph.views.drawing import clean
from coopgraph.views.plot_foot import Credits, filled, foot, number
from coopgraph.views.strings import check_language, plot_strings, trend_strings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from coopgraph.network import Trend

FIRST = 8  # panels when neither cities nor `top` say
COLUMNS, GUTTER, AFTER = 4, 0.38, 0.1  # panels in a row; inches for the numbers beside, and after a panel
LEGEND, NAME, PANEL, YEARS = 0.3, 0.26, 1.0, 0.3  # heights in inches, from the top
HEAD, KEY, BELOW = 0.3, 0.19, 0.1  # of the part about the network; and below each panel
CELL = (style.WIDTH - 2 * style.MARGIN + AFTER) / COLUMNS
WIDTH = CELL - GUTTER - AFTER
MANY = 24  # windows; beyond, only what stands alone has a dot
SHARES = ("peer_exchange", "peer_exchange_k1", "reciprocity", "generalised_exchange", "balance")
CITY, MEAN, DARK, LIGHT = style.ACCENT, style.FAINT, "#3f6d97", "#c3d2e0"
GROWTH = ("events", "cities", "dyads", "largest")


@dataclass(frozen=True)
class _Words:
    """The words of one plot: of its language, about its measure."""

    lang: str
    measure: str
    text: Mapping[str, str]

    def say(self, key: str, **values: Any) -> str:
        return filled(self.text[key], values, self.lang)

    def score(self, value: float | None) -> str:
        if value is None:
            return self.text["undefined"]
        return number(value, self.lang, 3 if self.measure in SHARES else 2)


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

    All panels of cities have the same axes. The same trend gives the same bytes.

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
    words = _Words(check_language(lang), trend.measure, trend_strings()[lang])
    style.checked_ending(path)
    if top < 1:
        raise ProjectionError(f"top is {top}; at least one city must be drawn.")
    named = None if cities is None else list(dict.fromkeys(cities))
    shown = trend.first_cities(top) if named is None else _checked(trend, named)
    rows = max(-(-len(shown) // COLUMNS), 1)
    with style.styled():
        body = LEGEND + rows * (NAME + PANEL) + YEARS + HEAD + NAME + KEY + PANEL + YEARS
        sheet = style.new_sheet(
            title=title or words.say("over_time", measure=plot_strings()[lang][trend.measure]),
            subtitle=_subtitle(trend, len(shown), named is not None, credits or Credits(), words),
            foot=_foot(trend, named is not None, credits or Credits(), words),
            body=body,
        )
        _legend(sheet, trend, words)
        _cities(sheet, trend, shown, words)
        _network(sheet, trend, LEGEND + rows * (NAME + PANEL) + YEARS, words)
        return style.save(sheet, path, description=_description(trend, shown, words))


def _checked(trend: Trend, cities: list[str]) -> list[str]:
    from coopgraph.network.trend import check_cities

    check_cities(trend, cities)
    return cities


def _subtitle(trend: Trend, shown: int, named: bool, credits: Credits, words: _Words) -> str:
    first, last = trend.windows[0], trend.windows[-1]
    years = {"first": f"{first.first}", "last": f"{last.last}"}
    length = first.last - first.first + 1
    told = words.say("years", **years) if length == 1 else words.say("windows", length=length, **years)
    some = words.say("named_cities" if named else "first_cities", shown=shown, count=trend.basis.nodes)
    events = plot_strings()[words.lang][f"events_{trend.basis.events}"]
    events = filled(events, {"count": trend.basis.selected_events}, words.lang)
    return " · ".join(part for part in (credits.title, some, told, events) if part)


def _foot(trend: Trend, named: bool, credits: Credits, words: _Words) -> list[str]:
    said = [words.say("note_named" if named else "note_v", count=trend.basis.nodes)]
    if going_on := max(trend.growth.column("going_on").to_pylist()):
        said.append(words.say("note_going_on", count=going_on))
    others = tuple(pair for pair in trend.basis.filters if pair[0] != "period")  # the subtitle has the years
    return [*said, *foot(replace(trend.basis, filters=others), credits, words.lang)]


def _legend(sheet: style.Sheet, trend: Trend, words: _Words) -> None:
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
        dots: list[int] | None = [] if how is _DASHED or len(trend.windows) > MANY else None
        line = Line2D(ends, (y, y, y), markevery=dots, transform=sheet.figure.transFigure, **how)
        sheet.figure.add_artist(line)
        style.text_at(sheet, left + 0.44, 0.08, text, size=style.TICK, color=style.QUIET)
        left += 0.44 + style.inches(text, style.TICK) + 0.3
    gap = words.text["gap_undefined" if trend.measure in ("balance", "reciprocity") else "gap"]
    style.text_at(sheet, left, 0.08, gap, size=style.TICK, color=style.QUIET)


_LINE: dict[str, Any] = {"color": CITY, "linewidth": 1.6, "marker": "o", "markersize": 2.6}
_DASHED: dict[str, Any] = _LINE | {"color": MEAN, "linewidth": 1.1, "linestyle": (0, (3, 2))}


def _cities(sheet: style.Sheet, trend: Trend, shown: Sequence[str], words: _Words) -> None:
    if not shown:
        style.text_at(sheet, style.MARGIN, LEGEND + NAME, words.text["no_city"], size=style.LABEL)
        return
    series = {city: _drawn(trend, city) for city in shown}
    mean = _mean(trend)
    scores = [score for points in (*series.values(), mean) for score in points if score is not None]
    for place, city in enumerate(shown):
        row, column = divmod(place, COLUMNS)
        top = LEGEND + row * (NAME + PANEL)
        left = _left(column)
        name = style.shortened(clean(trend.label(city)), style.LABEL, WIDTH)
        style.text_at(sheet, left, top + NAME - 0.12, name, size=style.LABEL)
        axes = style.axes_in(sheet, left=left, top=top + NAME, width=WIDTH, height=PANEL - BELOW)
        _line(axes, trend, mean, _DASHED)
        _line(axes, trend, series[city], _LINE)
        _scores(axes, trend.measure, scores, words, numbers=column == 0)
        _years(axes, trend, numbers=place + COLUMNS >= len(shown))


def _left(column: int) -> float:
    return style.MARGIN + GUTTER + column * CELL


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


def _line(axes: Axes, trend: Trend, scores: Sequence[float | None], how: Mapping[str, Any]) -> None:
    """Draw a line with gaps; what stands alone between two gaps is a dot."""
    years = [window.last for window in trend.windows]
    around = [nan, *(nan if score is None else score for score in scores), nan]
    lone = [place for place in range(len(years)) if isnan(around[place]) and isnan(around[place + 2])]
    dots = lone if how is _DASHED or len(years) > MANY else None
    axes.plot(years, around[1:-1], markevery=dots, solid_capstyle="round", clip_on=False, zorder=3, **how)


def _scores(axes: Axes, measure: str, scores: Sequence[float], words: _Words, *, numbers: bool) -> None:
    """Give all panels one scale, and the numbers to the first of each row."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    fixed = {"balance": (-1.0, 0.0, 1.0), "reciprocity": (0.0, 0.5, 1.0)}
    ticks = fixed.get(measure) or MaxNLocator(3).tick_values(0.0, max(scores, default=0.0) or 1.0)
    axes.set_ylim(ticks[0], ticks[-1])
    axes.set_yticks(ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, words.lang, 6)))
    axes.grid(axis="y", color=style.LINE, linewidth=0.5, zorder=0)
    axes.tick_params(axis="y", length=0, labelleft=numbers)
    axes.spines["left"].set_visible(False)


def _years(axes: Axes, trend: Trend, *, numbers: bool) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    first, last = trend.windows[0].last, trend.windows[-1].last
    axes.set_xlim(first - 0.6, last + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:.0f}" if first <= value <= last else "")
    )
    axes.tick_params(axis="x", length=2.5, labelbottom=numbers)


def _network(sheet: style.Sheet, trend: Trend, top: float, words: _Words) -> None:
    """Draw how the network grows: each bar a whole, its dark part what the key says."""
    style.text_at(sheet, style.MARGIN, top + HEAD / 2, words.text["whole"], size=style.SUBTITLE)
    rows = trend.growth.to_pylist()
    for column, name in enumerate(GROWTH):
        left = _left(column)
        style.text_at(sheet, left, top + HEAD + NAME - 0.1, words.text[name], size=style.LABEL)
        _key(sheet, name, left, top + HEAD + NAME + KEY / 2, words)
        axes = style.axes_in(sheet, left=left, top=top + HEAD + NAME + KEY, width=WIDTH, height=PANEL - BELOW)
        _bars(axes, trend, [_parts(name, row) for row in rows], words)
        _years(axes, trend, numbers=True)


def _parts(name: str, row: Mapping[str, Any]) -> tuple[int, int]:
    """Return the part of a bar in dark, and the whole."""
    parts = {
        "events": (row["events"] - row["going_on"], row["events"]),
        "cities": (row["new_cities"], row["cities"]),
        "dyads": (row["mutual_dyads"], row["dyads"]),
        "largest": (row["largest"], row["cities"]),
    }
    return parts[name]


def _key(sheet: style.Sheet, name: str, left: float, at: float, words: _Words) -> None:
    from matplotlib.patches import Rectangle

    width, height = sheet.figure.get_size_inches()
    for colour, part in ((DARK, "dark"), (LIGHT, "light")):
        text = words.text[f"{name}_{part}"]
        corner = (left / width, 1 - (sheet.top + at + 0.045) / height)
        sheet.figure.add_artist(Rectangle(corner, 0.09 / width, 0.09 / height, color=colour, linewidth=0))
        style.text_at(sheet, left + 0.13, at, text, size=style.FOOT, color=style.QUIET)
        left += 0.13 + style.inches(text, style.FOOT) + 0.14


def _bars(axes: Axes, trend: Trend, parts: Sequence[tuple[int, int]], words: _Words) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    years = [window.last for window in trend.windows]
    step = years[1] - years[0] if len(years) > 1 else 1
    axes.bar(years, [whole for _, whole in parts], width=0.78 * step, color=LIGHT, linewidth=0, zorder=2)
    axes.bar(years, [dark for dark, _ in parts], width=0.78 * step, color=DARK, linewidth=0, zorder=3)
    ticks = MaxNLocator(3, integer=True).tick_values(0, max(whole for _, whole in parts) or 1)
    axes.set_ylim(0, ticks[-1])
    axes.set_yticks(ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, words.lang, 0)))
    axes.grid(axis="y", color=style.LINE, linewidth=0.5, zorder=0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _description(trend: Trend, shown: Sequence[str], words: _Words) -> str:
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
    measure = plot_strings()[words.lang][trend.measure]
    return (
        f"{measure}. {'. '.join(said) or words.text['no_city']}. {words.text['whole']}. {'; '.join(grown)}."
    )
