"""The things a query speaks of, where its answer is a count, a yes or a value and names none.

In: the text of a query. Out: the same pattern asked for what it matches, and the IRIs written in it.
Standard: SPARQL 1.1.
"""

from __future__ import annotations

from collections.abc import Mapping

from coopgraph.rdf.lexer import after_prologue, brackets, declared, resolved, tokens


def matching(query: str, most: int) -> str | None:
    """Return a query for what the pattern of a SELECT or ASK matches; None where its end changes the answer.

    >>> matching("PREFIX e: <urn:> SELECT (COUNT(*) AS ?n) FROM e:g WHERE { ?c a e:City } GROUP BY ?x", 9)
    'PREFIX e: <urn:> SELECT * FROM e:g WHERE { ?c a e:City } ORDER BY ?c LIMIT 9'
    >>> matching("ASK { ?c a <urn:City> } VALUES ?c { <urn:a> }", 9)
    """
    text = resolved(query)
    found = tokens(text)
    start, pairs = after_prologue(found), brackets(found)
    opens = next(
        (at for at in range(start, len(found)) if found[at].text == "{" and pairs.inside[at] == -1), None
    )
    if opens is None or opens not in pairs.partner or found[start].word not in ("SELECT", "ASK"):
        return None
    closes = pairs.partner[opens]
    if any(token.word in ("VALUES", "HAVING") for token in found[closes:]):
        return None
    head = (at for at in range(start, opens) if pairs.inside[at] == -1)
    clauses = next((at for at in head if found[at].word in ("FROM", "WHERE")), opens)
    pattern = text[found[clauses].start : found[closes].end]
    names = dict.fromkeys(token.text for token in found[opens:closes] if token.kind == "variable")
    order = f" ORDER BY {' '.join(names)}" if names else ""  # the same rows from every engine
    return f"{text[: found[start].start]}SELECT * {pattern}{order} LIMIT {most}"


def named(query: str, prefixes: Mapping[str, str]) -> list[str]:
    r"""Return the IRIs written in a query, in order, each once.

    >>> named(r"PREFIX e: <urn:> ASK { id:city\/lima a e:City ; <urn:p> ?x }", {"id": "https://e.org/id/"})
    ['https://e.org/id/city/lima', 'urn:City', 'urn:p']
    """
    found = tokens(resolved(query))
    known = {**prefixes, **declared(found)}
    iris = []
    for token in found[after_prologue(found) :]:
        prefix, _, rest = token.text.partition(":")
        if token.kind == "iri":
            iris.append(token.text[1:-1])
        elif token.kind == "name" and prefix in known:
            iris.append(known[prefix] + rest.replace("\\", ""))
    return list(dict.fromkeys(iris))
