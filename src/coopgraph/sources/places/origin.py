"""GeoNames as a source of the graph, so that what comes from the gazetteer cites it.

In: the gazetteer of a build. Out: the statements that describe `id:source/geonames`, where no table of the
workspace does.
"""

from __future__ import annotations

from coopgraph.columns.duck import Connection, column, constant
from coopgraph.namespaces import COOP, DCTERMS, RDF, SCHEMA, XSD
from coopgraph.rdf.terms import iri_term, literal_term
from coopgraph.sources.places.gazetteer import Gazetteer
from coopgraph.sources.quads import QUADS
from coopgraph.sources.rdffiles import insert_quads

SOURCE = "geonames"


def describe_gazetteer(gazetteer: Gazetteer, base: str, connection: Connection) -> int:
    """Describe GeoNames as a source and return how many statements that took."""
    source = iri_term(f"{base}id/source/{SOURCE}")
    is_described = (column("s") == constant(source)) & (column("p") == constant(f"<{RDF}type>"))
    if connection.table(QUADS).filter(is_described).limit(1).fetchall():
        return 0
    said = (
        (f"<{RDF}type>", f"<{COOP}Source>"),
        (f"<{DCTERMS}title>", literal_term(gazetteer.title)),
        (f"<{DCTERMS}publisher>", literal_term("GeoNames")),
        (f"<{DCTERMS}license>", "<https://creativecommons.org/licenses/by/4.0/>"),
        (f"<{SCHEMA}url>", f'"https://www.geonames.org/"^^<{XSD}anyURI>'),
    )
    graph = iri_term(f"{base}graph/{SOURCE}")
    return insert_quads([(source, predicate, object_, graph) for predicate, object_ in said], connection)
