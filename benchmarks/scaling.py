"""Contenders of scale: participations in Parquet to ranked cities, on DuckDB or on Spark.

In: `duckdb` or a Spark master, a Parquet file, a limit of memory, and a folder to spill to. Out: as
`measure.timed`, and `elapsed` seconds and `spilled_mb`, the most there was in the folder at once. CPU and
peak of memory are of this process and of Java's together, its start included.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

UNIT = 1024 if sys.platform == "darwin" else 1


def main(engine: str, file: Path, memory: str, folder: Path) -> None:
    """Rank the cities, and print what it took and what was found."""
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    import coopgraph as cg

    spilled, done = [0], threading.Event()
    watch = threading.Thread(target=_watch, args=(folder, spilled, done))
    watch.start()
    start, cpu = time.perf_counter(), _cpu()
    ranking = cg.rank(file, engine=engine, memory=memory)
    found = {"cpu": _cpu() - cpu, "elapsed": time.perf_counter() - start, "peak_mb": _peak()}
    done.set()
    watch.join()
    exchange = sum(ranking.table.column("peer_exchange").to_pylist())
    check = [ranking.basis.participations, ranking.ranked, ranking.mutual_share, round(exchange, 9)]
    print(json.dumps({**found, "spilled_mb": spilled[0] / 2**20, "check": check}))


def _watch(folder: Path, spilled: list[int], done: threading.Event) -> None:
    while not done.wait(0.2):
        spilled[0] = max(spilled[0], sum(map(_size, folder.rglob("*"))))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # gone since it was listed
        return 0


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_maxrss for one in used) / 1024 / UNIT


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
