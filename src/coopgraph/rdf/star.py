"""`SELECT *` with its columns in the order in which the query names them.

In: the tokens of a query. Out: its variables in that order; the engine's own is that of the alphabet.
"""

from __future__ import annotations

from collections.abc import Sequence

from coopgraph.rdf.lexer import Token, after_prologue


def order_of_appearance(found: Sequence[Token]) -> tuple[str, ...]:
    """The variables of a `SELECT *`, in the order of their first appearance; nothing for other queries.

    >>> from coopgraph.rdf.lexer import tokens
    >>> order_of_appearance(tokens("SELECT * { ?s <urn:p> ?o }"))
    ('s', 'o')
    """
    at = after_prologue(found)
    words = [token.text.upper() for token in found[at : at + 3]]
    if words[:2] != ["SELECT", "*"] and words not in (
        ["SELECT", "DISTINCT", "*"],
        ["SELECT", "REDUCED", "*"],
    ):
        return ()
    return tuple(dict.fromkeys(token.text[1:] for token in found if token.kind == "variable"))
