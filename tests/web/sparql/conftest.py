"""A real server over a few statements whose answers can be counted by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

import coopgraph as cg
from tests.web.conftest import serving

TRIG = """
@prefix : <https://example.org/> .
:g1 { :a :p :b . :b :p :c . }
:g2 { :a :p :b . :x :q 5 ; :name "La Paz"@es . }
"""
G1, G2 = "https://example.org/g1", "https://example.org/g2"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s <https://example.org/p> ?o }"
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { VALUES ?a {"
    + " 1" * 300
    + "}"
    + "".join(f" VALUES ?v{i} {{{' 1' * 300}}}" for i in range(5))
    + "}"
)

Ask = Callable[..., httpx.Response]


@dataclass(frozen=True)
class Running:
    """A server as a process: its address, and what it wrote to standard error."""

    address: str
    process: subprocess.Popen[str]
    errors: Path

    def children(self) -> list[int]:
        """The processes it started, on Linux."""
        found = []
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                if f"\nPPid:\t{self.process.pid}\n" in status.read_text():
                    found.append(int(status.parent.name))
            except OSError:  # gone meanwhile
                continue
        return found


@contextmanager
def running(place: Path, errors: Path, *options: str) -> Iterator[Running]:
    """Run a server whose process and words are looked at."""
    command = [sys.executable, "-m", "coopgraph", "serve", str(place), "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(Path(cg.__file__).parents[1])}
    with errors.open("w") as written:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=written, text=True, env=environment
        )
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            assert "http://" in told, errors.read_text()
            yield Running("http://" + told.split("http://")[1].split()[0].rstrip("/"), process, errors)
        finally:
            process.kill()
            process.wait(20)
            if process.stdout is not None:
                process.stdout.close()


@pytest.fixture(scope="session")
def trig(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The statements as a file."""
    path = tmp_path_factory.mktemp("trig") / "tiny.trig"
    path.write_text(TRIG, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tiny(trig: Path) -> Iterator[str]:
    """The address of a server over them."""
    with serving(trig) as address:
        yield address


@pytest.fixture(scope="session")
def ask(tiny: str) -> Iterator[Ask]:
    """Send a request to its endpoint: `ask("GET", query=...)`, or with any of httpx's own arguments."""
    with httpx.Client(base_url=tiny, timeout=30) as client:

        def send(method: str, *, query: str | None = None, **options: object) -> httpx.Response:
            if query is not None:
                options["params"] = {"query": query}
            return client.request(method, "/sparql", **options)  # type: ignore[arg-type]  # passed on

        yield send


def number(answer: httpx.Response) -> int:
    """The one number of an answer."""
    assert answer.status_code == 200, answer.text
    (row,) = answer.json()["results"]["bindings"]
    (value,) = row.values()
    return int(value["value"])
