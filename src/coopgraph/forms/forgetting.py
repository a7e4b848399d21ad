"""Where a person's name or address stands in a workspace, and the one place it can be taken out of.

In: a workspace, a name or an e-mail address. Out: every file, row and release that holds it; on demand the
file of contacts without it. Whatever else holds it is for people to decide: docs/secretariat/erasure.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from coopgraph.errors import ConfigError, SourceError
from coopgraph.forms.contacts import FILE, read_contacts, write_contacts
from coopgraph.letters import plain_letters
from coopgraph.release.graph import read_graph, whole_lines
from coopgraph.settings.workspace_file import FILE_NAME, read_file
from coopgraph.sources.bytes_read import reading
from coopgraph.sources.workbook import sheet_lines

_TEXTS: Final = frozenset({
    ".csv", ".tsv", ".txt", ".md", ".toml", ".yml", ".yaml", ".json", ".jsonld", ".xml", ".ttl", ".nt", ".nq",
    ".trig", ".rdf", ".rq", ".html", ".ics",
})  # fmt: skip
_SHORTEST: Final = 3
_OWN: Final = ".coopgraph"


@dataclass(frozen=True)
class Found:
    """One place that holds a text: a line or row of a file, or a release."""

    kind: str  # contact | file | release | unread
    file: str
    row: int | None
    advice: str


def where_is(workspace: Path, text: str) -> tuple[Found, ...]:
    """Return every place of a workspace that holds a text; capitals and accents make no difference.

    Raises
    ------
    ConfigError
        The folder is no workspace, or the text is too short to mean a person.
    """
    read_file(workspace)
    wanted = plain_letters(text)
    if len(wanted) < _SHORTEST:
        raise ConfigError(f"'{text}' is too short to look for. Give a name or an e-mail address.")
    found = [place for path in _files(workspace) for place in _in_file(workspace, path, wanted)]
    return (*found, *_in_releases(workspace, wanted))


def forget(workspace: Path, text: str) -> int:
    """Take a person out of the file of contacts, and return how many of its rows are gone."""
    wanted = plain_letters(text)
    there = read_contacts(workspace)
    kept = [each for each in there if wanted not in plain_letters(f"{each.name} {each.email} {each.office}")]
    if len(kept) < len(there):
        write_contacts(workspace, kept)
    return len(there) - len(kept)


def _files(workspace: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(workspace):
        names[:] = sorted(name for name in names if name not in (_OWN, ".git"))
        yield from (Path(folder) / name for name in sorted(files))


def _in_file(workspace: Path, path: Path, wanted: str) -> Iterator[Found]:
    name = path.relative_to(workspace).as_posix()
    ending = path.suffix.lower()
    try:
        if ending == ".xlsx":
            yield from _in_workbook(path, name, wanted)
        elif ending in _TEXTS or path.name == ".gitignore":
            with reading(path):
                lines = path.read_bytes().decode("utf-8", "replace").splitlines()
            yield from (
                _found(name, number) for number, line in enumerate(lines, 1) if wanted in plain_letters(line)
            )
        else:
            yield Found("unread", name, None, "Look into it yourself: files of this kind are not read.")
    except SourceError as error:
        yield Found("unread", name, None, f"Look into it yourself: {error.message}")


def _in_workbook(path: Path, name: str, wanted: str) -> Iterator[Found]:
    for sheet, number, cells in sheet_lines(path):
        if any(value is not None and wanted in plain_letters(str(value)) for value in cells):
            yield _found(f"{name} [{sheet}]", number)


def _found(name: str, number: int) -> Found:
    if name == FILE:
        return Found("contact", name, number, "Taken out with --yes.")
    if name == FILE_NAME or name.endswith((".yml", ".rq")):
        return Found("file", name, number, "Take it out by hand.")
    return Found(
        "file", name, number, "Take it out by hand; if a build reads the file, build again and prune."
    )


def _in_releases(workspace: Path, wanted: str) -> Iterator[Found]:
    for graph in sorted((workspace / _OWN / "releases").glob("*/graph.nq.zst")):
        name = graph.parent.relative_to(workspace).as_posix()
        lines = (line.decode("utf-8", "replace") for line in whole_lines(read_graph(graph.parent)))
        if any(wanted in plain_letters(unquote(line)) for line in lines):
            advice = "Take it out of the source, build, then: coopgraph release prune --keep 1"
            yield Found("release", name, None, advice)
