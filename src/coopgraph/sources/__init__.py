"""Files to quads: workspaces, readers, mappings, identities and provenance."""

from __future__ import annotations

from coopgraph.sources.source_spec import Lookup, SourceSpec
from coopgraph.sources.workspace import Limits, Workspace, load_workspace

__all__ = ["Limits", "Lookup", "SourceSpec", "Workspace", "load_workspace"]
