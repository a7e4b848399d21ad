"""What is wrong with a query that does not parse, for people: where, what stands there, what could.

In: the query, the engine's complaint, and a way to parse more. Out: QueryError. The engine (Oxigraph 0.5.13)
tells the furthest place any attempt ended, which is up to a long keyword's length beyond the fault, and names
its grammar's character classes. So the query is laid out again with its tokens far apart, where the place
tells the token; and cut off before that token, where what could follow is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from coopgraph.errors import Fault, QueryError
from coopgraph.rdf.lexer import Token, declared, tokens

Parse = Callable[[str], str | None]  # a text to what the engine says against it

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?")
_EXPECTED: Final = re.compile(r'"(?P<sign>(?:[^"\\]|\\.)*)"|(?P<class>\[[^\]]*\])|(?P<words>[^,\["]+)')
_GAP: Final = " " * 40  # more than any keyword has
_SHOWN: Final = 5
_MEANING: Final = {
    **dict.fromkeys(("?", "$"), "a variable"),
    **dict.fromkeys(("<", ":"), "an IRI"),
    **dict.fromkeys(('\\"', "'"), "a text"),
    **dict.fromkeys(("['0'..='9']", "['0' ..= '9']"), "a number"),
    **{sign: f"'{sign}'" for sign in "{}()[].;,*="},
}
_SAID: Final = {
    "IRI parsing failed": "This is no valid IRI",
    "The SELECT contains a variable that is unbound": "SELECT names a variable that is neither in GROUP BY "
    "nor inside an aggregate such as COUNT or SAMPLE",
    "The SELECT overrides an existing variable using an expression": "SELECT (... AS ?name) needs a name "
    "that the query does not use yet",
}


def syntax_error(query: str, prefixes: Mapping[str, str], complaint: str, parse: Parse) -> QueryError:
    """Explain a complaint of the engine's; `parse` is asked at most twice more.

    >>> wrong = "error at 1:16: expected [_]"
    >>> print(syntax_error("ASK { ?s nope:a 1 }", {"coop": "urn:c"}, wrong, lambda text: None))
    The query does not parse.
    query, line 1, character 10: The prefix nope: is not declared. Known: coop. Or say PREFIX ...
    """
    found = tokens(query)
    faults = list(_unclosed(query, found) or _undeclared(query, found, prefixes))
    return QueryError(
        "The query does not parse.", faults=faults or [_located(query, found, complaint, parse)]
    )


def _unclosed(query: str, found: list[Token]) -> list[Fault]:
    """A quote that the lexer left alone begins a text without an end."""
    return [
        _fault(query, token.start, f"The text that begins here with {token.text} is not closed.")
        for token in found
        if token.kind == "sign" and token.text in ("'", '"')
    ][:1]


def _undeclared(query: str, found: list[Token], prefixes: Mapping[str, str]) -> Iterator[Fault]:
    known = {**prefixes, **declared(found)}
    told: set[str] = set()
    for at, token in enumerate(found):
        prefix = token.text.partition(":")[0]
        new = token.kind == "name" and prefix not in known and prefix not in told
        if not new or (at and found[at - 1].word == "PREFIX"):
            continue
        told.add(prefix)
        if query.startswith("//", token.end):
            yield _fault(query, token.start, "An IRI stands in angle brackets.", f"Write <{prefix}://...>.")
            continue
        what = f"The prefix {prefix}: is not declared. Known: {', '.join(sorted(known)) or 'none'}."
        yield _fault(query, token.start, what, f"Or say PREFIX {prefix}: <...> at the top.")


def _located(query: str, found: list[Token], complaint: str, parse: Parse) -> Fault:
    place = _offset(query, complaint)
    if place is None:
        return Fault("query", None, None, f"{complaint.rstrip('.')}.")
    near = next((at for at, token in enumerate(found) if token.end >= place - len(_GAP)), len(found))
    starts, wide = _far_apart(query, found, near)
    again = parse(wide) or complaint
    reached = _offset(wide, again) or 0
    wrong = near + sum(start <= reached for start in starts) - 1 if starts else near
    if reached >= len(wide) or wrong >= len(found):
        return _unexpected(query, None, _expectations(again), parse)
    return _unexpected(query, found[max(wrong, 0)], _expectations(again), parse)


def _unexpected(query: str, token: Token | None, said: list[str], parse: Parse) -> Fault:
    """Say what stands there, and what could; or what the engine said in words."""
    at = token.start if token else len(query.rstrip())
    words = next((text for text in said if " " in text and not text.startswith("[")), "").rstrip(".")
    if words:
        return _fault(query, at, f"{_SAID.get(words, words)}.")
    here = f"unexpected {_quoted(token.text)}" if token else "unexpected end of the query"
    could = _could_follow(parse(f"{query[:at]} ") or "") or [text for text in said if text.isupper()]
    expected = f"; expected {_listed(could)}" if could else ""
    return _fault(query, at, f"{here}{expected}.")


def _far_apart(query: str, found: list[Token], near: int) -> tuple[list[int], str]:
    """The query with its tokens from `near` on far apart, and where each of them begins."""
    parts, starts = [query[: found[near].start] if near < len(found) else query], list[int]()
    length = len(parts[0])
    for token in found[near:]:
        starts.append(length)
        parts += [token.text, _GAP]
        length += len(token.text) + len(_GAP)
    return starts, "".join(parts)


def _offset(text: str, complaint: str) -> int | None:
    """The engine says `error at 2:8: expected ...`: line and character, both from 1."""
    place = _PLACE.match(complaint)
    if place is None:
        return None
    before = text.split("\n")[: int(place[1]) - 1]
    return sum(len(line) + 1 for line in before) + int(place[2]) - 1


def _expectations(complaint: str) -> list[str]:
    place = _PLACE.match(complaint)
    listed = _EXPECTED.finditer(complaint, place.end()) if place else ()
    return [text for found in listed if (text := (found[found.lastgroup or 0] or "").strip())]


def _could_follow(complaint: str) -> list[str]:
    """What could stand at the end of a text, in the order of `_MEANING`."""
    said = set(_expectations(complaint))
    return list(dict.fromkeys(meaning for sign, meaning in _MEANING.items() if sign in said))


def _listed(texts: list[str]) -> str:
    *first, last = texts[:_SHOWN]
    return f"{', '.join(first)} or {last}" if first else last


def _quoted(text: str) -> str:
    return f"'{text}'" if len(text) <= 40 else f"'{text[:40]}...'"


def _fault(query: str, at: int, what: str, fix: str | None = None) -> Fault:
    line, character = query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at)
    return Fault("query", line, None, what, fix, character=character)
