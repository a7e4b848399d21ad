"""What a query may not do, found before the engine sees it: reach out, write, exhaust, be answered wrongly.

In: the text of a query. Out: a Request for the engine, or QueryError that explains and shows the safe form.
The wrong answers are Oxigraph's (0.5.13); for each a test shows that it is still wrong, so that we notice
when it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from coopgraph.errors import Fault, QueryError
from coopgraph.rdf.client import Request
from coopgraph.rdf.lexer import Brackets, Token, after_prologue, brackets, declared, resolved, tokens
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.paths import Constant, zero_length_constants

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_READ_ONLY = "Queries only read: use SELECT, ASK, CONSTRUCT or DESCRIBE."


def check(query: str, prefixes: Mapping[str, str], base: str, limits: Limits | None = None) -> Request:
    """Let a query pass, or refuse it with every reason.

    >>> check("ASK { ?s ?p ?o }", {}, "https://example.org/").present
    ()
    """
    return _let_pass(query, tuple(prefixes.items()), base, limits or Limits())


@lru_cache(maxsize=128)  # a program asks the same few queries again, and a lookup takes less time than this
def _let_pass(query: str, known: tuple[tuple[str, str], ...], base: str, limits: Limits) -> Request:
    prefixes = dict(known)
    if len(query) > limits.length:
        raise QueryError(
            f"The query has {len(query):,} characters; at most {limits.length:,} are allowed. Shorten it."
        )
    plain = resolved(query)
    variants = {plain, query}  # either reading must be harmless, whichever the engine takes
    checked = [_Checked(text, prefixes, limits) for text in sorted(variants, key=lambda text: text == query)]
    faults = [fault for one in checked for fault in one.faults()]
    if faults:
        raise QueryError("The query is refused.", faults=list(dict.fromkeys(faults)))
    used = {prefix: iri for prefix, iri in known if f"{prefix}:" in plain}  # the engine parses each
    return Request(query, used, base, checked[0].present(), tuple(prefixes))


class _Checked:
    """A query as tokens, and what is wrong with it."""

    def __init__(self, text: str, prefixes: Mapping[str, str], limits: Limits) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._pairs = brackets(self._tokens)
        self._limits = limits
        self._prefixes = {**prefixes, **declared(self._tokens)}

    def faults(self) -> list[Fault]:
        if self._pairs.depth > self._limits.depth:
            what = f"nests {self._pairs.depth} brackets; at most {self._limits.depth} are allowed."
            return [Fault("query", None, None, what, "Write it with fewer levels.")]
        return [*self._form(), *self._reaching_out(), *self._several_graphs(), *self._wrong_answers()]

    def _fault(self, at: int, what: str, fix: str) -> Fault:
        line = self._text.count("\n", 0, self._tokens[at].start) + 1
        return Fault("query", line, None, what, fix)

    def _form(self) -> Iterator[Fault]:
        at = after_prologue(self._tokens)
        word = self._tokens[at].word if at < len(self._tokens) else ""
        if word in _UPDATES:
            yield self._fault(at, f"{word} would change or load data.", _READ_ONLY)
        elif word not in _FORMS:
            yield Fault("query", None, None, "is not a SPARQL query.", _READ_ONLY)

    def _reaching_out(self) -> Iterator[Fault]:
        for at, token in enumerate(self._tokens):
            if token.word == "SERVICE":
                what = "SERVICE would send data over the network, and nothing is fetched or sent."
                yield self._fault(at, what, "Load the other data beside this, and query both at once.")

    def _several_graphs(self) -> Iterator[Fault]:
        froms = _words(self._tokens, "FROM")
        plain = [
            at for at in froms if not (at + 1 < len(self._tokens) and self._tokens[at + 1].word == "NAMED")
        ]
        if len(plain) > 1:
            what = "FROM with several graphs counts a statement made in two of them twice."
            fix = "Leave FROM out: queries run on the merge of all graphs. Or use FROM NAMED and GRAPH."
            yield self._fault(plain[1], what, fix)

    def _wrong_answers(self) -> Iterator[Fault]:
        for at in _words(self._tokens, "BNODE"):
            if _text(self._tokens, at + 1) == "(" and _text(self._tokens, at + 2) != ")":
                what = 'BNODE("label") gives the same blank node for every row in this engine.'
                yield self._fault(at, what, "Use BNODE() or build an IRI: IRI(CONCAT(...)).")
        for start, end in self._open_graphs():
            yield from self._inside_graph(start, end)
        for constant in self._constants():
            if self._graph_of(constant) == "":
                what = (
                    "a path of possible length zero with a constant end inside GRAPH ?variable loses answers."
                )
                fix = (
                    "Put a variable there and bind it outside: VALUES ?start { ... } GRAPH ?g { ?start ... }."
                )
                yield self._fault(constant.at, what, fix)

    def _inside_graph(self, start: int, end: int) -> Iterator[Fault]:
        for at in range(start + 1, end):
            word = self._tokens[at].word
            if word == "SELECT":
                what = "a sub-select inside GRAPH ?variable loses the graph in this engine."
                fix = "Turn it round: SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ... } } GROUP BY ?g."
                yield self._fault(at, what, fix)
            elif word == "MINUS":
                what = "MINUS inside GRAPH ?variable removes too much in this engine."
                yield self._fault(at, what, "Use FILTER NOT EXISTS { ... }.")
            elif word in ("VALUES", "GRAPH") and not _joined(self._tokens, self._pairs, at):
                what = f"{word} alone in a group inside GRAPH ?variable loses the graph in this engine."
                yield self._fault(
                    at, what, "Put it outside, or beside a triple pattern: GRAPH ?g { ?s ?p ?o }."
                )

    def _open_graphs(self) -> Iterator[tuple[int, int]]:
        """Where each `GRAPH ?variable { ... }` opens and closes."""
        for at in _words(self._tokens, "GRAPH"):
            if at + 2 < len(self._tokens) and self._tokens[at + 1].kind == "variable":
                yield at + 2, self._pairs.partner.get(at + 2, len(self._tokens))

    def _constants(self) -> list[Constant]:
        return list(zero_length_constants(self._tokens, self._pairs))

    def _graph_of(self, constant: Constant) -> str | None:
        """The graph a path runs in: None for the default graph, empty for any graph."""
        at = self._pairs.inside[constant.at]
        while at >= 0:
            if at >= 2 and self._tokens[at - 2].word == "GRAPH":
                return self._iri(self._tokens[at - 1])
            at = self._pairs.inside[at]
        for at in _words(self._tokens, "FROM"):
            if at + 1 < len(self._tokens) and self._tokens[at + 1].word != "NAMED":
                return self._iri(self._tokens[at + 1])
        return None

    def _iri(self, token: Token) -> str:
        if token.kind == "iri":
            return token.text[1:-1]
        prefix, _, local = token.text.partition(":")
        return self._prefixes.get(prefix, "") + local if token.kind == "name" else ""

    def present(self) -> tuple[tuple[str, str | None], ...]:
        """The (term, graph) that must be in the data for the engine's answer to be right."""
        return tuple((self._term(one.tokens), self._graph_of(one)) for one in self._constants())

    def _term(self, parts: Sequence[Token]) -> str:
        return "".join(f"<{self._iri(part)}>" if part.kind == "name" else part.text for part in parts)


def _text(found: Sequence[Token], at: int) -> str:
    return found[at].text if at < len(found) else ""


def _words(found: Sequence[Token], word: str) -> list[int]:
    return [at for at, token in enumerate(found) if token.word == word]


def _joined(found: Sequence[Token], pairs: Brackets, at: int) -> bool:
    """Whether a triple pattern stands directly in the same group, and so binds the graph."""
    group = pairs.inside[at]
    return any(
        token.kind in ("variable", "iri", "name", "blank") and found[other - 1].word not in _NAMES_A_THING
        for other, token in enumerate(found)
        if pairs.inside[other] == group
    )


_NAMES_A_THING = ("VALUES", "GRAPH", "FILTER", "AS", "SERVICE")
