"""Packed text tables: a .gz or .zst file unpacked beside the other scratch files, never into memory.

In: a source whose files are packed. Out: the same source over the unpacked files (which keep their names, so
that messages name the file the user knows), and the way back. Bombs are stopped while they unpack.
Standards: RFC 1952 (gzip), RFC 8878 (zstd).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

from coopgraph.columns.duck import Connection
from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import Bytes, look_at, reading
from coopgraph.sources.kinds import PACKED, kinds
from coopgraph.sources.raw import Raw
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.workbook import MOST_BYTES, MOST_RATIO, refused

_CHUNK: Final = 1 << 20


def unpacked(spec: SourceSpec, connection: Connection) -> tuple[SourceSpec, Mapping[Path, tuple[Path, str]]]:
    """Return a source whose files are plain, and which file each of them was, with its digest.

    Raises SourceError with every file that is damaged or would unpack to far more than it is.
    """
    packed = [path for path in spec.files if path.suffix.lower() in PACKED and kinds()[spec.kind].packed]
    if not packed:
        return spec, {}
    faults: list[Fault] = []
    plain: dict[Path, Path] = {}
    origin: dict[Path, tuple[Path, str]] = {}
    for path in packed:
        try:
            seen = look_at(path)
            plain[path] = _unpack(path, seen, _scratch(connection))
            origin[plain[path]] = path, seen.sha256
        except SourceError as error:
            faults += error.faults_of(path.name)
    if faults:
        raise SourceError(f"The source '{spec.name}' cannot be read.", faults=faults)
    files = tuple(plain.get(path, path) for path in spec.files)
    return replace(spec, files=files), origin


def packed_again(raw: Raw, origin: Mapping[Path, tuple[Path, str]]) -> Raw:
    """Give the pieces of a raw table the file they came in, and its digest."""
    came = ((piece, origin.get(piece.path, (piece.path, piece.sha256))) for piece in raw.pieces)
    pieces = tuple(replace(piece, path=path, sha256=sha256) for piece, (path, sha256) in came)
    return replace(raw, pieces=pieces)


def _scratch(connection: Connection) -> Path:
    """The folder the connection spills to, which is emptied with it."""
    found = connection.execute("SELECT current_setting('temp_directory')").fetchone()
    assert found is not None and found[0], "what reads sources may spill"
    return Path(found[0])


def _unpack(path: Path, seen: Bytes, scratch: Path) -> Path:
    target = scratch / "unpacked" / seen.sha256[:16] / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    with reading(path), path.open("rb") as stream, target.open("wb") as plain:
        try:
            _copy(_opened(path, stream), plain, path, seen.size)
        except (EOFError, zlib.error, OSError) as error:
            if getattr(error, "errno", None) is not None:
                raise  # the disk's, which `reading` puts into words
            raise refused(path, f"is damaged or cut off: {error}.", "Pack it again.") from error
    return target


def _opened(path: Path, stream: IO[bytes]) -> Any:
    if path.suffix.lower() == ".gz":
        return gzip.open(stream)
    import pyarrow as pa

    return pa.CompressedInputStream(stream, "zstd")


def _copy(source: Any, target: IO[bytes], path: Path, size: int) -> None:
    """Copy to the end, and stop where it has become absurd."""
    written = 0
    while chunk := source.read(_CHUNK):
        written += target.write(chunk)
        if written > MOST_BYTES // 10 and written > MOST_RATIO * size:
            what = f"unpacks to more than {MOST_RATIO} times its size."
            raise refused(path, what, "If it is really that large, unpack it and name the unpacked file.")
