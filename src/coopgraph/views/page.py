"""A composition -> one self-contained HTML page that opens offline and asks nobody for anything.

In: a `Composition`. Out: UTF-8 bytes. Pyvis holds nodes and links as plain types; the page is our own
template, because Pyvis's own reaches for a CDN and writes titles as HTML. Data enter by `tojson` and
autoescaping alone; the Content Security Policy allows exactly the style and the scripts written here, by
their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coopgraph.languages import LANGUAGE_NAMES
from coopgraph.views.compose import LARGEST, SMALLEST, SPACING, Composition
from coopgraph.views.drawing import Link, Note, Range, Texts, in_language, language_of, web_address
from coopgraph.views.said import notes
from coopgraph.views.seen import Seen
from coopgraph.views.standing import SHARES
from coopgraph.views.strings import ASSETS, check_language, strings


def render(composition: Composition, *, picture: bool = False) -> bytes:
    """Return the page; the same composition gives the same bytes.

    For a picture of it, what is worked by hand is left out, and what it rests on stands at the foot.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    drawing = composition.drawing
    lang = check_language(drawing.lang)
    style, library, script = (ASSETS / "page.css").read_text("utf-8"), _library(), _script()
    template = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    ).get_template("page.html.j2")
    page = template.render(
        lang=lang,
        title=in_language(drawing.title, lang),
        title_lang=_other(drawing.title, lang),
        s=strings()[lang],
        languages=list(LANGUAGE_NAMES.items()),
        policy=_policy(style, (library, script)),
        style=Markup(style),  # our own files: no data are in them
        library=Markup(library),
        script=Markup(script),
        columns=drawing.columns,
        rows=list(_rows(composition, lang)),
        sources=drawing.sources,
        now=drawing.now,
        licence=drawing.licence,
        licence_url=web_address(drawing.licence),
        drawing=_data(composition),
        picture=list(notes(Seen(composition))) if picture else [],
    )
    return page.encode("utf-8")


def _script() -> str:
    """Return our scripts as one, in the order of their names, in a scope of their own."""
    parts = [path.read_text("utf-8") for path in sorted((ASSETS / "js").glob("*.js"))]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "})();\n"


def _library() -> str:
    """Return the vis-network that Pyvis brings, without the address of its source map."""
    import pyvis

    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    newest = max(folder.glob("vis-*/vis-network.min.js"), key=lambda path: path.parent.name)
    lines = newest.read_text("utf-8").split("\n")  # not splitlines(): the strings in it hold U+2028
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def _policy(style: str, scripts: Iterable[str]) -> str:
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _rows(composition: Composition, lang: str) -> Iterable[dict[str, Any]]:
    """Return the table's rows as they read without the script, most important first."""
    drawing = composition.drawing
    for i in composition.importance:
        node = drawing.nodes[i]
        values = drawing.measures.get(node.key, {})
        yield {
            "id": i,
            "name": in_language(node.texts, lang),
            "lang": _other(node.texts, lang),
            "country": node.country,
            "cells": [_plain(values.get(column), column) for column in drawing.columns],
        }


def _other(texts: Texts, lang: str) -> str:
    """Return the language of a text that is not in the page's, so that it is read aloud as what it is."""
    own = language_of(texts, lang)
    return "" if own == lang else own


def _plain(value: float | Range | None, column: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, tuple):  # one where both ends are the same
        return "–".join(dict.fromkeys(_plain(end, column) for end in value))
    if column == "top_share":
        return f"{value:.0%}"
    return f"{value:.3f}" if column in SHARES else f"{value:.2f}".rstrip("0").rstrip(".")


def _data(composition: Composition) -> dict[str, Any]:
    drawing = composition.drawing
    number = {node.key: i for i, node in enumerate(drawing.nodes)}
    layer = {item.key: i for i, item in enumerate(drawing.layers)}
    nodes, edges = _in_pyvis(composition, number)
    return {
        "lang": drawing.lang,
        "title": dict(drawing.title),
        "now": drawing.now,
        "colour_by": drawing.colour_by,
        "size_by": drawing.size_by,
        "columns": list(drawing.columns),
        "radius": [SMALLEST, LARGEST],
        "nodes": nodes,
        "edges": edges,
        "about": _about(composition),
        "links": _links(composition, layer),
        "layers": [
            {
                "texts": dict(item.texts),
                "directed": item.directed,
                "shown": item.shown,
                "family": item.family,
                "arrow": item.arrow,
            }
            for item in drawing.layers
        ],
        "evidence": [
            {
                "texts": dict(item.texts),
                "date": item.date,
                "sources": list(item.sources),
                "certainty": item.certainty,
            }
            for item in drawing.evidence
        ],
        "sources": [{"title": s.title, "publisher": s.publisher, "url": s.url} for s in drawing.sources],
        "groups": _group_names(composition, number),
        "importance": list(composition.importance),
        "alone": list(composition.alone),
        "left_out": composition.left_out,
        "whole": dict(drawing.whole),
        "focus": number.get(drawing.focus, -1),
        "step": SPACING,
        "notes": [{"key": note.key, "values": _values(note)} for note in drawing.notes],
        "strings": strings(),
    }


def _values(note: Note) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in note.values.items()}


def _in_pyvis(
    composition: Composition, number: dict[str, int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return nodes and links as Pyvis holds them: whole numbers as ids, nothing to be read as HTML."""
    from pyvis.network import Network

    network = Network(directed=True)
    for i, (x, y) in enumerate(composition.points):
        network.add_node(i, label=" ", size=composition.radii[i], x=x, y=y, physics=False)
    for link in composition.drawing.links:
        network.add_edge(number[link.source], number[link.target])
    nodes = [{key: node[key] for key in ("id", "size", "x", "y")} for node in network.nodes]
    return nodes, [{"from": edge["from"], "to": edge["to"]} for edge in network.edges]


def _about(composition: Composition) -> list[dict[str, Any]]:
    drawing = composition.drawing
    return [
        {
            "texts": dict(node.texts),
            "kind": node.kind,
            "country": node.country,
            "url": node.url,
            "always": node.always,
            "facts": [list(fact) for fact in node.facts],
            "g": composition.groups[i],
            "m": [drawing.measures.get(node.key, {}).get(column) for column in drawing.columns],
        }
        for i, node in enumerate(drawing.nodes)
    ]


def _links(composition: Composition, layer: dict[str, int]) -> list[dict[str, Any]]:
    """Return what links carry; `lane` counts those between the same two nodes, drawn side by side."""
    lanes: dict[frozenset[str], int] = {}
    rows = []
    for link, strong in zip(composition.drawing.links, composition.strong, strict=True):
        dyad = frozenset((link.source, link.target))
        lanes[dyad] = lanes.get(dyad, -1) + 1
        rows.append(_link(link, layer[link.layer], lane=lanes[dyad], strong=strong))
    return rows


def _link(link: Link, layer: int, *, lane: int, strong: bool) -> dict[str, Any]:
    return {
        "layer": layer,
        "f": round(link.forward, 6),
        "b": round(link.backward, 6),
        "e": list(link.evidence),
        "facts": [list(fact) for fact in link.facts],
        "lane": lane,
        "strong": strong,
    }


def _group_names(composition: Composition, number: dict[str, int]) -> list[list[int]] | list[list[str]]:
    if composition.drawing.colour_by == "community":
        return [[number[key] for key in names] for names in composition.group_names]
    return [list(names) for names in composition.group_names]
