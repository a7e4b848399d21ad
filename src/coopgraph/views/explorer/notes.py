"""What must be said beside the explorer's graph, as whole sentences in each language.

In: the notes of a drawing. Out: texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from coopgraph.languages import LANGUAGES
from coopgraph.views.drawing import Note, Texts
from coopgraph.views.strings import strings

_APART: Final = {"en": ",", "es": ".", "pt": "\u00a0"}


def sentences(notes: Iterable[Note]) -> list[Texts]:
    """Return each note in each language, its numbers filled in.

    >>> sentences([Note("note_agreements", {"agreements": 3})])[0]["en"]
    '3 agreements are drawn as stated, whether or not they are still in force.'
    """
    return [{lang: _sentence(note, lang) for lang in LANGUAGES} for note in notes]


def _sentence(note: Note, lang: str) -> str:
    words = strings()[lang]
    filled = {name: words.get(str(value), _written(value, lang)) for name, value in note.values.items()}
    return words[note.key].format(**filled)


def _written(value: object, lang: str) -> str:
    """Return a number with its thousands apart, as the page's scripts write it.

    >>> _written(1509, "en"), _written(1509, "es")
    ('1,509', '1.509')
    """
    return f"{value:,}".replace(",", _APART[lang]) if isinstance(value, int) else str(value)
