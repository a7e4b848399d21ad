"""The statements of a release, read from `graph.nq.zst`: every one, or without whole graphs, and grouped.

In: an open release. Out: lines of canonical N-Quads, a few megabytes in memory at a time.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import ConfigError
from coopgraph.release.graph import NAME, read_graph, whole_lines

if TYPE_CHECKING:
    from coopgraph.release import Release

_HELD: Final = 32 << 20


def lines_of(release: Release) -> Iterator[bytes]:
    """Yield the lines of a release's graph; raises ConfigError where it stays in a remote store."""
    if not (release.directory / NAME).is_file():
        raise ConfigError(
            "The graph is in a remote store, and only a release of one's own is exported whole. "
            "Use the store's own dump, or build the workspace here."
        )
    yield from whole_lines(read_graph(release.directory))


def graph_of(line: bytes) -> bytes:
    """Return the graph of a line, in angle brackets."""
    return line.rsplit(b" ", 2)[1]


class Chosen:
    """The lines of a release without some of the graphs in `formats.APART`; counts what it leaves out."""

    def __init__(self, release: Release, without: Iterable[str] = ()) -> None:
        self._release = release
        self._without: Mapping[bytes, str] = {
            f"<{release.base}graph/{name}>".encode(): name for name in without
        }
        self.left_out: Counter[str] = Counter()
        self.kept = 0

    def __iter__(self) -> Iterator[bytes]:
        self.left_out.clear()
        self.kept = 0
        for line in lines_of(self._release):
            if name := self._without.get(graph_of(line)):
                self.left_out[f"statements of the {name} graph"] += 1
            else:
                self.kept += 1
                yield line


@contextmanager
def by_graph(lines: Iterable[bytes], beside: Path) -> Iterator[Iterator[bytes]]:
    """Give the lines graph by graph, graphs in order; they wait in files in a folder that is then gone."""
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=beside) as folder:
        yield _read(_spread(lines, Path(folder)))


def _spread(lines: Iterable[bytes], folder: Path) -> list[Path]:
    files: dict[bytes, Path] = {}
    held: dict[bytes, list[bytes]] = {}
    size = 0

    def put_down() -> None:
        for graph, waiting in held.items():
            with files.setdefault(graph, folder / f"{len(files)}").open("ab") as file:
                file.writelines(waiting)
        held.clear()

    for line in lines:
        held.setdefault(graph_of(line), []).append(line)
        size += len(line)
        if size > _HELD:
            put_down()
            size = 0
    put_down()
    return [files[graph] for graph in sorted(files)]


def _read(files: Iterable[Path]) -> Iterator[bytes]:
    for path in files:
        with path.open("rb") as file:
            yield from file
