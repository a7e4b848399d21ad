"""One request to a remote store over HTTP, made politely; every way it can fail is said in words.

In: a RemoteStore and what is sent. Out: the headers and the whole body of the answer. Standards: RFC 9110,
RFC 7617 (basic) and 7616 (digest), by `urllib.request`, whose one home this is. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import lru_cache
from time import monotonic, sleep
from typing import Final
from urllib import request
from urllib.error import HTTPError
from urllib.parse import urlencode

from coopgraph import __version__
from coopgraph.rdf.http_failures import BUSY, Sent, refused, unreachable
from coopgraph.settings.remote_store import RemoteStore, on_this_machine

ATTEMPTS: Final = 4
LONGEST_WAIT: Final = 60  # seconds; a store that asks for more is told to the user instead
_MOST_BYTES: Final = 1 << 30
_WORDS: Final = 300


@dataclass(frozen=True)
class Reply:
    """A whole answer."""

    headers: Message
    body: bytes


def post(store: RemoteStore, fields: Mapping[str, str], accept: str) -> Reply:
    """Ask a query, and ask again where the store says that it is busy; raises StoreError for all else."""
    return send(store, Sent(store.url, urlencode(fields).encode(), accept=accept))


def send(store: RemoteStore, sent: Sent) -> Reply:
    """Send to one of the addresses of a store, again where it says that it is busy; raises StoreError."""
    opener, challenges = _opener(replace(store, default=(), named=()), sent.shown)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _reply(opener, _request(store, sent, challenges), store)
        except HTTPError as answer:
            with answer:
                wait = _wait(answer, attempt)
                if wait is None:
                    raise refused(store, sent, answer.code, answer.headers, _words(answer)) from None
            sleep(wait)
        except (OSError, http.client.HTTPException, ValueError, LookupError) as error:
            # the last two are what urllib makes of a challenge that it cannot read
            raise unreachable(store, sent, error) from error
    raise AssertionError("the last attempt answers or raises")


def _request(store: RemoteStore, sent: Sent, challenges: _Digest | None) -> request.Request:
    headers = {
        "Accept": sent.accept,
        "User-Agent": _user_agent(store),
        "Content-Type": sent.kind,
    }
    asked = request.Request(sent.url, sent.body, headers, method="POST")
    if store.token:
        asked.add_unredirected_header("Authorization", f"Bearer {store.token}")
    if challenges is not None:
        challenges.answer_before_asked(asked)
    return asked


def _user_agent(store: RemoteStore) -> str:
    contact = f"; {store.contact}" if store.contact else ""
    return f"coopgraph/{__version__} (+https://w3id.org/coopgraph/{contact})"


class _Digest(request.HTTPDigestAuthHandler):
    """Digest that remembers the last challenge: else each body would be sent twice."""

    challenge: dict[str, str] | None = None

    def get_authorization(self, req: request.Request, chal: Mapping[str, str]) -> str | None:
        self.challenge = dict(chal)
        return super().get_authorization(req, chal)

    def answer_before_asked(self, asked: request.Request) -> None:
        if self.challenge is not None and (told := self.get_authorization(asked, self.challenge)):
            asked.add_unredirected_header(self.auth_header, f"Digest {told}")


@lru_cache(maxsize=16)  # reading the machine's certificates takes longer than most answers
def _opener(store: RemoteStore, url: str) -> tuple[request.OpenerDirector, _Digest | None]:
    """What speaks HTTP or HTTPS alone: no files, no FTP, no redirects; a proxy only beyond this machine.

    One for an address and whoever asks, whatever graphs: with it goes what is known of a challenge.
    """
    secure = url.startswith("https:")
    known = request.HTTPPasswordMgrWithDefaultRealm()
    digest = None
    if store.user is not None and store.password is not None:
        known.add_password(None, url, store.user, store.password)
        digest = _Digest(known)
    handlers = [
        *([] if on_this_machine(url) else [request.ProxyHandler()]),
        request.HTTPSHandler(context=ssl.create_default_context()) if secure else request.HTTPHandler(),
        request.HTTPErrorProcessor(),
        request.HTTPDefaultErrorHandler(),
        *([digest, request.HTTPBasicAuthHandler(known)] if digest else []),
    ]
    opener = request.OpenerDirector()
    for handler in handlers:
        opener.add_handler(handler)
    return opener, digest


def _reply(opener: request.OpenerDirector, asked: request.Request, store: RemoteStore) -> Reply:
    late = monotonic() + store.seconds
    with opener.open(asked, timeout=store.seconds) as answer:
        body = _body(answer, late, store)
        stated = answer.headers.get("Content-Length")
        if stated and stated.isdigit() and int(stated) != len(body):
            raise http.client.IncompleteRead(body, int(stated) - len(body))
        return Reply(answer.headers, body)


def _body(answer: http.client.HTTPResponse, late: float, store: RemoteStore) -> bytes:
    """Read to the end, but not for ever: a store that sends a byte now and then is late too."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(1 << 16):
        parts.append(part)
        size += len(part)
        if size > _MOST_BYTES:
            raise OSError(f"the answer is larger than a gigabyte; lower {store.words.page_rows}")
        if monotonic() > late:
            raise TimeoutError
    return b"".join(parts)


def _wait(answer: HTTPError, attempt: int) -> float | None:
    """How long to wait before asking again; None where that is no use."""
    if answer.code not in BUSY or attempt == ATTEMPTS:
        return None
    wait = retry_after(answer.headers.get("Retry-After"), datetime.now(UTC))
    if wait is None:
        return float(2 ** (attempt - 1))
    return wait if wait <= LONGEST_WAIT else None


def retry_after(text: str | None, now: datetime) -> float | None:
    """Read `Retry-After`: seconds, or the moment as RFC 9110 writes it; None for anything else.

    >>> retry_after("7", datetime.now(UTC))
    7.0
    >>> retry_after("Wed, 21 Oct 2015 07:28:10 GMT", datetime(2015, 10, 21, 7, 28, tzinfo=UTC))
    10.0
    """
    if text is None or text.strip().isdecimal():
        return float(text) if text else None
    try:
        return max((parsedate_to_datetime(text) - now).total_seconds(), 0.0)
    except (ValueError, TypeError):  # no date, or one without its time zone
        return None


def _words(answer: HTTPError) -> str:
    """The first words of an error page in plain text; of a web page none."""
    if "html" in media_type(answer.headers):
        return ""
    try:
        text = answer.read(4 * _WORDS).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= _WORDS else plain[:_WORDS] + " ..."


def media_type(headers: Message) -> str:
    """What an answer says that it is, without its parameters."""
    return (headers.get("Content-Type") or "").split(";")[0].strip().lower()
