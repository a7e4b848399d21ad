"""What columns are called by those who keep them, in English, Spanish and Portuguese.

In: `starter/guided/words.toml`. Out: for a column's header, how well it fits what it may mean; for a cell,
the code of the concept it names. Case, accents and marks make no difference.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from coopgraph.languages import LANGUAGES
from coopgraph.letters import plain_letters
from coopgraph.resources import STARTER, bundled

_LONGEST: Final = 100  # what is longer is no name of a column
_WORDS_IN_ONE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LABEL: Final = re.compile(r'"((?:[^"\\]|\\.)*)"@(?:en|es|pt)')


@dataclass(frozen=True)
class ColumnWords:
    """What a column is called, and what its cells look like."""

    phrases: frozenset[str]
    cells: str


@cache
def described() -> Mapping[str, Any]:
    """Return the file as it is."""
    return tomllib.loads((STARTER / "guided" / "words.toml").read_text(encoding="utf-8"))


@cache
def column_words(name: str) -> ColumnWords:
    """Return the words for a column of the starter's tables."""
    found = described()["columns"].get(name, {})
    phrases = {plain(phrase) for language in LANGUAGES for phrase in found.get(language, ())}
    return ColumnWords(frozenset(phrases | {plain(name)}), found.get("cells", "text"))


def plain(text: str) -> str:
    """Return words without capitals, accents and marks.

    >>> plain("Año_de Ingreso"), plain("CountryCode"), plain("Nº hab.")
    ('ano de ingreso', 'country code', 'no hab')
    """
    letters = plain_letters(_WORDS_IN_ONE.sub(" ", text))
    return " ".join(re.findall(r"\w+", letters.replace("_", " ")))


def fit(header: str, phrases: frozenset[str]) -> float:
    """Say how well a header fits: 1 is one of the phrases, 0 nothing of the sort.

    >>> fit("Year of joining", column_words("since").phrases), fit("Colour", column_words("since").phrases)
    (1.0, 0.0)
    """
    words = plain(header) if len(header) <= _LONGEST else ""
    if words in phrases:
        return 1.0
    best = 0.0
    have = set(words.split())
    for phrase in phrases:
        need = phrase.split()
        if len(phrase) > 1 and need and set(need) <= have:
            best = max(best, 0.8 - 0.1 * (len(have) - len(set(need))))
        elif len(phrase) > 4 and _alike(words, phrase):
            best = max(best, 0.7)
    return max(best, 0.0)


def is_header_word(cell: str) -> bool:
    """Tell whether a cell is what some column is called.

    >>> is_header_word("Joined"), is_header_word("Lisboa")
    (True, False)
    """
    return len(cell) <= _LONGEST and plain(cell) in _header_words()


@cache
def _header_words() -> frozenset[str]:
    return frozenset().union(*(column_words(name).phrases for name in described()["columns"]))


def is_spanish_or_portuguese(headers: Iterable[str]) -> bool:
    """Tell whether headers have more words of Spanish and Portuguese alone than of English alone.

    >>> is_spanish_or_portuguese(["Fecha", "Importe"]), is_spanish_or_portuguese(["Date", "Amount"])
    (True, False)
    """
    english, other = _single_words("en"), _single_words("es") | _single_words("pt")
    words = [word for header in headers for word in plain(header[:_LONGEST]).split() if len(word) > 1]
    return sum(word in other - english for word in words) > sum(word in english - other for word in words)


@cache
def _single_words(language: str) -> frozenset[str]:
    phrases = [phrase for said in described()["columns"].values() for phrase in said.get(language, ())]
    return frozenset(word for phrase in phrases for word in plain(phrase).split())


def _alike(words: str, phrase: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(words, phrase) >= 90


def concept_of(scheme: str, text: str) -> str | None:
    """Return the code a cell means in a scheme of concepts.

    >>> concept_of("agreement-kind", "Hermanamiento"), concept_of("answer", "maybe")
    ('twinning', None)
    """
    return _concepts(scheme).get(plain(text))


def codes_of(scheme: str) -> list[str]:
    """Return the codes of a scheme of concepts.

    >>> codes_of("answer")
    ['no', 'unknown', 'yes']
    """
    return sorted(set(_concepts(scheme).values()))


@cache
def _concepts(scheme: str) -> Mapping[str, str]:
    """Every code, label and further word of a scheme, folded."""
    further = described()["concepts"].get(scheme, {})
    if scheme == "answer":
        further = {code: described()["cells"][code] for code in ("yes", "no", "unknown")}
    found = {plain(word): code for code, several in further.items() for word in several}
    text = (bundled("ontology") / "schemes" / f"{scheme}.ttl").read_text(encoding="utf-8")
    for block in text.split("a skos:Concept ;")[1:]:
        notation = re.search(r'skos:notation "([^"]+)"', block)
        labels = re.search(r"skos:prefLabel ([^;]*);", block)
        if notation and labels:
            for word in (notation[1], *_LABEL.findall(labels[1])):
                found[plain(word)] = notation[1]
    return found
