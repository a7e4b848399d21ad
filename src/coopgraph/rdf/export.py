"""Solutions written as the formats of SPARQL 1.1 results and RDF 1.1, as Parquet, or as rdflib objects.

In: Solutions. Out: bytes, or an rdflib Result. Triples are written once each and sorted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from coopgraph.errors import QueryError
from coopgraph.namespaces import PREFIXES
from coopgraph.rdf.process.written import written as written_as

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib.query
    from rdflib.term import Identifier

    from coopgraph.rdf.solutions import Solutions

ROWS: Final = ("csv", "tsv", "json", "xml", "parquet")
TRIPLES: Final = ("ttl", "nt", "rdf", "jsonld")
_ACTIVE: Final = re.compile(r"^[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"[+-]?[0-9.,]+")


def written(solutions: Solutions, form: str) -> bytes:
    """Write solutions in one of the formats that fit their kind."""
    allowed = {"bindings": ROWS, "triples": TRIPLES, "boolean": ("json", "xml", "csv", "tsv")}[solutions.kind]
    if form not in allowed:
        what = f"An answer of {solutions.kind} cannot be written as '{form}'."
        raise QueryError(f"{what} Use one of {', '.join(allowed)}.")
    if form == "parquet":
        return _parquet(solutions)
    try:
        return written_as(solutions.kind, solutions.payload, form, PREFIXES)
    except ValueError as error:
        raise QueryError(f"The answer cannot be written as '{form}': {error}.") from error


def spreadsheet_text(text: str) -> str:
    """Make a cell inert for spreadsheets: a text they would run as a formula gets a leading apostrophe.

    >>> spreadsheet_text('=HYPERLINK("x")'), spreadsheet_text("-3.5"), spreadsheet_text("Lima")
    ('\\'=HYPERLINK("x")', '-3.5', 'Lima')
    """
    return f"'{text}" if _ACTIVE.match(text) and not _NUMBER.fullmatch(text) else text


def _parquet(solutions: Solutions) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    sink = pa.BufferOutputStream()
    parquet.write_table(solutions.to_arrow(), sink, compression="zstd")
    return bytes(sink.getvalue())


def rdflib_result(solutions: Solutions) -> rdflib.query.Result:
    """Make what rdflib's own query would give, with lexical forms kept."""
    import pyoxigraph as ox

    if solutions.kind == "boolean":
        return ask_result(bool(solutions))
    if solutions.kind == "triples":
        quads = ox.parse(solutions.payload, ox.RdfFormat.N_TRIPLES, lenient=True)
        return construct_result(quad.triple for quad in quads)
    found = ox.parse_query_results(solutions.payload, ox.QueryResultsFormat.TSV)
    assert isinstance(found, ox.QuerySolutions)
    return select_result(found)


def ask_result(answer: bool) -> rdflib.query.Result:
    """A yes or no as rdflib gives it."""
    from rdflib.query import Result

    result = Result("ASK")
    result.askAnswer = answer
    return result


def construct_result(triples: Iterable[ox.Triple]) -> rdflib.query.Result:
    """Triples as rdflib gives them."""
    import rdflib
    from rdflib.query import Result

    result = Result("CONSTRUCT")
    result.graph = rdflib.Graph()
    for subject, predicate, obj in triples:
        result.graph.add((rdflib_term(subject), rdflib_term(predicate), rdflib_term(obj)))
    return result


def select_result(found: ox.QuerySolutions) -> rdflib.query.Result:
    """Rows as rdflib gives them; unbound variables are left out of a row."""
    import rdflib
    from rdflib.query import Result

    result = Result("SELECT")
    names = [rdflib.Variable(variable.value) for variable in found.variables]
    result.vars = names
    result.bindings = [
        {name: rdflib_term(term) for name, term in zip(names, row, strict=True) if term is not None}
        for row in found
    ]
    return result


def rdflib_term(term: object) -> Identifier:
    """Turn a term of pyoxigraph into rdflib's, without changing how a literal is written."""
    import pyoxigraph as ox
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = None if term.datatype.value.endswith("#string") else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=kind, normalize=False)
