"""A workbook as bytes that do not depend on when it was written.

In: an openpyxl workbook. Out: the same bytes for the same content: openpyxl puts the time into entries and
properties, so it is replaced.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl import Workbook

_MADE: Final = "2026-01-01T00:00:00Z"


def same_bytes(book: Workbook) -> bytes:
    """Write a workbook without the time of writing."""
    written = io.BytesIO()
    book.save(written)
    result = io.BytesIO()
    without_time(written, result)
    return result.getvalue()


def without_time(written: Path | IO[bytes], to: Path | IO[bytes]) -> None:
    """Copy a workbook as it was saved, an entry at a time, without the time of saving."""
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with before.open(name) as source, after.open(entry, "w", force_zip64=True) as target:
                if name == "docProps/core.xml":
                    stamp = rb"\g<1>" + _MADE.encode()
                    told = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
                    target.write(re.sub(told, stamp, source.read()))
                else:
                    shutil.copyfileobj(source, target)
