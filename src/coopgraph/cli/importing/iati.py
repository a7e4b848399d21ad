"""`coopgraph import iati FILE...`: activities as their publisher states them, into a workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.importing.shared import dry_run_option, name_of, place_of, today, workspace_option
from coopgraph.cli.options import format_option
from coopgraph.cli.progress import telling
from coopgraph.cli.words import grouped, say

if TYPE_CHECKING:
    from coopgraph.sources.iati.summary import Summary


def address_of(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no address before anything is read."""
    from coopgraph.sources.source_section import is_address

    if value is not None and not is_address(value):
        raise click.UsageError(f"'{value}' is no address. Write one like https://example.org/aid.xml.")
    return value


def addresses_of(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """Refuse what is no address among several."""
    for each in value:
        address_of(context, parameter, each)
    return value


@click.command("iati")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@workspace_option
@click.option(
    "--name",
    callback=name_of,
    metavar="NAME",
    help="The name of the source in coopgraph.toml; default: that of the first file.",
)
@click.option(
    "--codelists",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder of IATI's code lists (XML), to check codes and to name them.",
)
@click.option(
    "--url",
    "urls",
    multiple=True,
    metavar="IRI",
    callback=addresses_of,
    help="Where the files were fetched from; once for all, or once for each.",
)
@click.option(
    "--retrieved",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day they were fetched; default: today.",
)
@click.option("--licence", metavar="IRI", callback=address_of, help="The licence they may be used under.")
@dry_run_option
@format_option("text", "json")
def iati_command(
    files: tuple[Path, ...],
    workspace: Path | None,
    name: str | None,
    codelists: Path | None,
    urls: tuple[str, ...],
    retrieved: datetime | None,
    licence: str | None,
    dry_run: bool,
    fmt: str | None,
) -> None:
    """Bring IATI activity files into a workspace.

    Says what is in them: activities, money by kind and currency, goals, codes that are on no list, contacts
    left out. Then copies them into the workspace and adds them to coopgraph.toml; a build reads them.

    \b
      coopgraph import iati activities.xml --codelists codelists -w aid
    """
    from coopgraph.sources.iati.summary import summarise

    if len(urls) > 1 and len(urls) != len(files):
        raise click.UsageError(f"{len(urls)} addresses for {len(files)} files. Give one, or one for each.")
    place = Path() if dry_run else place_of(workspace)
    with telling(f"reading {files[0].name}") as step:
        summary = summarise(
            files, codelists, lambda file, count: step(f"reading {file}: {count:,} activities")
        )
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text(_described(summary)), nl=False)
    else:
        click.echo(_text(summary), nl=False)
    if not dry_run:
        day = retrieved.date() if retrieved else today()
        origin: dict[str, str | Sequence[str]] = {"retrieved": day.isoformat()}
        if urls:
            origin["url"] = urls[0] if len(urls) == 1 else urls
        if licence:
            origin["licence"] = licence
        _add(files, place, name or _slug(files), codelists, origin)


def _add(
    files: tuple[Path, ...],
    workspace: Path,
    name: str,
    codelists: Path | None,
    origin: Mapping[str, str | Sequence[str]],
) -> None:
    """Copy the files into the workspace and add the source."""
    from coopgraph.release.locate import shell_word
    from coopgraph.sources.adding import add_source
    from coopgraph.sources.recording.sections import section

    copied: dict[str, bytes | Path] = {}
    for number, file in enumerate(files, 1):
        plain = re.sub(r"[{}*?\[\]]", "-", file.name)  # signs that mean something in paths of a workspace
        place = f"iati/{name}/{plain}"
        copied[f"iati/{name}/{number}-{plain}" if place in copied else place] = file
    settings: dict[str, str | Sequence[str]] = {"path": list(copied), "kind": "iati", **origin}
    if codelists is not None:
        folder = f"iati/{name}/codelists"
        copied |= {f"{folder}/{path.name}": path for path in sorted(codelists.glob("*.xml"))}
        settings["codelists"] = folder
    add_source(workspace, name, section(name, **settings), copied, title=f"Aid activities: {name}")
    say(f"Added as '{name}' to {workspace / 'coopgraph.toml'}.")
    say(f"Go on with: coopgraph build {shell_word(workspace)}")


def _slug(files: tuple[Path, ...]) -> str:
    """A source's name from that of its file.

    >>> _slug((Path("CAF ActivityFile.xml.gz"),)), _slug((Path("ñ.xml"),))
    ('caf-activityfile', 'iati')
    """
    stem = files[0].name.split(".")[0].lower()
    return re.sub(r"[^a-z0-9_]+", "-", stem).strip("-_") or "iati"


