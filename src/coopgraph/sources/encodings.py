"""Text that is not in the encoding it is declared to be in.

In: a file and the encoding its source declares. Out: a fault for each line that does not decode, with the
byte, where it is, and the encoding the file is likely in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from coopgraph.errors import Fault
from coopgraph.sources.bytes_read import Bytes, reading

_WIDE: Final = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
_WINDOWS: Final = frozenset(range(0x80, 0xA0))


def decoding_faults(path: Path, encoding: str, *, most: int) -> list[Fault]:
    """Return a fault for each line whose bytes are not the declared encoding's."""
    with reading(path), path.open("rb") as stream:
        if encoding in _WIDE:
            return _whole(path, stream.read(), encoding)
        found: list[Fault] = []
        offset = 0
        for line, content in enumerate(stream, 1):
            try:
                content.decode(encoding)
            except UnicodeDecodeError as error:
                found.append(_fault(path, line, offset + error.start, content, error, encoding))
                if len(found) == most:
                    break
            offset += len(content)
    return found


def bom_fault(path: Path, seen: Bytes, encoding: str) -> Fault | None:
    """A byte order mark, or zero bytes, that contradict the declared encoding."""
    if seen.looks_utf16 and encoding not in _WIDE:
        what = f"has a zero byte in every second place: it is UTF-16, but is declared as {encoding}."
        return Fault(path.name, 1, None, what, 'Set encoding = "utf-16" for this source.')
    if seen.bom is None and encoding in ("utf-16", "utf-32"):
        what = f"is declared as {encoding}, but does not begin with its byte order mark."
        likely = f"{encoding}-le" if seen.looks_utf16 else "utf-8"
        return Fault(path.name, 1, None, what, f'It looks like {likely}: set encoding = "{likely}".')
    if seen.bom is None or encoding.startswith(seen.bom):
        return None
    if seen.bom == "utf-8" and encoding == "utf-8-sig":
        return None
    what = f"begins with the byte order mark of {seen.bom.upper()}, but is declared as {encoding}."
    return Fault(path.name, 1, None, what, f'Set encoding = "{seen.bom}" for this source.')


def misread_utf8(path: Path, seen: Bytes, encoding: str) -> Fault | None:
    """Warn when a file declared as some other encoding is sound UTF-8: it would be read as 'MÃ©xico'."""
    if seen.is_ascii or encoding.startswith("utf") or seen.size > 1 << 28:
        return None
    with reading(path):
        content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    position = next(i for i, byte in enumerate(content) if byte > 127)
    wrong = content[position : position + 2].decode(encoding, errors="replace")
    line = content[:position].count(b"\n") + 1
    what = f"is declared as {encoding} but its bytes are UTF-8; letters would come out as '{wrong}'."
    return Fault(path.name, line, None, what, 'Set encoding = "utf-8".', "warning")


def _whole(path: Path, content: bytes, encoding: str) -> list[Fault]:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        likely = _likely(content)
        what = f"is not {encoding}: {error.reason} at byte {error.start}."
        return [Fault(path.name, None, None, what, f'It looks like {likely}: set encoding = "{likely}".')]
    return []


def _fault(
    path: Path, line: int, offset: int, content: bytes, error: UnicodeDecodeError, encoding: str
) -> Fault:
    byte = content[error.start]
    likely = _likely(content)
    letter = bytes([byte]).decode(likely, errors="replace") if likely in ("latin-1", "cp1252") else ""
    shown = f" ('{letter}' in {likely})" if letter else ""
    what = f"byte {offset} is 0x{byte:02X}{shown}, which is not {encoding.upper()}."
    return Fault(path.name, line, None, what, f'Set encoding = "{likely}", or save the file as UTF-8.')


def _likely(content: bytes) -> str:
    """Guess an encoding: sound UTF-8 first, then UTF-16 by its zero bytes, else Windows or Latin."""
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if content[:200].count(0) > len(content[:200]) // 4:
        return "utf-16"
    return "cp1252" if _WINDOWS & set(content) else "latin-1"
