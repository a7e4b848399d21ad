"""One look at a file's bytes before anything is parsed.

In: a path. Out: its digest, how many lines it has and what kinds of bytes, so that later steps need not
look for what is not there; or a `SourceError` in words when it cannot be read.
"""

from __future__ import annotations

import codecs
import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault, SourceError, StoreError

_CHUNK: Final = 1 << 20
_HARMLESS: Final = bytes(b for b in range(256) if b >= 32 and b != 127) + b"\t\n\r"
_BOMS: Final = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8"),
                (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


@dataclass(frozen=True)
class Bytes:
    """What a look at a file's bytes tells."""

    size: int
    sha256: str
    lines: int
    is_ascii: bool
    has_controls: bool
    bom: str | None
    looks_utf16: bool = False


def look_at(path: Path) -> Bytes:
    """Read a file once and tell what is in it.

    >>> import tempfile; path = Path(tempfile.mkdtemp()) / "a.csv"; _ = path.write_bytes(b"id\\n1\\n2")
    >>> look_at(path).lines, look_at(path).is_ascii
    (3, True)
    """
    digest, size, lines, is_ascii, has_controls, last, start = hashlib.sha256(), 0, 0, True, False, b"", b""
    for chunk in _chunks(path):
        start = start or chunk[:400]
        digest.update(chunk)
        size, lines, last = size + len(chunk), lines + chunk.count(b"\n"), chunk[-1:]
        is_ascii = is_ascii and chunk.isascii()
        has_controls = has_controls or bool(chunk.translate(None, _HARMLESS))
    lines += 1 if last not in (b"", b"\n") else 0
    bom = next((name for mark, name in _BOMS if start.startswith(mark)), None)
    zeros = start.count(0) > len(start) // 4
    return Bytes(size, digest.hexdigest(), lines, is_ascii, has_controls, bom, zeros)


def _chunks(path: Path) -> Iterator[bytes]:
    with reading(path), path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into words."""
    try:
        yield
    except OSError as error:
        what, fix = _words(error)
        raise SourceError(
            f"{path.name} cannot be read.", faults=[Fault(path.name, None, None, what, fix)]
        ) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses to write into words."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "the disk is full" if full else error.strerror or str(error)
        fix = "Make room and try again." if full else "Check the disk and the folder's permissions."
        raise StoreError(
            f"{path.name} cannot be written.",
            faults=[Fault(path.name, None, None, f"could not be written: {what}.", fix)],
        ) from error


def _words(error: OSError) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        return "is not there.", "Put the file back or correct the path."
    if isinstance(error, PermissionError):
        return "may not be read by this user.", "Change its permissions, or close the program that locks it."
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a file.", "Name a file, or a pattern like folder/*.csv."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "could not be worked on: the disk is full.", "Make room and try again."
    return f"cannot be read: {error.strerror or error}.", "Check the disk and copy the file again."
