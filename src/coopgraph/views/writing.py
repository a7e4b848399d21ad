"""Files that are whole or not there.

In: a path and bytes. Out: the file.
"""

from __future__ import annotations

from pathlib import Path

from coopgraph.errors import ProjectionError
from coopgraph.release.durable import whole_file


def write_whole(target: Path, content: bytes) -> None:
    """Write a file as a whole; raises ProjectionError where it cannot be written."""
    try:
        with whole_file(target) as draft:
            draft.write_bytes(content)
    except OSError as error:
        raise ProjectionError(
            f"{target} cannot be written: {error.strerror}. Choose another place."
        ) from None
