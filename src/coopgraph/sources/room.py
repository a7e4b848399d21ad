"""Too little memory or disk, in words: DuckDB's own errors stay inside.

In: a step that works on columns. Out: the same step, or a `SourceError` that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from coopgraph.columns.duck import DuckError
from coopgraph.errors import Fault, SourceError

_SIGNS: Final = ("out of memory", "no space left", "failed to offload", "could not allocate", "disk quota")


def is_lack_of_room(error: DuckError) -> bool:
    return any(sign in str(error).lower() for sign in _SIGNS)


@contextmanager
def enough_room(file: str | None = None) -> Iterator[None]:
    """Turn DuckDB's lack of memory or disk into words; any other error of its own is a defect of ours."""
    try:
        yield
    except DuckError as error:
        if not is_lack_of_room(error):
            raise
        what = "could not be worked on: there is no more room in memory or on the disk."
        fix = 'Make room on the disk, or set memory = "..." under [engine] in coopgraph.toml.'
        fault = Fault(file, None, None, what if file else f"The data {what}", fix)
        raise SourceError("There is not enough room.", faults=[fault]) from error
