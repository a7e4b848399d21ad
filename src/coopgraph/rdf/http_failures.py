"""Why a remote store did not answer, said in words a user can act on.

In: what was sent, and the status or the error that came of it. Out: a StoreError that names what to look
at: the key of the workspace file, or whatever the store's words call it. Standard: RFC 9110.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from dataclasses import dataclass
from email.message import Message
from typing import Final
from urllib.error import URLError
from urllib.parse import urlsplit

from coopgraph.errors import StoreError
from coopgraph.settings.remote_store import RemoteStore

BUSY: Final = (429, 503)
_FAILED: Final = (500, 502, 504)


class Passing(StoreError):
    """What may be otherwise when asked again: an answer that was cut, late, or failed over there."""


@dataclass(frozen=True)
class Sent:
    """What is sent to an address."""

    url: str
    body: bytes
    kind: str = "application/x-www-form-urlencoded; charset=utf-8"
    accept: str = "*/*"

    @property
    def shown(self) -> str:
        """The address without what may be secret in it."""
        return self.url.split("?")[0]


def refused(store: RemoteStore, sent: Sent, code: int, headers: Message, words: str) -> StoreError:
    """Say in words why a store did not do what it was asked."""
    said = f' It says: "{words}"' if words else ""
    kind = Passing if code in _FAILED else StoreError
    return kind(f"The {store.words.store} {sent.shown} {_meaning(store, sent, code, headers, words)}{said}")


def _meaning(store: RemoteStore, sent: Sent, code: int, headers: Message, words: str) -> str:
    key, what = _key(store, sent)
    if 300 <= code < 400:
        place = headers.get("Location") or "elsewhere"
        return f"has moved (HTTP {code}) to {place}. {store.words.ask_elsewhere} if you trust it."
    if code in (401, 403):
        return _unknown(store, code)
    if code in (404, 405, 410):
        return f"answers no {what} at this address (HTTP {code}). Check {key}."
    if code in BUSY:
        wait = headers.get("Retry-After")
        asks = f" and asks to wait {wait} seconds" if wait and wait.strip().isdecimal() else ""
        return f"is busy (HTTP {code}){asks}. Try again later."
    if "SR186" in words:
        return f"does not let this user write (HTTP {code}). In Virtuoso: GRANT SPARQL_UPDATE to this user."
    if "SR353" in words:
        lower = f"Lower {store.words.page_rows}; Virtuoso sorts 10,000."
        return f"cannot sort as many rows (HTTP {code}). {lower}"
    if code == 400:
        ours = "a query" if sent.url == store.url else "a request"
        return f"does not take {ours} of ours (HTTP 400). It must speak SPARQL 1.1."
    return f"failed (HTTP {code}). Try again later, or ask who runs it."


def _key(store: RemoteStore, sent: Sent) -> tuple[str, str]:
    """What names an address, with a hint, and what is spoken there."""
    if sent.url == store.url:
        return f"{store.words.address}: it often ends in /sparql", "SPARQL"
    if sent.url == store.update_url:
        return "`update_url` in [store]", "SPARQL update"
    return "`graph_store_url` in [store]", "graph store protocol"


def _unknown(store: RemoteStore, code: int) -> str:
    if store.token:
        return f"does not accept the token (HTTP {code}). Check the variable that token_variable names."
    if store.user:
        return (
            f"does not accept the user and the password, or does not let them do this (HTTP {code}). Check "
            "the variables that user_variable and password_variable name, and what this user may do there."
        )
    return (
        f"asks who you are (HTTP {code}). Name a variable with a token: token_variable in [store]; or with a "
        "user and a password: user_variable and password_variable."
    )


def unreachable(store: RemoteStore, sent: Sent, error: Exception) -> StoreError:
    """Say in words why no whole answer came."""
    reason = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    parts = urlsplit(sent.url)
    if isinstance(reason, socket.gaierror):
        told = f"There is no host {parts.hostname}: its name is not known here."
        return StoreError(f"{told} Check {store.words.address_there}, and your connection.")
    if isinstance(reason, ssl.SSLCertVerificationError):
        why = f"its certificate is not trusted: {reason.verify_message}. Ask who runs it"
    elif isinstance(reason, ssl.SSLError):
        why = f"no secure connection can be made: {reason.reason}. Check whether it speaks https"
    elif isinstance(reason, TimeoutError):
        why = f"it did not answer within {store.seconds} s. Try again, or {store.words.wait_longer}"
    elif isinstance(reason, ConnectionRefusedError):
        there = store.words.address_there
        why = f"nothing answers at this address. Check {there}, and that the store runs"
    elif isinstance(reason, http.client.IncompleteRead):
        why = "its answer was cut off. Nothing of it is used; ask again"
    elif isinstance(reason, ConnectionError | http.client.HTTPException):
        why = "it broke off the connection, or does not speak HTTP. Ask again, and check `store`"
    elif isinstance(reason, ValueError | LookupError) or (isinstance(reason, URLError) and store.user):
        why = "it asks for a user and a password in a way not known here. Ask who runs it for a token"
    else:
        why = f"{(reason.strerror if isinstance(reason, OSError) else None) or reason}"
    passing = isinstance(reason, TimeoutError | http.client.HTTPException | ConnectionError)
    kind = Passing if passing and not isinstance(reason, ConnectionRefusedError) else StoreError
    return kind(f"The {store.words.store} {sent.shown} cannot be asked: {why}.")
