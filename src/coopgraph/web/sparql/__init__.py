"""The SPARQL 1.1 endpoint at `/sparql`: it reads, and never writes, fetches or answers wrongly in silence.

In: requests of the SPARQL 1.1 Protocol. Out: results in the formats of SPARQL 1.1 and RDF 1.1, or what is
wrong, where, and what to do. See docs/endpoint.md and decision 11.
"""

from __future__ import annotations

from coopgraph.web.sparql.answering import Endpoint
from coopgraph.web.sparql.routes import routes

__all__ = ["Endpoint", "routes"]
