"""A source added to a workspace: files and a section of `coopgraph.toml`, all or nothing.

In: a workspace, a section as TOML text, the files it names. Out: the files in place and the section at the
end of the workspace file; or an error, and the workspace as it was.
Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from coopgraph.errors import ConfigError, CoopgraphError
from coopgraph.release.durable import replace_text, whole_file
from coopgraph.settings.workspace_file import FILE_NAME, read_file

_HEAD: Final = '[workspace]\ntitle = {title}\nlanguages = ["en", "es", "pt"]\n'


def add_source(
    workspace: Path,
    name: str,
    section: str,
    files: Mapping[str, bytes | Path],
    *,
    title: str = "City cooperation",
) -> tuple[Path, ...]:
    """Add a source to a workspace and return the files made; a folder that is none yet becomes one.

    Parameters
    ----------
    section
        The text of `[sources.NAME]` and of whatever goes with it.
    files
        What to put where: a path relative to the workspace, and its content or the file to copy.

    Raises
    ------
    ConfigError
        The workspace has a source of this name, or a file would be overwritten by another content, or the
        workspace file could not be read with the section.
    """
    file = workspace / FILE_NAME
    if is_source(workspace, name):
        raise ConfigError(f"{file} has a source '{name}' already. Choose another name: --name NAME.")
    _refuse_overwriting(workspace, files)
    before = file.read_text(encoding="utf-8") if file.is_file() else None
    made: list[Path] = []
    try:
        for path in _put(workspace, files):
            made.append(path)
        head = before or _HEAD.format(title=json.dumps(title, ensure_ascii=False))
        replace_text(file, head.rstrip("\n") + f"\n\n{section.strip()}\n")
        read_file(workspace)
    except (CoopgraphError, OSError, KeyboardInterrupt):
        for path in made:
            path.unlink(missing_ok=True)
        if before is not None:
            replace_text(file, before)
        else:
            file.unlink(missing_ok=True)
        raise
    return (*made, file)


def is_source(workspace: Path, name: str) -> bool:
    """Whether a workspace has a source of this name."""
    if not (workspace / FILE_NAME).is_file():
        return False
    return name in read_file(workspace).table.get("sources", {})


def _refuse_overwriting(workspace: Path, files: Mapping[str, bytes | Path]) -> None:
    for name, content in files.items():
        place = workspace / PurePosixPath(name)
        if place.exists() and place.read_bytes() != _bytes(content):
            raise ConfigError(f"{place} is there already and says something else. Choose another name.")


def _put(workspace: Path, files: Mapping[str, bytes | Path]) -> Iterator[Path]:
    """Put each file in its place, and yield it; one that is there with the same content stays."""
    for name, content in files.items():
        place = workspace / PurePosixPath(name)
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as draft:
            if isinstance(content, Path):
                shutil.copyfile(content, draft)
            else:
                draft.write_bytes(content)
        yield place


def _bytes(content: bytes | Path) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content
