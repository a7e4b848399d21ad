"""Property paths that may have length zero and start or end at a constant.

`<x> p* ?y` must answer `<x>` itself, even when `<x>` is nowhere in the data; Oxigraph answers nothing then.
This module finds those constants so that their presence can be checked. Standard: SPARQL 1.1, section 18.4
(ZeroLengthPath).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from coopgraph.rdf.lexer import Brackets, Token

_TERM: Final = ("iri", "name", "string", "number")
_STEP: Final = ("/", "|", "^", "!", "^^")


@dataclass(frozen=True)
class Constant:
    """A constant end of such a path: its tokens, and the place of the path."""

    tokens: tuple[Token, ...]
    at: int


def zero_length_constants(found: Sequence[Token], pairs: Brackets) -> Iterator[Constant]:
    """Yield every constant that a path of length zero may start or end at.

    >>> from coopgraph.rdf.lexer import brackets, tokens
    >>> query = tokens("ASK { <urn:a> (<urn:p>|<urn:q>)* ?x }")
    >>> [constant.tokens[0].text for constant in zero_length_constants(query, brackets(query))]
    ['<urn:a>']
    """
    paths = _Paths(found)
    starts: dict[int, int] = {}
    at = 0
    while at < len(found):
        is_step = at > 0 and found[at - 1].text in _STEP  # of a path that was seen from its start
        end, nullable = (at, False) if is_step else paths.path(at)
        if not nullable:
            at += 1
            continue
        for term in (_subject(found, pairs, at, starts), *_objects(found, end)):
            if term:
                yield Constant(term, at)
        at = end


class _Paths:
    """Paths as the grammar has them: from a token to where they end, and whether they may have length zero.

    Each place is parsed once: brackets within brackets would be parsed again from every one of them.
    """

    def __init__(self, found: Sequence[Token]) -> None:
        self._found = found
        self._known: dict[int, tuple[int, bool]] = {}

    def path(self, at: int) -> tuple[int, bool]:
        """Parse a path from here: where it ends (at once if none is), and whether it may have length zero."""
        if at not in self._known:
            self._known[at] = self._choice(at)
        return self._known[at]

    def _choice(self, at: int) -> tuple[int, bool]:
        end, nullable = self._sequence(at)
        while end > at and _sign(self._found, end) == "|":
            after, other = self._sequence(end + 1)
            if after == end + 1:
                break
            end, nullable = after, nullable or other
        return end, nullable

    def _sequence(self, at: int) -> tuple[int, bool]:
        end, nullable = self._element(at)
        while end > at and _sign(self._found, end) == "/":
            after, other = self._element(end + 1)
            if after == end + 1:
                break
            end, nullable = after, nullable and other
        return end, nullable

    def _element(self, at: int) -> tuple[int, bool]:
        begin = at + 1 if _sign(self._found, at) == "^" else at
        end, nullable = self._primary(begin)
        if end == begin:
            return at, False
        modifier = _sign(self._found, end)
        if modifier in ("*", "?", "+"):
            return end + 1, nullable or modifier != "+"
        return end, nullable

    def _primary(self, at: int) -> tuple[int, bool]:
        found, sign = self._found, _sign(self._found, at)
        if sign == "!":
            end = self.path(at + 1)[0] if _sign(found, at + 1) != "!" else at
            return (end, False) if end > at + 1 else (at, False)
        if sign == "(":
            end, nullable = self.path(at + 1)
            closed = end > at + 1 and _sign(found, end) == ")"
            return (end + 1, nullable) if closed else (at, False)
        if at < len(found) and (found[at].kind in ("iri", "name") or found[at].text == "a"):
            return at + 1, False
        return at, False


def _sign(found: Sequence[Token], at: int) -> str:
    return found[at].text if 0 <= at < len(found) and found[at].kind == "sign" else ""


def _subject(found: Sequence[Token], pairs: Brackets, at: int, starts: dict[int, int]) -> tuple[Token, ...]:
    """The term before the path, or before the whole list of predicates when the path follows a semicolon."""
    before = at - 1
    if _sign(found, before) == ";":
        before = _statement_start(found, pairs, before, starts)
    elif before >= 0 and found[before].kind == "language":
        return tuple(found[before - 1 : at])
    elif before >= 2 and _sign(found, before - 1) == "^^":
        return tuple(found[before - 2 : at])
    return (found[before],) if before >= 0 and found[before].kind in _TERM else ()


def _statement_start(found: Sequence[Token], pairs: Brackets, at: int, starts: dict[int, int]) -> int:
    """Walk back to the first token of a statement, over whole bracketed groups; `starts` remembers."""
    passed: list[int] = []
    while at > 0 and at not in starts:
        if _sign(found, at) == ";":
            passed.append(at)
        before = at - 1
        sign = _sign(found, before)
        if sign in (".", "{", "}", "[", "("):
            break
        if sign in (")", "]"):
            opened = pairs.partner.get(before, 0)
            if opened and (found[opened - 1].kind == "word" or _calls(found, opened)):
                break
            before = opened
        at = before
    start = starts.get(at, at)
    starts.update(dict.fromkeys(passed, start))
    return start


def _calls(found: Sequence[Token], opened: int) -> bool:
    """Whether a bracket belongs to a call after FILTER: `FILTER ex:near(?a, ?b)`."""
    return opened > 1 and found[opened - 1].kind in ("iri", "name") and found[opened - 2].word == "FILTER"


def _objects(found: Sequence[Token], at: int) -> Iterator[tuple[Token, ...]]:
    """The constants among the objects that follow a path."""
    while at < len(found) and (found[at].kind in _TERM or found[at].kind in ("variable", "blank")):
        end = at + 1
        if end < len(found) and found[end].kind == "language":
            end += 1
        elif _sign(found, end) == "^^":
            end += 2
        if found[at].kind in _TERM:
            yield tuple(found[at:end])
        if _sign(found, end) != ",":
            return
        at = end + 1
