"""What a request asks, by the SPARQL 1.1 Protocol: a query and its dataset, by GET, form or plain POST.

In: an HTTP request. Out: `Asked`, or `Refused` with the status, the words and what else to send.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from starlette.requests import Request

FORM: Final = "application/x-www-form-urlencoded"
PLAIN: Final = "application/sparql-query"
METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_MOST_FIELDS: Final = 1_000
_READS: Final = "This endpoint only reads: send a query, as `query`."


class Refused(Exception):
    """A request that is answered with an error: its status, what is wrong and what to do."""

    def __init__(self, status: int, said: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(said)
        self.status = status
        self.said = said
        self.headers = headers or {}


@dataclass(frozen=True)
class Asked:
    """A query, the graphs it runs on, the format and the release it names. No query: a description."""

    query: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    form: str | None = None
    release: str | None = None


async def read(request: Request) -> Asked:
    """Read a request; raises Refused."""
    if request.method in ("GET", "HEAD"):
        return _asked(_fields(request.scope["query_string"]))
    if request.method != "POST":
        allow = ", ".join(METHODS)
        raise Refused(405, f"{request.method} is not a way to ask. Use {allow}.", {"Allow": allow})
    kind, charset = content_type(request.headers.get("content-type", ""))
    if kind not in (FORM, PLAIN):
        said = f"A query is posted as {FORM} or {PLAIN}, not as {kind or 'something without a type'}."
        said = _READS if kind == "application/sparql-update" else said
        raise Refused(415, said, {"Accept-Post": f"{FORM}, {PLAIN}"})
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"A query is read as UTF-8, not as {charset}. Send it as UTF-8.")
    fields = _fields(request.scope["query_string"])
    body = await _body(request)
    if kind == FORM:
        for name, values in _fields(body).items():
            fields[name] = [*fields.get(name, ()), *values]
        if "query" not in fields and "update" not in fields:
            raise Refused(400, "The form has no field `query`. Put the query there.")
        return _asked(fields)
    if "query" in fields:
        raise Refused(400, "Two queries were sent, one as the body and one in the address. Send one.")
    return _asked({**fields, "query": [_decoded(body)]})


async def form_fields(request: Request) -> dict[str, list[str]]:
    """The fields of an address and, posted, of a form, each with all its values; raises Refused."""
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        kind, _ = content_type(request.headers.get("content-type", ""))
        if kind != FORM:
            raise Refused(415, f"Post a form ({FORM}), not {kind or 'something without a type'}.")
        for name, values in _fields(await _body(request)).items():
            fields[name] = [*fields.get(name, ()), *values]
    return fields


def content_type(value: str) -> tuple[str, str]:
    """The media type and the charset of a `Content-Type`.

    >>> content_type('Text/CSV; charset="UTF-8"')
    ('text/csv', 'utf-8')
    """
    kind, *parameters = (part.strip() for part in value.lower().split(";"))
    charset = next((part[8:].strip('"') for part in parameters if part.startswith("charset=")), "")
    return kind, charset


def _asked(fields: dict[str, list[str]]) -> Asked:
    if any(name in fields for name in ("update", "using-graph-uri", "using-named-graph-uri")):
        raise Refused(400, _READS)
    for name in ("query", "release"):
        if len(fields.get(name, ())) > 1:
            raise Refused(400, f"`{name}` was sent {len(fields[name])} times. Send one.")
    return Asked(
        fields.get("query", [None])[0],
        tuple(fields.get("default-graph-uri", ())),
        tuple(fields.get("named-graph-uri", ())),
        fields.get("format", [None])[0],
        fields.get("release", [None])[0],
    )


def _fields(data: bytes) -> dict[str, list[str]]:
    """The fields of a form or an address, each with all its values."""
    try:
        pairs = parse_qsl(_decoded(data), True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused(400, "The request is not UTF-8. Percent-encode the bytes of UTF-8.") from None
    except ValueError:
        raise Refused(400, f"The request has more than {_MOST_FIELDS:,} fields.") from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"Byte {error.start + 1} of what was sent is not UTF-8.") from None


async def _body(request: Request) -> bytes:
    try:
        return await request.body()
    except HTTPException as error:  # it is too long
        raise Refused(error.status_code, error.detail) from None
    except ClientDisconnect:
        raise Refused(400, "The connection was closed before the query was whole.") from None
