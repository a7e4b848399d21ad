"""`store` of the workspace file: the remote SPARQL 1.1 store a workspace asks, or publishes releases to.

In: the top of a workspace file, and the environment for what is secret. Out: a `RemoteStore`, or None.
Format: docs/decisions/0001-workspace-file.md.
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
class StoreWords:
    """What errors call a store and what is set of it: as a workspace file does, or as a command."""

    store: str = "store"
    address: str = "`store`"
    address_there: str = "`store` in coopgraph.toml"
    ask_elsewhere: str = "Write that address into coopgraph.toml"
    wait_longer: str = "raise seconds in [store]"
    page_rows: str = "page_rows in [store]"


@dataclass(frozen=True)
class RemoteStore:
    """Where a remote store answers, and how it is asked: rows for each page, seconds for each answer.

    `update_url` and `graph_store_url` are where it is written to. `token`, `user` and `password` are what the
    environment variables named in the file held; they are never shown. `default` and `named` are the graphs
    that every query runs on; empty: those the store itself chooses.
    """

    url: str
    page_rows: int = 10_000
    seconds: int = 60
    token: str | None = field(default=None, repr=False)
    update_url: str | None = None
    graph_store_url: str | None = None
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    default: tuple[str, ...] = field(default=(), repr=False)
    named: tuple[str, ...] = field(default=(), repr=False)
    contact: str | None = None  # whom to write to about our requests; told in the user agent
    words: StoreWords = field(default=StoreWords(), repr=False)

    @property
    def shown(self) -> str:
        """The address without what may be secret in it."""
        return self.url.split("?")[0]


def read_store(top: Section, environment: Mapping[str, str] | None = os.environ) -> RemoteStore | None:
    """Read `store = "https://..."` or `[store]`; faults are added to those of the section.

    Without an environment no secret is read, nor missed: a build needs none.

    >>> top = Section("coopgraph.toml", (), {"store": "https://example.org/sparql"}, {}, [])
    >>> read_store(top)
    RemoteStore(url='https://example.org/sparql', page_rows=10000, seconds=60, update_url=None, ...)
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


def on_this_machine(url: str) -> bool:
    """Whether an address stands for this machine."""
    return is_loopback(urlsplit(url).hostname or "")


def _section(section: Section, environment: Mapping[str, str] | None) -> RemoteStore:
    url = section.text("url", required=True) or ""
    addresses = {"url": url} | {key: section.text(key) or "" for key in ("update_url", "graph_store_url")}
    found = [
        (key, told)
        for key, text in addresses.items()
        if key in section.table
        for told in _address_faults(text)
    ]
    for key, (what, fix) in found:
        section.fault((key,), what, fix)
    plain = RemoteStore(url)
    secrets = _Secrets(section, environment, () if found else tuple(filter(None, addresses.values())))
    store = RemoteStore(
        url,
        section.number("page_rows", plain.page_rows),
        section.number("seconds", plain.seconds),
        secrets.read("token_variable", "token"),
        addresses["update_url"] or None,
        addresses["graph_store_url"] or None,
        secrets.read("user_variable", "user"),
        secrets.read("password_variable", "password"),
    )
    secrets.check_pairs()
    section.close()
    return store


@dataclass(frozen=True)
class _Secrets:
    """What stands in environment variables that the file names; the secrets themselves never stand in it."""

    section: Section
    environment: Mapping[str, str] | None
    addresses: tuple[str, ...]

    def read(self, key: str, what: str) -> str | None:
        name = self.section.text(key)
        if name is None:
            return None
        if not _NAME.fullmatch(name):
            self.section.fault(
                (key,),
                "is not the name of an environment variable.",
                f'Write a name, such as "STORE_{what.upper()}", and keep the {what} itself out of the file.',
            )
            return None
        if any(not url.startswith("https://") and not on_this_machine(url) for url in self.addresses):
            self.section.fault((key,), f"would send a {what} in the clear.", "Use an https:// address.")
        if self.environment is None:
            return None
        text = self.environment.get(name, "").strip()
        if not text or not text.isprintable() or not (what == "password" or text.isascii()):
            state = f"holds no {what}" if text else "is not set"
            self.section.fault((key,), f"names {name}, which {state}.", f"Set {name} in the environment.")
            return None
        return text

    def check_pairs(self) -> None:
        """A user has a password and a password its user, and a store gets either these or a token."""
        table = self.section.table
        user, password = "user_variable", "password_variable"
        for one, other in ((user, password), (password, user)):
            if one in table and other not in table:
                self.section.fault(
                    (one,), f"stands without {other}.", "Name both, or a token: token_variable."
                )
        if "token_variable" in table and user in table:
            self.section.fault((user,), "stands beside token_variable.", "Keep one of the two.")


def _address_faults(url: str) -> list[tuple[str, str]]:
    """What is wrong with an address, and what to do."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return [("is no address.", 'Write store = "https://host/sparql".')]
    if parts.username is not None or parts.password is not None:
        fix = (
            "Take it out, and name environment variables: [store] with url and token_variable, or with "
            "user_variable and password_variable."
        )
        return [("has a user or a password in the address.", fix)]
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable():
        return [(f"has '{url}', expected an address.", 'Write store = "https://host/sparql".')]
    if " " in url or parts.fragment:
        return [(f"has '{url}', with a space or a # in it.", "Write the address alone.")]
    return []
