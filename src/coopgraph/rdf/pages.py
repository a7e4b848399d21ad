"""The ontology's reference pages: plain HTML files that open without a network, in each language.

In: the folder `ontology`. Out: for each language a page of classes and properties, made by pyLODE, one of the
concept schemes and one of the shapes; and a page that leads to them. pyLODE is the extra `coopgraph[docs]`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import ConfigError
from coopgraph.languages import LANGUAGE_NAMES
from coopgraph.namespaces import BASE
from coopgraph.rdf.page_tables import concepts_page, index_page, navigation, shapes_page

if TYPE_CHECKING:
    from rdflib import Graph

# The words pyLODE itself writes; it knows English only.
_WORDS: Final = {
    "Table of Contents": ("Índice", "Índice"),
    "Metadata": ("Metadatos", "Metadados"),
    "Classes": ("Clases", "Classes"),
    "Object Properties": ("Propiedades de objeto", "Propriedades de objeto"),
    "Datatype Properties": ("Propiedades de dato", "Propriedades de dados"),
    "Namespaces": ("Espacios de nombres", "Espaços de nomes"),
    "Legend": ("Leyenda", "Legenda"),
    "Title": ("Título", "Título"),
    "Creator": ("Autoría", "Autoria"),
    "Date Created": ("Creación", "Criação"),
    "Date Modified": ("Modificación", "Modificação"),
    "License": ("Licencia", "Licença"),
    "Version Iri": ("IRI de la versión", "IRI da versão"),
    "Version Info": ("Versión", "Versão"),
    "Preferred Namespace Prefix": ("Prefijo preferido", "Prefixo preferido"),
    "Preferred Namespace Uri": ("Espacio de nombres preferido", "Espaço de nomes preferido"),
    "Imports": ("Importa", "Importa"),
    "Description": ("Definición", "Definição"),
    "Is Defined By": ("Definido en", "Definido em"),
    "Sub Class Of": ("Subclase de", "Subclasse de"),
    "Super Class Of": ("Superclase de", "Superclasse de"),
    "Sub Property Of": ("Subpropiedad de", "Subpropriedade de"),
    "Domain": ("Dominio", "Domínio"),
    "Range": ("Rango", "Contradomínio"),
    "Domainincludes": ("Su dominio incluye", "O seu domínio inclui"),
    "Rangeincludes": ("Su rango incluye", "O seu contradomínio inclui"),
    "In Domain Of": ("En el dominio de", "No domínio de"),
    "In Domain Includes Of": ("Entre los dominios de", "Entre os domínios de"),
    "In Range Of": ("En el rango de", "No contradomínio de"),
}


def reference_pages(ontology: Path) -> dict[str, bytes]:
    """Return each page by its name; the same ontology gives the same bytes.

    Raises
    ------
    ConfigError
        When pyLODE is not installed.
    """
    terms = _parsed([ontology / "coopgraph.ttl", *(ontology / "modules").glob("*.ttl")])
    schemes = _parsed((ontology / "schemes").glob("*.ttl"))
    shapes = _parsed((ontology / "shapes").glob("*.ttl"))
    pages = {"index.html": index_page()}
    for language in LANGUAGE_NAMES:
        pages[f"terms.{language}.html"] = _terms_page(terms, language)
        pages[f"concepts.{language}.html"] = concepts_page(schemes, language)
        pages[f"shapes.{language}.html"] = shapes_page(shapes, language)
    return {name: page.encode() for name, page in pages.items()}


def _parsed(files: Iterable[Path]) -> Graph:
    from rdflib import Graph

    graph = Graph()
    for file in sorted(files):
        graph.parse(data=file.read_bytes(), format="turtle")
    return graph


def _terms_page(terms: Graph, language: str) -> str:
    """Return pyLODE's page in one language, with the links that lead on."""
    with _quiet():
        try:
            from pylode.profiles.ontpub import OntPub
        except ImportError:
            raise ConfigError(
                "The reference pages are made by pyLODE, which is not installed. "
                "Install it: pip install 'coopgraph[docs]'"
            ) from None
        page: str = OntPub(_for_pylode(terms, language)).make_html()
    page = page.replace("<html>", f'<html lang="{language}">', 1)
    page = page.replace("<body>", f"<body>{navigation('terms', language)}", 1)
    column = list(LANGUAGE_NAMES).index(language) - 1
    return page if column < 0 else re.sub(r">([A-Z][A-Za-z ]+)<", lambda m: _worded(m[1], column), page)


def _worded(words: str, column: int) -> str:
    return f">{_WORDS[words][column] if words in _WORDS else words}<"


def _for_pylode(graph: Graph, language: str) -> Graph:
    """Keep our terms, one language's texts and the root's ontology header: pyLODE would run them together."""
    from rdflib import OWL, RDF, Graph, Literal, URIRef

    root = min(graph.subjects(RDF.type, OWL.Ontology), key=str)
    modules = set(graph.subjects(RDF.type, OWL.Ontology)) - {root}
    kept = Graph()
    for prefix, space in sorted(graph.namespaces()):
        kept.bind(prefix, space)
    for subject, predicate, value in sorted(graph):
        ours = isinstance(subject, URIRef) and subject.startswith(BASE) and subject not in modules
        if ours and not (isinstance(value, Literal) and value.language not in (None, language)):
            kept.add((subject, predicate, value))
    return kept


@contextmanager
def _quiet() -> Iterator[None]:
    """Undo what importing pyLODE does to the logging of the whole process."""
    handlers, level, disabled = logging.root.handlers[:], logging.root.level, logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
        logging.disable(disabled)
