"""Draw the tiny networks of docs/measures.md: python docs/images/measures.py

In: `measures.toml`. Out: `measure-*.svg` beside this file, the numbers in them worked out by coopgraph. A
test draws them again and compares.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import atan2, cos, hypot, pi, sin
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import networkx as nx

import coopgraph as cg

INK, QUIET, EDGE, PALE = "#15202b", "#4a5b6c", "#7d8b99", "#e4edf5"
GROUPS = ("#0a5c9e", "#b8561b", "#2f7d57", "#75529b")
FONT = "font-family='system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif'"
LEAST, MOST = 17.0, 25.0  # radii
HEAD = 9.0  # of an arrow
MARGIN, TITLE, FOOT = 24.0, 62.0, 38.0


SCORES: dict[str, Callable[[Any], Mapping[str, Any]]] = {
    "peer_exchange": cg.peer_exchange_centrality,
    "degree": cg.degree,
    "strength": cg.strength,
    "betweenness": cg.betweenness_centrality,
    "harmonic": cg.harmonic_centrality,
    "pagerank": cg.pagerank,
    "katz": lambda G: cg.katz_centrality(G, alpha=0.5),
    "givers": lambda G: cg.hits(G)[0],
    "receivers": lambda G: cg.hits(G)[1],
    "core": cg.core_number,
    "constraint": cg.constraint,
    "participation": cg.participation_coefficient,
    "interlocking": cg.interlocking_connectivity,
}


@dataclass(frozen=True)
class Panel:
    """One network: where nodes lie, who gives to whom, what is written into the circles."""

    title: str
    at: Mapping[str, tuple[float, float]]
    edges: tuple[str, ...]  # "a>b" one way, "a=b" both ways, "a-b" without direction; "a>b*3" weighs 3
    scores: Mapping[str, Any] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    digits: int = 2
    squares: tuple[str, ...] = ()
    stacked: tuple[str, ...] = ()  # nodes with another right below
    width: float = 300
    height: float = 150


def graph(*edges: str, groups: Mapping[str, int] | None = None) -> Any:
    """Return the networkx graph of edges written as in a Panel."""
    directed = not any("-" in edge for edge in edges)
    G: Any = nx.DiGraph() if directed else nx.Graph()
    for edge in edges:
        ends, _, weight = edge.partition("*")
        u, mark, v = ends.partition(next(mark for mark in ">=-" if mark in ends))
        pairs = [(u, v), (v, u)] if mark == "=" else [(u, v)]
        G.add_weighted_edges_from((*pair, float(weight or 1)) for pair in pairs)
    nx.set_node_attributes(G, groups or {}, "country")
    return G


def drawn(panels: list[Panel]) -> str:
    """Return panels side by side as SVG."""
    width = sum(panel.width for panel in panels) + MARGIN * 2
    height = max(panel.height for panel in panels) + TITLE + FOOT
    parts, left = [], MARGIN
    for panel in panels:
        parts.append(f"<g transform='translate({left:g} {TITLE:g})'>{''.join(_panel(panel))}</g>")
        left += panel.width
    said = "; ".join(filter(None, (panel.title for panel in panels)))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}' width='{width:g}' "
        f"height='{height:g}' role='img' aria-label='{escape(said)}' {FONT}>"
        f"<rect width='{width:g}' height='{height:g}' rx='10' fill='#ffffff' stroke='#dfe5eb'/>"
        f"{''.join(parts)}</svg>\n"
    )


def _panel(panel: Panel) -> Iterator[str]:
    yield _text(panel.width / 2, -34, panel.title, size=14, color=INK, bold=True)
    radii = dict(_radii(panel))
    for edge in panel.edges:
        yield from _edge(edge, panel, radii)
    for name, (x, y) in panel.at.items():
        color = GROUPS[panel.groups.get(name, 0)]
        if name in panel.squares:
            side = radii[name] * 1.7
            yield (
                f"<rect x='{x - side / 2:g}' y='{y - side / 2:g}' width='{side:g}' height='{side:g}' rx='4' "
                f"fill='{PALE}' stroke='{color}' stroke-width='1.6'/>"
            )
        else:
            yield f"<circle cx='{x:g}' cy='{y:g}' r='{radii[name]:g}' fill='{color}'/>"
        ink = INK if name in panel.squares else "#ffffff"
        score = _written(panel.scores.get(name, ""), panel.digits)
        yield _text(x, y + 4, score, size=12, color=ink, bold=True)
        yield _name(name, panel, radii[name])


def _name(name: str, panel: Panel, radius: float) -> str:
    """Write a name beside its circle, on the side furthest from its edges."""
    x, y = panel.at[name]
    ways = [
        atan2(panel.at[end][1] - y, panel.at[end][0] - x)
        for u, v in (_ends(edge) for edge in panel.edges)
        for end in (u, v)
        if name in (u, v) and end != name
    ]
    sides = (pi / 2, -pi / 2, pi, 0.0)

    def free(side: float) -> float:
        return min((abs((side - way + pi) % (2 * pi) - pi) for way in ways), default=pi)

    upright = sides[:2] if name not in panel.stacked else ()
    side = next((side for side in upright if free(side) > 0.95), None)
    if side is None:
        side = max(sides, key=lambda side: round(free(side), 3))
    anchor = {pi: "end", 0.0: "start"}.get(side, "middle")
    far = radius + (6 if anchor != "middle" else 15 if side > 0 else 7)
    down = 4 if anchor != "middle" else 0
    return _text(
        x + far * round(cos(side)),
        y + far * round(sin(side)) + down,
        name,
        size=12.5,
        color=QUIET,
        halo=True,
        anchor=anchor,
    )


def _ends(edge: str) -> tuple[str, str]:
    ends = edge.partition("*")[0]
    u, _, v = ends.partition(next(mark for mark in ">=-" if mark in ends))
    return u, v


def _written(score: Any, digits: int) -> str:
    if score is None:
        return "–"
    return score if isinstance(score, str) else f"{score:.{digits}f}" if score else "0"


def _radii(panel: Panel) -> Iterator[tuple[str, float]]:
    """Let the area follow the score."""
    numbers = [abs(score) for score in panel.scores.values() if isinstance(score, int | float)]
    most = max(numbers, default=0) or 1
    for name in panel.at:
        score = panel.scores.get(name)
        share = abs(score) / most if isinstance(score, int | float) else 0.3
        yield name, round(LEAST + (MOST - LEAST) * share**0.5, 2)


def _edge(edge: str, panel: Panel, radii: Mapping[str, float]) -> Iterator[str]:
    ends, _, weight = edge.partition("*")
    mark = next(mark for mark in ">=-" if mark in ends)
    u, v = ends.split(mark)
    (x1, y1), (x2, y2) = panel.at[u], panel.at[v]
    far = hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / far, (y2 - y1) / far
    if any(other.startswith(f"{v}>{u}") for other in panel.edges):  # room for the way back
        x1, y1, x2, y2 = x1 + dy * 6, y1 - dx * 6, x2 + dy * 6, y2 - dx * 6
    start = radii[u] + (4 if mark == "=" else 2)
    end = radii[v] + (2 if mark == "-" else 4)
    ax, ay, bx, by = x1 + dx * start, y1 + dy * start, x2 - dx * end, y2 - dy * end
    thick = 1.6 + 1.3 * (float(weight or 1) - 1)
    back, front = (HEAD - 2 if mark == "=" else 0), (HEAD - 2 if mark != "-" else 0)
    yield (
        f"<line x1='{ax + dx * back:.1f}' y1='{ay + dy * back:.1f}' x2='{bx - dx * front:.1f}' "
        f"y2='{by - dy * front:.1f}' stroke='{EDGE}' stroke-width='{thick:g}'/>"
    )
    if mark != "-":
        yield _head(bx, by, dx, dy, thick)
    if mark == "=":
        yield _head(ax, ay, -dx, -dy, thick)
    if weight:
        yield _text(
            (ax + bx) / 2 + dy * 13, (ay + by) / 2 - dx * 13 + 4, weight, size=12, color=QUIET, halo=True
        )


def _head(x: float, y: float, dx: float, dy: float, thick: float) -> str:
    wide = 3.4 + thick * 0.6
    points = (
        (x, y),
        (x - dx * HEAD - dy * wide, y - dy * HEAD + dx * wide),
        (x - dx * HEAD + dy * wide, y - dy * HEAD - dx * wide),
    )
    return f"<polygon points='{' '.join(f'{a:.1f},{b:.1f}' for a, b in points)}' fill='{EDGE}'/>"


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    color: str,
    bold: bool = False,
    halo: bool = False,
    anchor: str = "middle",
) -> str:
    extra = " font-weight='600'" if bold else ""
    extra += " stroke='#ffffff' stroke-width='4' stroke-linejoin='round' paint-order='stroke'" if halo else ""
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size:g}' fill='{color}' text-anchor='{anchor}'{extra}>"
        f"{escape(text)}</text>"
    )


def panel_of(entry: Mapping[str, Any]) -> Panel:
    """Return a panel of `measures.toml`, its scores worked out."""
    edges, squares = tuple(entry["edges"].split()), tuple(entry.get("squares", "").split())
    at = {name: (float(x), float(y)) for name, x, y in map(str.split, entry["at"].split(","))}
    groups = dict(_groups(entry.get("groups", "")))
    G = graph(*edges, groups=groups)
    nx.set_node_attributes(G, {name: int(name in squares) for name in G}, "bipartite")
    scores: Mapping[str, Any] = {}
    if entry.get("of") == "communities":
        groups = cg.communities(G).labels
    elif entry.get("of") == "role":
        scores = {"broker": cg.brokerage(G)[entry["title"]]["broker"]}
    elif "of" in entry:
        scores = SCORES[entry["of"]](G)
    return Panel(
        title=entry["title"],
        at=at,
        edges=edges,
        scores=scores,
        groups=groups,
        digits=entry.get("digits", 0 if entry.get("of") == "role" else 2),
        squares=squares,
        stacked=tuple(entry.get("stacked", "").split()),
        width=entry.get("width", 300),
        height=entry.get("height", 150),
    )


def _groups(text: str) -> Iterator[tuple[str, int]]:
    for pair in filter(None, text.split(",")):
        name, group = pair.split()
        yield name, int(group)


def pictures() -> dict[str, str]:
    """Return all pictures by name, as SVG."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: drawn([panel_of(entry) for entry in entries]) for name, entries in read.items()}


def main(folder: Path = Path(__file__).parent) -> None:
    """Write every picture."""
    for name, picture in pictures().items():
        (folder / f"measure-{name}.svg").write_text(picture, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
