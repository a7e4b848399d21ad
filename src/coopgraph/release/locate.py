"""Where a workspace and its releases are.

In: any folder. Out: the workspace around it, and the paths of decision 3 inside.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import Final

from coopgraph.errors import ConfigError, StoreError
from coopgraph.settings.workspace_file import FILE_NAME

HOME: Final = ".coopgraph"


def find_workspace(start: Path) -> Path:
    """Return `start` or its nearest parent that has a `coopgraph.toml`.

    >>> find_workspace(Path("/"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    coopgraph.errors.ConfigError: There is no coopgraph.toml in /... or above it. ...
    """
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / FILE_NAME).is_file():
            return candidate
    raise ConfigError(
        f"There is no {FILE_NAME} in {folder} or above it. Make a workspace with `coopgraph init DIR`."
    )


def shell_word(path: Path) -> str:
    """A path as it can be pasted into a shell.

    >>> print(shell_word(Path("Our cities")))
    'Our cities'
    """
    text = str(path)
    if os.name != "nt":
        return shlex.quote(text)
    return f'"{text}"' if re.search(r"[^\w.:\\/-]", text) else text


def home(workspace: Path) -> Path:
    """The folder that coopgraph keeps in a workspace."""
    return workspace / HOME


def releases(workspace: Path) -> Path:
    """The folder of all releases."""
    return home(workspace) / "releases"


def no_release(workspace: Path) -> str:
    """Say that nothing was built yet, and how it is done."""
    return f"{workspace} has no release yet. Build one with `coopgraph build {shell_word(workspace)}`."


def current_id(workspace: Path) -> str | None:
    """The id of the release in force, or None before the first build."""
    try:
        return (home(workspace) / "current").read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{home(workspace) / 'current'} cannot be read: {error}.") from error


def release_directory(workspace: Path) -> Path:
    """The folder of the release in force."""
    found = current_id(workspace)
    if found is None:
        raise StoreError(no_release(workspace))
    directory = releases(workspace) / found
    if not directory.is_dir():
        raise StoreError(
            f"The release in force, {found}, is missing from {releases(workspace)}. Build again."
        )
    return directory
