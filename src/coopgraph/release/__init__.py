"""Releases: published, opened, managed."""

from __future__ import annotations

from coopgraph.release.evidence import Evidence
from coopgraph.release.graph import compress, read_graph
from coopgraph.release.locate import find_workspace
from coopgraph.release.manifest import Manifest, read_manifest, sha256
from coopgraph.release.opened import Release
from coopgraph.release.opening import open_release as open
from coopgraph.release.publishing import Published, publish, staging
from coopgraph.release.tables import TableSet, make_tables, newest_retrieved

__all__ = [
    "Evidence",
    "Manifest",
    "Published",
    "Release",
    "TableSet",
    "compress",
    "find_workspace",
    "make_tables",
    "newest_retrieved",
    "open",
    "publish",
    "read_graph",
    "read_manifest",
    "sha256",
    "staging",
]
