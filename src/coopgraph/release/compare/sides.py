"""Which releases are compared: found by what a person would call them.

In: `current`, `previous`, an id or its beginning, a folder, or an open release. Out: an open release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coopgraph.errors import ConfigError, StoreError
from coopgraph.release.locate import find_workspace
from coopgraph.release.manage import ReleaseInfo, before_current, beginning_with, list_releases, none_here
from coopgraph.release.opened import Release
from coopgraph.release.opening import open_release

Place = str | Path | Release


@contextmanager
def opened(place: Place, workspace: Path | None) -> Iterator[Release]:
    """Open the release meant, and close it again if it was not open."""
    if isinstance(place, Release):
        _refuse_remote(place)
        yield place
        return
    with open_release(place_of(place, workspace)) as release:
        _refuse_remote(release)
        yield release


def place_of(place: str | Path, workspace: Path | None) -> Path:
    """Return the folder of the release meant, or of its workspace."""
    word = str(place)
    if not isinstance(place, Path) and re.fullmatch(r"current|previous|[0-9a-f]{4,16}", word):
        home = workspace if workspace is not None else find_workspace(Path.cwd())
        found = list_releases(home)
        if not found:
            raise StoreError(none_here(home))
        if word == "current":
            return _in_force(home, found).directory
        if word == "previous":
            return _before_current(home, found).directory
        if any(info.id.startswith(word) for info in found) or not Path(word).is_dir():
            return beginning_with(home, word, found).directory
    folder = Path(place)
    if not folder.is_dir():
        raise ConfigError(
            f"There is no release '{word}'. Give current, previous, an id (`coopgraph release list` shows "
            "them) or the folder of a workspace."
        )
    return folder


def _in_force(home: Path, found: list[ReleaseInfo]) -> ReleaseInfo:
    for info in found:
        if info.current:
            return info
    raise StoreError(
        f"No release of {home} is in force. Build again, or put one in force by `release rollback`."
    )


def _before_current(home: Path, found: list[ReleaseInfo]) -> ReleaseInfo:
    older = before_current(found)
    if older is None:
        raise StoreError(
            f"{home} has no release before the one in force, so there is nothing to compare it with. Build "
            "again after a change, or name two releases or folders."
        )
    return older


def _refuse_remote(release: Release) -> None:
    if release.remote is not None:
        raise ConfigError(
            f"The graph in {release.remote.shown} is no release, so it has no file to compare. Compare "
            "releases built here."
        )
