"""Every word of the interface is said in Spanish and Portuguese, once, and where its page finds it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from coopgraph.web import shell
from coopgraph.web.words import FOLDER, words_in

WEB = FOLDER.parent
SCRIPTS = WEB / "front" / "scripts"
CALLS = {"_": None, "_n": (1, 2)}
QUOTED = r"'((?:[^'\\\n]|\\.)*)'"  # as the scripts write a text
Message = str | tuple[str, ...]


def said() -> set[Message]:
    """What templates, pages and scripts ask to be translated."""
    found: set[Message] = {text for _, text in shell.NAV}
    for path in sorted((WEB / "templates").glob("*.j2")):
        found |= set(_calls(path))
    for path in sorted(SCRIPTS.rglob("*.js")):
        found |= set(script_calls(path.read_text("utf-8")))
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


def script_calls(script: str) -> Iterator[Message]:
    """What a script gives to `t` and `tn`, within template strings too, where Babel's lexer sees nothing."""
    code = re.sub(r"^export function tn?\(.*|^\s*//.*", "", script, flags=re.M)
    for call in re.finditer(r"(?<![\w.$])(tn?)\(\s*", code):
        pattern = QUOTED if call[1] == "t" else rf"{QUOTED},\s*{QUOTED}"
        texts = re.compile(rf"{pattern}\s*[,)]").match(code, call.end())
        assert texts, f"texts stand in quotes where they are used: {code[call.start() : call.start() + 60]}"
        plain = tuple(re.sub(r"\\(.)", r"\1", text) for text in texts.groups())
        yield plain if call[1] == "tn" else plain[0]


def rooms_of(lang: str) -> dict[str, dict[Message, Message]]:
    """The translations of each room."""
    return {path.stem: _translations(path) for path in sorted((FOLDER / lang).glob("*.po"))}


def _translations(path: Path) -> dict[Message, Message]:
    found: dict[Message, Message] = {}
    with path.open("rb") as file:
        for message in read_po(file, abort_invalid=True):
            if message.id:
                key = tuple(message.id) if isinstance(message.id, list | tuple) else str(message.id)
                string = message.string
                found[key] = tuple(string) if isinstance(string, list | tuple) else str(string)
    return found


def translated(lang: str) -> dict[Message, Message]:
    return {key: text for room in rooms_of(lang).values() for key, text in room.items()}


def pages() -> dict[str, set[str]]:
    """Each template that a page renders, and the rooms whose words it gives to its script."""
    found: dict[str, set[str]] = {}
    for path in sorted(WEB.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "page":
                continue
            template = next(x.value for x in call.args if isinstance(x, ast.Constant))
            rooms = [ast.literal_eval(word.value) for word in call.keywords if word.arg == "rooms"]
            if str(template).endswith(".html.j2"):  # a picture has no script
                found[str(template)] = {"shell", *(rooms[0] if rooms else ())}
    return found


def scripts_of(template: str) -> set[Path]:
    """The modules a page runs: those its template names, or the one it extends, and all they import."""
    text = (WEB / "templates" / template).read_text("utf-8")
    entries = {SCRIPTS / name for name in re.findall(r"asset\('(\w+\.js)'\)", text)}
    extended = re.search(r'{% extends "(.+?)" %}', text)
    found = set() if entries or not extended else scripts_of(extended[1])
    while entries:
        path = entries.pop().resolve()
        if path not in found:
            found.add(path)
            names = re.findall(r"from '(\.[^']+)'", path.read_text("utf-8"))
            entries |= {path.parent / name for name in names}
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


@pytest.mark.parametrize("lang", ["es", "pt"])
def test_a_word_stands_in_one_room(lang: str) -> None:
    """Gettext looks a plural up by its singular, so one may not be both."""
    keys = [key if isinstance(key, str) else key[0] for room in rooms_of(lang).values() for key in room]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_both_languages_have_the_same_rooms_and_words() -> None:
    spanish, portuguese = (
        {room: list(words) for room, words in rooms_of(lang).items()} for lang in ("es", "pt")
    )
    assert spanish == portuguese


@pytest.mark.parametrize("template, rooms", pages().items())
def test_a_page_gives_its_script_the_words_it_uses(template: str, rooms: set[str]) -> None:
    known = {key for room, words in rooms_of("es").items() if room in rooms for key in words}
    scripts = scripts_of(template)
    used = {call for path in scripts for call in script_calls(path.read_text("utf-8"))}
    assert len(scripts) > 5 and sorted(map(str, used - known)) == []


def test_words_within_template_strings_are_found() -> None:
    script = "say(`${t('It\\'s')} ${ tn('{n} a', '{n} b', n) }`); get('x'); el.t('y');"
    assert list(script_calls(script)) == ["It's", ("{n} a", "{n} b")]
    for call in ("t(name)", "t(`x`)", "t(a ? 'x' : 'y')", "tn('a', many, 2)"):
        with pytest.raises(AssertionError, match="in quotes"):
            list(script_calls(call))


def test_an_unknown_word_stays_english() -> None:
    assert words_in("es")("No such word here") == "No such word here"
