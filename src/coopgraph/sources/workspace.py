"""The workspace file: what is read, and how.

In: a folder with a `coopgraph.toml`, and settings from the command line. Out: a `Workspace`, every path
absolute and existing; or one `ConfigError` with every fault. Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from coopgraph.errors import Fault
from coopgraph.settings.engine import read_engine, read_size, size_in_bytes
from coopgraph.settings.export import read_export
from coopgraph.settings.remote_store import read_store
from coopgraph.settings.section import Section, nearest
from coopgraph.settings.workspace_file import read_file, read_head, refuse
from coopgraph.sources.kinds import kinds
from coopgraph.sources.paths import PathRefused, Places, expand, parameters_in
from coopgraph.sources.source_section import read_source
from coopgraph.sources.source_spec import SourceSpec


@dataclass(frozen=True)
class Limits:
    """What an untrusted query may use."""

    query_seconds: int = 60
    query_memory: str = "2GB"
    query_rows: int = 1_000_000

    @property
    def query_bytes(self) -> int:
        """`query_memory` in bytes.

        >>> Limits().query_bytes, Limits(query_memory="1.5 KiB").query_bytes
        (2000000000, 1536)
        """
        size = size_in_bytes(self.query_memory)
        assert size is not None, "checked when the workspace file was read"
        return size


@dataclass(frozen=True)
class Workspace:
    """A workspace as its file says, with every path resolved."""

    directory: Path
    title: str
    titles: Mapping[str, str]  # in other languages
    languages: tuple[str, ...]
    base: str
    licence: str | None
    rules: tuple[Path, ...]
    queries: tuple[Path, ...]
    judgements: tuple[Path, ...]
    gazetteer: Path | None
    sources: tuple[SourceSpec, ...]
    memory: str | None
    limits: Limits
    parameters: Mapping[str, Path] = field(default_factory=dict)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file a build reads beside the workspace file, sorted, each once."""
        named = [path for source in self.sources for path in source.files]
        mappings = [source.mapping for source in self.sources if source.mapping]
        places = [self.gazetteer] if self.gazetteer else []
        return tuple(sorted({*named, *mappings, *self.judgements, *places, *self.rules, *self.queries}))


def load_workspace(directory: Path, settings: Mapping[str, str] | None = None) -> Workspace:
    """Read `coopgraph.toml` of a folder; `settings` are the `name=value` pairs of `--set`.

    A relative value of `settings` is relative to the working directory, one of `[parameters]` to the
    workspace.

    >>> from coopgraph.resources import bundled
    >>> load_workspace(bundled("data")).title
    'Ibero-American city cooperation'
    """
    top = read_file(directory)
    places = Places(directory.absolute(), _parameters(top, directory, settings or {}))
    workspace = _workspace(top, places)
    top.close()
    if top.faults:
        raise refuse(directory, _once(top.faults))
    return workspace


def gazetteer_of(directory: Path) -> Path | None:
    """Return the gazetteer that a workspace names; None where it goes by the bundled one.

    Raises ConfigError where its path has a parameter that `[parameters]` gives no value.
    """
    top = read_file(directory)
    head = top.section("workspace")
    found = _gazetteer(head, Places(directory.absolute(), _parameters(top, directory, {})))
    if top.faults:
        raise refuse(directory, top.faults)
    return found


def judgements_of(directory: Path) -> tuple[Path, ...]:
    """Return the files of judgements that a workspace names, without looking at its sources.

    Raises ConfigError for one that is not there.
    """
    top = read_file(directory)
    head = top.section("workspace")
    places = Places(directory.absolute(), _parameters(top, directory, {}))
    found = _optional_files(head, "judgements", places)
    if top.faults:
        raise refuse(directory, top.faults)
    return found


def _once(faults: Sequence[Fault]) -> list[Fault]:
    """Tell a file that several sources name, and that is not there, once."""
    alike: dict[Fault, list[Fault]] = {}
    for fault in faults:
        named = re.sub(r"^'sources\.[^']*\.path' (?='.*' names no file)", "", fault.what)
        same = fault if named == fault.what else replace(fault, line=None, what=named)
        alike.setdefault(same, []).append(fault)
    return [_with_others(same) for same in alike.values()]


