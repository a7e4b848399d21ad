"""A ranking as a plot: a row for each city, its score as a dot, its range as a bar, its rank range beside.

In: a Ranking, with or without ranges. Out: SVG or PNG, in English, Spanish or Portuguese.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coopgraph.errors import ProjectionError
from coopgraph.views import plot_style as style
from coopgraph.views.drawing import clean
from coopgraph.views.plot_foot import Credits, foot, number, rests_on
from coopgraph.views.plot_words import Words
from coopgraph.views.strings import check_language, plot_strings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from coopgraph.network import Ranking
    from coopgraph.network.leading import Leading

FIRST = 30  # rows when `top` does not say
ROW, LEGEND, HEADS, SCALE, LINE = 0.235, 0.26, 0.34, 0.52, 0.16  # heights in inches
NAMES = (1.9, 3.4)  # least and most width in inches of ranks and names; the axes have the rest
BESIDE, GAP, INSIDE = (
    0.95,
    0.08,
    0.25,
)  # each column beside the axes, between name and country, before the axes
RATIOS = ("balance", "reciprocity")  # losing events may move them either way
RANK = 0.62  # of the names' width
BAR, DOT = "#9fb9d1", style.ACCENT


def write_ranking_plot(
    ranking: Ranking,
    path: str | Path,
    *,
    title: str | None = None,
    lang: str = "en",
    top: int = FIRST,
    credits: Credits | None = None,
) -> Path:
    """Write a ranking as a ranked dot-and-range plot, and return its path.

    Ranges are there where `rank` was asked for `replicates`. The same ranking gives the same bytes.

    Parameters
    ----------
    ranking
        What `rank` returns.
    path
        Ends in .svg (text is text, with a title and a description) or .png.
    title
        By default the measure.
    lang
        The language of the words: en, es or pt. Names are as the ranking has them.
    top
        How many rows to draw.
    credits
        What the data are called, their day, licence and sources; `credits_of(release)` gives them.

    Raises
    ------
    ProjectionError
        For another ending or language, a top below 1, and a path that cannot be written.

    Examples
    --------
    >>> import pyarrow as pa, tempfile, pathlib
    >>> from coopgraph.network import rank
    >>> table = pa.table({"event": ["visit"] * 2, "city": ["Lima", "Quito"],
    ...                   "contributes": [True, True], "benefits": [True, True]})
    >>> plot = pathlib.Path(tempfile.mkdtemp()) / "two.svg"
    >>> "Lima" in write_ranking_plot(rank(table, replicates=100), plot).read_text("utf-8")
    True
    """
    words = Words(check_language(lang), ranking.measure, plot_strings()[check_language(lang)])
    style.checked_ending(path)
    if top < 1:
        raise ProjectionError(f"top is {top}; at least one city must be drawn.")
    rows = ranking.table.slice(0, top).to_pylist()
    credits = credits or Credits()
    with style.styled():
        axis = _axis(ranking, rows, words)
        body = LEGEND + HEADS + max(len(rows), 1) * ROW + SCALE + max(len(axis) - 1, 0) * LINE
        sheet = style.new_sheet(
            title=title or words.title,
            subtitle=_subtitle(ranking, len(rows), credits, words),
            foot=_foot(ranking, credits, words),
            body=body,
        )
        _draw(sheet, ranking, rows, axis, words)
        return style.save(sheet, path, description=_description(ranking, rows, words))


def _subtitle(ranking: Ranking, shown: int, credits: Credits, words: Words) -> str:
    ranked = ranking.ranked - ranking.undefined
    some = "shown_all" if shown >= ranking.ranked else "shown_first"
    if ranking.undefined and ranked:
        some = "shown_all_ranked" if shown >= ranked else "shown_ranked"
    events = words.say(f"events_{ranking.basis.events}", count=ranking.basis.selected_events)
    parts = [credits.title, words.say(some, shown=shown, ranked=ranked, count=ranking.ranked), events]
    return " · ".join(part for part in parts if part)


def said_beside(ranking: Ranking, lang: str) -> list[str]:
    """Return what must be said beside a ranking, in a language: what it is, its ranges, what it rests on."""
    words = Words(check_language(lang), ranking.measure, plot_strings()[lang])
    return [*_said(ranking, words), *rests_on(ranking.basis, lang)]


def _foot(ranking: Ranking, credits: Credits, words: Words) -> list[str]:
    return [*_said(ranking, words), *foot(ranking.basis, credits, words.lang)]


def _said(ranking: Ranking, words: Words) -> list[str]:
    said = [words.say("note_definition", title=words.title, doi=words.defined.doi)]
    if loss := ranking.loss:
        key = "note_loss_ratio" if ranking.measure in RATIOS else "note_loss"
        said.append(words.say(key, replicates=loss.replicates, keep=loss.keep, seed=f"{loss.seed}"))
    if lead := ranking.leading:
        said.append(_leading(lead, words))
    if "group" in ranking.table.column_names:
        said.append(words.text["note_groups"])
    if ranking.measure == "peer_exchange":
        said.append(words.text["note_peer_exchange"])
    elif ranking.measure.startswith("peer_exchange"):
        k = 1.0 if ranking.prior is None else ranking.prior
        said.append(words.say("note_peer_exchange_k", k=k))
    return said


def _leading(lead: Leading, words: Words) -> str:
    key = "note_leading_all" if lead.among == lead.first else "note_leading"
    told = words.say(key, among=lead.among, first=lead.first, label=lead.label)
    return f"{told} {words.say('note_leading_derived', derived=lead.derived)}" if lead.derived else told


def _sides(ranking: Ranking, rows: list[dict[str, Any]]) -> tuple[float, float]:
    """Return where the axes begin and end."""
    right = style.WIDTH - style.MARGIN - (2 * BESIDE if ranking.loss else 0)
    return style.MARGIN + _width_of_names(rows), right


def _axis(ranking: Ranking, rows: list[dict[str, Any]], words: Words) -> list[str]:
    """Return what the axis tells, in lines: a text of its own, or the measure's definition."""
    amount = ranking.basis.weight == "amount" and ranking.measure in ("given", "received", "strength")
    key = f"axis_{ranking.measure}" + ("_amount" if amount else "")
    if key in words.text:
        text = words.say(key, currency=ranking.basis.currency or "") if amount else words.text[key]
    else:
        text = words.defined.definitions[words.lang]
    left, right = _sides(ranking, rows)
    return style.wrapped(text, style.TICK, right - left)


