"""Who is let in, and what a browser may do with what it is given: before any page or query is looked at.

In: every request. Out: the same, or 403, 413, 421 or 401; on every response the headers that keep a browser
from fetching, framing or running anything but the site's own. Standards: RFC 9110, CSP 3, Fetch, RFC 6750.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from coopgraph.web.sparql.origins import is_allowed

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from coopgraph.web.settings import ServeSettings

_READ_AWAY: Final = 16 << 20
_SHARED: Final = ("sparql", "reconcile")  # what the sites of --allow-origin may ask
COOKIE: Final = "coopgraph-token"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


class Guards:
    """Middleware around the whole site."""

    def __init__(self, app: ASGIApp, settings: ServeSettings) -> None:
        self.app = app
        self.settings = settings
        self._hosts = settings.every_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sending = _with_headers(send)
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, sending)
            return
        await self.app(scope, _Limited(receive, self.settings.body_bytes), sending)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        return self._wrong_host(headers) or self._foreign(scope, headers) or self._stranger(scope, headers)

    def _wrong_host(self, headers: Headers) -> Response | None:
        """A name that is not ours: somebody else's page may have been led here by its own DNS."""
        host = host_of(headers.get("host", ""))
        if host in self._hosts or (self.settings.token is not None and is_number(host)):
            return None
        return _no(421, "This server does not answer to that name. Start it with --name NAME to allow it.")

    def _foreign(self, scope: Scope, headers: Headers) -> Response | None:
        """Another site's script, or its picture, frame or form; a link is followed."""
        room = scope["path"].partition("/")[2].partition("/")[0]
        if self.settings.origins and room in _SHARED:
            origin = headers.get("origin")
            if origin is None or is_allowed(origin, self.settings.origins):
                return None
        own = f"{scope['scheme']}://{headers.get('host', '')}"
        if "origin" in headers and headers["origin"].lower() != own.lower():
            return _no(
                403, "Another site asks. Allow it with --allow-origin, for /sparql and /reconcile alone."
            )
        cross = headers.get("sec-fetch-site") == "cross-site"
        if cross and (headers.get("sec-fetch-mode") != "navigate" or scope["method"] != "GET"):
            return _no(403, "Another site asks. Follow a link, or open the address yourself.")
        return None

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """Nobody without the token; in an address it becomes a cookie, and goes out of the address."""
        token = self.settings.token
        if token is None or scope["method"] == "OPTIONS":
            return None
        fields = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = next((value for name, value in fields if name == "token"), None)
        if shown is not None and scope["method"] == "GET" and _same(shown, token):
            rest = urlencode([field for field in fields if field[0] != "token"])
            return _kept(scope["path"] + (f"?{rest}" if rest else ""), token)
        if any(_same(one, token) for one in _tokens(headers)):
            return None
        said = (
            "This server needs a token. Open the address it told at its start, or send it as a bearer token."
        )
        return _no(401, said, {"WWW-Authenticate": 'Bearer realm="coopgraph"'})


class _Limited:
    """A `receive` that stops when too much comes, whatever was announced."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = self._left = most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            await self._read_away(message)
            raise HTTPException(413, f"The request has more than {self._most:,} bytes, the most allowed.")
        return message

    async def _read_away(self, message: Message) -> None:
        """Let a client that only then listens send the rest, up to a point, and keep none of it."""
        left = _READ_AWAY
        while message.get("more_body") and left > 0:
            message = await self._receive()
            left -= len(message.get("body", b""))


def host_of(host: str) -> str:
    """The name in a `Host` header, without its port; empty for what is none.

    >>> host_of("LocalHost:8642"), host_of("[::1]:80"), host_of("a@b"), host_of("127.0.0.1:x")
    ('localhost', '[::1]', '', '')
    """
    try:
        parts = urlsplit(f"//{host}")
        plain = parts.netloc == host and parts.username is None and (parts.port or True)
    except ValueError:
        return ""
    name = parts.hostname or ""
    return f"[{name}]" if plain and ":" in name else name if plain else ""


def is_number(host: str) -> bool:
    """Whether a host is an address in numbers, which no DNS can lead elsewhere.

    >>> is_number("192.0.2.7"), is_number("[2001:db8::1]"), is_number("example.org")
    (True, True, False)
    """
    try:
        return bool(ip_address(host.strip("[]")))
    except ValueError:
        return False


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _tokens(headers: Headers) -> Iterable[str]:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        yield token.strip()
    for piece in headers.get("cookie", "").split(";"):
        name, _, value = piece.strip().partition("=")
        if name == COOKIE:
            yield value


def _same(shown: str, token: str) -> bool:
    """Compare in a time that does not tell how much of it was right."""
    return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), token.encode())


def _kept(address: str, token: str) -> Response:
    """Lead to an address of this site with the token as a cookie; `//host` would lead away."""
    response = RedirectResponse("/" + address.lstrip("/"), 303, headers={"Cache-Control": "no-store"})
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
    return response


def _no(status: int, said: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{said}\n", status, headers={"Cache-Control": "no-store", **(headers or {})})
