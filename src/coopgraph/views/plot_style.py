"""What all plots share: paper, ink, type, a head, a foot, and the file.

In: words, and what a plot draws on its axes. Out: SVG whose text is text, with <title> and <desc> (SVG 2), or
PNG; the same bytes each time.

Draw within `styled()`, so that no setting of the user's shows, and give places in inches, from the left and
from the top of the body::

    with styled():
        sheet = new_sheet(title="...", subtitle="...", foot=["...", "..."], body=3.0)
        axes = axes_in(sheet, left=1.5, top=0.0, width=5.0, height=3.0)
        axes.plot(...)
        return save(sheet, Path("trend.svg"), description="What a reader who cannot see it should know.")

Colour is never alone: a series has a colour of SERIES and a marker and dashes of its own.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

from coopgraph.errors import ProjectionError
from coopgraph.views.drawing import clean
from coopgraph.views.writing import write_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAPER, INK, QUIET, FAINT, LINE, ACCENT = "#ffffff", "#17212b", "#566473", "#8a97a6", "#d9dfe6", "#0a5c9e"
SERIES = ("#0f6fb3", "#d98404", "#00936b", "#c2548f", "#cf5a12", "#52a9dd", "#7d2a57", "#83801f")
DASHES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (5, 1.5, 1, 1.5)))
WIDTH, MARGIN, INDENT = 8.8, 0.36, 0.12  # inches
TITLE, SUBTITLE, LABEL, TICK, FOOT = 15.0, 10.0, 9.5, 8.5, 7.5  # points
LEADING = 1.4  # of the size
ENDINGS = (".svg", ".png")
DOTS_PER_INCH = 200
_RC: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"],  # the first comes with matplotlib
    "text.parse_math": False,  # a name may hold a $
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "xtick.labelsize": TICK,
    "ytick.labelsize": TICK,
    "axes.labelsize": TICK,
    "svg.fonttype": "none",
    "svg.hashsalt": "coopgraph",
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sheet:
    """A figure with its head and foot drawn; the body is free.

    Attributes
    ----------
    figure, title
        The figure, and what it is called.
    top, bottom
        How far the body is from the upper and the lower edge, in inches.
    """

    figure: Figure
    title: str
    top: float
    bottom: float


@contextmanager
def styled() -> Iterator[None]:
    """Draw with these settings and no others, and leave matplotlib as it was."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


def checked_ending(path: str | Path) -> Path:
    """Return the path if it can be drawn to, or say what can."""
    target = Path(path)
    if target.suffix.lower() not in ENDINGS:
        raise ProjectionError(f"A plot is written as {' or '.join(ENDINGS)}, not as {target.name}.")
    return target


def new_sheet(*, title: str, subtitle: str, foot: Sequence[str], body: float, width: float = WIDTH) -> Sheet:
    """Return a sheet with head and foot around a body that is so many inches high; texts are wrapped."""
    from matplotlib.figure import Figure

    title, room = clean(title), width - 2 * MARGIN
    head = [
        *((line, TITLE, INK, "bold") for line in wrapped(title, TITLE, room, weight="bold")),
        *((line, SUBTITLE, QUIET, "normal") for line in wrapped(subtitle, SUBTITLE, room)),
    ]
    under = [(line, FOOT, QUIET, "normal") for text in foot for line in wrapped(text, FOOT, room)]
    top = MARGIN + _high(head) + 0.16
    bottom = MARGIN + _high(under) + 0.2
    figure = Figure(figsize=(width, top + body + bottom), facecolor=PAPER)
    sheet = Sheet(figure, title, top, bottom)
    _write_lines(sheet, head, MARGIN)
    _write_lines(sheet, under, top + body + 0.2)
    return sheet


def axes_in(sheet: Sheet, *, left: float, top: float, width: float, height: float) -> Axes:
    """Return axes in the body, placed in inches from the sheet's left edge and the body's upper one."""
    whole_width, whole_height = sheet.figure.get_size_inches()
    bottom = whole_height - sheet.top - top - height
    return sheet.figure.add_axes(
        (left / whole_width, bottom / whole_height, width / whole_width, height / whole_height)
    )


