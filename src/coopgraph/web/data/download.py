"""`POST /download/{csv,xlsx,gexf,graphml,jsonld,geojson,gpkg}`: what a page shows as a file to keep.

In: JSON: a table as `{title, columns, rows}`, or a part of the graph as `{title, nodes, links, events}` by
places in `/data/graph.json`; with `lang`, `release` and, of a table, the `sources` it rests on (IRIs;
default: all). Out: a file with title, date, sources and licence inside.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from coopgraph.errors import StoreError
from coopgraph.languages import LANGUAGE_NAMES
from coopgraph.letters import plain_letters
from coopgraph.web.data.graph import SIZED, packed_graph

if TYPE_CHECKING:
    from starlette.requests import Request

    from coopgraph.exports.about import About
    from coopgraph.release.served import Served
    from coopgraph.views.drawing import Source
    from coopgraph.web.data.graph import Packed

MOST_BYTES: Final = 32 << 20
LONGEST_NAME: Final = 60  # characters of a title in the name of a file; no word is cut
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}


async def download(request: Request) -> Response:
    """Answer with the file; raises HTTPException 400, 404, 410 or 413 for what cannot be made."""
    from starlette.concurrency import run_in_threadpool

    kind = request.path_params["format"]
    if kind not in TYPES:
        raise HTTPException(404, f"There is no format {kind[:20]!r}. Choose one of {', '.join(TYPES)}.")
    body = await body_of(request)
    served: Served = request.app.state.served
    content, name = await run_in_threadpool(_made, served, kind, body)
    return as_file(content, f"{name}.{kind}", TYPES[kind])


async def body_of(request: Request) -> dict[str, Any]:
    """Read the JSON object of a request, no more of it than `MOST_BYTES`."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > MOST_BYTES:
            raise HTTPException(
                413, f"A download is made of at most {MOST_BYTES >> 20} MB. Filter what is shown."
            )
    try:
        body = json.loads(read)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, f"This is no JSON: {error}.") from error
    if not isinstance(body, dict) or not isinstance(body.get("title", ""), str):
        raise HTTPException(400, "Send an object with a title and what to write.")
    if body.setdefault("lang", "en") not in LANGUAGE_NAMES:
        raise HTTPException(
            400,
            f"There is no language {str(body['lang'])[:20]!r}. Choose one of {', '.join(LANGUAGE_NAMES)}.",
        )
    return body


def release_of(served: Served, body: dict[str, Any]) -> str:
    """Return the id of the release a request names, else of the one in force."""
    identity = str(body.get("release") or served.current_id)
    try:
        served.release(identity)
    except StoreError as error:
        raise HTTPException(410, str(error)) from error
    return identity


def asks_for_all(found: Packed, body: dict[str, Any]) -> bool:
    """Whether a request names no part of the graph, or all of it.

    Raises HTTPException 400 for parts that are no lists of places.
    """
    if not any(name in body for name in SIZED):
        return True
    if not all(isinstance(body.get(name), list) for name in SIZED):
        raise HTTPException(400, "Send nodes, links and events as lists of places in the graph.")
    return all(body[name] == list(range(size)) for name, size in found.sizes.items())


def graph_part(served: Served, identity: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return the part of the graph a request names by places; all of it where it names none."""
    from coopgraph.views.explorer.seen import part_of

    found = packed_graph(served, identity)
    everything = asks_for_all(found, body)
    graph: dict[str, Any] = served.made(
        identity, "graph read", lambda _: json.loads(gzip.decompress(found.packed))
    )
    return graph if everything else part_of(graph, *(body[name] for name in SIZED))


def as_file(content: bytes, name: str, media: str) -> Response:
    """Return a response that a browser saves under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)


def file_name(title: str, now: str) -> str:
    """Return a name for a file that every system takes.

    >>> file_name("Ciudades: ¿quién da más?", "2026-11-22")
    'coopgraph-ciudades-quien-da-mas-2026-11-22'
    >>> file_name("Łódź", "")
    'coopgraph-lodz'
    >>> file_name("What sources report of cities and networks beside what is documented", "")
    'coopgraph-what-sources-report-of-cities-and-networks-beside-what-is'
    """
    words = re.sub(r"[^a-z0-9]+", "-", plain_letters(title)).strip("-")
    if len(words) > LONGEST_NAME:
        words = words[: LONGEST_NAME + 1].rpartition("-")[0] or words[:LONGEST_NAME]
    return "-".join(part for part in ("coopgraph", words, now) if part)


def _made(served: Served, kind: str, body: dict[str, Any]) -> tuple[bytes, str]:
    from coopgraph.exports.about import about

    identity = release_of(served, body)
    release = served.release(identity)
    title = str(body.get("title") or "")
    if "columns" in body or "rows" in body:
        told = about(release, title, body["lang"], _sources(served, identity, body.get("sources")))
        content = _table(kind, body, told)
    else:
        from coopgraph.exports.graph_sheets import sources_of

        graph = graph_part(served, identity, body)
        told = about(release, title, body["lang"], sources_of(graph))
        content = _graph(kind, graph, told)
    return content, file_name(title, told.now)


def _table(kind: str, body: dict[str, Any], told: About) -> bytes:
    from coopgraph.exports.sheet import sheet_from

    if kind not in ("csv", "xlsx"):
        raise HTTPException(400, f"A table is written as csv or xlsx, not as {kind}.")
    sheets = (sheet_from(body),)
    if kind == "csv":
        from coopgraph.exports.csv import as_csv

        return as_csv(sheets, told)
    from coopgraph.exports.xlsx import as_xlsx

    return as_xlsx(sheets, told)


def _graph(kind: str, graph: dict[str, Any], told: About) -> bytes:
    if kind in ("csv", "xlsx"):
        from coopgraph.exports.csv import as_csv
        from coopgraph.exports.graph_sheets import sheets_of
        from coopgraph.exports.xlsx import as_xlsx

        sheets = sheets_of(graph, told.lang)
        return as_csv((sheets[1],), told) if kind == "csv" else as_xlsx(sheets, told)
    if kind == "gexf":
        from coopgraph.exports.gexf import as_gexf as write
    elif kind == "graphml":
        from coopgraph.exports.graphml import as_graphml as write
    elif kind == "gpkg":
        from coopgraph.exports.geopackage import as_geopackage as write
    elif kind == "geojson":
        from coopgraph.exports.geojson import as_geojson as write
    else:
        from coopgraph.exports.jsonld import as_jsonld as write
    return write(graph, told)


def _sources(served: Served, identity: str, wanted: Any) -> list[Source]:
    """Return the sources named, or every source of the release."""
    from coopgraph.views.gathered import source_of

    rows = served.release(identity).table("sources").to_pylist()
    named = set(map(str, wanted)) if isinstance(wanted, list) else None
    return [source_of(row) for row in rows if named is None or row["source"] in named]


routes: Final = [Route("/download/{format}", download, methods=["POST"])]
