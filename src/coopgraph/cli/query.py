"""`coopgraph query`: a stored question, a file, or SPARQL as it is typed, to a release or any RDF files."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.completing import questions
from coopgraph.cli.options import (
    find,
    format_option,
    lang_option,
    output_option,
    pairs,
    store_option,
    workspace_option,
)
from coopgraph.cli.words import say

if TYPE_CHECKING:
    from coopgraph.rdf import Limits, Solutions
    from coopgraph.rdf.stored import StoredQuery
    from coopgraph.release import Release

FORMATS = ("table", "csv", "tsv", "json", "xml", "parquet", "ttl", "nt", "rdf", "jsonld")


def finite(context: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    """Refuse what passes for a number and is no time."""
    if value is not None and not math.isfinite(value):
        raise click.UsageError(f"--timeout takes seconds, such as 2.5, not {value}.")
    return value


@click.command("query")
@click.argument("words", nargs=-1, metavar="[NAME|FILE|TEXT]", shell_complete=questions)
@workspace_option
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a parameter of a stored query, such as programme=madrid-integral-cooperation. May be repeated.",
)
@click.option(
    "--from",
    "files",
    multiple=True,
    metavar="FILE",
    help="Ask these RDF files instead of a workspace: --from a.ttl b.nq. No release is needed. They are "
    "asked as they are, without the ontology that coopgraph.open adds.",
)
@store_option
@click.option(
    "--list", "listing", is_flag=True, help="List the stored queries with their questions and parameters."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    callback=finite,
    metavar="SECONDS",
    help="Stop after this time.",
)
@click.option(
    "--rows", type=click.IntRange(min=1), metavar="N", help="Stop after this many rows, and say so."
)
@lang_option
@format_option(*FORMATS)
@output_option
def query_command(
    words: tuple[str, ...],
    workspace: Path | None,
    params: tuple[str, ...],
    files: tuple[str, ...],
    store: bool,
    listing: bool,
    timeout: float | None,
    rows: int | None,
    lang: str,
    fmt: str | None,
    output: Path | None,
) -> None:
    """Ask a release, or any RDF files, in SPARQL.

    NAME is a stored query (--list has them; its number, such as cq-011, is enough), FILE ends in .rq, TEXT is
    SPARQL. A query may read and never write, fetches nothing, and runs in a process of its own that is
    stopped at its limits.

    \b
      coopgraph query cq-011
      coopgraph query -w data cq-021 --param city=madrid --format csv
      coopgraph query "SELECT (COUNT(*) AS ?cities) { ?c a coop:City }"
      coopgraph query --from mine.ttl "SELECT * { ?s ?p ?o } LIMIT 5"
    """
    from coopgraph.release.opening import open_release

    files, words = split_words(files, words)
    if not listing and len(words) != 1:
        raise click.UsageError(
            "Say one question: a stored query's name, a .rq file, or SPARQL. --list shows the names."
        )
    if store and files:
        raise click.UsageError("--from asks files and --store a remote store. Give one of the two.")
    place = rdf_files(files, workspace) if files else find(None, workspace)
    asked = "" if listing else question(words[0])
    with open_release(place, ontology=not files, store=store) as release:
        if listing:
            list_queries(release, lang, fmt, output)
            return
        bound = {**in_language(release, asked, lang), **arguments(params)}
        found = release.query(asked, limits=limits(release, timeout, rows), **bound)
        write_solutions(found, fmt, output, release.prefixes)
        if release.caution and not release.asked(asked).path.is_file():
            say(release.caution)
        for thing in release.unknown_things(asked, **bound):
            say(f"{thing} does not occur in this release.")


def rdf_files(files: Sequence[str], workspace: Path | None) -> list[Path]:
    """Return the files of --from, which stand instead of a workspace and must be there."""
    if workspace is not None:
        raise click.UsageError("--from asks files and -w a workspace. Give one of the two.")
    missing = [name for name in files if not Path(name).is_file()]
    if missing:
        raise click.UsageError(f"There is no file {', '.join(missing)}. Check the name and the folder.")
    return [Path(name) for name in files]


def in_language(release: Release, asked: str, lang: str) -> dict[str, str]:
    """Return the query's own parameters of language, where --lang was given; say so if there are none."""
    source = click.get_current_context().get_parameter_source("lang")
    if source is not click.core.ParameterSource.COMMANDLINE:
        return {}
    found = {one.name: lang for one in release.asked(asked).parameters if one.kind == "lang"}
    if not found:
        say("--lang changes nothing here: this query has no parameter of type lang.")
    return found


