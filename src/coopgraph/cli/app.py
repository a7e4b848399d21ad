"""The root command: what there is, in the order a newcomer needs it, without importing any of it."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from coopgraph import __version__
from coopgraph.cli.words import ReaderGone
from coopgraph.secretariat.catalogue import ANSWERS

# name -> the first line of its help; the command `name` is `coopgraph.cli.<name>.<name>_command`
COMMANDS: dict[str, str] = {
    "demo": "Build the bundled workspace and show what coopgraph does.",
    "init": "Make a workspace to fill in.",
    "import": "Bring a file or a public source into a workspace.",
    "check": "Say everything that is wrong in a workspace, and publish nothing.",
    "build": "Read a workspace and publish a release.",
    "query": "Ask a release, or any RDF files, in SPARQL.",
    "rank": "Rank cities by peer exchange and the measures beside it.",
    "explain": "Take one city's score apart: whom, what and which sources it rests on.",
    "dependence": "Say what remains when a city, a network or a programme is taken away.",
    "trend": "Follow cities and their network over time, by the year or by rolling windows.",
    **{name: answer.help for name, answer in ANSWERS.items()},
    "view": "Write the network, or a part of it, as a page that works offline or as a picture.",
    "compare": "Say what changed between two releases, by class, by city and by source.",
    "export": "Write a release for other tools: Gephi, QGIS, Excel, Neo4j, an open-data portal.",
    "report": "Write the year book of a network, as a page and as a PDF to print.",
    "forms": "Mail out forms filled in with what is known, and take in what cities answer.",
    "serve": "Serve the explorer and a read-only SPARQL endpoint, on this machine.",
    "mcp": "Let assistants ask a release, by the Model Context Protocol.",
    "release": "List, roll back or prune releases, or publish one to a remote store.",
    "completion": "Print the script that makes a shell complete commands, options, cities, questions ...",
    "gazetteer": "Make a larger gazetteer of files from GeoNames.",
    "ontology": "List the ontology's terms, or write its reference pages.",
}

HOMES = {"import": "importing"}  # of commands whose name is a word of the language


class Commands(click.Group):
    """A group that imports a command when it is called, and lists all of them without importing any.

    `commands` gives each command's name and the first line of its help; the command `name` of the root is
    `coopgraph.cli.name.name_command`, of a group in a room of its own `coopgraph.cli.ROOM.name`.
    """

    def __init__(
        self, *words: Any, listed: dict[str, str], room: str = "coopgraph.cli", **extra: Any
    ) -> None:
        super().__init__(*words, **extra)
        self.listed = listed
        self.room = room

    def make_context(self, *words: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*words, **extra)  # --help and --version write here
        except BrokenPipeError as error:
            raise ReaderGone from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click itself would turn a closed pipe into exit code 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.listed:
            return None
        if self.listed is COMMANDS and cmd_name in ANSWERS:
            from coopgraph.cli.answering import command as answering

            return answering(cmd_name)
        module = import_module(f"{self.room}.{HOMES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.listed and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.listed, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"{ctx.command_path} --help lists the commands."
            raise click.UsageError(f"There is no command '{args[0]}'. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands without importing any."""
        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        fitting = [name for name in self.listed if name.startswith(incomplete)]
        return [CompletionItem(name, help=self.listed[name]) for name in fitting]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.listed.items()))


def tell_version(context: click.Context) -> None:
    """Write the version, which plugins come with which package, and which of them cannot be used."""
    if context.resilient_parsing:
        return
    from coopgraph.plugins import installed

    click.echo(f"coopgraph {__version__}")
    found = installed()
    usable = usable_plugins() if found else set()
    for name, what, origin in found:
        broken = "" if (name, what, origin) in usable else " (not used: it is broken, see stderr)"
        click.echo(f"  {what} {name}: {origin}{broken}")
    context.exit()


def usable_plugins() -> set[tuple[str, str, str]]:
    """Import the plugins, and return those that can be used as `installed` names them."""
    from coopgraph.exports import formats
    from coopgraph.sources import kinds

    each = (("source", kinds.from_plugins()), ("export", formats.from_plugins()))
    return {(name, what, plugin.origin) for what, found in each for name, plugin in found.items()}


@click.command(
    cls=Commands,
    listed=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 something wrong in the data, 2 wrong use. Start with: coopgraph demo",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, asked: tell_version(context) if asked else None,
    help="Show the version and the plugins, and exit.",
)
def coopgraph() -> None:
    """A sourced knowledge graph of cooperation between cities."""
