"""What the secretariat accepted, written as rows of the workspace's own: all or nothing, nothing overwritten.

In: a diff that was decided on. Out: CSV files and mappings in `declarations/`, and their sections at the end
of `coopgraph.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.errors import ConfigError, CoopgraphError, Fault, SourceError
from coopgraph.forms.decided import Decision, read_decisions
from coopgraph.forms.own_tables import content_there, csv_text, mapping_text, rows_there
from coopgraph.forms.tables import COLUMNS, FOLDER, SEPARATOR, Row, list_columns, rows_of
from coopgraph.release.durable import whole_file
from coopgraph.settings.workspace_file import FILE_NAME, read_file, read_head
from coopgraph.sources.workspace import load_workspace

_COMMENT: Final = (
    "# What cities say of themselves, accepted by the secretariat: see docs/secretariat/forms.md"
)


@dataclass(frozen=True)
class Accepted:
    """What accepting came to.

    Attributes
    ----------
    accepted, refused, undecided
        How many changes were taken, said no to, and left open.
    rows
        How many rows were added, by table; none where all were there already.
    files
        The files that were made or grew.
    """

    accepted: int
    refused: int
    undecided: int
    rows: Mapping[str, int]
    files: tuple[Path, ...]


def accept_declarations(workspace: Path | str, *diffs: Path | str) -> Accepted:
    """Write what was accepted in a diff into a workspace, as a source of its own.

    Each form becomes a source whose publisher is the city's office; `coopgraph build` reads the rows by
    ordinary mappings. Rows of other sources stay as they are. Doing it again adds nothing.

    Parameters
    ----------
    workspace
        The folder of `coopgraph.toml`.
    diffs
        XLSX, CSV or JSON files as `coopgraph forms diff -o` wrote them, with yes or no in their column
        `accept`.

    Raises
    ------
    SourceError
        A diff that cannot be read, or in which something but `accept` was changed; all faults are told, and
        nothing is written.
    ConfigError
        The workspace cannot take the rows; it is as it was.

    Examples
    --------
    >>> import coopgraph as cg
    >>> cg.accept_declarations(".", "nothing.csv")
    Traceback (most recent call last):
    ...
    coopgraph.errors.SourceError: The diff cannot be accepted as it is.
      nothing.csv: is not there. Put the file back or correct the path.
    """
    decisions: list[Decision] = []
    faults: list[Fault] = []
    for path in map(Path, diffs):
        try:
            decisions += read_decisions(path)
        except SourceError as error:
            faults += error.faults_of(path.name)
    if faults:
        raise SourceError("The diff cannot be accepted as it is.", faults=faults)
    place = Path(workspace)
    deeds = [each.deed for each in decisions if each.accept]
    _refuse_strangers(place, {deed.source.base for deed in deeds})
    added = _missing(place, rows_of(deeds))
    contents = _contents(place, added)
    files = _commit(place, contents) if contents else ()
    return Accepted(
        len(deeds),
        sum(each.accept is False for each in decisions),
        sum(each.accept is None for each in decisions),
        {table: len(rows) for table, rows in added.items()},
        files,
    )


def _refuse_strangers(workspace: Path, bases: set[str]) -> None:
    base = _base_of(workspace)
    if strange := sorted(bases - {base}):
        raise ConfigError(
            f"The diff is of another workspace ({strange[0]}) than {workspace} ({base}). "
            "Choose the right one with -w DIR."
        )


def _base_of(workspace: Path) -> str:
    """Return the base of a workspace's IRIs."""
    head, _ = read_head(read_file(workspace))
    return head.base


def _missing(workspace: Path, wanted: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the rows that are not there yet, by table.

    A source is there once, whatever day a later diff of the same file gives it.
    """
    missing: dict[str, list[Row]] = {}
    for table, rows in wanted.items():
        there = rows_there(workspace / FOLDER / f"{table}.csv", table)
        if table == "sources":
            ids = {row["id"] for row in there}
            new = [row for n, row in enumerate(rows) if row["id"] not in ids | {r["id"] for r in rows[:n]}]
        else:
            new = [row for row in rows if row not in there]
        if new:
            missing[table] = new
    return missing


def _contents(workspace: Path, added: Mapping[str, list[Row]]) -> dict[Path, bytes]:
    """Return the whole content of each file that grows or is made, the workspace file last."""
    contents: dict[Path, bytes] = {}
    named = read_file(workspace).table.get("sources", {})
    sections = [
        text
        for table in COLUMNS
        if isinstance(section := named.get(f"declared-{table}"), dict) and "columns" not in section
        if (text := _separators(table))
    ]
    for table, rows in added.items():
        path = workspace / FOLDER / f"{table}.csv"
        mapping = workspace / FOLDER / "mappings" / f"{table}.yml"
        before, added_since = content_there(path, table)
        glue = b"" if before.endswith(b"\n") else b"\n"
        contents[path] = before + glue + csv_text([list(row.values()) for row in rows])
        if not mapping.is_file() or added_since:
            contents[mapping] = mapping_text(mapping, table, added_since)
        if f"declared-{table}" not in named:
            sections.append(_section(table))
    if sections:
        file = workspace / FILE_NAME
        text = file.read_text(encoding="utf-8").rstrip("\n")
        head = [] if _COMMENT in text else [_COMMENT]
        contents[file] = "\n".join([f"{text}\n", *head, *sections]).encode()
    return contents


def _section(table: str) -> str:
    return (
        f"[sources.declared-{table}]\n"
        f'path = "{FOLDER}/{table}.csv"\n'
        f'mapping = "{FOLDER}/mappings/{table}.yml"\n{_separators(table)}'
    )


def _separators(table: str) -> str:
    """Return the part of a section that says which columns hold several; "" where none does."""
    lists = "".join(f'{column} = {{ separator = "{SEPARATOR}" }}\n' for column in list_columns(table))
    return f"[sources.declared-{table}.columns]\n{lists}" if lists else ""


def _commit(workspace: Path, contents: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write all files, or leave the workspace as it was."""
    before = {path: path.read_bytes() if path.is_file() else None for path in contents}
    done: list[Path] = []
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            done.append(path)
            with whole_file(path) as draft:
                draft.write_bytes(content)
        load_workspace(workspace)
    except (CoopgraphError, OSError, KeyboardInterrupt):
        for path in done:
            old = before[path]
            if old is None:
                path.unlink(missing_ok=True)
            else:
                with whole_file(path) as draft:
                    draft.write_bytes(old)
        raise
    return tuple(contents)
