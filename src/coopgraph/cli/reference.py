"""The reference of the commands, `docs/commands.md`, written from the commands themselves.

`python3 run.py docs` writes it; `--check` says whether it is current, and a test does too. So each command
and each option is documented, or a test fails.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"

INTRODUCTION = """\
# Commands

Written by `python3 run.py docs` from the commands themselves: `coopgraph COMMAND --help` says the same.

- The workspace is DIR or `-w DIR` where a command takes one; else the working directory or its nearest parent
  with a `coopgraph.toml`.
- Results go to stdout, or to the file `-o` names. Progress, remarks and errors go to stderr, so that a result
  can be piped. An error says what is wrong, where, and what to do.
- Exit codes: 0 fine; 1 something is wrong in the data; 2 wrong use; 130 interrupted; 141 the reader of a pipe
  has gone.
- CSV, TSV, JSON and Parquet hold values as they are, also a cell that begins with `=`: open such a file in a
  spreadsheet by its import dialogue, as text. Unknown is an empty cell, or null.
- `NO_COLOR=1` switches colours off. Without a terminal there are none, and no table is cut to a width.
"""


def reference() -> str:
    """Return the page.

    >>> reference().startswith("# Commands")
    True
    """
    from coopgraph.cli.app import coopgraph

    root = click.Context(coopgraph, info_name="coopgraph")
    return "\n".join([INTRODUCTION, *_group(coopgraph, root)]).rstrip() + "\n"


def _group(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None  # it was listed
        inner = click.Context(command, info_name=name, parent=context)
        yield from _command(command, inner)
        if isinstance(command, click.Group):
            yield from _group(command, inner)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f"## {context.command_path}\n"
    yield f"    {context.command_path} {pieces}\n"
    yield "\n\n".join(map(_paragraph, inspect.cleandoc(command.help or "").split("\n\n"))) + "\n"
    # Not --help: click keeps that option as it was first made, so whether it has -h depends on who asked.
    shown = [p for p in command.params if isinstance(p, click.Option)]
    options = [record for record in (option.get_help_record(context) for option in shown) if record]
    if options:
        yield "| option | meaning |\n|---|---|"
        yield from (f"| `{_cell(names)}` | {_cell(meaning)} |" for names, meaning in options)
        yield ""


def _paragraph(text: str) -> str:
    """Turn what click leaves as it is laid out, after a backspace, into code."""
    return textwrap.indent(textwrap.dedent(text[2:]), "    ") if text.startswith("\b\n") else text


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("  [", " [")


def main(arguments: list[str]) -> int:
    """Write the page, or check it."""
    current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if arguments == ["--check"]:
        if current == reference():
            return 0
        print("docs/commands.md is not current. Write it again: python3 run.py docs", file=sys.stderr)
        return 1
    PAGE.write_text(reference(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
