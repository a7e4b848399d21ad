"""Publishing: a staged folder becomes the release in force, or nothing changes.

In: a folder with `graph.nq.zst`, `store/` and `tables/`, and its manifest. Out: an immutable release and a
pointer to it. A process killed at any moment, or a full disk, leaves the old release in force. Order: flush
every file, name the release, flush, replace the pointer, flush (decision 3).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coopgraph.errors import StoreError
from coopgraph.release.durable import rename_directory, replace_text, sync_directory, sync_tree
from coopgraph.release.locate import current_id, home, releases
from coopgraph.release.lock import held
from coopgraph.release.manifest import Manifest, files_of, release_id

STAGING = "staging-"
TRASH = "trash-"
_OLD_STANDS = "Nothing was published and the old release stands."


@dataclass(frozen=True)
class Published:
    """The release now in force; `new` is false when the same was published before."""

    id: str
    new: bool
    directory: Path


@contextmanager
def staging(workspace: Path, *, wait: float = 0.0) -> Iterator[Path]:
    """Hold the workspace's lock and give an empty folder to build in; afterwards both are gone.

    What a killed build left is removed first. An operating system error inside (a full disk) becomes a
    StoreError.
    """
    try:
        releases(workspace).mkdir(parents=True, exist_ok=True)
        with held(home(workspace) / "lock", wait=wait):
            sweep(workspace)
            folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=home(workspace)))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except BrokenPipeError:  # whoever was told of the progress has gone; the disk is not to blame
        raise
    except OSError as error:
        raise unwritable(workspace, error, _OLD_STANDS) from error


def publish(workspace: Path, staged: Path, manifest: Manifest) -> Published:
    """Make the staged folder the release in force; call it inside `staging`.

    The id, the files' digests and `built_at` are filled in here. What exists already is not published again,
    but is put in force if it was not.
    """
    try:
        files = files_of(staged)
        found = release_id(manifest, files)
        target = releases(workspace) / found
        new = not target.exists()
        if new:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            replace(manifest, id=found, files=files, built_at=now).write(staged)
            staged.chmod(0o755)  # mkdtemp lets nobody else read; the files have the user's own mode
            sync_tree(staged)
            rename_directory(staged, target)
        if current_id(workspace) != found:
            put_in_force(workspace, found)
    except OSError as error:
        raise unwritable(workspace, error, _OLD_STANDS) from error
    return Published(found, new, target)


def put_in_force(workspace: Path, release: str) -> None:
    """Point to another release, durably."""
    replace_text(home(workspace) / "current", f"{release}\n")
    sync_directory(workspace)


def sweep(workspace: Path) -> None:
    """Remove what killed builds and prunes left. Only for who holds the lock."""
    for name in (STAGING, TRASH):
        for left in sorted(home(workspace).glob(f"{name}*")):
            shutil.rmtree(left, ignore_errors=True)


def unwritable(workspace: Path, error: OSError, outcome: str) -> StoreError:
    """Say which folder cannot be written, why, what came of it, and what to do."""
    why = error.strerror or str(error)
    advice = "Make room or get permission to write there, then do it again."
    return StoreError(f"{home(workspace)} could not be written: {why}. {outcome} {advice}")
