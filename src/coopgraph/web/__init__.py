"""The explorer and the SPARQL endpoint: a local web server over a workspace's releases."""

from __future__ import annotations

from coopgraph.release.served import Served
from coopgraph.web.app import make_app

__all__ = ["Served", "make_app"]
