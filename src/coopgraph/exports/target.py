"""The file or folder an export makes: there as a whole, or not at all.

In: where it is to be. Out: a place beside it to write to, which is given the name once all is written and on
the disk. What stands there already is replaced only when asked, and a folder only by its own kind.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coopgraph.errors import ConfigError, StoreError
from coopgraph.release.durable import sync_directory, sync_file, sync_tree


@contextmanager
def beside(target: Path, *, folder: bool, force: bool = False) -> Iterator[Path]:
    """Yield a free name beside the target; afterwards what was written there has the target's name.

    Whatever ends the writing early, Ctrl-C too, leaves the target as it was and nothing beside it. Raises
    ConfigError where there is something already, unless `force` says to replace it, and StoreError where the
    disk is full.
    """
    _check(target, folder=folder, force=force)
    unfinished = target.with_name(f"unfinished-{target.name}")  # the ending may say how to pack
    _remove(unfinished)
    try:
        yield unfinished
        (sync_tree if unfinished.is_dir() else sync_file)(unfinished)
        _put(unfinished, target)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise StoreError(
            f"{target} cannot be written: the disk is full. Free some space there, or write to another disk."
        ) from error
    finally:
        _remove(unfinished)


def _check(target: Path, *, folder: bool, force: bool) -> None:
    parent = target.resolve().parent
    if not parent.is_dir():
        raise ConfigError(f"There is no folder {parent} to write {target.name} in. Make it first.")
    if not (target.exists() or target.is_symlink()):
        return
    if not force:
        raise ConfigError(f"{target} is there already. Choose another name, or replace it with --force.")
    if target.is_dir() != folder:
        found, made = ("a folder", "a file") if target.is_dir() else ("a file", "a folder")
        raise ConfigError(f"{target} is {found}, and {made} is made. Choose another name.")


def _put(unfinished: Path, target: Path) -> None:
    if not target.is_dir():
        unfinished.replace(target)
        sync_directory(target.resolve().parent)
        return
    _check_kind(unfinished, target)
    old = target.with_name(f"{target.name}.old")
    _remove(old)
    target.replace(old)
    try:
        unfinished.replace(target)
    except OSError:
        old.replace(target)
        raise
    sync_directory(target.resolve().parent)
    _remove(old)


def _check_kind(unfinished: Path, target: Path) -> None:
    """Refuse to throw a folder away that holds what no export of this kind writes."""
    foreign = {path.name for path in target.iterdir()} - {path.name for path in unfinished.iterdir()}
    if foreign:
        raise ConfigError(
            f"{target} holds '{min(foreign)}', which this export does not write, so it is not replaced. "
            "Choose another folder, or remove it yourself."
        )


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
