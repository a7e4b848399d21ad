"""`POST /download/html`: what is seen as one file that opens without a server and asks nobody for anything.

In: JSON: `{title, lang, release, state, nodes, links, events}`, as of other downloads; `state` is the query
string of the page. Out: the Explore page with style, scripts and data in it. A Content Security Policy lets
exactly these run, by their hashes. It draws with the scripts of the site, whatever the number of nodes.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coopgraph.web.data.download import as_file, asks_for_all, body_of, file_name, graph_part, release_of
from coopgraph.web.data.graph import packed_graph
from coopgraph.web.shell import STATIC, page

if TYPE_CHECKING:
    from coopgraph.release.served import Served
    from coopgraph.views.drawing import Source

_HIDDEN: Final = "html[data-saved] [data-server]{display:none}"  # what only a server can do
_LONGEST: Final = 8000


@dataclass(frozen=True)
class Inlined:
    """The built style and scripts, and the policy that allows exactly them."""

    style: str
    theme: str
    script: str
    policy: str


async def save(request: Request) -> Response:
    """Answer with the page; raises HTTPException as other downloads do."""
    from starlette.concurrency import run_in_threadpool

    body = await body_of(request)
    return await run_in_threadpool(made, request, body)


def made(request: Request, body: dict[str, Any]) -> Response:
    """Return the file of a request that was read."""
    served: Served = request.app.state.served
    identity = release_of(served, body)
    graph, cited = _graph(served, identity, body)
    title = str(body.get("title") or "")[:300]
    html = _rendered(request, identity, body, graph=graph, cited=cited, heading=title)
    name = file_name(title, served.release(identity).now or "")
    return as_file(html, f"{name}.html", "text/html; charset=utf-8")


def _graph(served: Served, identity: str, body: dict[str, Any]) -> tuple[str, Sequence[Source]]:
    """Return the graph as text that no script element ends in, and the sources its events cite."""
    from coopgraph.exports.graph_sheets import sources_of
    from coopgraph.views.explorer.graph import as_text

    found = packed_graph(served, identity)
    if asks_for_all(found, body):
        told, cited = gzip.decompress(found.packed).decode(), list(found.sources)
    else:
        part = graph_part(served, identity, body)
        told, cited = as_text(part), sources_of(part)
    return told.replace("<", "\\u003c"), cited


def _rendered(request: Request, identity: str, body: dict[str, Any], **values: Any) -> bytes:
    """Render the page as one that is asked for in the reader's language and release."""
    from markupsafe import Markup

    scope = {
        "path_params": {"lang": body["lang"], "page": "explore"},
        "query_string": urlencode({"release": identity}).encode(),
    }
    built = inlined()
    values["graph"] = Markup(values["graph"])  # JSON without a `<`
    rendered = page(
        Request({**request.scope, **scope}),
        "saved.html.j2",
        rooms=("explore", "stage"),
        state=str(body.get("state") or "").lstrip("?")[:_LONGEST],
        policy=built.policy,
        style=Markup(built.style),
        theme=Markup(built.theme),
        script=Markup(built.script),
        **values,
    )
    return bytes(rendered.body)


@lru_cache(maxsize=1)
def inlined() -> Inlined:
    """Read what `front` built; our own files, without data."""
    style = (STATIC / "app.css").read_text("utf-8").strip() + _HIDDEN
    theme, script = (
        (STATIC / name).read_text("utf-8").strip().replace("</script", "<\\/script").replace("<!--", "<\\!--")
        for name in ("theme.js", "explore.js")
    )
    policy = (
        f"default-src 'none'; script-src {_hash(theme)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return Inlined(style, theme, script, policy)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


routes: Final = [Route("/download/html", save, methods=["POST"])]
