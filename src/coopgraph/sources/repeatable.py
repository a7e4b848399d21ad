"""A workbook as bytes that do not depend on when it was written.

In: an openpyxl workbook. Out: the same bytes for the same content: openpyxl puts the time into entries and
properties, so it is replaced.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl import Workbook

_MADE: Final = "2026-01-01T00:00:00Z"


def same_bytes(book: Workbook) -> bytes:
    """Write a workbook without the time of writing."""
    written = io.BytesIO()
    book.save(written)
    result = io.BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                stamp = rb"\g<1>" + _MADE.encode()
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", stamp, content)
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            after.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
