"""What a page shows, before anything is placed or coloured: plain, frozen, independent of where it came from.

In: nothing. Out: the types that `from_graph` and `from_release` make and `compose` lays out. Texts are
language -> text; the key "" holds a text without a language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from coopgraph.languages import LANGUAGES

Texts = Mapping[str, str]
Range = tuple[float, float]
Measures = Mapping[str, "float | Range | None"]

_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = _BIDI | set("\ufffe\uffff")  # these two are no characters of XML 1.0
_cleaned: ContextVar[set[str] | None] = ContextVar("cleaned", default=None)


@dataclass(frozen=True)
class Source:
    """Where a fact comes from."""

    title: str
    publisher: str = ""
    url: str = ""
    date: str = ""
    retrieved: str = ""


@dataclass(frozen=True)
class Evidence:
    """One action, agreement or membership that a link rests on; `sources` are places in `Drawing.sources`.

    `certainty` says whether the sources state it or it was worked out from them: "stated", "derived" or "".
    """

    texts: Texts
    date: str = ""
    sources: tuple[int, ...] = ()
    certainty: str = ""


@dataclass(frozen=True)
class Node:
    """One city, network, agreement or whatever the user's graph holds."""

    key: str
    texts: Texts
    kind: str = "city"
    country: str = ""
    url: str = ""
    always: bool = True  # shown even when no layer that is switched on touches it
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Link:
    """What joins two nodes in one layer; in a directed layer `backward` runs from target to source."""

    source: str
    target: str
    layer: str
    forward: float = 1.0
    backward: float = 0.0
    evidence: tuple[int, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Layer:
    """One kind of link, switched on and off as a whole."""

    key: str
    texts: Texts
    directed: bool = False
    shown: bool = True
    family: str = "link"  # layers of one family share a colour and differ by their dashes
    arrow: bool = False  # points from source to target, and says nothing of giving


@dataclass(frozen=True)
class Note:
    """A sentence of the interface with the numbers and names that fill it."""

    key: str
    values: Mapping[str, str | int | float | Texts] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """Everything one page shows."""

    title: Texts
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    layers: tuple[Layer, ...]
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()
    measures: Mapping[str, Measures] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    size_by: str = "partners"
    colour_by: str = "community"
    notes: tuple[Note, ...] = ()
    now: str = ""
    licence: str = ""
    lang: str = "en"
    whole: Mapping[str, int] = field(default_factory=dict)  # of a part: how many of a kind the whole has
    focus: str = ""  # the node it is about, marked and always named


@contextmanager
def telling_cleaned() -> Iterator[set[str]]:
    """Yield a set that gathers each text of which `clean` takes characters away meanwhile."""
    found: set[str] = set()
    before = _cleaned.set(found)
    try:
        yield found
    finally:
        _cleaned.reset(before)


def clean(value: Any, limit: int = 2000) -> str:
    """Return text that is safe to show anywhere, in XML too: no control or direction characters, no halves.

    >>> clean("Quito\\u202e\\x00")
    'Quito'
    """
    text = str(value)
    if text.isascii() and text.isprintable():
        return text[:limit]
    whole = text.encode("utf-8", "replace").decode("utf-8")
    kept = "".join(c for c in whole if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in _UNSEEN))
    if kept != text and (found := _cleaned.get()) is not None:
        found.add(text)
    return unicodedata.normalize("NFC", kept)[:limit]


def texts_of(value: Any) -> dict[str, str]:
    """Return language -> text of a plain text or of a mapping by language.

    >>> texts_of("Lisboa"), texts_of({"en": "Lisbon", "pt": "Lisboa"})
    ({'': 'Lisboa'}, {'en': 'Lisbon', 'pt': 'Lisboa'})
    """
    if isinstance(value, Mapping):
        return {str(lang): clean(text) for lang, text in value.items() if text is not None}
    return {"": clean(value)}


def in_language(texts: Texts, lang: str) -> str:
    """Return the text in a language, or the nearest there is.

    >>> in_language({"en": "Lisbon", "pt": "Lisboa"}, "es")
    'Lisbon'
    """
    return texts.get(language_of(texts, lang), "")


def language_of(texts: Texts, lang: str) -> str:
    """Return the language of the text that `in_language` picks; "" for a text without one.

    >>> language_of({"en": "Lisbon", "pt": "Lisboa"}, "es"), language_of({"": "UCCI"}, "es")
    ('en', '')
    """
    found = (choice for choice in (lang, "", *LANGUAGES, *texts) if texts.get(choice))
    return next(found, "")


def web_address(value: Any) -> str:
    """Return an http(s) address as it is, and nothing for any other scheme.

    >>> web_address("https://example.org/"), web_address("javascript:alert(1)")
    ('https://example.org/', '')
    """
    text = clean(value).strip() if isinstance(value, str) else ""
    return text if text.lower().startswith(("http://", "https://")) else ""
