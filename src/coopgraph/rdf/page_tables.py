"""The plain tables among the reference pages: concept schemes, shapes, and the page that leads to all.

In: the graph of the schemes or shapes, and a language. Out: HTML5 that asks for nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from coopgraph.languages import LANGUAGE_NAMES
from coopgraph.namespaces import CONCEPT, PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_TITLES: Final = {
    "terms": {"en": "Classes and properties", "es": "Clases y propiedades", "pt": "Classes e propriedades"},
    "concepts": {"en": "Concept schemes", "es": "Esquemas de conceptos", "pt": "Esquemas de conceitos"},
    "shapes": {"en": "What is checked", "es": "Qué se comprueba", "pt": "O que se verifica"},
}
_HEADS: Final = {
    "concepts": {
        "en": ("concept", "definition"),
        "es": ("concepto", "definición"),
        "pt": ("conceito", "definição"),
    },
    "shapes": {
        "en": ("shape", "said when it is broken"),
        "es": ("forma", "lo que se dice cuando se incumple"),
        "pt": ("forma", "o que se diz quando não se cumpre"),
    },
}
_SEVERITY: Final = {
    "Violation": {"en": "stops a build", "es": "detiene la construcción", "pt": "detém a construção"},
    "Warning": {"en": "warning", "es": "aviso", "pt": "aviso"},
}
_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;width:100%}a{color:#004f9f}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #ccc}"
    "td:first-child{width:40%}code,small{font-size:.85em;color:#555;overflow-wrap:anywhere}"
)


def navigation(kind: str, language: str) -> str:
    """Return the links from one page to the others of its language, and to itself in the other languages.

    >>> navigation("terms", "en").count("<a ")
    4
    """
    others = [(f"{k}.{language}", titles[language]) for k, titles in _TITLES.items() if k != kind]
    others += [(f"{kind}.{tag}", name) for tag, name in LANGUAGE_NAMES.items() if tag != language]
    return "<p>" + " · ".join(f'<a href="{page}.html">{text}</a>' for page, text in others) + "</p>"


def index_page() -> str:
    """Return the page that leads to all others."""
    rows = []
    for tag, name in LANGUAGE_NAMES.items():
        links = (
            f'<td><a href="{kind}.{tag}.html">{titles[tag]}</a></td>' for kind, titles in _TITLES.items()
        )
        rows.append(f'<tr lang="{tag}"><td>{name}</td>{"".join(links)}</tr>')
    title = "The coopgraph ontology"
    return _page(title, "en", f"<h1>{title}</h1><table>{''.join(rows)}</table>")


def concepts_page(graph: Graph, language: str) -> str:
    """Return every scheme with its concepts and their definitions."""
    from rdflib import RDF, SKOS

    schemes = sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=_ours_first)
    body = ["<ul>"]
    body += [f'<li><a href="#{_slug(s)}">{_text(graph, s, language)}</a></li>' for s in schemes]
    body.append("</ul>")
    for scheme in schemes:
        body.append(f'<h2 id="{_slug(scheme)}">{_text(graph, scheme, language)}</h2>')
        body.append(
            f"<p>{_text(graph, scheme, language, SKOS.definition)}<br><code>{escape(str(scheme))}</code></p>"
        )
        members = sorted(graph.subjects(SKOS.inScheme, scheme), key=_natural)
        rows = ((_concept(graph, c, language), _text(graph, c, language, SKOS.definition)) for c in members)
        body.extend(_table("concepts", language, rows))
    return _titled("concepts", language, body)


def shapes_page(graph: Graph, language: str) -> str:
    """Return every shape with its path, its severity and what it says."""
    from rdflib import RDF, SH, URIRef

    shapes = sorted(s for s in graph.subjects(RDF.type, SH.PropertyShape) if isinstance(s, URIRef))
    rows = ((_shape(graph, each, language), _text(graph, each, language, SH.message)) for each in shapes)
    return _titled("shapes", language, _table("shapes", language, rows))


def _concept(graph: Graph, concept: Node, language: str) -> str:
    return f"{_text(graph, concept, language)}<br><code>{escape(str(concept))}</code>"


def _shape(graph: Graph, shape: Node, language: str) -> str:
    from rdflib import SH

    severity = _slug(graph.value(shape, SH.severity) or SH.Violation).rpartition("#")[2]
    where = " · ".join(sorted(_short(o) for p in (SH.targetClass, SH.path) for o in graph.objects(shape, p)))
    return f"{_slug(shape).rpartition('#')[2]}<br><small>{where}<br>{_SEVERITY[severity][language]}</small>"


def _short(node: Node) -> str:
    """Return an IRI by its prefix; a path or a shape without a name as three dots."""
    fits = [
        f"{name}:{str(node)[len(space) :]}" for name, space in PREFIXES.items() if str(node).startswith(space)
    ]
    return escape(min(fits, key=len, default="…"))


def _table(kind: str, language: str, rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    first, second = _HEADS[kind][language]
    yield f"<table><tr><th>{first}</th><th>{second}</th></tr>"
    for left, right in rows:
        yield f"<tr><td>{left}</td><td>{right}</td></tr>"
    yield "</table>"


def _text(graph: Graph, subject: Node, language: str, predicate: Node | None = None) -> str:
    """Return a node's text in a language, escaped: its name, or the property asked for."""
    from rdflib import SKOS, Literal

    texts = graph.objects(subject, predicate or SKOS.prefLabel)
    found = [str(text) for text in texts if isinstance(text, Literal) and text.language == language]
    return escape(min(found, default=""))


def _ours_first(scheme: Node) -> tuple[bool, str]:
    return not str(scheme).startswith(CONCEPT), str(scheme)


def _natural(node: Node) -> list[tuple[bool, int, str]]:
    """Order 2 before 10, and 11.3 before 11.a."""
    parts = re.split(r"(?<=[./])", str(node))
    return [
        (not part.rstrip(".").isdigit(), int(part.rstrip(".")) if part.rstrip(".").isdigit() else 0, part)
        for part in parts
    ]


def _slug(node: Node) -> str:
    return escape(str(node).rstrip("/").rsplit("/", 1)[-1])


def _titled(kind: str, language: str, body: Iterator[str] | list[str]) -> str:
    title = _TITLES[kind][language]
    lines = [navigation(kind, language), f"<h1>{title}</h1>", *body]
    return _page(title, language, "\n".join(lines))


def _page(title: str, language: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n'
    )
