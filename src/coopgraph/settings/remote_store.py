"""`store` of the workspace file: the remote SPARQL 1.1 store whose graph a workspace asks.

In: the top of a workspace file. Out: a `RemoteStore`, or None where the graph is built here.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from coopgraph.settings.section import Section

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class RemoteStore:
    """Where a remote store answers, and how it is asked: rows for each page, seconds for each answer.

    `token` is what the environment variable named in the file held; it is never shown.
    """

    url: str
    page_rows: int = 10_000
    seconds: int = 60
    token: str | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """The address without what may be secret in it."""
        return self.url.split("?")[0]

    @property
    def on_this_machine(self) -> bool:
        return is_loopback(urlsplit(self.url).hostname or "")


def read_store(top: Section, environment: Mapping[str, str] = os.environ) -> RemoteStore | None:
    """Read `store = "https://..."` or `[store]`; faults are added to those of the section.

    >>> top = Section("coopgraph.toml", (), {"store": "https://example.org/sparql"}, {}, [])
    >>> read_store(top)
    RemoteStore(url='https://example.org/sparql', page_rows=10000, seconds=60)
    """
    top.asked.add("store")
    if "store" not in top.table:
        return None
    if isinstance(top.table["store"], str):
        url = top.text("store") or ""
        for what, fix in _address_faults(url):
            top.fault(("store",), what, fix)
        return RemoteStore(url)
    return _section(top.section("store"), environment)


def is_loopback(host: str) -> bool:
    """Whether a host's name or number stands for this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("example.org")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _section(section: Section, environment: Mapping[str, str]) -> RemoteStore:
    url = section.text("url", required=True) or ""
    faults = _address_faults(url) if "url" in section.table else []
    for what, fix in faults:
        section.fault(("url",), what, fix)
    plain = RemoteStore(url)
    store = RemoteStore(
        url,
        section.number("page_rows", plain.page_rows),
        section.number("seconds", plain.seconds),
        None if faults else _token(section, plain, environment),
    )
    section.close()
    return store


def _token(section: Section, store: RemoteStore, environment: Mapping[str, str]) -> str | None:
    """The text of the variable that is named; a token itself never stands in the file."""
    name = section.text("token_variable")
    if name is None:
        return None
    if not _NAME.fullmatch(name):
        section.fault(
            ("token_variable",),
            "is not the name of an environment variable.",
            'Write a name, such as "STORE_TOKEN", and keep the token itself out of the file.',
        )
        return None
    if not store.url.startswith("https://") and not store.on_this_machine:
        section.fault(("token_variable",), "would send a token in the clear.", "Use an https:// address.")
    token = environment.get(name, "").strip()
    if not token or not token.isascii() or not token.isprintable():
        state = "holds no token" if token else "is not set"
        section.fault(("token_variable",), f"names {name}, which {state}.", f"Set {name} in the environment.")
        return None
    return token


def _address_faults(url: str) -> list[tuple[str, str]]:
    """What is wrong with an address, and what to do."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return [("is no address.", 'Write store = "https://host/sparql".')]
    if parts.username is not None or parts.password is not None:
        fix = "Take it out, and name an environment variable: [store] with url and token_variable."
        return [("has a user or a password in the address.", fix)]
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable():
        return [(f"has '{url}', expected an address.", 'Write store = "https://host/sparql".')]
    if " " in url or parts.fragment:
        return [(f"has '{url}', with a space or a # in it.", "Write the address alone.")]
    return []
