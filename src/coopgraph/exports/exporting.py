"""Export a release: find the format, check what is asked, write it as a whole.

In: an open release, the file or folder to make, a format's name or the file's ending. Out: what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from coopgraph.errors import ConfigError, Fault
from coopgraph.exports.formats import (
    APART,
    GRAPHS,
    Format,
    Options,
    Written,
    format_of,
    other_ending,
    silently,
)
from coopgraph.exports.target import beside
from coopgraph.languages import LANGUAGES
from coopgraph.views.drawing import telling_cleaned

if TYPE_CHECKING:
    from coopgraph.network.selection import Options as Selected
    from coopgraph.release import Release
    from coopgraph.settings.export import ExportSpec

FILTERS = ("period", "sdg", "strategic_line", "programme", "organiser", "country")
_CLEANED = "texts that are written without their control and direction characters"


def export(
    release: Release,
    target: str | Path,
    format: str | None = None,
    *,
    lang: str = "en",
    graph: str | None = None,
    force: bool = False,
    without: Collection[str] = (),
    settings: ExportSpec | None = None,
    open_only: bool = True,
    on_progress: Callable[[str], None] = silently,
    **options: Unpack[Selected],
) -> Written:
    """Write a release for another tool; the same release gives the same bytes.

    Parameters
    ----------
    release
        An open release.
    target
        The file or folder to make. It is there as a whole, or not at all.
    format
        A format by name, see `coopgraph export --list`; default: what the file's ending says.
    lang
        The language of labels and headings: en, es or pt.
    graph
        Of formats of networks, what joins the cities: ``exchange`` (who contributed how much to whom),
        ``agreements``, ``affiliation`` (memberships in networks) or ``all``. Default: all; where options
        choose among exchanges, exchange.
    force
        Replace what is there.
    without
        Of RDF, graphs to leave out that no source states: ``ontology``, ``inferred``, ``provenance``.
    settings
        Who reports to IATI, who publishes; default: what ``[export]`` of the workspace file says.
    open_only
        Of an open data release: hold only what is open by licence and access. Personal data is never in it.
    on_progress
        Called with a sentence at each step.
    **options
        Of formats of networks, the options of `flows`: what is exchanged and how it is weighed. `engine` and
        `memory` (DuckDB's: 256MB, if nobody says otherwise) go with every format.

    Returns
    -------
    Written
        The files, how many things of each kind are in them, and what was left out and why.

    Raises
    ------
    ConfigError
        For a format that is not known, options the format has no use for, and a target that is there.
    ProjectionError
        As `flows` does.
    """
    target = Path(target)
    chosen = format_of(target, format)
    faults = [*_faults(chosen, lang, graph, options), *_of_graphs(chosen, without)]
    if other := other_ending(target, chosen):
        told = f"{chosen.name} is asked for, and the name '{target.name}' says {other}."
        named = f"a file ending in {chosen.ending}" if chosen.ending else "a folder"
        fix = f"Name {named}, or ask for {other}."
        faults.append(Fault(None, None, None, told, fix))
    if not open_only and "open_only" not in chosen.takes:
        told = f"{chosen.name} always holds what is not open too."
        faults.append(Fault(None, None, None, told, "Leave open_only out."))
    if faults:
        raise ConfigError(f"{target.name} cannot be written as asked.", faults=faults)
    joined = graph or ("exchange" if any(options.get(name) for name in FILTERS) else "all")
    asked = Options(lang, on_progress, joined, dict(options), tuple(without), settings, open_only)
    with telling_cleaned() as cleaned, beside(target, folder=not chosen.ending, force=force) as unfinished:
        written = chosen.write(release, unfinished, asked)
    files = tuple(target / path.relative_to(unfinished) if path != unfinished else target
                  for path in written.files)  # fmt: skip
    left_out = dict(written.left_out) | ({_CLEANED: len(cleaned)} if cleaned else {})
    return Written(files, written.counts, left_out)


def _faults(chosen: Format, lang: str, graph: str | None, options: Mapping[str, Any]) -> Iterator[Fault]:
    if lang not in LANGUAGES:
        yield Fault(None, None, None, f"There is no language {lang!r}.", f"Use {', '.join(LANGUAGES)}.")
    if graph is not None and graph not in GRAPHS:
        yield Fault(None, None, None, f"There is no graph {graph!r}.", f"Use one of {', '.join(GRAPHS)}.")
    parts = sorted(set(options) - {"engine", "memory"})
    if not chosen.network and (graph or parts):
        named = ", ".join((["graph"] if graph else []) + parts)
        told = f"{chosen.name} holds the whole release, and {named} would choose a part of it."
        yield Fault(None, None, None, told, "Leave that out, or choose a format of networks, such as gexf.")
    filters = [name for name in FILTERS if options.get(name)]
    if chosen.network and filters and graph not in (None, "exchange"):
        told = f"{', '.join(filters)} chooses among exchanges; agreements and memberships are written whole."
        yield Fault(None, None, None, told, "Ask for the graph of exchange alone, or leave that out.")


def _of_graphs(chosen: Format, without: Collection[str]) -> Iterator[Fault]:
    unknown = sorted(set(without) - set(APART))
    if unknown:
        told = f"There is no graph {unknown[0]!r} that no source states."
        yield Fault(None, None, None, told, f"Leave out some of {', '.join(APART)}.")
    if without and "without" not in chosen.takes:
        told = f"{chosen.name} has no graphs to leave out."
        yield Fault(None, None, None, told, "Leave 'without' out, or choose an RDF format, such as turtle.")
