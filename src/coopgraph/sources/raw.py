"""What a reader hands on: names and places; the cells are in the table `raw NAME`."""

from __future__ import annotations

from dataclasses import dataclass

from coopgraph.errors import Fault
from coopgraph.sources.records import Piece


@dataclass(frozen=True)
class Raw:
    """A raw table as its reader found it. `lists` says which columns hold VARCHAR[] already."""

    names: tuple[str, ...]
    pieces: tuple[Piece, ...]
    is_ascii: bool
    has_controls: bool
    faults: tuple[Fault, ...] = ()
    lists: frozenset[str] = frozenset()
