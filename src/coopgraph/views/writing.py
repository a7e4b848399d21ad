"""Files that are whole or not there.

In: a path and bytes. Out: the file.
"""

from __future__ import annotations

from pathlib import Path

from coopgraph.errors import ProjectionError


def write_whole(target: Path, content: bytes) -> None:
    """Write beside the target and rename, so that a reader never meets half a file."""
    draft = target.with_name(target.name + ".part")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ProjectionError(
            f"{target} cannot be written: {error.strerror}. Choose another place."
        ) from None
