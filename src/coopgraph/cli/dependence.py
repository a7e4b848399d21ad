"""`coopgraph dependence`: what remains when a city, a network, a programme or an event is taken away."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.completing import cities
from coopgraph.cli.measure_names import MEASURES
from coopgraph.cli.notes import say_beside, sentences_text
from coopgraph.cli.options import (
    FORMATS,
    MeasureName,
    find,
    format_option,
    lang_option,
    output_option,
    store_option,
    top_option,
    workspace_option,
)
from coopgraph.cli.projection_options import projection, projection_options

if TYPE_CHECKING:
    from coopgraph.network import Dependence, DependenceSurvey

CITIES = {
    "label": "city",
    "country": "country",
    "before": "before",
    "after": "after",
    "change": "change",
    "rank_before": "rank before",
    "rank_after": "rank after",
    "partners_before": "partners before",
    "partners_after": "partners after",
}
THINGS = {
    "label": "without",
    "within": "within",
    "events": "events",
    "lost_dyads": "pairs lost",
    "lost_mutual": "mutual pairs lost",
    "left_alone": "cities left alone",
    "components": "groups",
    "largest": "largest group",
    "score_lost": "peer exchange lost",
}
_WORDS = ("label", "country", "within")
_SCORES = ("before", "after", "change", "score_lost")


@click.command("dependence")
@click.argument("what", nargs=-1, metavar="[WHAT...]", shell_complete=cities)
@workspace_option
@store_option
@click.option(
    "--each",
    type=click.Choice(["cities", "networks", "programmes"]),
    help="Take away each of these in turn, to find single points of failure.",
)
@click.option("--members", is_flag=True, help="With a network, its member cities go too.")
@click.option(
    "--measure",
    type=MeasureName(MEASURES),
    default="peer-exchange",
    show_default=True,
    help="What to compare before and after.",
)
@projection_options
@top_option("Only the first N rows; default: 20 in a table, else all.")
@lang_option
@format_option(*FORMATS)
@output_option
def dependence_command(
    what: tuple[str, ...],
    workspace: Path | None,
    store: bool,
    each: str | None,
    members: bool,
    measure: str,
    top: int | None,
    lang: str,
    fmt: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Say what remains when a city, a network or a programme is taken away.

    WHAT is a label in any language, with or without accents, an id such as network/ucci, or an IRI. A city
    goes with all its participations, a network or organisation with the events it organises, a programme with
    its events, an event alone. What the others exchange in the same events stays as recorded.

    Scores before and after are over the same cities; a table shows those that change, most partners lost
    first, and counts the others. JSON also lists the pairs and the events that are lost.
    """
    from coopgraph.cli.output import FIRST, chosen_format, write_table, write_text
    from coopgraph.network import dependence, dependence_of_each
    from coopgraph.release.opening import open_release

    _check_use(what, each, members=members, measure=measure)
    chosen = chosen_format(fmt, output, FORMATS)
    told: Dependence | DependenceSurvey
    with open_release(find(None, workspace), store=store) as release:
        if each is not None:
            told = dependence_of_each(release, of=each, language=lang, **projection(options))  # type: ignore[arg-type]
        else:
            told = dependence(
                release, without=what, measure=measure, members=members, language=lang, **projection(options)
            )
    if chosen == "table":
        write_text(_text(told, top or FIRST), output)
        return
    write_table(told.table.slice(0, top), chosen, output, basis=described(told))
    say_beside(told.sentences(), chosen)


def _check_use(what: tuple[str, ...], each: str | None, *, members: bool, measure: str) -> None:
    if what and each:
        raise click.UsageError("Give either names or --each, not both.")
    if not what and not each:
        raise click.UsageError(
            "Name what to take away, such as network/ucci or quito; or say --each networks."
        )
    if each and (members or measure != MEASURES[0]):
        raise click.UsageError(
            "--each compares peer exchange, one thing at a time: leave out --measure and --members."
        )


def _text(told: Dependence | DependenceSurvey, first: int) -> str:
    """Return a table for people, with what it means and rests on below."""
    from coopgraph.cli.output import table_text
    from coopgraph.network import Dependence

    rows = told.table.to_pylist()
    if isinstance(told, Dependence):
        heads, changed = CITIES, [row for row in rows if _moves(row) or _partners_change(row)]
    else:
        labels = {row["thing"]: row["label"] for row in rows}
        changed = [row | {"within": labels.get(row["within"], "")} for row in rows]
        overlap = any(row["within"] for row in rows)
        heads = {name: head for name, head in THINGS.items() if name != "within" or overlap}
    columns = [(head, name not in _WORDS) for name, head in heads.items()]
    text = table_text(columns, [[_cell(name, row) for name in heads] for row in changed[:first]])
    more, same = len(changed) - first, len(rows) - len(changed)
    rest = f"... and {more} more: --top {len(changed)}\n" if more > 0 else ""
    rest += f"{same:,} {'others' if changed else 'cities'} unchanged\n" if same else ""
    return (text if changed else "") + rest + "\n" + sentences_text(told.sentences())


def _moves(row: dict[str, Any]) -> bool:
    return bool(row["change"]) or (row["before"] is None) != (row["after"] is None)


def _partners_change(row: dict[str, Any]) -> bool:
    return bool(row["partners_before"] != row["partners_after"])


def _cell(name: str, row: dict[str, Any]) -> str:
    """Return a cell; a rank that moves only because others fall is not shown."""
    from coopgraph.cli.output import shown

    value = row[name]
    if name == "rank_after" and not _moves(row):
        return ""
    return f"{value:.3f}" if name in _SCORES and value is not None else shown(value)


def described(told: Dependence | DependenceSurvey) -> dict[str, Any]:
    """Return what the table rests on as plain data, and what else is lost."""
    from coopgraph.network import Dependence

    found: dict[str, Any] = {**asdict(told.basis), "before": asdict(told.before)}
    if isinstance(told, Dependence):
        found |= {
            "after": asdict(told.after),
            "removed": asdict(told.removed),
            "left_alone": list(told.left_alone),
            "lost_dyads": told.dyads.to_pylist(),
            "lost_events": told.events.to_pylist(),
        }
    return found | {"sentences": list(told.sentences())}
