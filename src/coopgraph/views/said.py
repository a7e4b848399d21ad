"""What a page says of itself, as plain texts for a picture: its counts, its notes, whose data it shows.

In: a `Seen` and a language. Out: texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coopgraph.views.drawing import Note, in_language
from coopgraph.views.plot_foot import Credits, credited, filled, number
from coopgraph.views.seen import Seen
from coopgraph.views.strings import strings


def note_text(note: Note, lang: str) -> str:
    """Return a note in a language.

    >>> note_text(Note("note_agreements", {"agreements": 1500}), "en")[:24]
    '1,500 agreements are dra'
    """
    words = strings()[lang]
    values = {
        name: in_language(value, lang)
        if isinstance(value, Mapping)
        else words.get(value, value)
        if isinstance(value, str)
        else value
        for name, value in note.values.items()
    }
    return filled(words[note.key], values, lang)


def counts(seen: Seen, lang: str) -> str:
    """Return how many of what are shown."""
    words, drawing = strings()[lang], seen.composition.drawing
    parts = []
    for kind in seen.kinds:
        count = sum(1 for i in seen.nodes if drawing.nodes[i].kind == kind)
        of = drawing.whole.get(kind)
        told = (
            f"{number(count, lang)} {words['of']} {_counted(of, kind, lang)}"
            if of
            else _counted(count, kind, lang)
        )
        parts.append(told)
    if seen.composition.left_out:
        total = len(drawing.nodes) + seen.composition.left_out
        parts[:1] = [f"{number(len(drawing.nodes), lang)} {words['of']} {_counted(total, 'node', lang)}"]
    return " · ".join([*parts, _counted(len(seen.links), "links", lang)])


def notes(seen: Seen) -> Iterator[str]:
    """Yield what a picture rests on, and whose it is, in the language of the drawing."""
    drawing = seen.composition.drawing
    if seen.banded:
        yield strings()[drawing.lang]["bands"]
    for note in drawing.notes:
        yield note_text(note, drawing.lang)
    titles = tuple(sorted(source.title for source in drawing.sources))
    yield " ".join(credited(Credits("", drawing.now, drawing.licence, titles), drawing.lang))


def _counted(count: int, what: str, lang: str) -> str:
    words = strings()[lang]
    key = f"{what}_{'1' if count == 1 else 'n'}"
    return f"{number(count, lang)} {words.get(key, what)}"
