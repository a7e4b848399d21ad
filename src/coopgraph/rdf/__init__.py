"""RDF: terms, the store, SPARQL, SHACL and stored queries. The one home of pyoxigraph, rdflib and pySHACL."""

from __future__ import annotations

from coopgraph.rdf.limits import Limits
from coopgraph.rdf.parse import is_rdf_file, parse_quads, parse_rdf
from coopgraph.rdf.rules import infer
from coopgraph.rdf.shacl import ShapeViolation, check_shapes
from coopgraph.rdf.solutions import Solutions
from coopgraph.rdf.store import compact, create, extend, open_read_only

__all__ = [
    "Limits",
    "ShapeViolation",
    "Solutions",
    "check_shapes",
    "compact",
    "create",
    "extend",
    "infer",
    "is_rdf_file",
    "open_read_only",
    "parse_quads",
    "parse_rdf",
]
