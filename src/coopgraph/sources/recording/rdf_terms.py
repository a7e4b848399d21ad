"""In whose terms RDF files speak, and what of them a CONSTRUCT query asks for.

In: files as lines of N-Quads, a query. Out: sentences with the classes that are there and what is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault
from coopgraph.namespaces import BASE, RDF, XSD, workspace_prefixes
from coopgraph.rdf.lexer import declared, tokens

_SHOWN: Final = 6
_OURS: Final = re.compile(rf"<{re.escape(BASE)}(?!genid/)")


def in_other_terms(parsed: Sequence[Sequence[str]]) -> Iterator[str]:
    """Say that nothing of the files is in coopgraph's terms, where that is so."""
    if not any(_OURS.search(_triple(line)) for lines in parsed for line in lines):
        yield (
            "Nothing in it is in coopgraph's terms, so no view, count or measure will see it. "
            f"{_classes(parsed)} Say what they are by a CONSTRUCT query: --mapping QUERY.rq "
            "(docs/sources/rdf.md)."
        )


def nothing_made(mapping: Path, parsed: Sequence[Sequence[str]]) -> Fault:
    """Say why a query makes nothing: what it asks for that the files do not have, and what they have."""
    text = "".join(_triple(line) for lines in parsed for line in lines)
    absent = [f"<{iri}>" for iri in _asked(mapping) if f"<{iri}>" not in text]
    asks = f"It asks for {_listed(absent)}, which is not in the files. " if absent else ""
    what = f"makes no statement of these files. {asks}{_classes(parsed)}"
    return Fault(mapping.name, None, None, what, "Compare its WHERE with what the files say.")


def _triple(line: str) -> str:
    return line.rsplit(" ", 2)[0]


def _classes(parsed: Sequence[Sequence[str]]) -> str:
    """The classes of the files, the commonest first; or their predicates where nothing has a class."""
    triples = [_triple(line).split(" ", 2) for lines in parsed for line in lines]
    classes = Counter(o for _, p, o in triples if p == f"<{RDF}type>")
    found = classes or Counter(p for _, p, _ in triples)
    commonest = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    told = _listed([f"{term} ({count:,})" for term, count in commonest])
    return (
        f"The files have the {'classes' if classes else 'properties'} {told}." if told else "They are empty."
    )


def _listed(terms: Sequence[str]) -> str:
    more = f" and {len(terms) - _SHOWN} more" if len(terms) > _SHOWN else ""
    return ", ".join(terms[:_SHOWN]) + more


def _asked(mapping: Path) -> list[str]:
    """The IRIs of the WHERE of a query, each once, but those of functions and datatypes."""
    found = tokens(mapping.read_text(encoding="utf-8"))
    prefixes = workspace_prefixes(BASE) | declared(found)
    at = next((number for number, token in enumerate(found) if token.word == "WHERE"), 0)
    asked = []
    for token, after in pairwise([*found[at:], None]):
        before, _, local = token.text.partition(":") if token else ("", "", "")
        if token and token.kind == "iri":
            asked.append(token.text[1:-1])
        elif token and token.kind == "name" and local and not (after and after.text == "("):
            asked.append(prefixes.get(before, "") + local)
    return list(dict.fromkeys(iri for iri in asked if not iri.startswith(XSD)))
