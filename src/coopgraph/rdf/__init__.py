"""RDF: terms, the store, SPARQL, SHACL and stored queries. The one home of pyoxigraph, rdflib and pySHACL."""

from __future__ import annotations

from coopgraph.rdf.limits import Limits
from coopgraph.rdf.solutions import Solutions

__all__ = ["Limits", "Solutions"]
