"""The languages coopgraph speaks: those of its labels, pages and pictures."""

from __future__ import annotations

from typing import Final

LANGUAGE_NAMES: Final = {"en": "English", "es": "Español", "pt": "Português"}  # each in itself
LANGUAGES: Final = tuple(LANGUAGE_NAMES)
