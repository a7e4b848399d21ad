"""The difference of two releases as an RDF Patch: applied to the one it gives the other exactly.

In: two open releases. Out: lines. Format: RDF Patch, https://afs.github.io/rdf-delta/rdf-patch (header, one
transaction, a row `D` or `A` for each quad). Unlike the comparison, it has the ontology and provenance too.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Final

from coopgraph.release.compare.changes import changes
from coopgraph.release.opened import Release

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/coopgraph/")


def patch(before: Release, after: Release) -> Iterator[bytes]:
    """Yield the rows of the patch, the removed statements of a subject before the added ones.

    Its `id` is worked out from what the two releases hold, `prev` from the earlier one: the same releases
    give the same patch.
    """
    yield f"H id <uuid:{_uuid(before, after)}> .\n".encode()
    yield f"H prev <uuid:{_uuid(before)}> .\n".encode()
    yield b"TX .\n"
    for change in changes(before, after):
        for line in change.removed:
            yield b"D " + line + b"\n"
        for line in change.added:
            yield b"A " + line + b"\n"
    yield b"TC .\n"


def _uuid(*releases: Release) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, " ".join(release.manifest.graph_sha256 for release in releases))
