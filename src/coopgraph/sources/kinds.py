"""The kinds of sources: how each is read, and which settings mean something for it.

In: the word `kind` of `[sources.NAME]`, or a file's ending. Out: a `Kind`, built in or of a plugin (entry
point group `coopgraph.sources`). Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import Fault, SourceError
from coopgraph.plugins import Plugin, plugins

if TYPE_CHECKING:
    from coopgraph.columns.duck import Connection
    from coopgraph.sources.raw import Raw
    from coopgraph.sources.source_spec import SourceSpec

    Told = Callable[[Path, int], None]
    Reader = Callable[..., Raw]  # of a SourceSpec and a Connection, and where it tells of a Told

GROUP: Final = "coopgraph.sources"
PACKED: Final = (".gz", ".zst")
_OF_A_TABLE: Final = ("null", "trim", "key", "row_name", "mapping", "columns", "lookup", "place")


@dataclass(frozen=True)
class Kind:
    """One kind of source.

    `reader` is `module:function`: it turns a `SourceSpec` into the raw table of its cells; a kind of RDF has
    none. `keys` are the settings that mean something for it beside those of every source; `packed` says that
    its files may be packed by gzip or zstd. `tables` is the `module:function` that takes a source whose files
    hold several tables apart into one source for each. A reader that `tells` takes a third argument, and
    calls it now and then with a file and how many bytes of it were read.
    """

    name: str
    endings: tuple[str, ...]
    reader: str | None
    keys: tuple[str, ...] = _OF_A_TABLE
    packed: bool = False
    tables: str | None = None
    tells: bool = False

    def read(self, spec: SourceSpec, connection: Connection, told: Told | None = None) -> Raw:
        """Read a source of this kind, and let a reader that tells call `told`."""
        assert self.reader is not None, "a kind of RDF has statements, not records"
        reader: Reader = _named(self.reader)
        return reader(spec, connection, told) if self.tells and told else reader(spec, connection)

    def taken_apart(self, spec: SourceSpec) -> tuple[SourceSpec, ...]:
        """Return the sources one of this kind stands for: itself, but where its files hold several tables."""
        if self.tables is None:
            return (spec,)
        tables: Callable[[SourceSpec], tuple[SourceSpec, ...]] = _named(self.tables)
        return tables(spec)


def _named(place: str) -> Any:
    module, _, name = place.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        fault = Fault(
            place, None, None, f"cannot be loaded: {error}.", "Mend or uninstall the plugin it is of."
        )
        raise SourceError("A kind of source cannot be read.", faults=[fault]) from error


_HERE: Final = "coopgraph.sources"
_SHEETS: Final = f"{_HERE}.spreadsheet:read_spreadsheet"
BUILT_IN: Final = (
    Kind("csv", (".csv",), f"{_HERE}.delimited:read_delimited",
         (*_OF_A_TABLE, "encoding", "delimiter", "header", "skip"), packed=True),
    Kind("tsv", (".tsv", ".tab"), f"{_HERE}.delimited:read_delimited",
         (*_OF_A_TABLE, "encoding", "header", "skip"), packed=True),
    Kind("xlsx", (".xlsx", ".xlsm"), _SHEETS, (*_OF_A_TABLE, "sheet", "skip")),
    Kind("ods", (".ods",), _SHEETS, (*_OF_A_TABLE, "sheet", "skip")),
    Kind("xls", (".xls",), _SHEETS, (*_OF_A_TABLE, "sheet", "skip")),
    Kind("xlsb", (".xlsb",), _SHEETS, (*_OF_A_TABLE, "sheet", "skip")),
    Kind("parquet", (".parquet",), f"{_HERE}.parquet_rows:read_parquet"),
    Kind("json", (".json",), f"{_HERE}.json_items:read_json",
         (*_OF_A_TABLE, "encoding", "records"), packed=True),
    Kind("iati", (".xml",), f"{_HERE}.iati.load:read_iati",
         ("mappings", "codelists", "url", "retrieved", "licence"), packed=True,
         tables=f"{_HERE}.iati.tables:tables_of", tells=True),
    Kind("rdf", (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".jsonld"), None,
         ("mapping", "format"), packed=True),
)  # fmt: skip
KEYS: Final = tuple(dict.fromkeys(key for kind in BUILT_IN for key in kind.keys))


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its name, those of plugins last.

    >>> list(kinds())[:2]
    ['csv', 'tsv']
    """
    own = {kind.name: kind for kind in BUILT_IN}
    return own | {name: plugin.thing for name, plugin in from_plugins().items()}


@cache
def from_plugins() -> dict[str, Plugin[Kind]]:
    """Return the kinds of plugins, each with where it comes from."""
    return plugins(GROUP, Kind, {kind.name for kind in BUILT_IN}, _wrong)


def _wrong(kind: Kind) -> str | None:
    """Say what a plugin's kind must not be."""
    if not kind.reader or kind.reader.count(":") != 1:
        return f"has the reader {kind.reader!r}, which is no 'module:function'."
    taken = [ending for own in BUILT_IN for ending in own.endings if ending in kind.endings]
    if taken:
        return f"reads {taken[0]} files, which coopgraph reads itself."
    unknown = [key for key in kind.keys if key not in KEYS]
    return f"has the key '{unknown[0]}', which means nothing in a workspace file." if unknown else None


def kind_of(path: Path) -> Kind | None:
    """Return the kind a file's ending says, packed or not.

    >>> kind_of(Path("cities.TTL.gz")).name
    'rdf'
    """
    plain = path.with_suffix("") if path.suffix.lower() in PACKED else path
    ending = plain.suffix.lower()
    found = next((kind for kind in kinds().values() if ending in kind.endings), None)
    return found if plain == path or (found and found.packed) else None
