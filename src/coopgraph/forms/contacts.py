"""Who filled in a form: kept in a file that no mapping reads, so that it is in no release and in no export.

In: contacts of returned forms. Out: `contacts/contacts.csv` in the workspace, and a `.gitignore` beside it
that keeps the whole folder out of version control.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import ConfigError
from coopgraph.forms.returned import Contact
from coopgraph.release.durable import replace_text
from coopgraph.settings.workspace_file import read_file
from coopgraph.sources.bytes_read import reading

FOLDER: Final = "contacts"
FILE: Final = f"{FOLDER}/contacts.csv"
COLUMNS: Final = tuple(field.name for field in fields(Contact))


def keep_contacts(workspace: Path, contacts: Iterable[Contact]) -> tuple[Path, ...]:
    """Add contacts to the workspace's file of them, each once, and return the files written.

    Raises ConfigError where the workspace reads sources from that folder: they would be published.
    """
    _refuse_published(workspace)
    path = workspace / FILE
    there = read_contacts(workspace)
    new = [contact for contact in dict.fromkeys(contacts) if contact not in there]
    if not new:
        return ()
    path.parent.mkdir(exist_ok=True)
    ignored = path.parent / ".gitignore"
    if not ignored.is_file():
        replace_text(ignored, "*\n")  # kept out of version control before the first name stands there
    write_contacts(workspace, [*there, *new])
    return (path,)


def read_contacts(workspace: Path) -> list[Contact]:
    """Return the contacts kept so far."""
    path = workspace / FILE
    if not path.is_file():
        return []
    with reading(path):
        text = path.read_bytes().decode("utf-8-sig", "replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [Contact(**{name: row.get(name) or "" for name in COLUMNS}) for row in rows]


def write_contacts(workspace: Path, contacts: Iterable[Contact]) -> None:
    """Write the file of contacts anew."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, contacts))
    replace_text(workspace / FILE, text.getvalue())


def _refuse_published(workspace: Path) -> None:
    sources = read_file(workspace).table.get("sources", {})
    for name, source in sources.items() if isinstance(sources, dict) else ():
        for path in _paths(source):
            if path.removeprefix("./").startswith((f"{FOLDER}/", "**", "*/")):
                raise ConfigError(
                    f"The source '{name}' reads {path}, so contacts kept in {FOLDER}/ would be published. "
                    "Name its files more narrowly, or give --no-contacts."
                )


def _paths(source: Any) -> list[str]:
    path = source.get("path", ()) if isinstance(source, dict) else ()
    return [path] if isinstance(path, str) else [text for text in path if isinstance(text, str)]
