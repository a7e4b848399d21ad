"""The ontology's reference pages: plain HTML files that open without a network, in each language.

In: the folder `ontology`. Out: for each language a page of classes and properties, made by pyLODE, and a page
of the concept schemes; and one page that leads to them. pyLODE is the extra `coopgraph[docs]`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import ConfigError
from coopgraph.namespaces import CONCEPT

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

LANGUAGES: Final = {"en": "English", "es": "Español", "pt": "Português"}
_HEADS: Final = {
    "en": ("Concept schemes", "Classes and properties", "concept", "definition"),
    "es": ("Esquemas de conceptos", "Clases y propiedades", "concepto", "definición"),
    "pt": ("Esquemas de conceitos", "Classes e propriedades", "conceito", "definição"),
}
_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;width:100%}a{color:#004f9f}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #ccc}"
    "code{font-size:.85em;color:#555;overflow-wrap:anywhere}"
)


def reference_pages(ontology: Path) -> dict[str, bytes]:
    """Return each page by its name; the same ontology gives the same bytes.

    Raises ConfigError when pyLODE is not installed.
    """
    terms = _parsed([ontology / "coopgraph.ttl", *sorted((ontology / "modules").glob("*.ttl"))])
    schemes = _parsed(sorted((ontology / "schemes").glob("*.ttl")))
    pages = {"index.html": _index()}
    for language in LANGUAGES:
        pages[f"terms.{language}.html"] = _terms_page(_in_language(terms, language))
        pages[f"concepts.{language}.html"] = _concepts_page(schemes, language)
    return {name: page.encode() for name, page in pages.items()}


def _parsed(files: list[Path]) -> Graph:
    from rdflib import Graph

    graph = Graph()
    for file in files:
        graph.parse(data=file.read_bytes(), format="turtle")
    return graph


def _in_language(graph: Graph, language: str) -> Graph:
    """Keep one language's texts, and only the root's ontology header: pyLODE would run them together."""
    from rdflib import OWL, RDF, Graph, Literal

    root = min(graph.subjects(RDF.type, OWL.Ontology), key=str)
    modules = set(graph.subjects(RDF.type, OWL.Ontology)) - {root}
    kept = Graph()
    for prefix, space in sorted(graph.namespaces()):
        kept.bind(prefix, space)
    for subject, predicate, value in sorted(graph):
        other = isinstance(value, Literal) and value.language not in (None, language)
        if subject not in modules and not other:
            kept.add((subject, predicate, value))
    return kept


def _terms_page(graph: Graph) -> str:
    handlers, level, disabled = logging.root.handlers[:], logging.root.level, logging.root.manager.disable
    logging.disable()
    try:
        from pylode.profiles.ontpub import OntPub

        page: str = OntPub(graph).make_html()
    except ImportError:
        raise ConfigError(
            "The reference pages are made by pyLODE, which is not installed. "
            "Install it: pip install 'coopgraph[docs]'"
        ) from None
    finally:  # importing pyLODE configures the logging of the whole process
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
        logging.disable(disabled)
    return page


def _concepts_page(graph: Graph, language: str) -> str:
    from rdflib import RDF, SKOS

    title, terms, *heads = _HEADS[language]
    schemes = sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=_ours_first)
    body = [f'<p><a href="terms.{language}.html">{terms}</a></p><h1>{title}</h1><ul>']
    body += [f'<li><a href="#{escape(_slug(s))}">{_text(graph, s, language)}</a></li>' for s in schemes]
    body.append("</ul>")
    for scheme in schemes:
        body.append(f'<h2 id="{escape(_slug(scheme))}">{_text(graph, scheme, language)}</h2>')
        body.append(f"<p><code>{escape(str(scheme))}</code></p>")
        body.append(f"<table><tr><th>{heads[0]}</th><th>{heads[1]}</th></tr>")
        body.extend(_concept_row(graph, concept, language) for concept in _concepts(graph, scheme))
        body.append("</table>")
    return _page(title, language, "\n".join(body))


def _ours_first(scheme: Node) -> tuple[bool, str]:
    return not str(scheme).startswith(CONCEPT), str(scheme)


def _concepts(graph: Graph, scheme: Node) -> Iterator[Node]:
    from rdflib import SKOS

    members = {*graph.subjects(SKOS.inScheme, scheme), *graph.objects(scheme, SKOS.hasTopConcept)}
    yield from sorted(members, key=str)


def _concept_row(graph: Graph, concept: Node, language: str) -> str:
    from rdflib import SKOS

    defined = _text(graph, concept, language, SKOS.definition)
    iri = escape(str(concept))
    return f"<tr><td>{_text(graph, concept, language)}<br><code>{iri}</code></td><td>{defined}</td></tr>"


def _text(graph: Graph, subject: Node, language: str, *properties: Node) -> str:
    """Return a node's text in a language, escaped: its label, or the property asked for."""
    from rdflib import DCTERMS, SKOS, Literal

    for wanted in properties or (SKOS.prefLabel, DCTERMS.title):
        texts = [
            v for v in graph.objects(subject, wanted) if isinstance(v, Literal) and v.language == language
        ]
        if texts:
            return escape(str(min(texts)))
    return "" if properties else escape(_slug(subject))


def _slug(node: Node) -> str:
    return str(node).rstrip("/").rsplit("/", 1)[-1]


def _index() -> str:
    rows = "".join(
        f'<tr><td>{name}</td><td><a href="terms.{tag}.html" lang="{tag}">{_HEADS[tag][1]}</a></td>'
        f'<td><a href="concepts.{tag}.html" lang="{tag}">{_HEADS[tag][0]}</a></td></tr>'
        for tag, name in LANGUAGES.items()
    )
    return _page("The coopgraph ontology", "en", f"<h1>The coopgraph ontology</h1><table>{rows}</table>")


def _page(title: str, language: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n'
    )
