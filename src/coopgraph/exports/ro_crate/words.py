"""What the descriptions of an open data release say, in three languages.

In: `words.toml`. Out: texts by name, in the order of languages.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def crate_words() -> dict[str, dict[str, list[str]]]:
    """Return the texts: `words`, `metrics`, `keywords`."""
    text = (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return found
