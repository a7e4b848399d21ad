"""Every word of the interface is said in Spanish and Portuguese, and nothing else is translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from coopgraph.web import shell
from coopgraph.web.words import FOLDER, words_in

WEB = FOLDER.parent
CALLS = {"_": None, "_n": (1, 2), "t": None, "tn": (1, 2)}
Message = str | tuple[str, ...]


def said() -> set[Message]:
    """What templates, pages and scripts ask to be translated."""
    found: set[Message] = {text for _, text, _ in shell.NAV}
    for path in sorted((WEB / "templates").glob("*.j2")):
        found |= set(_calls(path))
    for path in sorted((WEB / "front" / "scripts").rglob("*.js")):
        found |= {message for _, message, *_ in extract_from_file("javascript", path, keywords=CALLS)}
    for path in sorted(WEB.rglob("*.py")):
        found |= {message for _, message, *_ in extract_from_file("python", path, keywords=CALLS)}
    return found


def _calls(path: Path) -> Iterator[Message]:
    from jinja2.ext import babel_extract

    with path.open("rb") as file:
        for _, _, message, _ in babel_extract(file, ("_", "_n"), [], {}):
            if isinstance(message, str):
                yield message
            elif message:
                texts = tuple(text for text in message if isinstance(text, str))
                yield texts[0] if len(texts) == 1 else texts


def translated(lang: str) -> dict[Message, Message]:
    found: dict[Message, Message] = {}
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, abort_invalid=True):
                if message.id:
                    key = tuple(message.id) if isinstance(message.id, list | tuple) else str(message.id)
                    string = message.string
                    found[key] = tuple(string) if isinstance(string, list | tuple) else str(string)
    return found


@pytest.mark.parametrize("lang", ["es", "pt"])
def test_every_word_is_translated(lang: str) -> None:
    assert sorted(map(str, said() - set(translated(lang)))) == []


@pytest.mark.parametrize("lang", ["es", "pt"])
def test_nothing_else_is_translated(lang: str) -> None:
    used = said() | {"{n} city", ("{n} city", "{n} cities")}
    assert sorted(map(str, set(translated(lang)) - used)) == []


@pytest.mark.parametrize("lang", ["es", "pt"])
def test_a_translation_keeps_the_places_for_values(lang: str) -> None:
    def places(message: Message) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", message if isinstance(message, str) else message[-1]))

    wrong = {key: text for key, text in translated(lang).items() if places(key) != places(text)}
    assert wrong == {}


def test_an_unknown_word_stays_english() -> None:
    assert words_in("es")("No such word here") == "No such word here"
