"""The SPARQL endpoint with many clients, calm and then attacked.

In: a size (tiny: to see that it runs) and a context. Out: rows and verdicts. Server and clients share the
machine's cores; on a machine where others work too the figures say little.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from measure import HERE
from topic import Context, Found, Row, Verdict

CLIENTS, SECONDS, HOSTILE, TIMEOUT = 200, 60, 500, 5


def serving(size: str, context: Context) -> Found:
    """200 clients for a minute; then again, with 500 hostile queries among theirs."""
    tiny = size == "tiny"
    clients, seconds, hostile = (8, 3, 6) if tiny else (CLIENTS, SECONDS, HOSTILE)
    with served(context) as (address, process):
        _asked(address, clients, 3, 0, context)  # every kind of query once, as after any start
        calm = _asked(address, clients, seconds, 0, context)
        attacked = _asked(address, clients, seconds, hostile, context)
        gone = int(process.poll() is not None)
    errors, worse = calm["errors"] + attacked["errors"] + gone, attacked["p99"] / calm["p99"]
    longest = attacked["hostile_most_s"]
    return [_row("calm", calm), _row(f"with {hostile} hostile queries", attacked)], [
        Verdict("serving: errors", f"{clients} clients", errors, 0, "less"),
        Verdict("serving: p99, ms", "calm", calm["p99"], 500, "less"),
        Verdict("serving: p99 beside the calm run", f"{hostile} hostile queries", worse, 2, "less"),
        Verdict("serving: the longest hostile, s", f"limit {TIMEOUT} s", longest, TIMEOUT + 1, "less"),
    ]


@contextmanager
def served(context: Context) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The demo release, served with the command itself."""
    folder = context.work / "serving"
    folder.mkdir(parents=True, exist_ok=True)
    coopgraph = (context.python, "-m", "coopgraph")
    if not (folder / "coopgraph-demo" / ".coopgraph" / "current").is_file():
        subprocess.run([*coopgraph, "demo"], cwd=folder, check=True, capture_output=True)
    options = ("coopgraph-demo", "--port", "0", "--timeout", str(TIMEOUT), "--format", "json")
    process = subprocess.Popen([*coopgraph, "serve", *options], cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = "".join(iter(process.stdout.readline, "}\n")) + "}"
        yield str(json.loads(told)["address"]), process
    finally:
        process.terminate()
        process.wait(20)


def _asked(address: str, clients: int, seconds: int, hostile: int, context: Context) -> dict[str, Any]:
    command = [context.python, str(HERE / "serving.py"), address, str(clients), str(seconds), str(hostile)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _row(name: str, found: dict[str, Any]) -> Row:
    row: Row = {"run": name, "requests": found["requests"], "errors": found["errors"]}
    row |= {"p50 ms": found["p50"], "p99 ms": found["p99"], "most ms": found["most"]}
    return row | {"hostile: median s": found["hostile_median_s"], "hostile: most s": found["hostile_most_s"]}
