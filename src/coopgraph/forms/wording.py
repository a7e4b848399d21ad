"""The words of forms and diffs in three languages, as `words.toml` has them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def say(key: str, lang: str, **values: str) -> str:
    """Return a text of `words.toml` with its blanks filled.

    >>> say("form.also", "es", value="2018", cites="[2]")
    'también: 2018 [2]'
    """
    section, name = key.split(".")
    text: str = _words()[section][name][lang]
    return text.format(**values) if values else text


def keys(section: str) -> tuple[str, ...]:
    """Return the keys of a section, in order."""
    return tuple(_words()[section])


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