def text_at(
    sheet: Sheet,
    left: float,
    top: float,
    text: str,
    *,
    size: float,
    color: str = INK,
    ha: Literal["left", "center", "right"] = "left",
) -> None:
    """Write a line in the body, its middle so far from the body's upper edge, in inches."""
    width, height = sheet.figure.get_size_inches()
    place = (left / width, 1 - (sheet.top + top) / height)
    sheet.figure.text(*place, text, size=size, color=color, ha=ha, va="center_baseline")


def save(sheet: Sheet, path: str | Path, *, description: str) -> Path:
    """Write the sheet as its path's ending says, and return the path."""
    target, description = checked_ending(path), clean(description)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        content = _svg(sheet, description) if target.suffix.lower() == ".svg" else _png(sheet, description)
    _tell(told, target)
    write_whole(target, content)
    return target


def wrapped(text: str, size: float, width: float, *, weight: str = "normal") -> list[str]:
    """Return a text as lines no wider than so many inches; a single word that is wider is cut.

    >>> with styled():
    ...     wrapped("Who cooperates as an equal", 10, 1.2)
    ['Who cooperates', 'as an equal']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and inches(longer, size, weight=weight) <= width:
            lines[-1] = longer
        else:
            lines.append(shortened(word, size, width, weight=weight))
    return lines


def shortened(text: str, size: float, width: float, *, weight: str = "normal") -> str:
    """Return a text no wider than so many inches, with an ellipsis where it was cut.

    >>> with styled():
    ...     shortened("Santiago de Compostela", 10, 1.0)
    'Santiago de…'
    """
    if inches(text, size, weight=weight) <= width:
        return text
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        fits = inches(text[:middle].rstrip() + "…", size, weight=weight) <= width
        least, most = (middle, most) if fits else (least, middle - 1)
    return text[:least].rstrip() + "…"


def inches(text: str, size: float, *, weight: str = "normal") -> float:
    """Return how wide a text is."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        font = FontProperties(size=size, weight=weight)
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]) / 72


def _high(lines: Sequence[tuple[str, float, str, str]]) -> float:
    return sum(size * LEADING for _, size, _, _ in lines) / 72


def _write_lines(sheet: Sheet, lines: Sequence[tuple[str, float, str, str]], top: float) -> None:
    width, height = sheet.figure.get_size_inches()
    for line, size, colour, weight in lines:
        sheet.figure.text(
            MARGIN / width, 1 - top / height, line, size=size, color=colour, weight=weight, va="top"
        )
        top += size * LEADING / 72


def _svg(sheet: Sheet, description: str) -> bytes:
    """Return SVG that a screen reader reads as one picture with a name and a description."""
    text = io.StringIO()
    metadata = {"Date": None, "Creator": "coopgraph", "Title": sheet.title}
    sheet.figure.savefig(text, format="svg", metadata=metadata)
    svg = text.getvalue().replace(
        "<svg ", '<svg role="img" aria-labelledby="title" aria-describedby="desc" ', 1
    )
    named = f'<title id="title">{escape(sheet.title)}</title>\n <desc id="desc">{escape(description)}</desc>'
    before, rest = svg.split("<title>", 1)
    return (before + named + rest.split("</title>", 1)[1]).encode()


def _png(sheet: Sheet, description: str) -> bytes:
    content = io.BytesIO()
    metadata = {"Software": "coopgraph", "Title": sheet.title, "Description": description}
    sheet.figure.savefig(content, format="png", dpi=DOTS_PER_INCH, metadata=metadata)
    return content.getvalue()


def _tell(told: Sequence[Any], target: Path) -> None:
    """Say which characters the font lacks; in an SVG the reader's own fonts have them."""
    missing = sorted({str(warning.message) for warning in told if "Glyph" in str(warning.message)})
    for warning in told:
        if "Glyph" not in str(warning.message):
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    if missing and target.suffix.lower() == ".png":
        _log.warning(
            "%s: %d characters are not in the font and show as boxes. Write a .svg instead.",
            target.name,
            len(missing),
        )
