"""The demo's folder: made from the bundled workspace, recognised when it is there already."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from coopgraph.errors import ConfigError
from coopgraph.resources import bundled

MARK = ".coopgraph-demo.json"  # says that a folder is a demo, and which bundled files it was made from


def make_workspace(directory: Path) -> None:
    """Copy the bundled workspace, or leave the demo that is there as its user has changed it.

    A demo of another version of coopgraph is brought up to date, unless its user has changed the same file.
    Raises ConfigError then, and for a folder that is not a demo.
    """
    here, now, before = digests(directory), digests(bundled("data")), {}
    if here:
        before = _made_from(directory)
    newer = [name for name in now if now[name] != before.get(name)]
    edited = [name for name in newer if name in before and here.get(name) != before[name]]
    if edited:
        raise ConfigError(
            f"{directory} is a demo of another version, and you have changed {', '.join(edited)}. "
            "Name another folder: coopgraph demo my-demo"
        )
    for name in newer:
        target = directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(bundled("data") / name, target)
    (directory / MARK).write_text(json.dumps(now, indent=1), encoding="utf-8")


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a workspace by its name, without what was built in it."""
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".coopgraph" not in path.relative_to(folder).parts
    ]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def _made_from(directory: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((directory / MARK).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise ConfigError(
            f"{directory} is there and is not a demo. Name another folder: coopgraph demo my-demo"
        ) from None
    return found
