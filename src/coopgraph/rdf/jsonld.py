"""A graph written as JSON-LD, a subject at a time, its context in the file.

In: lines of canonical N-Quads, graph by graph, subjects together. Out: text into an open file. Standard:
JSON-LD 1.1; the context holds prefixes alone, so every literal keeps its lexical form and its type.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import IO, Any

from coopgraph.namespaces import RDF
from coopgraph.rdf.serialised import address, split
from coopgraph.rdf.terms import plain_text, split_literal


def write_jsonld(lines: Iterable[bytes], to: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write the lines as a list of named graphs, each with its subjects."""
    short = _shortener(prefixes)
    context = json.dumps(dict(sorted(prefixes.items())), ensure_ascii=False)
    to.write(b'{"@context": %s,\n"@graph": [' % context.encode())
    between = b"\n"
    for graph, of_graph in groupby(map(split, lines), key=lambda quad: quad[3]):
        to.write(b'%s{"@id": %s, "@graph": [' % (between, json.dumps(short(address(graph))).encode()))
        _write_subjects(of_graph, to, short)
        to.write(b"\n]}")
        between = b",\n"
    to.write(b"\n]}\n")


def _write_subjects(
    quads: Iterable[tuple[bytes, bytes, bytes, bytes]], to: IO[bytes], short: Callable[[str], str]
) -> None:
    between = b"\n"
    for subject, of_subject in groupby(quads, key=lambda quad: quad[0]):
        thing: dict[str, Any] = {"@id": short(address(subject))}
        for _, predicate, term, _ in of_subject:
            name = address(predicate)
            if name == f"{RDF}type" and term[:1] == b"<":
                thing.setdefault("@type", []).append(short(address(term)))
            else:
                thing.setdefault(short(name), []).append(_value(term.decode(), short))
        to.write(between + json.dumps(thing, ensure_ascii=False).encode())
        between = b",\n"


def _value(term: str, short: Callable[[str], str]) -> dict[str, str]:
    if term[0] == "<":
        return {"@id": short(plain_text(term))}
    text, language, kind = split_literal(term)
    told = {"@language": language} if language else {"@type": short(kind)} if kind else {}
    return {"@value": text, **told}


def _shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Return what shortens an IRI; the longest namespace wins, and nothing is shortened to `prefix://`."""
    order = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    known: dict[str, str] = {}

    def short(iri: str) -> str:
        if iri not in known:
            if len(known) > 100_000:
                known.clear()
            found = ((name, space) for name, space in order if iri.startswith(space))
            name, space = next(found, ("", ""))
            rest = iri[len(space) :]
            known[iri] = f"{name}:{rest}" if name and not rest.startswith("//") else iri
        return known[iri]

    return short
