"""What a query may not do, found before the engine sees it: reach out, write, exhaust, be answered wrongly.

In: the text of a query. Out: a Request for the engine, or QueryError that explains and shows the safe form.
The wrong answers are Oxigraph's (0.5.13); for each a test shows that it is still wrong, so that we notice
when it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice

from coopgraph.errors import Fault, QueryError
from coopgraph.rdf.client import Request
from coopgraph.rdf.lexer import (
    Token,
    after_prologue,
    brackets,
    declared,
    is_deeper,
    resolved,
    tokens,
)
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.paths import Constant, zero_length_constants
from coopgraph.rdf.star import order_of_appearance

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_MOST_TOLD = 20
_READ_ONLY = "Queries only read: use SELECT, ASK, CONSTRUCT or DESCRIBE."


def check(
    query: str,
    prefixes: Mapping[str, str],
    base: str,
    limits: Limits | None = None,
    *,
    default: Sequence[str] = (),
    named: Sequence[str] = (),
) -> Request:
    """Let a query pass, or refuse it with every reason.

    `default` and `named` are graphs that stand instead of those of FROM, and of the whole.

    >>> check("ASK { ?s ?p ?o }", {}, "https://example.org/").present
    ()
    """
    dataset = Dataset(tuple(default), tuple(named))
    return _let_pass(query, tuple(prefixes.items()), base, limits or Limits(), dataset)


@dataclass(frozen=True)
class Dataset:
    """The graphs that the protocol names; true where it names any."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


@lru_cache(maxsize=128)  # a program asks the same few queries again, and a lookup takes less time than this
def _let_pass(
    query: str, known: tuple[tuple[str, str], ...], base: str, limits: Limits, dataset: Dataset
) -> Request:
    prefixes = dict(known)
    if len(query) > limits.length:
        raise QueryError(
            f"The query has {len(query):,} characters; at most {limits.length:,} are allowed. Shorten it."
        )
    plain = resolved(query)
    variants = {plain, query}  # either reading must be harmless, whichever the engine takes
    if any(is_deeper(text, limits.depth) for text in variants):
        what = f"nests more than {limits.depth} brackets, the most allowed."
        deep = Fault("query", None, None, what, "Write it with fewer levels.")
        raise QueryError("The query is refused.", faults=[deep])
    texts = sorted(variants, key=lambda text: text == query)
    checked = [_Checked(text, prefixes, dataset) for text in texts]
    faults = [fault for one in checked for fault in islice(one.faults(), _MOST_TOLD)]
    if faults:
        raise QueryError("The query is refused.", faults=list(dict.fromkeys(faults)))
    used = {prefix: iri for prefix, iri in known if f"{prefix}:" in plain}  # the engine parses each
    as_read = checked[0]
    return Request(
        query,
        used,
        base,
        as_read.present(),
        tuple(prefixes),
        dataset.default,
        dataset.named,
        as_read.order(),
        as_read.word,
    )


