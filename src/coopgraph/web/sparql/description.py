"""What the endpoint tells programs of itself when it is asked without a query.

In: a request, the release and its limits. Out: a service description in an RDF format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.rdf.service import Service, description

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.rdf.limits import Limits
    from coopgraph.release import Release


def address(request: Request) -> str:
    """The endpoint's own address, as it was asked."""
    return f"{request.url.scheme}://{request.url.netloc}/sparql"


def described(request: Request, release: Release, limits: Limits, form: str) -> bytes:
    """Describe the endpoint over a release."""
    manifest = release.manifest
    counted = manifest.counts.get("graphs", {})
    title = str(manifest.workspace.get("title") or "coopgraph")
    licence = manifest.workspace.get("licence")
    merged = manifest.stored - manifest.quads if counted else None
    service = Service(address(request), title, _about(limits), licence, merged, dict(counted))
    return description(service, form)


def _about(limits: Limits) -> str:
    return (
        "Read only. The default graph is the merge of all named graphs, each statement once. Refused: "
        "updates, SERVICE, FROM with several graphs, what the engine is known to answer wrongly. A query may "
        f"take {limits.seconds:g} seconds and {limits.memory:,} bytes of memory. An answer has at most "
        f"{limits.rows:,} rows and {limits.size:,} bytes; one that was cut says so in Coopgraph-Truncated."
    )
