"""The process that runs one query after another and may be killed at any time.

`main` is started by `client.py` in a Python of its own, without its site packages. Requests are lines of JSON
on standard input. An answer is frames on standard output: `D` and bytes any number of times, then `E` and a
JSON object. When standard input ends, so does it.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from typing import Any

from coopgraph.rdf.process.answering import answer
from coopgraph.rdf.process.confine import give_way, leave_network, limit_memory, limit_time
from coopgraph.rdf.process.cut import READY
from coopgraph.rdf.process.datasets import Datasets


def main(directory: str, memory: str, nice: str) -> None:
    """Answer requests over one store until standard input ends."""
    leave_network()
    give_way(int(nice))
    limit_memory(int(memory))
    import pyoxigraph as ox

    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_requests, args=(waiting,), daemon=True).start()
    datasets = Datasets(ox.Store.read_only(directory))
    _frame(READY[:1], b"")
    while True:
        request = waiting.get()
        limit_time(request["seconds"])
        end = answer(datasets, request, lambda data: _frame(b"D", data))
        _frame(b"E", json.dumps(end).encode())


def _requests(waiting: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Read on while the engine works, so that the end of the caller is the end of this process."""
    for line in sys.stdin.buffer:
        waiting.put(json.loads(line))
    os._exit(0)


def _frame(kind: bytes, data: bytes) -> None:
    """Write a frame; a short answer goes out with its end, in one piece."""
    sys.stdout.buffer.write(kind + len(data).to_bytes(4, "big") + data)
    if kind != b"D":
        sys.stdout.buffer.flush()
