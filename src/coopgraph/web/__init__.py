"""The explorer and the SPARQL endpoint: a local web server over a workspace's releases."""

from __future__ import annotations

from coopgraph.web.app import make_app
from coopgraph.web.served import Served

__all__ = ["Served", "make_app"]
