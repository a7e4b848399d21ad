"""The namespaces coopgraph writes, as plain strings: no RDF library is imported here.

Checked against the vocabularies themselves; note that WGS84 is http, not https (rdflib's own constant is
wrong).
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/coopgraph/"
COOP: Final = f"{BASE}ns#"
CONCEPT: Final = f"{BASE}concept/"
COUNTRY: Final = f"{BASE}country/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
SCHEMA: Final = "https://schema.org/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
WGS84: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#"
TIME: Final = "http://www.w3.org/2006/time#"
SDG: Final = "http://metadata.un.org/sdg/"
SDGO: Final = "http://metadata.un.org/sdg/ontology#"
SH: Final = "http://www.w3.org/ns/shacl#"
VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"

PREFIXES: Final[dict[str, str]] = {
    "coop": COOP,
    "concept": CONCEPT,
    "country": COUNTRY,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "org": ORG,
    "prov": PROV,
    "schema": SCHEMA,
    "foaf": FOAF,
    "geo": GEO,
    "wgs84": WGS84,
    "time": TIME,
    "sdg": SDG,
    "sdgo": SDGO,
    "sh": SH,
    "void": VOID,
}


def workspace_prefixes(base: str) -> dict[str, str]:
    """Return all prefixes a workspace with this base understands, `id:` and `graph:` among them.

    >>> workspace_prefixes("https://example.org/")["id"]
    'https://example.org/id/'
    """
    return PREFIXES | {"id": f"{base}id/", "graph": f"{base}graph/"}
