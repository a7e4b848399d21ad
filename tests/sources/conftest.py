"""What tests of readers and mappings share: a source made of bytes, read, mapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from coopgraph.columns.duck import Connection, connect
from coopgraph.errors import Fault, SourceError
from coopgraph.namespaces import workspace_prefixes
from coopgraph.sources.compile import map_records
from coopgraph.sources.mapping import load_mapping
from coopgraph.sources.read import read
from coopgraph.sources.records import Records
from coopgraph.sources.source_spec import SourceSpec

BASE = "https://example.org/"


@dataclass
class Bench:
    """A folder and a connection to read and map small sources with."""

    folder: Path
    connection: Connection

    def write(self, file: str, content: bytes | str) -> Path:
        path = self.folder / file
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def spec(self, file: str, content: bytes | str, **settings: Any) -> SourceSpec:
        path = self.write(file, content)
        return replace(SourceSpec("s", (path,), path.suffix[1:]), **settings)

    def read(self, file: str, content: bytes | str, **settings: Any) -> Records:
        return read(self.spec(file, content, **settings), self.connection)

    def refused(self, file: str, content: bytes | str, **settings: Any) -> list[str]:
        """Read what must be refused and return the sentences."""
        with pytest.raises(SourceError) as caught:
            self.read(file, content, **settings)
        return [str(fault) for fault in caught.value.faults]

    def rows(self, records: Records) -> list[dict[str, Any]]:
        """Every record by its header words, `_record` left off."""
        cells = [records.cell(name).alias(f"x{i}") for i, name in enumerate(records.columns)]
        found = records.relation(self.connection).order("_record").project(*cells).fetchall()
        return [dict(zip(records.columns, row, strict=True)) for row in found]

    def map(self, records: Records, mapping: str, **settings: Any) -> list[Fault]:
        path = self.write("mapping.yml", mapping)
        spec = replace(SourceSpec("s", (path,), "csv"), **settings)
        return map_records(records, load_mapping(path, workspace_prefixes(BASE)), spec, BASE, self.connection)

    def quads(self) -> set[tuple[str, ...]]:
        return set(self.connection.table("quads").fetchall())


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A fresh folder, and a connection that may read nothing else."""
    with connect(tmp_path, allow=[tmp_path], threads=2) as connection:
        yield Bench(tmp_path, connection)


Sentences = Callable[[list[Fault]], list[str]]
