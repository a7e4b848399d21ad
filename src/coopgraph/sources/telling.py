"""How far the reading of a source is, told now and then.

In: where to tell it, a source. Out: a sentence for a large source as it begins, and one every other second of
a reader that says how many bytes it has read.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from coopgraph.sources.source_spec import SourceSpec

Say = Callable[[str], None]
PATIENCE: Final = 2.0  # seconds without a word
_LARGE: Final = 4 << 20  # bytes; less is read within that time


class Telling:
    """Tells of the sources of a workspace, each that is large once, however many tables it holds."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._section = ""
        self._said = 0.0

    def begin(self, spec: SourceSpec) -> None:
        """Name a source that will take its time."""
        size = sum(path.stat().st_size for path in spec.files if path.is_file())
        if spec.section != self._section and size > _LARGE:
            self._say(f"reading {spec.section} ({_megabytes(size)} MB)")
        self._section, self._said = spec.section, time.monotonic()

    def read(self, path: Path, done: int) -> None:
        """Take note of how many bytes of a file were read."""
        if (now := time.monotonic()) - self._said > PATIENCE:
            self._said = now
            self._say(f"reading {path.name}: {_megabytes(done)} of {_megabytes(path.stat().st_size)} MB")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f}"