class _Checked:
    """A query as tokens, and what is wrong with it."""

    def __init__(self, text: str, prefixes: Mapping[str, str], dataset: Dataset) -> None:
        self._text = text
        self._dataset = dataset
        self._tokens = tokens(text)
        self._pairs = brackets(self._tokens)
        self._prefixes = {**prefixes, **declared(self._tokens)}

    def faults(self) -> Iterator[Fault]:
        return chain(self._form(), self._reaching_out(), self._several_graphs(), self._wrong_answers())

    def _fault(self, at: int, what: str, fix: str) -> Fault:
        start = self._tokens[at].start
        line, character = self._text.count("\n", 0, start) + 1, start - self._text.rfind("\n", 0, start)
        return Fault("query", line, None, what, fix, character=character)

    @property
    def word(self) -> str:
        """The first word after the prologue."""
        at = after_prologue(self._tokens)
        return self._tokens[at].word if at < len(self._tokens) else ""

    def _form(self) -> Iterator[Fault]:
        at, word = after_prologue(self._tokens), self.word
        if word in _UPDATES:
            yield self._fault(at, f"{word} would change or load data.", _READ_ONLY)
        elif word not in _FORMS:
            yield Fault("query", None, None, "is not a SPARQL query.", _READ_ONLY)

    def _reaching_out(self) -> Iterator[Fault]:
        for at, token in enumerate(self._tokens):
            if token.word == "SERVICE":
                what = "SERVICE would send data over the network, and nothing is fetched or sent."
                yield self._fault(at, what, "Load the other data beside this, and query both at once.")

    def order(self) -> tuple[str, ...]:
        return order_of_appearance(self._tokens)

    def _several_graphs(self) -> Iterator[Fault]:
        froms = _words(self._tokens, "FROM") if not self._dataset else []
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
        yield from self._inside_graphs()
        for constant in self._constants:
            if self._graph_of(constant) == "":
                what = (
                    "a path of possible length zero with a constant end inside GRAPH ?variable loses answers."
                )
                fix = (
                    "Put a variable there and bind it outside: VALUES ?start { ... } GRAPH ?g { ?start ... }."
                )
                yield self._fault(constant.at, what, fix)

    def _inside_graphs(self) -> Iterator[Fault]:
        for at, token in enumerate(self._tokens):
            if self._pairs.inside[at] not in self._open_graphs:
                continue
            word = token.word
            if word == "SELECT":
                what = "a sub-select inside GRAPH ?variable loses the graph in this engine."
                fix = "Turn it round: SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ... } } GROUP BY ?g."
                yield self._fault(at, what, fix)
            elif word == "MINUS":
                what = "MINUS inside GRAPH ?variable removes too much in this engine."
                yield self._fault(at, what, "Use FILTER NOT EXISTS { ... }.")
            elif word in ("VALUES", "GRAPH") and self._pairs.inside[at] not in self._joined:
                what = f"{word} alone in a group inside GRAPH ?variable loses the graph in this engine."
                yield self._fault(
                    at, what, "Put it outside, or beside a triple pattern: GRAPH ?g { ?s ?p ?o }."
                )

    @cached_property
    def _joined(self) -> set[int]:
        """The groups in which a triple pattern stands directly, and so binds the graph."""
        found = self._tokens
        return {
            self._pairs.inside[at]
            for at, token in enumerate(found)
            if token.kind in ("variable", "iri", "name", "blank") and found[at - 1].word not in _NAMES_A_THING
        }

    @cached_property
    def _open_graphs(self) -> set[int]:
        """The brackets that open inside, or open, a `GRAPH ?variable { ... }`."""
        found, opened = self._tokens, set[int]()
        for at in self._pairs.opened:
            graph = at > 1 and found[at - 2].word == "GRAPH" and found[at - 1].kind == "variable"
            if graph or self._pairs.inside[at] in opened:
                opened.add(at)
        return opened

    @cached_property
    def _constants(self) -> list[Constant]:
        return list(zero_length_constants(self._tokens, self._pairs))

    def _graph_of(self, constant: Constant) -> str | None:
        """The graph a path runs in: None for the default graph, empty for any graph."""
        at = self._pairs.inside[constant.at]
        while at >= 0:
            if at >= 2 and self._tokens[at - 2].word == "GRAPH":
                return self._iri(self._tokens[at - 1])
            at = self._pairs.inside[at]
        return self._from

    @cached_property
    def _from(self) -> str | None:
        """The graph of FROM; none where the protocol names graphs."""
        for at in _words(self._tokens, "FROM") if not self._dataset else []:
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
        found = ((self._term(one.tokens), self._graph_of(one)) for one in self._constants)
        return tuple(dict.fromkeys(found))

    def _term(self, parts: Sequence[Token]) -> str:
        return "".join(f"<{self._iri(part)}>" if part.kind == "name" else part.text for part in parts)


def _text(found: Sequence[Token], at: int) -> str:
    return found[at].text if at < len(found) else ""


def _words(found: Sequence[Token], word: str) -> list[int]:
    return [at for at, token in enumerate(found) if token.word == word]


_NAMES_A_THING = ("VALUES", "GRAPH", "FILTER", "AS", "SERVICE")
