"""What an import writes into a workspace: the sections of `coopgraph.toml`, and the mappings it names.

In: a source's name. Out: TOML text, and files. Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

MAPPINGS: Final = Path(__file__).parent / "mappings"
_PARTS: Final = {"statements": "statement", "references": "", "places": "place"}


def twins_section(name: str) -> str:
    """The sources that read recorded twin towns."""
    parts = []
    for part, key in _PARTS.items():
        own = name if part == "statements" else f"{name}-{part}"
        parts.append(
            section(
                own,
                path=f"recorded/{name}/{part}.tsv",
                mapping=f"mappings/{name}-{part}.yml",
                source_id=name,
                **({"key": [key]} if key else {}),
            )
        )
    return "\n\n".join([*parts, section(f"{name}-origin", path=f"recorded/{name}/source.ttl")])


def twins_mappings(name: str) -> Mapping[str, bytes]:
    """The mappings of recorded twin towns, by their place in the workspace."""
    return {f"mappings/{name}-{part}.yml": (MAPPINGS / f"{part}.yml").read_bytes() for part in _PARTS}


def section(name: str, **settings: str | Sequence[str]) -> str:
    """Write `[sources.NAME]` with settings.

    >>> print(section("a", path="a.ttl", key=["id"]))
    [sources.a]
    path = "a.ttl"
    key = ["id"]
    """
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items()]
    return "\n".join([f"[sources.{name}]", *lines])
