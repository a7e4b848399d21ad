"""Paths of a workspace: parameters filled in, globs expanded, nothing outside unless a parameter says so.

In: a path as the workspace file writes it. Out: the files it names, or the words for what is wrong with it.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

_PARAMETER = re.compile(r"\{([^{}]*)\}")


class PathRefused(ValueError):
    """A path cannot be taken; `fix` says what to write instead."""

    def __init__(self, what: str, fix: str | None = None) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


@dataclass(frozen=True)
class Places:
    """Where paths are looked up: the workspace's folder and the value of each parameter (already
    absolute)."""

    directory: Path
    parameters: Mapping[str, Path]


def expand(text: str, places: Places) -> tuple[Path, ...]:
    """Return the existing files a path of the workspace file names, sorted.

    >>> import tempfile; home = Path(tempfile.mkdtemp()); _ = (home / "a.csv").write_text("id")
    >>> [path.name for path in expand("*.csv", Places(home, {}))]
    ['a.csv']
    >>> expand("../secret.csv", Places(home, {}))
    Traceback (most recent call last):
        ...
    coopgraph.sources.paths.PathRefused: '../secret.csv' leaves the workspace.
    """
    _refuse_unset(text, places)
    _refuse_escape(text)
    pattern, literal = _filled(text, places, escape=True), Path(_filled(text, places, escape=False))
    named = re.sub(r"\{[^{}]*\}", "", text)
    is_glob = any(mark in named for mark in "*?") and not literal.exists()
    found = _matching(pattern) if is_glob else [literal]
    files = tuple(path for path in found if not (is_glob and path.is_dir()))
    if not files or not files[0].exists():
        raise PathRefused(f"'{text}' names no file.", _looked_for(literal, places, text))
    for path in files:
        _refuse_link(path, text, places)
    return files


def _matching(pattern: str) -> list[Path]:
    """Path.glob would take the wildcards of a parameter's value for its own."""
    return sorted(Path(name) for name in glob.glob(pattern, recursive=True))  # noqa: PTH207


def parameters_in(text: str) -> set[str]:
    """Return the names of the `{parameters}` a path uses."""
    return set(_PARAMETER.findall(text))


def _refuse_unset(text: str, places: Places) -> None:
    unset = sorted(parameters_in(text) - places.parameters.keys())
    if unset:
        words = " and ".join(f"{{{name}}}" for name in unset)
        raise PathRefused(f"uses {words}, which is not set.", f"Add: --set {unset[0]}=FOLDER")


def _refuse_escape(text: str) -> None:
    parts = PurePosixPath(text.replace("\\", "/")).parts
    absolute = PurePosixPath(text).is_absolute() or bool(PureWindowsPath(text).anchor)
    if absolute or ".." in parts:
        raise PathRefused(
            f"'{text}' leaves the workspace.",
            "Write the folder as a parameter, {data}/file.csv, and set it: --set data=FOLDER.",
        )


def _filled(text: str, places: Places, *, escape: bool) -> str:
    def value(match: re.Match[str]) -> str:
        filled = str(places.parameters[match[1]])
        return glob.escape(filled) if escape else filled

    filled = _PARAMETER.sub(value, text)
    home = glob.escape(str(places.directory)) if escape else str(places.directory)
    return filled if Path(filled).is_absolute() else f"{home}/{filled}"


def _looked_for(literal: Path, places: Places, text: str) -> str:
    """Say where the file was looked for, relative to the workspace where that is short."""
    where = literal if parameters_in(text) else literal.relative_to(places.directory)
    parent = literal.parent
    if "*" in text or "?" in text:
        return f"Nothing matches {where}."
    if not parent.is_dir():
        return f"The folder {parent.name or parent} does not exist (looked for {where})."
    names = sorted(path.name for path in parent.iterdir() if path.is_file())[:200]
    same = [name for name in names if name.casefold() == literal.name.casefold()]
    if same:
        return f"There is '{same[0]}': upper and lower case differ."
    return f"Put the file there or correct the path (looked for {where})."


def _refuse_link(path: Path, text: str, places: Places) -> None:
    """A symbolic link is a way out too."""
    inside = places.directory.resolve()
    if not parameters_in(text) and not path.resolve().is_relative_to(inside):
        raise PathRefused(
            f"'{text}' leads out of the workspace by a symbolic link.",
            "Write the folder as a parameter, {data}/file.csv, and set it: --set data=FOLDER.",
        )
