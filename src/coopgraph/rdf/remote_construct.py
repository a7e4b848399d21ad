"""A CONSTRUCT query for an endpoint, asked as the rows its template is filled with here.

In: the text of a CONSTRUCT query. Out: a SELECT of the template's variables, and N-Triples of rows. Rows can
be counted, paged and told from a cut answer; a document of triples cannot. Standard: SPARQL 1.1 Query, 16.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import Fault, QueryError
from coopgraph.namespaces import XSD
from coopgraph.rdf.lexer import Token, after_prologue, brackets, declared, tokens
from coopgraph.rdf.paging import Question

if TYPE_CHECKING:
    import pyoxigraph as ox

_PAGE: Final = re.compile(r"^#\s*page:\s*[?$](\w+)\s*$", re.MULTILINE)
_VARIABLE: Final = "urn:coopgraph:variable:"
_BARE: Final = re.compile(
    r"(?P<boolean>true|false)|(?P<integer>[+-]?\d+)|(?P<decimal>[+-]?\d*\.\d+)|(?P<double>[+-]?.*)"
)


@dataclass(frozen=True)
class Harvest:
    """What is asked, and the triples that are made of each row; `paged` says that the query names a key."""

    asked: Question
    template: tuple[tuple[str, str, str], ...]
    paged: bool

    def triples(self, row: str) -> list[str]:
        """The N-Triples of one row; a triple with an unbound variable, or a literal as subject, is none."""
        cells = dict(zip(self.asked.variables, map(full_term, row.split("\t")), strict=True))
        made = (tuple(cells.get(part, part) for part in parts) for parts in self.template)
        return [f"{s} {p} {o} .\n" for s, p, o in made if s.startswith("<") and p.startswith("<") and o]


def harvest(file: Path, prefixes: Mapping[str, str]) -> Harvest:
    """Read a query file; raises QueryError for what is no CONSTRUCT, with the line.

    The prefixes given may be used without saying so. A line `# page: ?key` names the variable to page by.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file} cannot be read: {error}.") from error
    found = tokens(text)
    used = dict.fromkeys(token.text.split(":")[0] for token in found if token.kind == "name")
    own = declared(found)
    missing = [name for name in used if name in prefixes and name not in own]
    at = after_prologue(found)
    if at >= len(found) or found[at].word != "CONSTRUCT":
        raise _refused(file, text, found[at] if at < len(found) else None, "is no CONSTRUCT query.")
    prologue = "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in missing) + text[: found[at].start]
    template, rest = _parts(file, text, found, at)
    variables = list(dict.fromkeys(token.text[1:] for token in tokens(template) if token.kind == "variable"))
    key = _PAGE.search(text)
    if key and key[1] not in variables:
        raise _refused(file, text, found[at], f"names ?{key[1]} to page by, which the template has not.")
    if not variables:
        raise _refused(file, text, found[at], "has a template without a variable.")
    variables = [*([key[1]] if key else []), *(name for name in variables if not key or name != key[1])]
    columns = " ".join(f"?{name}" for name in variables)
    question = Question(prologue, f"SELECT DISTINCT {columns} {rest}", tuple(variables))
    return Harvest(question, _triples(file, prologue, template), key is not None)


def full_term(cell: str) -> str:
    """A cell of SPARQL TSV as an N-Triples term: numbers and truths have a shorthand there.

    >>> full_term("1.10"), full_term('"a"@en'), full_term("")
    ('"1.10"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"a"@en', '')
    """
    if not cell or cell[0] in '<"':
        return cell
    kind = _BARE.fullmatch(cell)
    assert kind is not None and kind.lastgroup is not None
    return f'"{cell}"^^<{XSD}{kind.lastgroup}>'


def _parts(file: Path, text: str, found: Sequence[Token], at: int) -> tuple[str, str]:
    """The template, and what follows it; in the short form the pattern is both."""
    pairs = brackets(found)
    if at + 1 < len(found) and found[at + 1].text == "{" and at + 1 in pairs.partner:
        end = found[pairs.partner[at + 1]]
        return text[found[at + 1].end : end.start], text[end.end :]
    opened = next((n for n in range(at, len(found)) if found[n].text == "{" and n in pairs.partner), None)
    if opened is None:
        raise _refused(file, text, found[at], "has no template: CONSTRUCT { ... } WHERE { ... }.")
    end = found[pairs.partner[opened]]
    return text[found[opened].end : end.start], text[found[at].end :]


def _triples(file: Path, prologue: str, template: str) -> tuple[tuple[str, str, str], ...]:
    """A template is Turtle once its variables have become IRIs."""
    import pyoxigraph as ox

    plain, end = "", 0
    for token in tokens(template):
        if token.kind == "variable":
            plain += f"{template[end : token.start]}<{_VARIABLE}{token.text[1:]}>"
            end = token.end
    try:
        quads = list(ox.parse(prologue + plain + template[end:] + " .", ox.RdfFormat.TURTLE))
    except (SyntaxError, ValueError):
        try:
            quads = list(ox.parse(prologue + plain + template[end:], ox.RdfFormat.TURTLE))
        except (SyntaxError, ValueError) as error:
            fault = Fault(file.name, None, None, f"its template does not parse: {error}.")
            raise QueryError(f"{file.name} cannot be asked.", faults=[fault]) from error
    if any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        what = "makes blank nodes, which would have another name each time."
        fault = Fault(file.name, None, None, what, "Build an IRI: BIND (IRI(CONCAT(...)) AS ?thing).")
        raise QueryError(f"{file.name} cannot be asked.", faults=[fault])
    return tuple((_part(q.subject), _part(q.predicate), _part(q.object)) for q in quads)


def _part(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    text = str(term)
    return text[len(_VARIABLE) + 1 : -1] if text.startswith(f"<{_VARIABLE}") else text


def _refused(file: Path, text: str, token: Token | None, what: str) -> QueryError:
    line = text.count("\n", 0, token.start) + 1 if token else 1
    fix = "Write: CONSTRUCT { our terms } WHERE { theirs }."
    return QueryError(f"{file.name} cannot be asked.", faults=[Fault(file.name, line, None, what, fix)])
