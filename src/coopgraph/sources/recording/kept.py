"""A recording put in its place in a workspace: new, or instead of the one before; as a whole or not at all.

In: the files of a recording that is complete. Out: the folder `recorded/NAME`. Format:
docs/decisions/0018-recordings.md.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from coopgraph.errors import ConfigError
from coopgraph.release.durable import rename_directory, sync_tree
from coopgraph.settings.workspace_file import FILE_NAME
from coopgraph.sources.adding import add_source, is_source


def keep(
    workspace: Path,
    name: str,
    recorded: Mapping[str, bytes],
    section: str,
    others: Mapping[str, bytes],
    title: str,
) -> tuple[Path, ...]:
    """Keep what was recorded, and add the source where the workspace has none of this name yet.

    `recorded` are files of the recording's folder, `others` (mappings) are paths of the workspace; these are
    the user's from then on and are not written again.
    """
    if is_source(workspace, name):
        refuse_other(workspace, name)
        return _replaced(workspace / "recorded" / name, recorded)
    files = {f"recorded/{name}/{file}": content for file, content in recorded.items()}
    return add_source(workspace, name, section, {**files, **others}, title=title)


def refuse_other(workspace: Path, name: str) -> None:
    """Raise ConfigError where a source of this name was not recorded, and so cannot be recorded anew."""
    folder = workspace / "recorded" / name
    if is_source(workspace, name) and not (folder.exists() or folder.with_name(f"{name}.before").exists()):
        raise ConfigError(
            f"{workspace / FILE_NAME} has a source '{name}', not a recorded one. Choose another: --name NAME."
        )


def _replaced(folder: Path, recorded: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Two renames; a run that is killed between them leaves the recording before under `.before`."""
    fresh, before = (folder.with_name(f"{folder.name}.{word}") for word in ("fresh", "before"))
    if before.exists() and not folder.exists():
        before.rename(folder)
    for place in (fresh, before):
        shutil.rmtree(place, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, content in recorded.items():
        (fresh / name).write_bytes(content)
    sync_tree(fresh)
    if folder.exists():
        folder.rename(before)
    rename_directory(fresh, folder)
    shutil.rmtree(before, ignore_errors=True)
    return tuple(folder / name for name in recorded)
