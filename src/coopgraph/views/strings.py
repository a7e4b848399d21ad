"""The words of the page and of plots in each language.

In: `assets/strings.json`, of the page, `assets/plot.json` and `assets/trend.json`, of plots. Out: language ->
key -> text.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES

ASSETS = Path(__file__).parent / "assets"


@cache
def strings() -> dict[str, dict[str, str]]:
    """Return the interface's words by language.

    >>> strings()["pt"]["search"]
    'Procurar uma cidade ou rede'
    """
    return _read("strings.json")


@cache
def plot_strings() -> dict[str, dict[str, str]]:
    """Return the words of plots by language.

    >>> plot_strings()["es"]["city"]
    'Ciudad'
    """
    return _read("plot.json")


@cache
def trend_strings() -> dict[str, dict[str, str]]:
    """Return the words of plots over time by language.

    >>> trend_strings()["pt"]["city"]
    'a cidade'
    """
    return _read("trend.json")


def check_language(lang: str) -> str:
    """Return the language if the page speaks it, or say which it does speak."""
    if lang not in LANGUAGES:
        raise ProjectionError(f"The page has no language {lang!r}. Choose one of {', '.join(LANGUAGES)}.")
    return lang


def _read(name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((ASSETS / name).read_text("utf-8"))
    return found
