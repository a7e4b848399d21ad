"""The workspace file: what is read, and how.

In: a folder with a `coopgraph.toml`, and settings from the command line. Out: a `Workspace`, every path
absolute and existing; or one `ConfigError` with every fault. Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import ConfigError, Fault
from coopgraph.namespaces import BASE
from coopgraph.sources.paths import PathRefused, Places, expand, parameters_in
from coopgraph.sources.settings import Section, nearest
from coopgraph.sources.source_spec import SourceSpec, read_source
from coopgraph.sources.toml_lines import key_lines

FILE_NAME: Final = "coopgraph.toml"
_BASE_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+[/#]")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B", re.IGNORECASE)


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
        size = _SIZE.fullmatch(self.query_memory)
        assert size is not None, "checked when the workspace file was read"
        return int(float(size[1]) * (1024 if size[3] else 1000) ** " KMGT".index(size[2].upper() or " "))


@dataclass(frozen=True)
class Workspace:
    """A workspace as its file says, with every path resolved."""

    directory: Path
    title: str
    languages: tuple[str, ...]
    base: str
    licence: str | None
    rules: tuple[Path, ...]
    queries: tuple[Path, ...]
    judgements: Path | None
    sources: tuple[SourceSpec, ...]
    memory: str | None
    limits: Limits
    parameters: Mapping[str, Path] = field(default_factory=dict)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file a build reads beside the workspace file, sorted, each once."""
        named = [path for source in self.sources for path in source.files]
        mappings = [source.mapping for source in self.sources if source.mapping]
        judged = [self.judgements] if self.judgements else []
        return tuple(sorted({*named, *mappings, *judged, *self.rules, *self.queries}))


def load_workspace(directory: Path, settings: Mapping[str, str] | None = None) -> Workspace:
    """Read `coopgraph.toml` of a folder; `settings` are the `name=value` pairs of `--set`.

    A relative value of `settings` is relative to the working directory, one of `[parameters]` to the
    workspace.

    >>> from coopgraph.resources import bundled
    >>> load_workspace(bundled("data")).title
    'Ibero-American city cooperation'
    """
    path = directory / FILE_NAME
    table, text = _parsed(path)
    faults: list[Fault] = []
    top = Section(FILE_NAME, (), table, key_lines(text), faults)
    places = Places(directory.absolute(), _parameters(top, directory, settings or {}))
    workspace = _workspace(top, places)
    top.close()
    if faults:
        faults = _once(faults)
        count = "one thing is" if len(faults) == 1 else f"{len(faults)} things are"
        raise ConfigError(f"{path}: {count} wrong.", faults=sorted(faults, key=lambda fault: fault.line or 0))
    return workspace


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


def _parsed(path: Path) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text.replace("\r\n", "\n")), text
    except FileNotFoundError as error:
        raise ConfigError(f"{path} does not exist. Make a workspace with: coopgraph init DIR") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault(FILE_NAME, line, None, "is not UTF-8 text.", "Save it as UTF-8.")
        raise ConfigError(f"{path} cannot be read.", faults=[fault]) from error
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where[1]) if where else len(text.splitlines())  # "at end of document"
        what = re.sub(r" \(at .*\)$", "", str(error))
        fault = Fault(FILE_NAME, line, None, f"is not TOML: {what}.")
        raise ConfigError(f"{path} cannot be read.", faults=[fault]) from error


def _parameters(top: Section, directory: Path, settings: Mapping[str, str]) -> dict[str, Path]:
    """Return each parameter's folder; one that is set but used nowhere is a slip of the pen."""
    defaults = {name: directory.absolute() / value for name, value in top.text_table("parameters").items()}
    given = {name: Path(value).expanduser().absolute() for name, value in settings.items()}
    used = set().union(*(parameters_in(text) for text in _texts(top.table.get("sources", {}))))
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
    head = top.section("workspace")
    if "workspace" not in top.table:
        head.fault((), "is missing.", 'Start the file with [workspace] and title = "...".')
    workspace = Workspace(
        directory=places.directory,
        title=(head.text("title", required="workspace" in top.table) or "").strip(),
        languages=_languages(head),
        base=_base(head),
        licence=head.text("licence"),
        rules=_optional_files(head, "rules", places),
        queries=_optional_files(head, "queries", places),
        judgements=next(iter(_optional_files(head, "judgements", places)), None),
        sources=_sources(top.section("sources"), places),
        memory=_engine(top),
        limits=_limits(top.section("limits")),
        parameters=places.parameters,
    )
    head.close()
    return workspace


def _languages(head: Section) -> tuple[str, ...]:
    languages = head.texts("languages", ("en", "es", "pt"))
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            head.fault(("languages",), f"has '{language}', expected a language tag like en or pt-BR.")
    return languages


def _base(head: Section) -> str:
    base = head.text("base", BASE) or BASE
    if not _BASE_IRI.fullmatch(base):
        head.fault(("base",), f"has '{base}', expected an address that ends in / or #, like {BASE}")
    return base


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


def _sources(section: Section, places: Places) -> tuple[SourceSpec, ...]:
    sources = tuple(
        source for name in section.table if (source := read_source(section.section(name), places))
    )
    if not section.table:
        section.fault((), "is missing: there is nothing to read.", 'Add [sources.NAME] with path = "...".')
    names = [source.name for source in sources]
    for source in sources:
        for number, lookup in enumerate(source.lookups):
            if lookup.source not in section.table:
                at = (source.name, "lookup", str(number), "source")
                section.fault(at, f"names no source: '{lookup.source}'.", nearest(lookup.source, names))
    return sources


def _engine(top: Section) -> str | None:
    """`[store]` and most of `[engine]` are reserved: what is not understood yet is said, not skipped."""
    store, engine = top.section("store"), top.section("engine")
    if store.table:
        store.fault((), "is reserved for a later version.", "Remove it.")
    kind = engine.text("kind", "duckdb")
    if kind != "duckdb":
        engine.fault(("kind",), f"has '{kind}', expected \"duckdb\".")
    memory = _size(engine, "memory", None)
    engine.close()
    return memory


def _limits(section: Section) -> Limits:
    plain = Limits()
    limits = Limits(
        query_seconds=section.number("query_seconds", plain.query_seconds),
        query_memory=_size(section, "query_memory", plain.query_memory) or plain.query_memory,
        query_rows=section.number("query_rows", plain.query_rows),
    )
    section.close()
    return limits


def _size(section: Section, key: str, default: str | None) -> str | None:
    size = section.text(key, default)
    if size is not None and not _SIZE.fullmatch(size):
        section.fault((key,), f"has '{size}', expected a size like \"2GB\".")
        return default
    return size
