"""A recording that is being made: its pages on disk, so that a run that was killed goes on there.

In: what is asked, and pages of rows as they come. Out: the rows of each part, whatever the number of runs.
Nothing of what was recorded before is touched until all is there. Format: docs/decisions/0018-recordings.md.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import StoreError
from coopgraph.release.durable import replace_text

_ASKED: Final = "asked.json"


@dataclass(frozen=True)
class Unfinished:
    """The folder of a recording that is not complete, and the day on which it was begun."""

    folder: Path
    began: date

    def rows(self, part: str) -> list[str]:
        """The rows of a part that are there."""
        return [
            row for page in self._pages(part) for row in page.read_text(encoding="utf-8").split("\n")[1:-1]
        ]

    def pages(self, part: str) -> int:
        """How many pages of a part are there."""
        return len(self._pages(part))

    def add(self, part: str, page: Iterable[str]) -> None:
        """Keep one more page of a part, whole or not at all."""
        name = f"{part}-{self.pages(part) + 1:06}.tsv"
        text = "".join(f"{row}\n" for row in page)
        replace_text(self.folder / name, f"{_digest(text.encode())}\n{text}")

    def number(self, name: str, ask: Callable[[], int]) -> int:
        """A number that is asked for once."""
        file = self.folder / f"{name}.count"
        if not file.is_file():
            replace_text(file, f"{ask()}\n")
        return int(file.read_text(encoding="utf-8"))

    def forget(self) -> None:
        """Remove it: all of it is recorded, or none of it can be used."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in (self.folder.parent, self.folder.parent.parent):
            with suppress(OSError):  # it holds something else
                folder.rmdir()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what came, whatever happens; a run that brought no page leaves nothing behind."""
        try:
            yield
        except BaseException:
            if not any(self.folder.glob("*.tsv")):
                self.forget()
            raise

    def _pages(self, part: str) -> list[Path]:
        return sorted(self.folder.glob(f"{part}-[0-9]*.tsv"))


def unfinished(workspace: Path, name: str, asked: dict[str, Any], today: date) -> Unfinished:
    """Go on with the unfinished recording of a name, if it asked the same; else begin one.

    Raises StoreError for a folder of this name that is none of ours.
    """
    folder = workspace / "recorded" / f"{name}.unfinished"
    file = folder / _ASKED
    if folder.exists() and not file.is_file():
        raise StoreError(f"{folder} is no unfinished recording. Move it away, or choose another --name.")
    text = json.dumps(asked, sort_keys=True, indent=1, ensure_ascii=False)
    if file.is_file():
        began, _, before = file.read_text(encoding="utf-8", errors="replace").partition("\n")
        if before == text and _is_day(began):
            found = Unfinished(folder, date.fromisoformat(began))
            _drop_damaged(found)
            return found
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    replace_text(file, f"{today.isoformat()}\n{text}")
    return Unfinished(folder, today)


def _drop_damaged(recording: Unfinished) -> None:
    """Remove pages that are not as they were written, and later ones, so that they are asked for again."""
    damaged: set[str] = set()
    for page in sorted(recording.folder.glob("*-[0-9]*.tsv")):
        part = page.name.rpartition("-")[0]
        head, _, text = page.read_bytes().partition(b"\n")
        if part in damaged or head.decode("ascii", "replace") != _digest(text):
            damaged.add(part)
            page.unlink()
    for file in recording.folder.glob("*.count"):
        if not file.read_bytes().strip().isdigit():
            file.unlink()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
