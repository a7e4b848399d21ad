"""The graphs a query runs on, written into its text: every store understands FROM and FROM NAMED.

In: a query and graphs. Out: the same query with its dataset clause. The protocol's own parameters say the
same, but Virtuoso 7 sends a header back for each, and no HTTP client reads more than a hundred of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coopgraph.errors import QueryError
from coopgraph.rdf.lexer import Token, after_prologue, declared, tokens


def within(query: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Let a query run on these graphs, if any are given, instead of those it names itself.

    >>> within("SELECT * WHERE { ?s ?p ?o }", ["urn:g"], ["urn:h"])
    'SELECT * FROM <urn:g> WHERE { ?s ?p ?o }'
    >>> within("ASK FROM <urn:x> { GRAPH ?g { ?s ?p ?o } }", ["urn:g"], ["urn:h"])
    'ASK FROM <urn:g> FROM NAMED <urn:h> { GRAPH ?g { ?s ?p ?o } }'
    """
    if not default and not named:
        return query
    found = tokens(query)
    begin, end = _clause(query, found)
    graphs = [f"FROM <{graph}> " for graph in default]
    if any(token.word == "GRAPH" for token in found):
        graphs += [f"FROM NAMED <{graph}> " for graph in named]
    return f"{query[:begin]}{''.join(graphs)}{query[end:]}"


def without_clause(query: str) -> str:
    """A query without the graphs it names, as it may stand inside another.

    >>> without_clause("SELECT ?s FROM <urn:g> { ?s ?p ?o }")
    'SELECT ?s { ?s ?p ?o }'
    """
    begin, end = _clause(query, tokens(query))
    return query[:begin] + query[end:]


def stated(query: str, prefixes: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs a query names itself, by FROM and by FROM NAMED.

    >>> stated("ASK FROM <urn:g> FROM NAMED ex:h {}", {"ex": "urn:"})
    (('urn:g',), ('urn:h',))
    """
    found = tokens(query)
    known = {**prefixes, **declared(found)}
    graphs: dict[bool, list[str]] = {False: [], True: []}
    for at, token in enumerate(found):
        if token.word == "FROM" and at + 1 < len(found):
            named = found[at + 1].word == "NAMED"
            graphs[named].append(_iri(found[at + 1 + named], known))
    return tuple(graphs[False]), tuple(graphs[True])


def constants(query: str, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    """The IRIs a query with GRAPH speaks of, in full; none where it looks into no graph.

    >>> constants("ASK { GRAPH ?g { ?s <urn:p> 7 } FILTER (?g = ex:h) }", {"ex": "urn:"})
    ('urn:h', 'urn:p')
    >>> constants("ASK { ?s <urn:p> 7 }", {})
    ()
    """
    found = tokens(query)
    if not any(token.word == "GRAPH" for token in found):
        return ()
    known = {**prefixes, **declared(found)}
    first = after_prologue(found)
    return tuple(sorted({_iri(token, known) for token in found[first:] if token.kind in ("iri", "name")}))


def _iri(token: Token, prefixes: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + local


def _clause(query: str, found: Sequence[Token]) -> tuple[int, int]:
    """Where the dataset clause of a query begins and ends, also where it has none."""
    first = after_prologue(found)
    begin: int | None = None
    for token in _outside(found[first:]):
        if token.word == "FROM" and begin is None:
            begin = token.start
        if token.word == "WHERE" or token.text == "{":
            return (token.start if begin is None else begin), token.start
    if found[first].word != "DESCRIBE":
        raise QueryError("The query has no group { ... }. Write what it looks for in braces.")
    end = len(query.rstrip())
    return (end if begin is None else begin), end


def _outside(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens outside all parentheses; the braces of a CONSTRUCT's template are passed over."""
    template = found[0].word == "CONSTRUCT" and len(found) > 1 and found[1].text == "{"
    depth = 0
    for token in found:
        opens, closes = ("({", ")}") if template else ("(", ")")
        if token.text in tuple(opens):
            depth += 1
        elif token.text in tuple(closes):
            depth -= 1
            template = template and depth > 0
        elif depth == 0:
            yield token
