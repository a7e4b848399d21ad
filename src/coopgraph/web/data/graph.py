"""`/data/graph.json`: the whole graph of a release, packed once and kept by the browser.

In: `?release=ID` (default: the one in force). Out: JSON, gzipped, with an ETag (RFC 9110); a release never
changes, so what is asked for by its id need not be asked for again.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response
from starlette.routing import Route

from coopgraph.release.served import LIVE
from coopgraph.web.shell import asked

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.release import Release
    from coopgraph.release.served import Served
    from coopgraph.views.drawing import Source

SIZED: Final = {"nodes": "iri", "links": "source", "events": "iri"}  # what is counted by which column
_LEVEL: Final = 6


@dataclass(frozen=True)
class Packed:
    """The graph as gzipped JSON, what it is recognised by, and what of it is asked for alone."""

    packed: bytes
    etag: str
    measures: Mapping[str, Mapping[str, Any]]  # of each city of the exchange network
    sizes: Mapping[str, int]  # how many nodes, links and events
    sources: tuple[Source, ...]  # that its events cite


def graph(request: Request) -> Response:
    """Answer with the graph, or with 304 where the browser has it."""
    this = asked(request)
    found = packed_graph(this.served, this.release_id)
    named = request.query_params.get("release") not in (None, "", LIVE)
    headers = {
        "ETag": found.etag,
        "Cache-Control": "private, max-age=86400, immutable" if named else "private, no-cache",
        "Vary": "Accept-Encoding",
    }
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=JSON)
    return Response(gzip.decompress(found.packed), headers=headers, media_type=JSON)


def packed_graph(served: Served, identity: str) -> Packed:
    """Return the graph of a release, made once."""
    return served.made(identity, "graph", _pack)


def _pack(release: Release) -> Packed:
    from coopgraph.exports.graph_sheets import sources_of
    from coopgraph.views.explorer.graph import as_json, graph_of

    graph = graph_of(release)
    sizes = {name: len(graph[name][key]) for name, key in SIZED.items()}
    told = as_json(graph)
    etag = f'"{hashlib.sha256(told).hexdigest()[:24]}"'
    packed = gzip.compress(told, _LEVEL, mtime=0)
    return Packed(packed, etag, _measures(graph["nodes"]), sizes, tuple(sources_of(graph)))


def _measures(nodes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    names = list(nodes["measures"])
    rows = zip(nodes["iri"], *nodes["measures"].values(), strict=True)
    return {
        iri: dict(zip(names, values, strict=True))
        for iri, *values in rows
        if any(v is not None for v in values)
    }


JSON: Final = "application/json"
routes: Final = [Route("/data/graph.json", graph)]
