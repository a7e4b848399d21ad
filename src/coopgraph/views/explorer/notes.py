"""What must be said beside the explorer's graph, as whole sentences in each language.

In: the notes of a drawing. Out: texts.
"""

from __future__ import annotations

from collections.abc import Iterable

from coopgraph.views.drawing import LANGUAGES, Note, Texts
from coopgraph.views.strings import strings


def sentences(notes: Iterable[Note]) -> list[Texts]:
    """Return each note in each language, its numbers filled in.

    >>> sentences([Note("note_agreements", {"agreements": 3})])[0]["en"]
    '3 agreements are drawn as stated, whether or not they are still in force.'
    """
    return [{lang: _sentence(note, strings()[lang]) for lang in LANGUAGES} for note in notes]


def _sentence(note: Note, words: dict[str, str]) -> str:
    filled = {name: words.get(str(value), str(value)) for name, value in note.values.items()}
    return words[note.key].format(**filled)
