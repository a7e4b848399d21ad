"""Files that are there after a power cut: written, flushed to the disk, and only then named.

In: files and folders. Out: the same, durable. Renaming is the one step that others see.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def sync_file(path: Path) -> None:
    """Flush one file to the disk. Windows wants a handle that may write."""
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_directory(path: Path) -> None:
    """Flush the names in a folder to the disk; Windows does so by itself."""
    if os.name != "nt":
        sync_file(path)


def sync_tree(directory: Path) -> None:
    """Flush every file below a folder, and every folder after what it holds."""
    for folder, _, names in os.walk(directory, topdown=False):
        for name in names:
            sync_file(Path(folder) / name)
        sync_directory(Path(folder))


def rename_directory(source: Path, target: Path) -> None:
    """Give a flushed folder its name, durably."""
    source.rename(target)
    sync_directory(target.parent)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a name beside a file to write to; what was written there then has the file's name, durably.

    Readers see the old file or the new one. Whatever ends the writing early, Ctrl-C too, leaves the old one
    and nothing beside it.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        yield fresh
        sync_file(fresh)
        fresh.replace(path)
        sync_directory(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Replace a small file as a whole."""
    with whole_file(path) as fresh:
        fresh.write_text(text, encoding="utf-8", newline="\n")