def _with_others(alike: Sequence[Fault]) -> Fault:
    others = len(alike) - 1
    if not others:
        return alike[0]
    sources = "One more source names" if others == 1 else f"{others} more sources name"
    return replace(alike[0], fix=" ".join([*([alike[0].fix] if alike[0].fix else []), f"{sources} it too."]))


def _parameters(top: Section, directory: Path, settings: Mapping[str, str]) -> dict[str, Path]:
    """Return each parameter's folder; one that is set but used nowhere is a slip of the pen."""
    defaults = {name: directory.absolute() / value for name, value in top.text_table("parameters").items()}
    given = {name: Path(value).expanduser().absolute() for name, value in settings.items()}
    paths = [*_texts(top.table.get("sources", {})), *_texts(top.table.get("workspace", {}))]
    used = set().union(*(parameters_in(text) for text in paths))
    for name in sorted(given.keys() - used - defaults.keys()):
        top.fault((), f"--set {name}: no path uses {{{name}}}.", nearest(name, used | defaults.keys()))
    return defaults | given


def _texts(value: Any) -> list[str]:
    """Every text inside a value of a TOML file."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inner for text in _texts(item)]


def _workspace(top: Section, places: Places) -> Workspace:
    remote = read_store(top, None) is not None and "sources" not in top.table
    if remote:
        fix = "Ask it with coopgraph rank and the like, or take it out to build from [sources]."
        top.fault(("store",), "names a remote store: there is nothing to build or to check here.", fix)
    plain, head = read_head(top)
    workspace = Workspace(
        directory=places.directory,
        title=plain.title,
        titles=plain.titles,
        languages=plain.languages,
        base=plain.base,
        licence=plain.licence,
        rules=_optional_files(head, "rules", places),
        queries=_optional_files(head, "queries", places),
        judgements=_optional_files(head, "judgements", places),
        gazetteer=_gazetteer(head, places),
        sources=_sources(top.section("sources"), places, remote=remote),
        memory=read_engine(top).memory,
        limits=_limits(top.section("limits")),
        parameters=places.parameters,
    )
    head.close()
    read_export(top)  # for its faults; `Release.exporting` reads it again when something is exported
    return workspace


def _optional_files(head: Section, key: str, places: Places) -> tuple[Path, ...]:
    """Files named by a key; a pattern may match none, a plain name must exist."""
    found: list[Path] = []
    for text in head.texts(key):
        try:
            found += expand(text, places)
        except PathRefused as refused:
            if not ("*" in text and "names no file" in refused.what):
                head.fault((key,), refused.what, refused.fix)
    return tuple(dict.fromkeys(found))


def _gazetteer(head: Section, places: Places) -> Path | None:
    """The gazetteer a workspace names; it may lie outside, in a folder that a parameter names."""
    if head.text("gazetteer") is None:
        return None
    return next(iter(_optional_files(head, "gazetteer", places)), None)


def _sources(section: Section, places: Places, *, remote: bool) -> tuple[SourceSpec, ...]:
    declared = [source for name in section.table if (source := read_source(section.section(name), places))]
    sources = tuple(table for source in declared for table in kinds()[source.kind].taken_apart(source))
    if not section.table and not remote:
        section.fault((), "is missing: there is nothing to read.", 'Add [sources.NAME] with path = "...".')
    names = [source.name for source in sources]
    for source in sources:
        for number, lookup in enumerate(source.lookups):
            if lookup.source not in section.table and lookup.source not in names:
                at = (source.name, "lookup", str(number), "source")
                section.fault(at, f"names no source: '{lookup.source}'.", nearest(lookup.source, names))
    return sources


def _limits(section: Section) -> Limits:
    plain = Limits()
    limits = Limits(
        query_seconds=section.number("query_seconds", plain.query_seconds),
        query_memory=read_size(section, "query_memory", plain.query_memory) or plain.query_memory,
        query_rows=section.number("query_rows", plain.query_rows),
    )
    section.close()
    return limits
