"""List, roll back and prune the releases of a workspace.

In: a workspace. Out: facts about its releases, or another one in force, or fewer of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from coopgraph.errors import ConfigError, StoreError
from coopgraph.release.durable import rename_directory
from coopgraph.release.locate import current_id, home, no_release, releases
from coopgraph.release.lock import held
from coopgraph.release.manifest import read_manifest
from coopgraph.release.publishing import TRASH, put_in_force, sweep, unwritable
from coopgraph.release.remote import remote_store
from coopgraph.settings.workspace_file import FILE_NAME


@dataclass(frozen=True)
class ReleaseInfo:
    """One release as its manifest tells it; `current` is true for the one in force."""

    id: str
    current: bool
    built_at: str
    quads: int
    directory: Path


def list_releases(workspace: Path) -> list[ReleaseInfo]:
    """Every release, the newest first."""
    current = current_id(workspace)
    folders = releases(workspace).glob("*/manifest.json")
    found = [(path.parent, read_manifest(path.parent)) for path in folders]
    infos = [ReleaseInfo(m.id, m.id == current, m.built_at, m.quads, folder) for folder, m in found]
    return sorted(infos, key=lambda info: (info.built_at, info.current, info.id), reverse=True)


def rollback(workspace: Path, release: str | None = None) -> str:
    """Put an older release in force and return its id; by default the one built before the current."""
    with _locked(workspace):
        found = list_releases(workspace)
        chosen = before_current(found) if release is None else beginning_with(workspace, release, found)
        if chosen is None:
            raise StoreError("There is no older release to go back to. `coopgraph release list` shows all.")
        put_in_force(workspace, chosen.id)
    return chosen.id


def before_current(found: Sequence[ReleaseInfo]) -> ReleaseInfo | None:
    """Of all releases the one built before the one in force."""
    return next((older for newer, older in pairwise(found) if newer.current), None)


def beginning_with(workspace: Path, start: str, found: Sequence[ReleaseInfo] | None = None) -> ReleaseInfo:
    """The release, of `found` or of all, whose id begins so; ConfigError where none does, or several do."""
    known = list_releases(workspace) if found is None else found
    fitting = [info for info in known if info.id.startswith(start)]
    if len(fitting) == 1:
        return fitting[0]
    what = "No release begins" if not fitting else f"{len(fitting)} releases begin"
    raise ConfigError(f"{what} with '{start}' in {workspace}. `coopgraph release list` shows all.")


def prune(workspace: Path, *, keep: int = 3) -> list[str]:
    """Delete all but the newest `keep` releases, never the one in force; return the ids that went.

    Readers hold no lock. On Linux and macOS one that has a release open reads on from files that have lost
    their name; what it has not opened yet is gone, and it says so. On Windows an open file stays, and goes
    with the next prune.
    """
    with _locked(workspace):
        sweep(workspace)
        gone = [info for info in list_releases(workspace)[keep:] if not info.current]
        for info in gone:
            trash = home(workspace) / f"{TRASH}{info.id}"
            rename_directory(info.directory, trash)  # so that a killed prune leaves no half release
            shutil.rmtree(trash, ignore_errors=True)
    return [info.id for info in gone]


def none_here(workspace: Path) -> str:
    """Say why a workspace has no releases: nothing was built yet, or its graph is in a remote store."""
    named = remote_store(workspace) if (workspace / FILE_NAME).is_file() else None
    if named is None:
        return no_release(workspace)
    return f"{workspace} has no releases: its graph is in the store at {named[0].shown}, and is asked there."


@contextmanager
def _locked(workspace: Path) -> Iterator[None]:
    if not home(workspace).is_dir():
        raise StoreError(none_here(workspace))
    try:
        with held(home(workspace) / "lock"):
            yield
    except OSError as error:
        raise unwritable(workspace, error, "Nothing was changed, or not all of it.") from error
