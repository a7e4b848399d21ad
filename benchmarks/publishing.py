"""A release sent to a real store, and questions asked through it, with the server in a process of its own.

In: what to do, a release's folder, its quads as a plain file, a scratch folder. Out: one JSON object: CPU of
all that took part, the server too; seconds by the clock; how many statements or rows there are then. Linux
only: the time of a process that still runs is read from /proc.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from measure import peak_mb

import coopgraph as cg
from coopgraph.rdf import endpoint
from coopgraph.rdf.watch import worked
from coopgraph.release.to_store import publish_to
from coopgraph.settings.remote_store import RemoteStore

ROOT = Path(__file__).resolve().parents[1]
NQUADS = "Content-Type: application/n-quads"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/graph/')) }"


@dataclass(frozen=True)
class Task:
    """What there is to send, and where a store may keep it."""

    release: Path
    quads: Path
    scratch: Path


@dataclass(frozen=True)
class Server:
    """A store that was just started: where it is asked, and how its own tools load a file."""

    store: RemoteStore
    load: Callable[[Path], None]


@contextmanager
def virtuoso(task: Task) -> Iterator[Server]:
    """A fresh Virtuoso 7, and its own bulk loader, begun by isql."""
    from tests.remote import virtuoso

    folder = task.scratch / "virtuoso"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with virtuoso.running(folder) as server:

        def load(quads: Path) -> None:
            shutil.copyfile(quads, folder / "in.nq")  # it reads what is in its own folder alone
            server.run("ld_dir('.', 'in.nq', 'urn:none')")
            server.run("rdf_loader_run()")

        auth = f"http://127.0.0.1:{server.http}/sparql-auth"
        store = RemoteStore(server.url, seconds=600, update_url=auth, user="dba", password="dba")
        yield Server(store, load)


@contextmanager
def oxigraph(_: Task) -> Iterator[Server]:
    """A fresh Oxigraph server in memory, and curl, which posts a whole file."""
    from tests.remote import oxigraph_server

    with oxigraph_server.running(ROOT) as address:

        def load(quads: Path) -> None:
            command = ["curl", "-fsS", "-X", "POST", "-H", NQUADS, "-T", str(quads), f"{address}/store"]
            subprocess.run(command, check=True)

        yield Server(RemoteStore(f"{address}/query", seconds=600, update_url=f"{address}/update"), load)


SERVERS = {"virtuoso": virtuoso, "oxigraph": oxigraph}


def main() -> None:
    """Do what the first words say, and print what it took."""
    what, kind, *paths = sys.argv[1:]
    sys.path.insert(0, str(ROOT))  # the servers are those of the tests
    task = Task(*map(Path, paths))
    if kind == "embedded":
        with cg.open(task.release) as release:
            print(json.dumps(taken(lambda: questions(release))))
        return
    with SERVERS[kind](task) as server:
        if what == "questions":
            publish_to(task.release, server.store)
            with cg.open(server.store.url) as release:
                print(json.dumps(taken(lambda: questions(release))))
            return
        send = {
            "bulk": lambda: server.load(task.quads),
            "updates": lambda: publish_to(task.release, server.store),
            "posted": lambda: publish_to(task.release, _posted(server.store)),
        }[what]
        print(json.dumps(taken(send) | {"check": counted(server.store)}))


def _posted(store: RemoteStore) -> RemoteStore:
    """The same store, with the address of its graph store protocol."""
    return replace(store, graph_store_url=store.url.replace("/query", "/store"))


def questions(release: cg.Release) -> int:
    """Ask every competency question as it stands, and count the rows."""
    names = sorted(query.name for query in release.queries() if query.name.startswith("cq-"))
    return sum(len(list(release.query(name))) for name in names)


def taken(work: Callable[[], object]) -> dict[str, object]:
    """Do the work; say the CPU seconds of all processes, the seconds by the clock, memory, and its answer."""
    cpu, clock = _spent(), time.monotonic()
    check = work()
    return {
        "cpu": _spent() - cpu,
        "seconds": time.monotonic() - clock,
        "peak_mb": peak_mb(),
        "check": check,
    }


def _spent() -> float:
    """CPU seconds so far of this process, of the children it has, and of those that ended."""
    ended = getrusage(RUSAGE_CHILDREN)
    files = Path("/proc/self/task").glob("*/children")
    running = {int(pid) for file in files for pid in file.read_text().split()}
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(worked, running))


def counted(store: RemoteStore) -> int:
    """How many statements the graphs of the release have there."""
    (row,) = endpoint.rows(store, COUNT, ["n"])
    return int(row.strip('"').partition('"')[0])


if __name__ == "__main__":
    main()