def split_words(files: Sequence[str], words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell the files from the question: after --from, every word that is a file's name is one more file.

    >>> split_words(["a.ttl"], ["ASK {}", "b.nq"])
    (('a.ttl', 'b.nq'), ('ASK {}',))
    """
    if not files:
        return (), tuple(words)
    more = [word for word in words if _is_rdf_file(word)]
    return (*files, *more), tuple(word for word in words if word not in more)


def _is_rdf_file(word: str) -> bool:
    endings = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl", ".xml", ".jsonld", ".n3", ".gz", ".zst")
    return not any(mark in word for mark in "{}\n") and word.lower().endswith(endings)


def question(word: str) -> str:
    """Return SPARQL for a file's name, anything else as it stands: the release knows its stored queries.

    >>> question("cq-011")
    'cq-011'
    """
    if not word.endswith(".rq"):
        return word
    try:
        return Path(word).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError(f"{word} is not UTF-8 text.") from None
    except OSError as error:
        raise click.UsageError(
            f"{word} cannot be read: {error.strerror}. Check the name and the folder."
        ) from None


def arguments(params: Sequence[str]) -> dict[str, Any]:
    """Return a stored query's arguments; what `Release.query` itself takes by name cannot be one of them."""
    found = pairs(params, "--param")
    for name in ("question", "trusted", "limits"):
        if name in found:
            raise click.UsageError(f"'{name}' is no parameter of a stored query. --list shows what each has.")
    return found


def limits(release: Release, seconds: float | None, rows: int | None) -> Limits | None:
    """Return the release's own limits with what the options change."""
    from dataclasses import replace

    changes: dict[str, Any] = {"seconds": seconds, "rows": rows}
    changes = {name: value for name, value in changes.items() if value is not None}
    return replace(release.limits, **changes) if changes else None


def write_solutions(found: Solutions, fmt: str | None, output: Path | None, prefixes: dict[str, str]) -> None:
    """Write an answer: rows as a table, triples as Turtle, yes or no as a word, or as asked."""
    from coopgraph.cli.output import chosen_format, write_bytes, write_text
    from coopgraph.rdf.solutions import LIMITS

    chosen = chosen_format(fmt, output, FORMATS)
    if chosen != "table":
        write_bytes(found.serialize(chosen), output)
    elif found.kind == "triples":
        write_bytes(found.serialize("ttl"), output)
    elif found.kind == "boolean":
        write_text("yes\n" if found else "no\n", output)
    else:
        write_text(solutions_text(found, prefixes), output)
    if found.truncated:
        raised = "" if found.reason == LIMITS["store"] else ", or raise it with --rows"
        say(f"The answer was cut: {found.reason}. Ask for less{raised}.")


def solutions_text(found: Solutions, prefixes: dict[str, str]) -> str:
    """Return rows as a table for people: IRIs by their prefixes, numbers to the right."""
    from coopgraph.cli.output import table_text
    from coopgraph.cli.terms import is_number, term_text

    rows = list(found.terms())
    numbers = [
        bool(rows) and all(is_number(row[i]) for row in rows if row[i]) for i in range(len(found.variables))
    ]
    columns = list(zip(found.variables, numbers, strict=True))
    told = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}\n"
    return table_text(columns, [[term_text(term, prefixes) for term in row] for row in rows]) + told


def list_queries(release: Release, lang: str, fmt: str | None, output: Path | None) -> None:
    """Write the stored queries: name, question, parameters."""
    from coopgraph.cli.output import chosen_format, json_text, table_text, write_table, write_text

    chosen = chosen_format(fmt, output, ("table", "csv", "tsv", "json"))
    stored = release.queries()
    if chosen == "json":
        write_text(json_text([described(query) for query in stored]), output)
        return
    rows = [[q.name, q.title(lang) or "", " ".join(p.name for p in q.parameters)] for q in stored]
    names = ("name", "question", "parameters")
    if chosen == "table":
        write_text(table_text([(name, False) for name in names], rows), output)
        return
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else ([], [], [])
    write_table(
        pa.table({name: list(column) for name, column in zip(names, columns, strict=True)}), chosen, output
    )


def described(query: StoredQuery) -> dict[str, Any]:
    """Return a stored query as plain data."""
    from coopgraph.rdf.stored import plain_default

    parameters = [
        {"name": p.name, "type": p.kind, "default": plain_default(p), "meaning": p.about}
        for p in query.parameters
    ]
    return {"name": query.name, "titles": dict(query.titles), "parameters": parameters}
