"""Terms as columns: templates become N-Triples text, cell by cell in DuckDB and never in Python.

In: the terms of a mapping and the column of each reference. Out: expressions; NULL where a cell is empty.
Standards: RDF 1.1 N-Triples, canonical form; percent-encoding of templates as RML has it (RFC 3987
`iunreserved` is kept).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from coopgraph.columns.duck import Expression, case, column, constant, each, function
from coopgraph.sources.iris import kept_characters
from coopgraph.sources.terms import Reference, Template, Term

PLAIN: Final = "[A-Za-z0-9._~-]*"
_KEPT: Final = f"[{kept_characters(for_re2=True)}]+"
_RUNS: Final = f"{_KEPT}|[^{_KEPT[1:]}"
ESCAPES: Final = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))

Cells = Callable[[str], Expression]
"""The expression of a column, by its name in the header."""


def join_text(parts: Sequence[Expression]) -> Expression:
    """Concatenate; NULL when one part is NULL (DuckDB's own `concat` would drop it)."""
    joined = parts[0]
    for part in parts[1:]:
        joined = function("||", joined, part)
    return joined


def iri_column(term: Term, cell: Cells, is_plain: Callable[[str], bool]) -> Expression:
    """An IRI term; `is_plain` tells that no cell of a column needs percent-encoding."""
    if term.as_it_stands:
        inner = [cell(name) for name in term.columns]
        return join_text([constant("<"), *inner, constant(">")])
    parts: list[str | Expression] = ["<"]
    for part in term.template:
        parts.append(_encoded(part, cell, is_plain) if isinstance(part, Reference) else part)
    return join_text(_merged([*parts, ">"]))


def literal_column(term: Term, value: Cells, needs_escapes: Callable[[str], bool]) -> Expression:
    """A literal term; `value` is the text of a column as it is to be written, before escapes."""
    parts: list[str | Expression] = ['"']
    for part in term.template:
        if isinstance(part, Reference):
            text = value(part.column)
            parts.append(escaped(text) if needs_escapes(part.column) else text)
        else:
            parts.append(_escape_constant(part))
    return join_text(_merged([*parts, '"', _suffix(term, value)]))


def text_column(template: Template, cell: Cells) -> Expression:
    """The plain text of a template, an empty cell being ""."""
    parts = [
        case(cell(part.column).isnull(), constant("")).otherwise(cell(part.column))
        if isinstance(part, Reference)
        else constant(part)
        for part in template
    ]
    return join_text(parts)


def must_escape(text: Expression) -> Expression:
    """Does a text hold a character N-Triples escapes? Searching for five is quicker than one pattern."""
    test = function("contains", text, constant(ESCAPES[0][0]))
    for character, _ in ESCAPES[1:]:
        test = test | function("contains", text, constant(character))
    return test


def escaped(text: Expression) -> Expression:
    """A text with what N-Triples escapes; the backslash first, so that it is not escaped twice."""
    slow = text
    for character, written in ESCAPES:
        slow = function("replace", slow, constant(character), constant(written))
    return case(must_escape(text), slow).otherwise(text)


def percent_encoded(cell: Expression) -> Expression:
    """A cell as a part of an IRI: runs of kept characters stay, the others become %XX of their UTF-8
    bytes."""
    run = column("run")
    encoded = case(function("regexp_full_match", run, constant(_KEPT)), run).otherwise(
        function("url_encode", run)
    )
    runs = function("regexp_extract_all", cell, constant(_RUNS))
    slow = function("array_to_string", function("list_transform", runs, each("run", encoded)), constant(""))
    return case(function("regexp_full_match", cell, constant(PLAIN)), cell).otherwise(slow)


def _encoded(part: Reference, cell: Cells, is_plain: Callable[[str], bool]) -> Expression:
    text = cell(part.column)
    return text if is_plain(part.column) else percent_encoded(text)


def _suffix(term: Term, value: Cells) -> str | Expression:
    """What follows the quotes; a text whose language a column gives has none where that cell is empty."""
    if isinstance(term.language, Reference):
        tag = value(term.language.column)
        written = join_text([constant("@"), function("lower", tag)])
        return case(tag.isnull(), constant("")).otherwise(written)
    if term.language:
        return f"@{term.language}"
    return f"^^<{term.datatype}>" if term.datatype else ""


def _escape_constant(text: str) -> str:
    for character, written in ESCAPES:
        text = text.replace(character, written)
    return text


def _merged(parts: Sequence[str | Expression]) -> list[Expression]:
    """Put neighbouring constants together: one concatenation less for each row."""
    merged: list[Expression] = []
    waiting = ""
    for part in parts:
        if isinstance(part, str):
            waiting += part
            continue
        if waiting:
            merged.append(constant(waiting))
        merged.append(part)
        waiting = ""
    return [*merged, constant(waiting)] if waiting or not merged else merged