def _draw(
    sheet: style.Sheet, ranking: Ranking, rows: list[dict[str, Any]], axis: list[str], words: Words
) -> None:
    top = LEGEND + HEADS
    left, right = _sides(ranking, rows)
    _legend(sheet, ranking, words)
    _heads(sheet, ranking, words)
    if not rows:
        style.text_at(sheet, style.MARGIN, top + ROW / 2, words.text["no_city"], size=style.LABEL)
        return
    for place, row in enumerate(rows):
        _names(sheet, row, top + (place + 0.5) * ROW, left)
        if ranking.loss:
            _beside(sheet, row, top + (place + 0.5) * ROW, words)
    axes = style.axes_in(sheet, left=left, top=top, width=right - left, height=len(rows) * ROW)
    _dots(axes, ranking.measure, rows)
    _scale(axes, ranking, rows, words)
    axes.set_xlabel("\n".join(axis))


def _width_of_names(rows: list[dict[str, Any]]) -> float:
    widths = (sum(style.inches(*text) for text in _named(row)) for row in rows)
    return min(max(RANK + max(widths, default=0.0) + GAP + INSIDE + 0.01, NAMES[0]), NAMES[1])


def _named(row: Mapping[str, Any]) -> tuple[tuple[str, float], tuple[str, float]]:
    """Return a row's name and country on one line, each with its size."""
    country = clean(row["country"] or "").rsplit("/", 1)[-1][:3]
    return (" ".join(clean(row["label"]).split()), style.LABEL), (country, style.TICK)


def _legend(sheet: style.Sheet, ranking: Ranking, words: Words) -> None:
    """Show what a dot and a bar are, above the axes."""
    from matplotlib.lines import Line2D

    width, height = sheet.figure.get_size_inches()
    y = 1 - (sheet.top + 0.08) / height

    def mark(left: float, right: float, **how: Any) -> None:
        line = Line2D((left / width, right / width), (y, y), transform=sheet.figure.transFigure, **how)
        sheet.figure.add_artist(line)

    left = style.MARGIN
    mark(left + 0.07, left + 0.07, marker="o", markersize=6, color=DOT, linestyle="none")
    style.text_at(sheet, left + 0.2, 0.08, words.text["dot"], size=style.TICK, color=style.QUIET)
    if loss := ranking.loss:
        left += 0.2 + style.inches(words.text["dot"], style.TICK) + 0.3
        mark(left, left + 0.34, linewidth=5, color=BAR, solid_capstyle="butt")
        text = words.text["bar"] if loss.keep == 0.9 else words.say("bar_keep", keep=loss.keep)
        style.text_at(sheet, left + 0.44, 0.08, text, size=style.TICK, color=style.QUIET)


