"""What is known of queries before they run: the shape of those that are quick, and those that reach a limit.

In: queries and how they went. Out: quick, slow or unknown; or the error that would come again. Two queries
are of one shape when they differ in nothing but their constants and the names of their variables.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Final, Generic, TypeVar

from coopgraph.errors import CoopgraphError
from coopgraph.rdf.lexer import Token

_SHAPES: Final = 4_096
_ERRORS: Final = 1_024
_CHANGING: Final = ("NOW", "RAND", "UUID", "STRUUID", "BNODE")
_CONSTANT: Final = {"iri": "<>", "name": "<>", "string": '""', "number": "1", "language": "@"}

Value = TypeVar("Value")


def shape(found: Sequence[Token]) -> int:
    """The shape of a query as a number.

    >>> from coopgraph.rdf.lexer import tokens
    >>> one, other = "SELECT ?a { ?a <urn:p> 1 }", "select ?x { ?x <urn:q> 2 }"
    >>> shape(tokens(one)) == shape(tokens(other)), shape(tokens(one)) == shape(tokens("ASK {}"))
    (True, False)
    """
    names: dict[str, int] = {}
    parts = [
        f"?{names.setdefault(token.text, len(names))}"
        if token.kind == "variable"
        else _CONSTANT.get(token.kind) or token.text.upper()
        for token in found
    ]
    return hash(" ".join(parts))


def changes(found: Sequence[Token]) -> bool:
    """Whether the same query may be answered otherwise the next time.

    >>> from coopgraph.rdf.lexer import tokens
    >>> changes(tokens("SELECT (NOW() AS ?now) {}"))
    True
    """
    return any(token.kind == "word" and token.word in _CHANGING for token in found)


class Recent(Generic[Value]):
    """The last `most` things noted."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._noted: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        return self._noted.get(key)

    def note(self, key: Hashable, value: Value) -> None:
        self._noted[key] = value
        self._noted.move_to_end(key)
        if len(self._noted) > self._most:
            self._noted.popitem(last=False)


class Known:
    """What is known, at most some thousand shapes and errors of it. Not safe for threads."""

    def __init__(self, remembered: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._remembered = remembered
        self._clock = clock
        self._quick: Recent[bool] = Recent(_SHAPES)
        self._errors: Recent[tuple[float, CoopgraphError]] = Recent(_ERRORS)

    def is_quick(self, shape: int) -> bool | None:
        """Whether queries of this shape are quick; None where none has run."""
        return self._quick.get(shape)

    def ran(self, shape: int, *, quick: bool) -> None:
        """Note how long one took; the last one counts."""
        self._quick.note(shape, quick)

    def failed(self, key: Hashable, error: CoopgraphError) -> None:
        """Note an error that the same query meets every time."""
        self._errors.note(key, (self._clock(), error))

    def error(self, key: Hashable) -> tuple[CoopgraphError, float] | None:
        """The error of a query, and for how many seconds it still counts."""
        found = self._errors.get(key)
        left = found[0] + self._remembered - self._clock() if found else 0.0
        return (found[1], left) if found and left > 0 else None
