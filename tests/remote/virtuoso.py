"""A real Virtuoso 7 of its own: a fresh database in a folder, on two ports of this machine alone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

SERVER = os.environ.get("VIRTUOSO") or shutil.which("virtuoso-t")
CLIENT = shutil.which("isql-vt") or shutil.which("isql-v")
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
CaseMode = 2
NumberOfBuffers = 10000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""  # the limits are those Debian's own file has


@dataclass(frozen=True)
class Virtuoso:
    """A running server."""

    folder: Path
    sql: int
    http: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}/sparql"

    def load(self, nquads: bytes) -> None:
        """Add statements to their graphs."""
        (self.folder / "in.nq").write_bytes(nquads)
        self.run("DB.DBA.TTLP(file_to_string_output('in.nq'), '', 'urn:none', 512)")

    def clear(self, graph: str) -> None:
        self.run(f"sparql clear graph <{graph}>")

    def run(self, command: str) -> None:
        assert CLIENT is not None
        words = [CLIENT, f"127.0.0.1:{self.sql}", "dba", "dba", f"exec={command};"]
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0 and "Error" not in done.stderr, done.stderr


@contextmanager
def running(folder: Path) -> Iterator[Virtuoso]:
    """Start one, and end it by its own process id."""
    if SERVER is None or CLIENT is None:
        pytest.fail(
            "The tests of the remote store need Virtuoso 7: apt-get install virtuoso-opensource-7, or set "
            "VIRTUOSO to the path of virtuoso-t."
        )
    sql, http = _free_ports()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(sql=sql, http=http), encoding="utf-8")
    command = [SERVER, "+configfile", "virtuoso.ini", "+foreground"]
    with (folder / "out.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        server = Virtuoso(folder, sql, http)
        _await(server, process)
        yield server
    finally:
        process.kill()  # its database goes with the folder
        process.wait()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _await(server: Virtuoso, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"{server.url}?query=ASK%7B%7D", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    log = server.folder / "virtuoso.log"
    pytest.fail(f"Virtuoso did not start: {log.read_text(errors='replace') if log.is_file() else 'no log'}")