def _heads(sheet: style.Sheet, ranking: Ranking, words: Words) -> None:
    def head(place: float, text: str, ha: Literal["left", "right"] = "right") -> None:
        style.text_at(sheet, place, LEGEND + HEADS - 0.11, text, size=style.TICK, color=style.QUIET, ha=ha)

    head(style.MARGIN + RANK - 0.1, words.text["rank"])
    head(style.MARGIN + RANK, words.text["city"], "left")
    if loss := ranking.loss:
        head(style.WIDTH - style.MARGIN - BESIDE, words.text["rank_range"])
        head(style.WIDTH - style.MARGIN, words.say("top_share", first=loss.first))


def _names(sheet: style.Sheet, row: Mapping[str, Any], at: float, right: float) -> None:
    rank = "–" if row["rank"] is None else f"{row['rank']}"
    left = style.MARGIN + RANK
    style.text_at(sheet, left - 0.1, at, rank, ha="right", size=style.LABEL, color=style.QUIET)
    (whole, size), (country, small) = _named(row)
    name = style.shortened(whole, size, right - INSIDE - GAP - style.inches(country, small) - left)
    style.text_at(sheet, left, at, name, size=size)
    after = left + style.inches(name, size) + GAP
    style.text_at(sheet, after, at, country, size=small, color=style.QUIET)


def _beside(sheet: style.Sheet, row: Mapping[str, Any], at: float, words: Words) -> None:
    best, worst = row["rank_low"], row["rank_high"]
    text = "–" if best is None else f"{best}" if best == worst else f"{best}–{worst}"
    right = style.WIDTH - style.MARGIN - BESIDE
    style.text_at(sheet, right, at, text, ha="right", size=style.LABEL)
    share = number(100 * row["top_share"], words.lang, 0) + ("%" if words.lang == "en" else "\u202f%")
    style.text_at(sheet, style.WIDTH - style.MARGIN, at, share, ha="right", size=style.LABEL)


def _dots(axes: Axes, measure: str, rows: list[dict[str, Any]]) -> None:
    for place, row in enumerate(rows):
        axes.axhline(place, color=style.LINE, linewidth=0.5, zorder=0)
        if row.get("score_low") is not None:
            ends = (row["score_low"], row["score_high"])
            axes.plot(ends, (place, place), color=BAR, linewidth=5, solid_capstyle="butt", zorder=2)
            axes.plot(ends, (place, place), color=BAR, linestyle="none", marker="|", markersize=5, zorder=2)
        if row[measure] is not None:
            axes.plot(
                row[measure], place, marker="o", markersize=6, color=DOT, mec=style.PAPER, mew=0.7, zorder=3
            )


def _scale(axes: Axes, ranking: Ranking, rows: list[dict[str, Any]], words: Words) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    names = (ranking.measure, "score_low", "score_high")
    values = [row[name] for row in rows for name in names if row.get(name) is not None]
    most = max(values, default=0.0) or 1.0
    axes.set_xlim((-1.04, 1.04) if ranking.measure == "balance" else (0.0, 1.04 * most))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, words.lang, 6)))
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(ranking.measure != "balance")
    axes.grid(axis="x", color=style.LINE, linewidth=0.5, zorder=0)
    axes.set_axisbelow(True)


def _description(ranking: Ranking, rows: list[dict[str, Any]], words: Words) -> str:
    """Return the plot in words, row by row."""
    said = []
    for row in rows:
        rank = "–" if row["rank"] is None else f"{row['rank']}"
        line = words.say("row", rank=rank, city=row["label"], score=words.score(row[ranking.measure]))
        if row.get("rank_low") is not None:
            ends = {"low": words.score(row["score_low"]), "high": words.score(row["score_high"])}
            ends |= {"best": f"{row['rank_low']}", "worst": f"{row['rank_high']}"}
            line = f"{line} ({words.say('row_range', **ends)})"
        said.append(line)
    return f"{words.title}. {'; '.join(said) or words.text['no_city']}."
