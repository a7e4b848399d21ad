"""SPARQL text to tokens: enough to know a keyword from a string, IRI, name or comment that looks like one.

In: the text of a query. Out: tokens with their places, and which bracket closes which. Standard: SPARQL 1.1,
section 19. Code point escapes (`\\u0053`) are resolved by `resolved` before anything else, as the standard
says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

_LOCAL: Final = r"(?:[\w:·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_TOKEN: Final = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in {
            "space": r"\s+|\#[^\n\r]*",
            "string": r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
            r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
            r'|"(?:[^"\\\n\r]|\\.)*"'
            r"|'(?:[^'\\\n\r]|\\.)*'",
            "iri": r"<[^<>\"{}|^`\\\x00-\x20]*>",
            "variable": r"[?$]\w[\w·]*",
            "blank": r"_:\w(?:[\w.·-]*[\w·-])?",
            "name": rf"(?:[^\W\d_](?:[\w.·-]{{0,99}}[\w·-])?)?:"
            rf"(?:{_LOCAL}(?:(?:{_LOCAL}|[.-])*(?:{_LOCAL}|-))?)?",
            "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
            "number": r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?",
            "word": r"[^\W\d]\w*",
            "sign": r"\^\^|\|\||&&|!=|<=|>=|<<|>>|.",
        }.items()
    ),
    re.DOTALL,
)
# a prefix is that short because every word is tried as one: without an end that is quadratic
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_CLOSES: Final = {"}": "{", ")": "(", "]": "["}
_OPENS: Final = ("{", "(", "[")


class Token(NamedTuple):
    """One token: kind, text, and where it begins; `word` is the text in capitals where it is a keyword."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> list[Token]:
    """Split a query into tokens, leaving out white space and comments.

    >>> [token.text for token in tokens('ASK { ?s <urn:p> "SERVICE" } # SERVICE')]
    ['ASK', '{', '?s', '<urn:p>', '"SERVICE"', '}']
    """
    return [
        Token(found.lastgroup or "", found[0], found.start())
        for found in _TOKEN.finditer(text)
        if found.lastgroup != "space"
    ]


def declared(found: Sequence[Token]) -> dict[str, str]:
    """The prefixes a query declares.

    >>> declared(tokens("PREFIX ex: <https://example.org/> ASK {}"))
    {'ex': 'https://example.org/'}
    """
    return {
        found[at + 1].text[:-1]: found[at + 2].text[1:-1]
        for at, token in enumerate(found[:-2])
        if token.word == "PREFIX" and found[at + 2].kind == "iri"
    }


def after_prologue(found: Sequence[Token]) -> int:
    """Where the query itself begins, after its prefixes and its base."""
    at = 0
    while at < len(found) and found[at].word in ("PREFIX", "BASE", "VERSION"):
        at += 3 if found[at].word == "PREFIX" else 2
    return at


def resolved(text: str) -> str:
    """Resolve code point escapes; one that is no code point is left for the engine to refuse.

    >>> resolved("\\\\u0053ERVICE")
    'SERVICE'
    """
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


@dataclass(frozen=True)
class Brackets:
    """For each bracket its partner, for each token the bracket it stands in (-1: none); those that open."""

    partner: dict[int, int]
    inside: list[int]
    opened: list[int]
    balanced: bool


def brackets(found: Sequence[Token]) -> Brackets:
    """Pair the brackets of some tokens.

    >>> brackets(tokens("ASK { ?s ?p (1 2) }")).partner[1]
    8
    """
    partner: dict[int, int] = {}
    inside: list[int] = []
    opened: list[int] = []
    every: list[int] = []
    balanced = True
    for at, token in enumerate(found):
        sign = token.text if token.kind == "sign" else ""
        if sign in _CLOSES:
            if opened and found[opened[-1]].text == _CLOSES[sign]:
                partner[at] = opened[-1]
                partner[opened.pop()] = at
            else:
                balanced = False
        inside.append(opened[-1] if opened else -1)
        if sign in _OPENS:
            opened.append(at)
            every.append(at)
    return Brackets(partner, inside, every, balanced and not opened)


def is_deeper(text: str, depth: int) -> bool:
    """Whether more than `depth` brackets are open at once; what follows the first too many is not read.

    >>> is_deeper("ASK { ?s ?p (1 2) }", 2), is_deeper("ASK { ?s ?p (1 2) }", 1)
    (False, True)
    """
    if sum(map(text.count, _OPENS)) <= depth:
        return False
    opened: list[str] = []
    for found in _TOKEN.finditer(text):
        sign = found[0] if found.lastgroup == "sign" else ""
        if sign in _OPENS:
            opened.append(sign)
            if len(opened) > depth:
                return True
        elif sign and opened and _CLOSES.get(sign) == opened[-1]:
            opened.pop()
    return False
