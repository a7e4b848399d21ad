"""A real Oxigraph server of its own, in memory, on a port of this machine alone.

Its program comes with the package `oxigraph`, which runs in an environment of its own, `.venv-oxigraph/` in
the checkout, made the first time a test asks for it; or OXIGRAPH names it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.environments import python_of

VERSION = "0.5.13"


def program(root: Path) -> Path:
    """The program, installed where it is not yet."""
    named = os.environ.get("OXIGRAPH")
    if named:
        return Path(named)
    return python_of(root, ".venv-oxigraph", f"oxigraph=={VERSION}").with_name("oxigraph")


@contextmanager
def running(root: Path) -> Iterator[str]:
    """Start one, yield its address, and end it by its own process id."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    command = [str(program(root)), "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, process)
        yield address
    finally:
        process.kill()
        process.wait()


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"{address}/query?query=ASK%7B%7D", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.05)
    pytest.fail("The Oxigraph server did not start.")
