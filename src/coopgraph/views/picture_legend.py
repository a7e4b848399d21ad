"""The legend beside a picture: links, sizes, shapes, groups, each with how many there are.

In: a `Seen` and the sheet. Out: artists on the sheet, in rows from the top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coopgraph.views import plot_style as style
from coopgraph.views.compose import LARGEST, SMALLEST
from coopgraph.views.drawing import in_language
from coopgraph.views.picture_marks import badge_at, shape_at
from coopgraph.views.picture_places import LEGEND as WIDTH
from coopgraph.views.plot_foot import number
from coopgraph.views.seen import GROUPS, MUTUAL, Seen, group_colour, points_one_way
from coopgraph.views.strings import strings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW, HEAD, SAMPLE = 0.2, 0.3, 0.36  # inches
TEXT = 8.0  # points
Paint = Callable[["Axes", float], None]


@dataclass(frozen=True)
class Row:
    """One line of the legend: a sample, what it stands for, and how many of it there are."""

    text: str
    count: str = ""
    paint: Paint | None = None
    head: bool = False


def legend_height(seen: Seen) -> float:
    """Return how high the legend is, in inches."""
    return sum(HEAD if row.head else ROW for row in _rows(seen)) + 0.1


def draw_legend(sheet: style.Sheet, seen: Seen, *, left: float) -> None:
    """Draw the legend from the top of the body."""
    height = legend_height(seen)
    axes = style.axes_in(sheet, left=left, top=0.0, width=WIDTH, height=height)
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    y = 0.0
    for row in _rows(seen):
        y += HEAD if row.head else ROW
        middle = y - (0.1 if row.head else ROW / 2)
        if row.paint:
            row.paint(axes, middle)
        _write(axes, row, middle)


def _write(axes: Axes, row: Row, y: float) -> None:
    left = 0.0 if row.head else SAMPLE + 0.08
    room = WIDTH - left - (style.inches(row.count, TEXT) + 0.1 if row.count else 0.0)
    text = style.shortened(row.text, TEXT, room, weight="bold" if row.head else "normal")
    weight, colour = ("bold", style.QUIET) if row.head else ("normal", style.INK)
    axes.text(left, y, text, size=TEXT, weight=weight, color=colour, va="center_baseline")
    axes.text(WIDTH, y, row.count, size=TEXT, color=style.QUIET, ha="right", va="center_baseline")


def _rows(seen: Seen) -> Iterator[Row]:
    drawing = seen.composition.drawing
    words = strings()[drawing.lang]
    yield from _link_rows(seen, words)
    sizes = [drawing.measures.get(drawing.nodes[i].key, {}).get(drawing.size_by) for i in seen.nodes]
    largest = max((size for size in sizes if isinstance(size, (int, float))), default=0.0)
    if largest > 0:
        yield Row(f"{words['size']}: {words.get(drawing.size_by, drawing.size_by)}", head=True)
        yield from _size_rows(largest, drawing.lang)
    if len(seen.kinds) > 1 and drawing.colour_by != "kind":
        yield Row(words["nodes"], head=True)
        yield from _kind_rows(seen, words)
    yield from _group_rows(seen, words)


def _link_rows(seen: Seen, words: dict[str, str]) -> Iterator[Row]:
    drawing = seen.composition.drawing
    if not seen.links:
        return
    yield Row(words["links"], head=True)
    for key, layer in seen.layers.items():
        own = [drawing.links[i] for i in seen.links if drawing.links[i].layer == key]
        name = in_language(layer.texts, drawing.lang) or words["link"]
        name = name[:1].upper() + name[1:]
        for arrow in (False, True):
            some = [link for link in own if points_one_way(link, layer) == arrow]
            told = (words["one_way"] if arrow else words["mutual"]) if layer.directed else name
            if some:
                paint = _line(seen.layer_colour(layer), seen.dashes(layer), arrow=arrow)
                yield Row(told, number(len(some), drawing.lang), paint)


def _line(colour: str, dashes: Any, *, arrow: bool) -> Paint:
    def paint(axes: Axes, y: float) -> None:
        how: Any = (0.0, tuple(length * 0.3 for length in dashes)) if dashes else "solid"
        axes.plot((0, SAMPLE - (0.07 if arrow else 0)), (y, y), color=colour, linewidth=1.5, linestyle=how)
        if arrow:
            axes.fill((SAMPLE, SAMPLE - 0.09, SAMPLE - 0.09), (y, y - 0.045, y + 0.045), color=colour)

    return paint


def _size_rows(largest: float, lang: str) -> Iterator[Row]:
    whole = isinstance(largest, int)
    for value in sorted({1, -(-largest // 4), largest} if whole else {0.0, largest / 4, largest}):
        radius = SMALLEST + (LARGEST - SMALLEST) * (value / largest) ** 0.5
        yield Row(
            number(value, lang, 0 if value >= 10 or whole else 2), paint=_disc(radius / LARGEST * 0.095)
        )


def _disc(radius: float) -> Paint:
    def paint(axes: Axes, y: float) -> None:
        axes.add_patch(shape_at("dot", (SAMPLE / 2, y, radius), facecolor=MUTUAL, edgecolor="none"))

    return paint


def _kind_rows(seen: Seen, words: dict[str, str]) -> Iterator[Row]:
    drawing = seen.composition.drawing
    for kind in seen.kinds:
        count = sum(1 for i in seen.nodes if drawing.nodes[i].kind == kind)
        yield Row(words.get(kind, kind), number(count, drawing.lang), _shape(seen.shape(kind), MUTUAL))


def _shape(shape: str, colour: str) -> Paint:
    def paint(axes: Axes, y: float) -> None:
        axes.add_patch(shape_at(shape, (SAMPLE / 2, y, 0.062), facecolor=colour, edgecolor="none"))

    return paint


def _group_rows(seen: Seen, words: dict[str, str]) -> Iterator[Row]:
    composition = seen.composition
    drawing = composition.drawing
    if not composition.group_names:
        return
    heads = {"community": "communities", "country": "countries", "kind": "kinds"}
    head = heads.get(drawing.colour_by)
    yield Row(words[head] if head else drawing.colour_by, head=True)
    sizes = [
        sum(1 for i in seen.nodes if composition.groups[i] == g) for g in range(len(composition.group_names))
    ]
    for group, names in enumerate(composition.group_names[:GROUPS]):
        if sizes[group]:
            yield Row(
                _group_name(seen, names, words), number(sizes[group], drawing.lang), _group(seen, group)
            )
    if rest := sum(sizes[GROUPS:]):
        more = len([size for size in sizes[GROUPS:] if size])
        told = (
            f"{number(more, drawing.lang)} {words['smaller']}"
            if drawing.colour_by == "community"
            else words["rest"]
        )
        yield Row(told, number(rest, drawing.lang), _group(seen, GROUPS))


def _group_name(seen: Seen, names: tuple[str, ...], words: dict[str, str]) -> str:
    drawing = seen.composition.drawing
    if drawing.colour_by != "community":
        return ", ".join(words.get(name, name) for name in names)
    return ", ".join(in_language(drawing.nodes[seen.number[key]].texts, drawing.lang) for key in names)


def _group(seen: Seen, group: int) -> Paint:
    if seen.composition.drawing.colour_by == "community":
        return lambda axes, y: badge_at(axes, group, SAMPLE / 2, y)
    kinds = {
        seen.composition.drawing.nodes[i].kind for i in seen.nodes if seen.composition.groups[i] == group
    }
    shape = (
        seen.shape(kinds.pop())
        if seen.composition.drawing.colour_by == "kind" and len(kinds) == 1
        else "square"
    )

    def paint(axes: Axes, y: float) -> None:
        axes.add_patch(
            shape_at(shape, (SAMPLE / 2, y, 0.065), facecolor=group_colour(group), edgecolor="none")
        )

    return paint
