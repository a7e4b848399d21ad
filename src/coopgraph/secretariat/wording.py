"""The words of the answers in English, Spanish and Portuguese, those of all answers in `words/all.toml`.

In: the name of an answer, a key, a language. Out: text. A missing key is a KeyError: a test reads them all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from coopgraph.views.plot_foot import filled

_FOLDER: Final = Path(__file__).parent / "words"


def word(name: str, key: str, lang: str, values: Mapping[str, Any] | None = None) -> str:
    """Return what stands under a key, with its blanks filled; of `[one, many]` the value `n` chooses.

    >>> word("all", "said.nothing", "es")
    'Nada de esto está documentado. Eso no quiere decir que no exista.'
    """
    found = texts(name).get(key) or texts("all")[key]
    text = found[lang]
    if not isinstance(text, str):
        text = text[0 if (values or {})["n"] == 1 else 1]
    return filled(text, values, lang) if values else text


@lru_cache(maxsize=32)
def texts(name: str) -> dict[str, dict[str, str | list[str]]]:
    """Return all words of an answer by their dotted keys; each is a text, or one and many, by language."""
    read = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return dict(_flat(read))


def _flat(read: Mapping[str, Any], before: str = "") -> list[tuple[str, dict[str, str | list[str]]]]:
    found: list[tuple[str, dict[str, str | list[str]]]] = []
    for key, value in read.items():
        if "en" in value:
            found.append((before + key, value))
        else:
            found += _flat(value, f"{before}{key}.")
    return found
