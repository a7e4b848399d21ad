"""A query that says the same without what Virtuoso 7 answers wrongly: a constant bound outside an OPTIONAL.

In: a query. Out: the same query with `VALUES ?x { constant }` put in the place of ?x in the filters of the
OPTIONAL groups beside it, where the standard binds it too (SPARQL 1.1, 18.2.2.6), and Virtuoso does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coopgraph.rdf.lexer import Brackets, Token, brackets, tokens


def filled(query: str) -> str:
    """Put constants into the filters of OPTIONAL groups.

    >>> filled('{ VALUES ?l { "en" } ?s ?p ?o OPTIONAL { ?s ?q ?n FILTER (LANG(?n) = ?l) } }')
    '{ VALUES ?l { "en" } ?s ?p ?o OPTIONAL { ?s ?q ?n FILTER (LANG(?n) = "en") } }'
    >>> filled('{ VALUES ?l { 7 } ?s ?p ?o OPTIONAL { ?s ?q ?n FILTER (BOUND(?l) && ?n > ?l) } }')
    '{ VALUES ?l { 7 } ?s ?p ?o OPTIONAL { ?s ?q ?n FILTER ((true) && ?n > 7) } }'
    """
    found = tokens(query)
    pairs = brackets(found)
    places = {at: text for values in _values(found, pairs) for at, text in _uses(found, pairs, *values)}
    parts, last = [], 0
    for at, text in sorted(places.items()):
        parts += [query[last : found[at].start], text]
        last = found[at].end
    return "".join([*parts, query[last:]])


def _values(found: Sequence[Token], pairs: Brackets) -> Iterator[tuple[int, str, str]]:
    """Each VALUES of one variable and one constant: where it ends, the variable, the constant."""
    for at, token in enumerate(found[:-3]):
        if token.word == "VALUES" and found[at + 1].kind == "variable" and found[at + 2].text == "{":
            end = next((i for i in range(at + 3, len(found)) if found[i].text == "}"), len(found))
            parts = found[at + 3 : end]
            if parts and _is_one_term(parts):
                yield end, found[at + 1].text, "".join(part.text for part in parts)


def _is_one_term(parts: Sequence[Token]) -> bool:
    """Whether tokens are one constant: an IRI, a name, a number, or a text with its language or datatype."""
    kinds = [part.kind for part in parts]
    plain = len(parts) == 1 and kinds[0] in ("iri", "name", "number", "string")
    return plain or (
        kinds[0] == "string" and (kinds[1:] == ["language"] or (parts[1].text == "^^" and len(parts) == 3))
    )


def _uses(
    found: Sequence[Token], pairs: Brackets, end: int, variable: str, text: str
) -> Iterator[tuple[int, str]]:
    """Where a variable stands in a filter of an OPTIONAL that follows in the same group."""
    group = pairs.inside[end - 1]
    group = pairs.inside[group]  # the group around the braces of VALUES
    optional: set[int] = set()
    inside: set[int] = set()
    for at in range(end + 1, len(found)):
        around = pairs.inside[at]
        if found[at].text == "{" and around == group and found[at - 1].word == "OPTIONAL":
            optional.add(at)
        if found[at].text in ("(", "{") and (
            (around in optional and "FILTER" in (found[at - 1].word, found[at - 2].word)) or around in inside
        ):
            inside.add(at)
        if around in inside and found[at].text == variable:
            if found[at - 2].word == "BOUND":  # which takes no constant
                yield at - 2, ""
                yield at, "true"
            else:
                yield at, text
