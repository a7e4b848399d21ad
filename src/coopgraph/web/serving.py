"""Run the web application until it is told to stop.

In: the releases served, an address. Out: nothing; uvicorn on an open socket, so that port 0 is known at once.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from coopgraph.errors import ConfigError
from coopgraph.web.app import make_app
from coopgraph.web.served import Served


def serve(served: Served, *, host: str, port: int, started: Callable[[str], object]) -> None:
    """Serve until the process is interrupted; `started` is told the address once it is listened on.

    Raises ConfigError where the address cannot be had.
    """
    listening = _listen(host, port)
    server = _Server(uvicorn.Config(make_app(served), log_config=None, access_log=False, server_header=False))
    shown = f"[{host}]" if ":" in host else host
    server.tell = lambda: started(f"http://{shown}:{listening.getsockname()[1]}/")
    server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    tell: Callable[[], object] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.tell()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise ConfigError(
            f"{host}:{port} cannot be listened on: {error.strerror or error}. Choose another with --port."
        ) from error