def _text(summary: Summary) -> str:
    from coopgraph.cli.output import table_text

    parts = [_head(summary), _table("table", summary.tables)]
    if summary.money:
        columns = [("money", False), ("currency", False), ("amounts", True), ("total", True)]
        rows = [
            [_kind(s.kind, s.type), s.currency, f"{s.amounts:,}", f"{s.total.normalize():,f}"]
            for s in summary.money
        ]
        parts.append(table_text(columns, rows))
    if summary.goals:
        goals = " · ".join(f"{goal}: {count:,}" for goal, count in summary.goals.items())
        parts.append(f"Activities by Sustainable Development Goal  {goals}\n")
    parts.append(_unknown(summary) + _left_out(summary))
    return "\n".join(parts)


def _head(summary: Summary) -> str:
    files = summary.files[0].name if len(summary.files) == 1 else f"{len(summary.files)} files"
    versions = ", ".join(sorted(version or "not stated" for version in summary.versions)) or "not stated"
    who = ", ".join(f"{name or 'nobody named'} ({n:,})" for name, n in summary.reporters.most_common(5))
    more = f" and {len(summary.reporters) - 5} more" if len(summary.reporters) > 5 else ""
    local = f", {summary.local_governments:,} of them local governments" if summary.organisations else ""
    return (
        f"{files}, IATI version {versions}\n"
        f"{_repeated(summary.repeated)}"
        f"Published by {who or 'nobody'}{more}; names {summary.organisations:,} organisations{local}\n"
    )


def _repeated(count: int) -> str:
    one = (
        "1 activity comes more than once and was"
        if count == 1
        else f"{count:,} activities come more than once and were"
    )
    return f"{one} left out: each is counted once.\n" if count else ""


def _table(title: str, counts: Any) -> str:
    from coopgraph.cli.output import table_text

    rows = [[name, f"{count:,}"] for name, count in counts.items() if count]
    return table_text([(title, False), ("rows", True)], rows)


def _kind(kind: str, code: str) -> str:
    return f"{kind} (transaction type {code})" if code else f"{kind} (budget)"


def _unknown(summary: Summary) -> str:
    lines = []
    if summary.unknown_amounts:
        lines.append(f"{summary.unknown_amounts:,} amounts left out: no number, currency or type is known.")
    for name, code, count in summary.unknown_codes[:20]:
        lines.append(f"Not in the code list {name}: '{code}' ({count:,} times).")
    if len(summary.unknown_codes) > 20:
        lines.append(f"{len(summary.unknown_codes) - 20:,} more codes are not in their lists.")
    told = grouped([fault for fault in summary.faults if "not in the code list" not in fault.what])
    lines += told[:10]
    if len(told) > 10:
        lines.append(f"{len(told) - 10:,} more remarks: coopgraph check, once it is in a workspace.")
    return "".join(f"{line}\n" for line in lines)


def _left_out(summary: Summary) -> str:
    contacts = summary.contacts.get("contact-info", 0)
    personal = ", ".join(
        f"{count:,} {name}" for name, count in summary.contacts.items() if name != "contact-info"
    )
    said = f"Left out, as they may be personal: {contacts:,} contacts"
    text = f"{said} ({personal}).\n" if personal else f"{said}.\n"
    if summary.left_out:
        others = ", ".join(f"{count:,} {name}" for name, count in summary.left_out.items())
        text += f"Not read: {others}.\n"
    return text


def _described(summary: Summary) -> dict[str, Any]:
    """Return what is in the files as plain data."""
    return {
        "files": [path.name for path in summary.files],
        "versions": dict(summary.versions),
        "publishers": dict(summary.reporters),
        "tables": dict(summary.tables),
        "money": [vars(each) for each in summary.money],
        "repeated": summary.repeated,
        "amounts_left_out": summary.unknown_amounts,
        "goals": {str(goal): count for goal, count in summary.goals.items()},
        "organisations": summary.organisations,
        "local_governments": summary.local_governments,
        "unknown_codes": [
            {"list": name, "code": code, "times": n} for name, code, n in summary.unknown_codes
        ],
        "contacts_left_out": dict(summary.contacts),
        "not_read": dict(summary.left_out),
        "remarks": [vars(fault).copy() for fault in summary.faults],
    }
