"""One source of a workspace: which files, read as what, mapped by what.

In: what a `[sources.NAME]` table says, read by `source_section`. Out: a `SourceSpec`.
Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coopgraph.sources.cell_formats import CellFormat
from coopgraph.sources.places.setting import PlaceSetting


@dataclass(frozen=True)
class Lookup:
    """A left join: `on` pairs a column of this source with one of `source`; `columns` are taken over."""

    source: str
    on: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class SourceSpec:
    """One source as the workspace file declares it. `separators` and `decimals` go by the column's name.

    `header` names the columns of files that have no header of their own. Of files that hold several tables,
    `table` says which, and `mappings` are those of the workspace's own, by table.
    `urls` (one for all files, or one for each), `retrieved` (a day) and `licence` say where they are from.
    """

    name: str
    files: tuple[Path, ...]
    kind: str
    mapping: Path | None = None
    source_id: str | None = None
    encoding: str = "utf-8"
    delimiter: str = ","
    header: tuple[str, ...] = ()
    skip: int = 0
    sheet: str | None = None
    records: str = "$[*]"
    format: str | None = None
    null: tuple[str, ...] = ()
    trim: bool = True
    key: tuple[str, ...] = ()
    row_name: tuple[str, ...] = ()
    separators: Mapping[str, str] = field(default_factory=dict)
    decimals: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, CellFormat] = field(default_factory=dict)
    lookups: tuple[Lookup, ...] = ()
    places: tuple[PlaceSetting, ...] = ()
    table: str = ""
    mappings: Mapping[str, Path] = field(default_factory=dict)
    codelists: Path | None = None
    urls: tuple[str, ...] = ()
    retrieved: str | None = None
    licence: str | None = None

    @property
    def section(self) -> str:
        """The name under which the workspace file declares it; a table of it has its own after a dot."""
        return self.name.removesuffix(f".{self.table}") if self.table else self.name
