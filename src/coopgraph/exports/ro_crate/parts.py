"""The files of an open data release: what each is, how large; the digest of one when asked.

In: a folder. Out: a `Part` for each file, in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.release.manifest import sha256

MEDIA: Final = {
    ".csv": "text/csv", ".json": "application/json", ".md": "text/markdown", ".nq": "application/n-quads",
    ".parquet": "application/vnd.apache.parquet", ".ttl": "text/turtle",
}  # fmt: skip
_WHAT: Final = {
    "data/graph.nq": "All statements, each in the graph of its source (N-Quads)",
    "data/graph.ttl": "All statements, each once (Turtle)",
    "tables/csv-metadata.json": "Description of the CSV files (CSVW)",
    "README.md": "What this is, how it was made, what is left out",
    "void.ttl": "Description as linked data (VoID)",
    "dcat.ttl": "Description for open-data portals (DCAT)",
}


@dataclass(frozen=True)
class Part:
    """One file."""

    path: str
    media: str
    name: str
    file: Path

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.file.stat().st_size

    def digest(self) -> str:
        """Read it whole and return its SHA-256."""
        return sha256(self.file)


def parts_of(folder: Path) -> list[Part]:
    """Return the files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [_part(path, path.relative_to(folder).as_posix()) for path in files]


def _part(path: Path, name: str) -> Part:
    what = (
        _WHAT.get(name) or f"{path.stem.capitalize()} ({'Parquet' if path.suffix == '.parquet' else 'CSV'})"
    )
    return Part(name, MEDIA[path.suffix], what, path)
