"""`SELECT *` with its columns in the order in which the query names them.

In: a query and the engine's answer, whose columns stand in the order of the alphabet. Out: the answer, its
columns as a reader of the query expects them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from operator import itemgetter

from coopgraph.rdf.client import Answer
from coopgraph.rdf.lexer import after_prologue, tokens


def in_order_of_appearance(query: str, answer: Answer) -> Answer:
    """Return the answer with its columns in order; one that names its columns itself is left alone.

    >>> found = Answer("bindings", ("o", "s"), b"?o\\t?s\\n1\\t<urn:a>\\n")
    >>> in_order_of_appearance("SELECT * { ?s <urn:p> ?o }", found).payload
    b'?s\\t?o\\n<urn:a>\\t1\\n'
    """
    named = _named(query) if answer.kind == "bindings" else ()
    order = sorted(range(len(answer.variables)), key=lambda at: _place(named, answer.variables[at]))
    if not named or order == sorted(order):
        return answer
    pick = itemgetter(*order)
    lines = answer.payload.split(b"\n")[:-1]
    payload = b"".join(b"\t".join(pick(line.split(b"\t"))) + b"\n" for line in lines)
    return replace(answer, variables=pick(answer.variables), payload=payload)


@lru_cache(maxsize=128)
def _named(query: str) -> tuple[str, ...]:
    """The variables of a `SELECT *`, in the order of their first appearance; nothing for other queries."""
    found = tokens(query)
    at = after_prologue(found)
    words = [token.text.upper() for token in found[at : at + 3]]
    if words[:2] != ["SELECT", "*"] and words not in (
        ["SELECT", "DISTINCT", "*"],
        ["SELECT", "REDUCED", "*"],
    ):
        return ()
    return tuple(dict.fromkeys(token.text[1:] for token in found if token.kind == "variable"))


def _place(named: tuple[str, ...], variable: str) -> int:
    return named.index(variable) if variable in named else len(named)
