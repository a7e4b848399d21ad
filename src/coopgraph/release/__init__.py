"""Releases: published, opened, managed."""

from __future__ import annotations

from coopgraph.release.opened import Release
from coopgraph.release.opened import open_release as open

__all__ = ["Release", "open"]
