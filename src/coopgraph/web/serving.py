"""Run the web application until it is told to stop.

In: the releases served, an address, settings. Out: nothing; uvicorn on an open socket, so that port 0 is
known at once. Beyond the loopback everybody must show a token.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from secrets import token_urlsafe
from typing import Final
from urllib.parse import quote

import uvicorn

from coopgraph.errors import ConfigError
from coopgraph.release.served import Served
from coopgraph.settings.remote_store import is_loopback
from coopgraph.web.app import make_app
from coopgraph.web.settings import ServeSettings
from coopgraph.web.warming import warm

_SWITCH: Final = (
    0.0001  # seconds; at 5 ms a thread that speaks with a process waits longer than for its answer
)
_LAST_SECONDS: Final = 1  # for answers on their way when it is told to stop


def serve(
    served: Served,
    *,
    host: str,
    port: int,
    started: Callable[[str], object],
    settings: ServeSettings | None = None,
) -> None:
    """Serve until the process is interrupted; `started` is told the address once it is listened on.

    Raises ConfigError where the address cannot be had.
    """
    chosen = protected(settings or ServeSettings(), host)
    listening = _listen(host, port)
    app = make_app(served, chosen)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    server = _Server(config)
    shown = f"[{host}]" if ":" in host else host
    entry = f"?token={quote(chosen.token)}" if chosen.token else ""
    server.tell = lambda: started(f"http://{shown}:{listening.getsockname()[1]}/{entry}")
    sys.setswitchinterval(_SWITCH)
    server.warm = lambda: warm(served)
    server.stop = app.state.endpoint.close
    server.run(sockets=[listening])


def protected(settings: ServeSettings, host: str) -> ServeSettings:
    """Ask for a token beyond the loopback, one that nobody can guess where none is given.

    >>> protected(ServeSettings(), "localhost").token, len(protected(ServeSettings(), "192.0.2.1").token)
    (None, 32)
    """
    if is_loopback(host):
        return settings
    names = (socket.gethostname(), f"[{host}]" if ":" in host else host)
    return replace(settings, hosts=(*settings.hosts, *names), token=settings.token or token_urlsafe(24))


class _Server(uvicorn.Server):
    """A server that says when it answers, makes ready what is asked first, and ends the queries it stops."""

    tell: Callable[[], object] = staticmethod(lambda: None)
    warm: Callable[[], object] = staticmethod(lambda: None)
    stop: Callable[[], object] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.tell()
        threading.Thread(target=self.warm, daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.stop()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise ConfigError(
            f"{host}:{port} cannot be listened on: {error.strerror or error}. Choose another with --port."
        ) from error
