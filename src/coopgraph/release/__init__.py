"""Releases: published, opened, managed."""

from __future__ import annotations

from coopgraph.release.manifest import Manifest
from coopgraph.release.opened import Release
from coopgraph.release.opened import open_release as open
from coopgraph.release.publishing import Published, publish, staging

__all__ = ["Manifest", "Published", "Release", "open", "publish", "staging"]
